package io.turnout.launcher.settings;

/**
 * How an issuer's links are used, and when payments are held back from it.
 *
 * @param preference which link takes a request
 * @param answersOnSiblings whether requests of a lost link may still be answered while another link is signed on
 * @param breaker when payments are held back
 */
public record RoutingSettings(Preference preference, boolean answersOnSiblings, Breaker breaker) {

    /** Which of the links with room takes a request. */
    public enum Preference {
        /** The one with the fewest requests in flight. */
        FEWEST_OUTSTANDING,
        /** The one with the least of requests in flight times recent latency. */
        LEAST_COST
    }

    /**
     * When payments are held back from an issuer that does not answer or says that it is out of order.
     *
     * @param unknowns opens after so many unknown outcomes in a row; 0 = not for that
     * @param failurePercent opens when so many percent of the last outcomes were failures; 0 = not for that
     * @param outcomes how many outcomes those are; 0 when failurePercent is
     * @param pauseNs how long it stays open before probes are let through; 0 when there is no rule
     * @param probes payments that must be answered well before it closes; 0 when there is no rule
     */
    public record Breaker(int unknowns, int failurePercent, int outcomes, long pauseNs, int probes) {
        /** Never opens. */
        public static final Breaker NONE = new Breaker(0, 0, 0, 0, 0);
    }
}
