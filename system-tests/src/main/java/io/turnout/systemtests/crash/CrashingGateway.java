package io.turnout.systemtests.crash;

import java.util.function.LongSupplier;
import org.agrona.concurrent.Agent;

/** A gateway that counts payment requests as they have gone out to banks. */
final class CrashingGateway implements Agent {
    private final Agent gateway;
    private final LongSupplier requestsSent;
    private final Countdown countdown;
    private long seen;

    CrashingGateway(final Agent gateway, final LongSupplier requestsSent, final Countdown countdown) {
        this.gateway = gateway;
        this.requestsSent = requestsSent;
        this.countdown = countdown;
    }

    @Override
    public int doWork() throws Exception {
        final int workCount = gateway.doWork();
        final long sent = requestsSent.getAsLong();
        // One more round, so that what was queued has gone out before the process dies.
        if (sent > seen) {
            gateway.doWork();
            countdown.reached(sent - seen);
            seen = sent;
        }
        return workCount;
    }

    @Override
    public void onStart() {
        gateway.onStart();
    }

    @Override
    public void onClose() {
        gateway.onClose();
    }

    @Override
    public String roleName() {
        return gateway.roleName();
    }
}
