/** TCP, and the only place that knows Netty. What crosses its border are bytes and instants. */
package io.turnout.gateway.net;
