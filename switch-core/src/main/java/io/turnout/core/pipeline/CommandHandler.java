package io.turnout.core.pipeline;

import org.agrona.DirectBuffer;

/** Takes commands from the ingress ring one by one. */
@FunctionalInterface
interface CommandHandler {

    /**
     * @param buffer holds the command; valid only during the call
     * @param offset of the SBE header
     * @param length bytes
     * @return false to stop after this command
     */
    boolean onCommand(DirectBuffer buffer, int offset, int length);
}
