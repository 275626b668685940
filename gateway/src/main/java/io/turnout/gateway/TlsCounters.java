package io.turnout.gateway;

import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.net.TlsObserver;
import io.turnout.gateway.net.tls.TlsRefusal;

/** Counts handshakes, and what TLS refuses by its reason. */
final class TlsCounters implements TlsObserver {

    private final GatewayCounters counters;

    TlsCounters(final GatewayCounters counters) {
        this.counters = counters;
    }

    @Override
    public void onHandshake() {
        counters.increment(GatewayCounter.TLS_HANDSHAKES);
    }

    @Override
    public void onRefused(final TlsRefusal reason) {
        counters.increment(
                switch (reason) {
                    case NOT_TLS -> GatewayCounter.TLS_NOT_TLS;
                    case TIMEOUT -> GatewayCounter.TLS_TIMEOUT;
                    case PROTOCOL -> GatewayCounter.TLS_PROTOCOL;
                    case NO_CERTIFICATE -> GatewayCounter.TLS_NO_CERTIFICATE;
                    case UNTRUSTED -> GatewayCounter.TLS_UNTRUSTED;
                    case EXPIRED -> GatewayCounter.TLS_EXPIRED;
                    case NOT_YET_VALID -> GatewayCounter.TLS_NOT_YET_VALID;
                    case WRONG_NAME -> GatewayCounter.TLS_WRONG_NAME;
                    case RENEGOTIATION -> GatewayCounter.TLS_RENEGOTIATION;
                    case PEER_ALERT -> GatewayCounter.TLS_PEER_ALERT;
                    case CLOSED -> GatewayCounter.TLS_CLOSED;
                    case OTHER -> GatewayCounter.TLS_OTHER;
                });
    }
}
