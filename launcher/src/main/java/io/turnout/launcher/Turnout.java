package io.turnout.launcher;

import io.turnout.configuration.ConfigurationException;
import io.turnout.core.engine.EngineCapacityException;
import io.turnout.core.pipeline.RecoveryException;
import io.turnout.journal.DirectoryLockedException;
import io.turnout.journal.JournalCorruptException;
import io.turnout.launcher.admin.AdminCommand;
import io.turnout.launcher.crypto.CryptoCommand;
import io.turnout.simulators.lines.LineFormatException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the product, and its only {@code main}. */
@Command(
        name = "turnout",
        description = "A low-latency payment switch.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            SimulateCommand.class,
            EventsCommand.class,
            JournalCommand.class,
            LedgerCommand.class,
            SnapshotCommand.class,
            ConfigCommand.class,
            KeysCommand.class,
            AdminCommand.class,
            CryptoCommand.class,
            IsoCommand.class,
            DialectCommand.class,
            TlsCommand.class,
            DoctorCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the operation failed",
            "2:the command line is wrong",
            "3:the configuration is wrong",
            "4:a peer cannot be reached or refuses us",
            "5:a journal, a snapshot or the books do not hold what they must",
            "7:refused by a safety check: directory in use, disk almost full",
            "130:interrupted"
        })
public final class Turnout {

    private Turnout() {}

    /** Runs one command and exits with its code. */
    public static void main(final String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The whole command line, to be executed with arguments; exit codes are those of {@link ExitCode}. */
    public static CommandLine commandLine() {
        return new CommandLine(new Turnout())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((exception, commandLine, parsed) -> {
                    final PrintWriter err = commandLine.getErr();
                    err.println("turnout: " + describe(exception));
                    return exitCode(exception).code();
                });
    }

    private static String describe(final Throwable exception) {
        if (exception instanceof ConfigurationException) {
            return "the configuration is wrong:" + System.lineSeparator() + exception.getMessage();
        }
        final String message = exception.getMessage();
        return message == null || message.isBlank() ? exception.toString() : message;
    }

    private static ExitCode exitCode(final Throwable exception) {
        if (exception instanceof CommandFailure failure) {
            return failure.exitCode();
        }
        if (exception instanceof ConfigurationException) {
            return ExitCode.CONFIGURATION_INVALID;
        }
        if (exception instanceof EngineCapacityException) {
            return ExitCode.CONFIGURATION_INVALID;
        }
        if (exception instanceof DirectoryLockedException) {
            return ExitCode.REFUSED;
        }
        if (exception instanceof JournalCorruptException
                || exception instanceof RecoveryException
                || exception instanceof LineFormatException) {
            return ExitCode.DATA_DAMAGED;
        }
        return ExitCode.FAILED;
    }
}
