package io.turnout.launcher;

import io.turnout.core.pipeline.RecoveryProgress;
import java.io.PrintWriter;

/** Says on the console how a replay goes on. */
final class Progress implements RecoveryProgress {
    private final PrintWriter out;
    private final String what;

    Progress(final PrintWriter out, final String what) {
        this.out = out;
        this.what = what;
    }

    @Override
    public void onProgress(final long commandSequence, final long lastCommandSequence, final long commandsPerSecond) {
        out.printf(
                "%s: command %,d of %,d, %,d a second%n",
                what, commandSequence, lastCommandSequence, commandsPerSecond);
        out.flush();
    }
}
