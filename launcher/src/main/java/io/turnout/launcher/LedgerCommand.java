package io.turnout.launcher;

import picocli.CommandLine.Command;

/** {@code turnout ledger}: the accounts of a switch. */
@Command(
        name = "ledger",
        description = "The accounts of a switch. Reads only; may run beside the switch.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = LedgerShowCommand.class)
final class LedgerCommand {}
