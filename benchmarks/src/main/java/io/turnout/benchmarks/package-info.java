/** What the parts cost, measured. */
package io.turnout.benchmarks;
