/** What the gateway counts: each refusal, each loss, each oddity. */
package io.turnout.gateway.counters;
