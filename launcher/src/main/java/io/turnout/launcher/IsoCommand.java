package io.turnout.launcher;

import picocli.CommandLine.Command;

/** {@code turnout iso8583}: messages by hand and in batches. */
@Command(
        name = "iso8583",
        description = "Reads, writes and explains ISO 8583 messages.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {IsoDecodeCommand.class, IsoEncodeCommand.class, IsoExplainCommand.class})
final class IsoCommand {}
