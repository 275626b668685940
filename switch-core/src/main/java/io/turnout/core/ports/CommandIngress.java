package io.turnout.core.ports;

import org.agrona.DirectBuffer;

/** Where edges put commands. Safe for several threads; never blocks. */
public interface CommandIngress {

    /**
     * Copies one encoded command (SBE header and message of schema {@code engine}) into the ingress ring.
     *
     * @param admission how much of the ring this command may fill
     * @param buffer read before the method returns, never kept
     * @param offset of the SBE header
     * @param length bytes, at most {@link #maximumCommandLength()}
     * @return false when there is no room (back-pressure): nothing happened
     */
    boolean offer(Admission admission, DirectBuffer buffer, int offset, int length);

    /** The longest command in bytes. */
    int maximumCommandLength();
}
