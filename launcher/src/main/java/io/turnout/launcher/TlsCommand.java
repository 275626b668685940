package io.turnout.launcher;

import picocli.CommandLine.Command;

/** {@code turnout tls}: certificates in use. */
@Command(
        name = "tls",
        description = "Certificates that the configuration puts to use.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TlsInventoryCommand.class})
final class TlsCommand {}
