package io.turnout.launcher.admin;

import io.turnout.codecs.sbe.engine.TransferAction;
import io.turnout.launcher.CommandFailure;
import io.turnout.launcher.ExitCode;
import io.turnout.launcher.admin.TransferLegText.Leg;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.agrona.DirectBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code turnout admin transfer}: moves money between accounts of the ledger by hand. */
@Command(
        name = "transfer",
        description = {
            "Moves money between accounts: a chain of 1 to 8 legs that happen all or not at all. Dangerous.",
            "",
            "A leg is one argument, or one line of a file:",
            "  post DEBIT CREDIT AMOUNT CURRENCY",
            "  reserve TRANSFER DEBIT CREDIT AMOUNT CURRENCY [for 30m | until 2026-09-21T18:00:00Z]",
            "  post-pending TRANSFER [minor:AMOUNT]",
            "  void-pending TRANSFER",
            "",
            "AMOUNT has the decimals of its currency (25.00 CNY), or is in minor units (minor:2500 CNY). An account is "
                    + "its number, settlement:CNY, fee:CNY or position:PARTICIPANT:CNY:CCYYMMDD. TRANSFER is a number "
                    + "that you give to a reservation; without an end it stands until it is posted or voided.",
            "With --id the same chain can be sent again: it happens once."
        },
        mixinStandardHelpOptions = true)
final class AdminTransferCommand implements Callable<Integer> {
    private static final int MAXIMUM_LEGS = 8;

    @Mixin
    private SubmitOptions options;

    @Option(names = "--file", paramLabel = "FILE", description = "Legs line by line; # begins a comment.")
    private Path file;

    @Parameters(arity = "0..*", paramLabel = "LEG", description = "A leg, quoted: 'post 11 12 25.00 CNY'.")
    private List<String> arguments = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    /** A leg and where it was written. */
    private record Source(String where, String text) {}

    @Override
    public Integer call() {
        final List<Source> sources = sources();
        if (sources.isEmpty() || sources.size() > MAXIMUM_LEGS) {
            throw new CommandFailure(
                    ExitCode.USAGE, "a chain has 1 to " + MAXIMUM_LEGS + " legs, and not " + sources.size());
        }
        return options.submit(spec.commandLine().getOut(), id -> command(id, sources));
    }

    private DirectBuffer command(final UUID id, final List<Source> sources) {
        final long createdAtNs = OperationIds.createdAtNs(id);
        final List<Leg> legs = new ArrayList<>();
        final List<String> problems = new ArrayList<>();
        for (final Source source : sources) {
            try {
                legs.add(TransferLegText.parse(source.text, createdAtNs));
            } catch (final IllegalArgumentException problem) {
                problems.add(source.where + ": " + problem.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, String.join(System.lineSeparator(), problems));
        }
        options.table(spec.commandLine().getOut(), out -> legs.forEach(leg -> print(out, leg)));
        return new EngineCommands().submitTransfers(id, legs);
    }

    private List<Source> sources() {
        final List<Source> sources = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            sources.add(new Source("leg " + (i + 1), arguments.get(i)));
        }
        if (file != null) {
            if (!sources.isEmpty()) {
                throw new CommandFailure(ExitCode.USAGE, "legs stand on the command line or in --file, not in both");
            }
            read(sources);
        }
        return sources;
    }

    private void read(final List<Source> sources) {
        try {
            final List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                final String text = lines.get(i).replaceFirst("#.*", "").strip();
                if (!text.isEmpty()) {
                    sources.add(new Source(file + ":" + (i + 1), text));
                }
            }
        } catch (final IOException exception) {
            throw new CommandFailure(ExitCode.USAGE, "--file " + file + " cannot be read: " + exception.getMessage());
        }
    }

    private static void print(final PrintWriter out, final Leg leg) {
        final String action = leg.action().name().toLowerCase(Locale.ROOT).replace('_', '-');
        if (leg.action() == TransferAction.POST || leg.action() == TransferAction.RESERVE) {
            out.printf(
                    "leg        %s %s %s from account %d to account %d%s%n",
                    action,
                    Amounts.format(leg.amountMinor(), leg.currency()),
                    Amounts.code(leg.currency()),
                    leg.debitAccountId(),
                    leg.creditAccountId(),
                    leg.transferId() == 0 ? "" : " as reservation " + leg.transferId());
        } else {
            out.printf(
                    "leg        %s reservation %d%s%n",
                    action,
                    leg.transferId(),
                    leg.amountMinor() == 0 ? "" : ", " + leg.amountMinor() + " minor units of it");
        }
    }
}
