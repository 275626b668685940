package io.turnout.gateway.security;

/**
 * How a peer's keys are changed by messages.
 *
 * @param format how a key stands in a message
 * @param changeCode DE70 of the peer's message with a new key, customary 161; UnionPay 101
 * @param requestCode DE70 of our request for one, customary 162; UnionPay 101
 * @param requestMti type of that request: 800 or 820
 * @param timeoutNs how long a link waits, signed on but without a key, before it is closed
 */
public record KeyExchangeSettings(
        KeyMessageFormat format, int changeCode, int requestCode, int requestMti, long timeoutNs) {

    /** Checks the ranges. */
    public KeyExchangeSettings {
        if (changeCode < 1 || requestCode < 1 || timeoutNs < 1 || (requestMti != 800 && requestMti != 820)) {
            throw new IllegalArgumentException("changeCode=" + changeCode + " requestCode=" + requestCode
                    + " requestMti=" + requestMti + " timeoutNs=" + timeoutNs);
        }
    }
}
