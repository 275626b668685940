package io.turnout.launcher;

import picocli.CommandLine.Command;

/** {@code turnout events}: the events of the engine. */
@Command(
        name = "events",
        description = "The events of a switch, read from its event journal by another process.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = EventsFollowCommand.class)
final class EventsCommand {}
