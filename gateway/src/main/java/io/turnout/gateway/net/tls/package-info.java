/** What TLS needs besides sockets: files, certificates, whom to believe, and names for every refusal. */
package io.turnout.gateway.net.tls;
