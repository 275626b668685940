package io.turnout.core.pipeline;

import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/** All counters of the pipeline. Each is written by one thread unless it says otherwise, and may be read by any. */
public final class PipelineCounters {
    /** Type id of every counter of the pipeline. */
    public static final int TYPE_ID = 1000;

    final AtomicCounter commandSequence;
    final AtomicCounter durableSequence;
    final AtomicCounter eventSequence;
    final AtomicCounter clockTicks;
    final AtomicCounter batches;
    final AtomicCounter longestCycleNs;
    final AtomicCounter egressFull;
    final AtomicCounter clockStepsBack;
    final AtomicCounter newRequestsRefused;
    final AtomicCounter statusInquiriesRefused;
    final AtomicCounter continuationsRefused;
    final AtomicCounter commandSyncs;
    final AtomicCounter longestCommandSyncNs;
    final AtomicCounter eventsJournaled;
    final AtomicCounter eventSyncs;
    final AtomicCounter freeBytes;

    /** @param counters where the values live and from where they are read by label */
    public PipelineCounters(final CountersManager counters) {
        commandSequence = counters.newCounter("pipeline command sequence", TYPE_ID);
        durableSequence = counters.newCounter("pipeline durable command sequence", TYPE_ID);
        eventSequence = counters.newCounter("pipeline event sequence", TYPE_ID);
        clockTicks = counters.newCounter("pipeline clock ticks", TYPE_ID);
        batches = counters.newCounter("pipeline batches", TYPE_ID);
        longestCycleNs = counters.newCounter("pipeline longest cycle ns", TYPE_ID);
        egressFull = counters.newCounter("pipeline cycles stopped by a full egress ring", TYPE_ID);
        clockStepsBack = counters.newCounter("pipeline clock steps back", TYPE_ID);
        newRequestsRefused = counters.newCounter("ingress new requests refused", TYPE_ID);
        statusInquiriesRefused = counters.newCounter("ingress status inquiries refused", TYPE_ID);
        continuationsRefused = counters.newCounter("ingress continuations refused", TYPE_ID);
        commandSyncs = counters.newCounter("command journal syncs", TYPE_ID);
        longestCommandSyncNs = counters.newCounter("command journal longest sync ns", TYPE_ID);
        eventsJournaled = counters.newCounter("event journal records", TYPE_ID);
        eventSyncs = counters.newCounter("event journal syncs", TYPE_ID);
        freeBytes = counters.newCounter("journal file system free bytes", TYPE_ID);
    }

    /** Sequence of the last command appended and applied. */
    public long commandSequence() {
        return commandSequence.get();
    }

    /** Sequence of the last command that is as durable as the configured level asks. */
    public long durableSequence() {
        return durableSequence.get();
    }

    /** Commands applied whose events are not yet visible. */
    public long undurableCommands() {
        // The durable sequence is read first: it never passes the other one.
        final long durable = durableSequence.get();
        return commandSequence.get() - durable;
    }

    /** Sequence of the last event emitted. */
    public long eventSequence() {
        return eventSequence.get();
    }

    /** Clock ticks appended because a deadline had passed with nothing else to say so. */
    public long clockTicks() {
        return clockTicks.get();
    }

    /** Batches of commands flushed. */
    public long batches() {
        return batches.get();
    }

    /** The longest duty cycle of the pipeline in nanoseconds. */
    public long longestCycleNs() {
        return longestCycleNs.get();
    }

    /** Duty cycles in which intake stopped because the egress ring had no room for another command's events. */
    public long egressFull() {
        return egressFull.get();
    }

    /** Times the clock was found behind the time of an earlier command; the earlier time is used then. */
    public long clockStepsBack() {
        return clockStepsBack.get();
    }

    /** New requests refused by the ingress ring. Written by several threads. */
    public long newRequestsRefused() {
        return newRequestsRefused.get();
    }

    /** Status inquiries refused by the ingress ring. Written by several threads. */
    public long statusInquiriesRefused() {
        return statusInquiriesRefused.get();
    }

    /** Continuations refused by the ingress ring. Written by several threads. */
    public long continuationsRefused() {
        return continuationsRefused.get();
    }

    /** Syncs of the command journal. */
    public long commandSyncs() {
        return commandSyncs.get();
    }

    /** The longest sync of the command journal in nanoseconds. */
    public long longestCommandSyncNs() {
        return longestCommandSyncNs.get();
    }

    /** Events written to the event journal by this run. */
    public long eventsJournaled() {
        return eventsJournaled.get();
    }

    /** Syncs of the event journal. */
    public long eventSyncs() {
        return eventSyncs.get();
    }

    /** Free bytes of the file system that holds the journals, as last seen. */
    public long freeBytes() {
        return freeBytes.get();
    }
}
