package io.turnout.launcher;

import picocli.CommandLine.Command;

/** {@code turnout config}: the configuration file. */
@Command(
        name = "config",
        description = "The configuration file of the switch.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ConfigCheckCommand.class, ConfigDiffCommand.class, ConfigApplyCommand.class})
final class ConfigCommand {}
