package io.turnout.simulators.bank;

import io.turnout.simulators.RandomSequence;

/**
 * How long the bank takes to answer.
 *
 * @param shape of the distribution
 * @param typicalNs the value (fixed), the mean above the minimum (exponential) or the median (lognormal)
 * @param minimumNs never faster
 * @param maximumNs never slower, slow answers excepted
 * @param sigmaPercent of lognormal: standard deviation of the logarithm, in hundredths
 * @param slowShare of the answers that take {@code slowNs} instead, from 0 to 1
 * @param slowNs see there
 */
public record Latency(
        Shape shape, long typicalNs, long minimumNs, long maximumNs, int sigmaPercent, double slowShare, long slowNs) {

    /** The shape of a distribution. */
    public enum Shape {
        /** Always the same. */
        FIXED,
        /** Evenly spread from minimum to maximum. */
        UNIFORM,
        /** Minimum plus an exponentially distributed time. */
        EXPONENTIAL,
        /** Lognormally distributed, as most measured latencies roughly are. */
        LOGNORMAL
    }

    /** Always the same latency. */
    public static Latency fixed(final long latencyNs) {
        return new Latency(Shape.FIXED, latencyNs, 0, Long.MAX_VALUE, 0, 0, 0);
    }

    /** Draws a latency in nanoseconds. */
    long drawNs(final RandomSequence random) {
        if (slowShare > 0 && random.happens(slowShare)) {
            return slowNs;
        }
        final long drawn =
                switch (shape) {
                    case FIXED -> typicalNs;
                    case UNIFORM -> minimumNs + random.nextLong(maximumNs - minimumNs + 1);
                    case EXPONENTIAL -> minimumNs + (long) (-StrictMath.log(1 - random.nextDouble()) * typicalNs);
                    case LOGNORMAL -> (long) (typicalNs * StrictMath.exp(sigmaPercent / 100.0 * gaussian(random)));
                };
        return Math.max(minimumNs, Math.min(maximumNs, drawn));
    }

    /** Box and Muller, A Note on the Generation of Random Normal Deviates, 1958. */
    private static double gaussian(final RandomSequence random) {
        final double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }
}
