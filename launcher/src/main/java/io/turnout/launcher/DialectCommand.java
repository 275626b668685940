package io.turnout.launcher;

import picocli.CommandLine.Command;

/** {@code turnout dialect}: how partners write ISO 8583. */
@Command(
        name = "dialect",
        description = "Shows and compares dialects of ISO 8583, and makes them of specifications in other forms.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DialectShowCommand.class, DialectDiffCommand.class, DialectImportCommand.class})
final class DialectCommand {}
