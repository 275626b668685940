package io.turnout.core.pipeline;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the switch takes new requests, and why not. Safe for any thread.
 *
 * <p>A closed gate refuses new requests at the {@link IngressRing}, so no edge can forget it; what finishes work
 * already begun always passes. Edges and health checks read {@link #reason()} to say why.
 */
public final class AdmissionGate {

    /** Why the gate is open or closed. */
    public enum Reason {
        /** New requests are taken. */
        OPEN,
        /** The host is recovering. */
        RECOVERING,
        /** The file system of the journals is nearly full. */
        DISK_SPACE_LOW,
        /** The host is closing. Never left. */
        CLOSING,
        /** The host has stopped because of a failure. Never left. */
        FAILED
    }

    private final AtomicReference<Reason> reason = new AtomicReference<>(Reason.RECOVERING);

    /** Whether new requests are taken. */
    public boolean isOpen() {
        return reason.get() == Reason.OPEN;
    }

    /** Why the gate stands as it does. */
    public Reason reason() {
        return reason.get();
    }

    void onRecovered() {
        reason.compareAndSet(Reason.RECOVERING, Reason.OPEN);
    }

    void onDiskSpaceLow() {
        reason.compareAndSet(Reason.OPEN, Reason.DISK_SPACE_LOW);
    }

    void onDiskSpaceBack() {
        reason.compareAndSet(Reason.DISK_SPACE_LOW, Reason.OPEN);
    }

    void onClosing() {
        reason.updateAndGet(current -> current == Reason.FAILED ? current : Reason.CLOSING);
    }

    void onFailed() {
        reason.set(Reason.FAILED);
    }
}
