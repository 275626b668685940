package io.turnout.core.pipeline;

import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A configuration of the engine, as the commands that bring it.
 *
 * @param configurationHash names it; the same as in the commands
 * @param commands {@code BeginConfiguration}, definitions, {@code ActivateConfiguration}; each buffer holds exactly one
 *     command, SBE header and message
 */
public record ConfigurationCommands(long configurationHash, List<DirectBuffer> commands) {

    /** Copies the list, not the buffers. */
    public ConfigurationCommands {
        commands = List.copyOf(commands);
    }
}
