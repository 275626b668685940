package io.turnout.launcher.node;

import io.turnout.core.pipeline.FailureHandler;
import io.turnout.core.pipeline.RecoveryProgress;
import java.util.function.Consumer;

/**
 * What a node finds around it.
 *
 * @param failureHandler told when a part fails; must end the node
 * @param progress told how recovery goes on
 * @param notices told what an operator should know while the node runs, one sentence each, by any of its threads
 * @param wiring where tests put themselves between the parts
 */
public record NodeEnvironment(
        FailureHandler failureHandler, RecoveryProgress progress, Consumer<String> notices, Wiring wiring) {

    /** Nothing but somebody to tell of a failure. */
    public static NodeEnvironment of(final FailureHandler failureHandler) {
        return new NodeEnvironment(failureHandler, RecoveryProgress.NONE, notice -> {}, Wiring.PLAIN);
    }

    /** The same with somebody to tell of the recovery. */
    public NodeEnvironment withProgress(final RecoveryProgress newProgress) {
        return new NodeEnvironment(failureHandler, newProgress, notices, wiring);
    }

    /** The same with somebody to tell what happens. */
    public NodeEnvironment withNotices(final Consumer<String> newNotices) {
        return new NodeEnvironment(failureHandler, progress, newNotices, wiring);
    }

    /** The same with other wiring. */
    public NodeEnvironment withWiring(final Wiring newWiring) {
        return new NodeEnvironment(failureHandler, progress, notices, newWiring);
    }
}
