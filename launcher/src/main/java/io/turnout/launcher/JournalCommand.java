package io.turnout.launcher;

import picocli.CommandLine.Command;

/** {@code turnout journal}: what is in the journals. */
@Command(
        name = "journal",
        description = "The journals of a switch. Reads only; may run beside the switch.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {JournalVerifyCommand.class, JournalStatsCommand.class, JournalDumpCommand.class})
final class JournalCommand {}
