package io.turnout.core.pipeline;

import io.turnout.codecs.sbe.engine.HostStartedEncoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.core.engine.ConfigurationProblem;
import io.turnout.core.engine.SwitchEngine;
import io.turnout.core.pipeline.CommandLoss.Kind;
import io.turnout.core.pipeline.RecoveryException.Problem;
import io.turnout.journal.Journal;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The commands that begin a run: empty records in the place of lost commands, {@code HostStarted}, and the
 * configuration unless it is in force. {@code HostStarted} comes first, because no event may take a sequence before the
 * engine knows which are taken.
 */
final class HostStart {
    private final Journal commands;
    private final SwitchEngine engine;
    private final CommandSequencer sequencer;
    private final StartupEvents events;
    private final UnsafeBuffer buffer =
            new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + HostStartedEncoder.BLOCK_LENGTH]);

    /**
     * @param commands the command journal
     * @param engine after the replay
     * @param sequencer of that journal and engine, with the time set
     * @param events takes what the commands emit
     */
    HostStart(
            final Journal commands,
            final SwitchEngine engine,
            final CommandSequencer sequencer,
            final StartupEvents events) {
        this.commands = commands;
        this.engine = engine;
        this.sequencer = sequencer;
        this.events = events;
    }

    /** Command sequences of lost commands are in the event journal; they must not mean other commands some day. */
    void replaceLostCommands(final CommandLoss loss) {
        if (loss.kind() != Kind.CERTAIN) {
            return;
        }
        while (engine.commandSequence() < loss.lastCommand()) {
            final long sequence = engine.commandSequence() + 1;
            commands.append(sequence, engine.timeNs(), buffer, 0, 0);
            engine.onCommand(sequence, engine.timeNs(), buffer, 0, 0);
        }
    }

    void hostStarted(final long gatewayIncarnation, final CommandLoss loss) {
        new HostStartedEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .gatewayIncarnation(gatewayIncarnation)
                .eventSequenceFloor(loss.eventSequenceFloor());
        sequencer.apply(buffer, 0, buffer.capacity());
    }

    /**
     * Journals the configuration unless it is in force, or the one in force says that two operators change it.
     *
     * @return what was done
     */
    ConfigurationAtStart configure(final ConfigurationCommands configuration) {
        if (engine.configurationHash() == configuration.configurationHash()) {
            return ConfigurationAtStart.IN_FORCE;
        }
        if (engine.isDualControl()) {
            return ConfigurationAtStart.NOT_APPLIED;
        }
        for (final DirectBuffer command : configuration.commands()) {
            if (!events.hasRoom()) {
                makeDurable();
            }
            sequencer.apply(command, 0, command.capacity());
        }
        return ConfigurationAtStart.APPLIED;
    }

    /** Makes the commands durable, then their events. */
    void makeDurable() {
        commands.flush();
        commands.sync();
        events.drain();
    }

    void checkConfigured(final ConfigurationCommands configuration) {
        if (engine.configurationHash() != configuration.configurationHash()) {
            throw new RecoveryException(
                    Problem.CONFIGURATION_REFUSED,
                    "wanted=" + Long.toHexString(configuration.configurationHash()) + " inForce="
                            + Long.toHexString(engine.configurationHash()) + " configurationProblem="
                            + ConfigurationProblem.of(events.configurationProblem()));
        }
    }
}
