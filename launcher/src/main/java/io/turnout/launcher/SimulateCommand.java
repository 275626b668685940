package io.turnout.launcher;

import picocli.CommandLine.Command;

/** {@code turnout simulate}: the parties around a switch. */
@Command(
        name = "simulate",
        description = "Banks and acquirers that can be scripted and can misbehave, and the comparison of their books.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SimulateBankCommand.class, SimulateAcquirerCommand.class, SimulateCheckCommand.class})
final class SimulateCommand {}
