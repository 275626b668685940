package io.turnout.launcher.admin;

import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.codecs.sbe.engine.AccountStatus;
import io.turnout.codecs.sbe.engine.ReviewResolution;
import io.turnout.launcher.CommandFailure;
import io.turnout.launcher.ExitCode;
import io.turnout.launcher.settings.Currency;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code turnout admin}: operations on a running switch. */
@Command(
        name = "admin",
        description = {
            "What operators do to a running switch.",
            "Each operation has an actor and a reason, is journaled, and is executed once. Under change control dual a "
                    + "dangerous one waits until another operator approves it."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AdminPendingCommand.class,
            AdminReviewCommand.class,
            AdminTransferCommand.class,
            AdminLinkCommand.class,
            AdminLinksCommand.class,
            AdminUnmatchedCommand.class
        })
public final class AdminCommand {
    private static final int LONGEST_PAN = 19;

    private final EngineCommands commands = new EngineCommands();

    @Spec
    private CommandSpec spec;

    @Command(
            name = "requeue-reversal",
            description = "Sends the reversal of a payment in manual review again.",
            mixinStandardHelpOptions = true)
    int requeueReversal(
            @Mixin final SubmitOptions options,
            @Parameters(paramLabel = "PAYMENT", description = "Payment id; see turnout admin review.")
                    final long paymentId) {
        return options.submit(out(), commands.requeueReversal(paymentId));
    }

    @Command(
            name = "resolve",
            description = {
                "Says what became of a payment in manual review. Dangerous.",
                "reversed: the issuer holds nothing of it. stands: the issuer has booked it."
            },
            mixinStandardHelpOptions = true)
    int resolve(
            @Mixin final SubmitOptions options,
            @Parameters(paramLabel = "PAYMENT", description = "Payment id; see turnout admin review.")
                    final long paymentId,
            @Parameters(paramLabel = "RESOLUTION", description = "reversed or stands.")
                    final ReviewResolution resolution) {
        return options.submit(out(), commands.resolveManualReview(paymentId, resolution));
    }

    @Command(
            name = "block-card",
            description = {
                "Declines every payment of a card from now on.",
                "Its number is read from standard input and never journaled: the switch turns it into its token."
            },
            mixinStandardHelpOptions = true)
    int blockCard(@Mixin final SubmitOptions options) {
        return submitWithCard(options, commands.blockCard());
    }

    @Command(
            name = "unblock-card",
            description = "Lets a blocked card pay again. Its number is read from standard input. Dangerous.",
            mixinStandardHelpOptions = true)
    int unblockCard(@Mixin final SubmitOptions options) {
        return submitWithCard(options, commands.unblockCard());
    }

    @Command(
            name = "block-merchant",
            description = "Declines every payment at a merchant of an acquirer from now on.",
            mixinStandardHelpOptions = true)
    int blockMerchant(
            @Mixin final SubmitOptions options,
            @Parameters(paramLabel = "ACQUIRER", description = "Acquirer id.") final long acquirerId,
            @Parameters(paramLabel = "MERCHANT", description = "Merchant id, up to 15 characters.")
                    final String merchantId) {
        return options.submit(out(), commands.blockMerchant(acquirerId, text("MERCHANT", merchantId, 15)));
    }

    @Command(
            name = "unblock-merchant",
            description = "Lets a blocked merchant take payments again. Dangerous.",
            mixinStandardHelpOptions = true)
    int unblockMerchant(
            @Mixin final SubmitOptions options,
            @Parameters(paramLabel = "ACQUIRER", description = "Acquirer id.") final long acquirerId,
            @Parameters(paramLabel = "MERCHANT", description = "Merchant id, up to 15 characters.")
                    final String merchantId) {
        return options.submit(out(), commands.unblockMerchant(acquirerId, text("MERCHANT", merchantId, 15)));
    }

    @Command(
            name = "block-terminal",
            description = "Declines every payment at one terminal of a merchant from now on.",
            mixinStandardHelpOptions = true)
    int blockTerminal(
            @Mixin final SubmitOptions options,
            @Parameters(paramLabel = "ACQUIRER", description = "Acquirer id.") final long acquirerId,
            @Parameters(paramLabel = "MERCHANT", description = "Merchant id, up to 15 characters.")
                    final String merchantId,
            @Parameters(paramLabel = "TERMINAL", description = "Terminal id, up to 8 characters.")
                    final String terminalId) {
        return options.submit(
                out(),
                commands.blockTerminal(acquirerId, text("MERCHANT", merchantId, 15), text("TERMINAL", terminalId, 8)));
    }

    @Command(
            name = "unblock-terminal",
            description = "Lets a blocked terminal take payments again. Dangerous.",
            mixinStandardHelpOptions = true)
    int unblockTerminal(
            @Mixin final SubmitOptions options,
            @Parameters(paramLabel = "ACQUIRER", description = "Acquirer id.") final long acquirerId,
            @Parameters(paramLabel = "MERCHANT", description = "Merchant id, up to 15 characters.")
                    final String merchantId,
            @Parameters(paramLabel = "TERMINAL", description = "Terminal id, up to 8 characters.")
                    final String terminalId) {
        return options.submit(
                out(),
                commands.unblockTerminal(
                        acquirerId, text("MERCHANT", merchantId, 15), text("TERMINAL", terminalId, 8)));
    }

    @Command(
            name = "cut-over",
            description = "Begins a business date: payments accepted from now on move its positions.",
            mixinStandardHelpOptions = true)
    int cutOver(
            @Mixin final SubmitOptions options,
            @Parameters(paramLabel = "DATE", description = "CCYYMMDD, later than the one in force.")
                    final int businessDate,
            @Option(
                            names = "--open-dates",
                            defaultValue = "2",
                            paramLabel = "COUNT",
                            description = "Dates that stay open, with the new one, 1 to 8 (default: ${DEFAULT-VALUE}).")
                    final int openDates) {
        return options.submit(out(), commands.cutOver(businessDate, openDates));
    }

    @Command(
            name = "open-account",
            description = {
                "Opens a wallet, a merchant payable or a prefund. Dangerous.",
                "The card number of a wallet is read from standard input: the switch turns it into its token."
            },
            mixinStandardHelpOptions = true)
    int openAccount(
            @Mixin final SubmitOptions options,
            @Mixin final AccountOptions account,
            @Parameters(paramLabel = "ACCOUNT", description = "Number of the new account, from 1.")
                    final long accountId) {
        final DirectBuffer command = account.open(commands, accountId);
        return account.kind() == AccountKind.WALLET ? submitWithCard(options, command) : options.submit(out(), command);
    }

    @Command(
            name = "change-account",
            description = "Changes the limits of an account, freezes, thaws or closes it. Dangerous.",
            mixinStandardHelpOptions = true)
    int changeAccount(
            @Mixin final SubmitOptions options,
            @Parameters(paramLabel = "ACCOUNT", description = "Number of the account.") final long accountId,
            @Option(names = "--status", required = true, description = "open, frozen or closed.")
                    final AccountStatus status,
            @Option(
                            names = "--debit-limit",
                            required = true,
                            paramLabel = "MINOR",
                            description = "How far debits may exceed credits, in minor units.")
                    final long debitLimitMinor,
            @Option(
                            names = "--maximum-balance",
                            required = true,
                            paramLabel = "MINOR",
                            description = "How far credits may exceed debits, in minor units.")
                    final long maximumBalanceMinor) {
        final EngineCommands.Limits limits = new EngineCommands.Limits(debitLimitMinor, maximumBalanceMinor);
        return options.submit(out(), commands.changeAccount(accountId, status, limits));
    }

    @Command(
            name = "approve",
            description = "Approves an operation of another operator; it is executed at once, or when its time comes.",
            mixinStandardHelpOptions = true)
    int approve(
            @Mixin final OperatorOptions options,
            @Mixin final OutputOption output,
            @Parameters(paramLabel = "OPERATION", description = "Its id; see turnout admin pending.")
                    final String operationId) {
        return decide(options, output, operationId, true);
    }

    @Command(
            name = "reject",
            description = "Rejects an operation of another operator; it is never executed.",
            mixinStandardHelpOptions = true)
    int reject(
            @Mixin final OperatorOptions options,
            @Mixin final OutputOption output,
            @Parameters(paramLabel = "OPERATION", description = "Its id; see turnout admin pending.")
                    final String operationId) {
        return decide(options, output, operationId, false);
    }

    private int decide(
            final OperatorOptions options,
            final OutputOption output,
            final String operationId,
            final boolean approved) {
        try (AdminClient client = options.connect()) {
            final AdminAnswer answer = client.decide(OperationIds.parse(operationId), approved, options.reason());
            return new AnswerPrinter(out(), output.format()).print(answer).code();
        }
    }

    /** A card number on the command line would stand in the shell's history. */
    private int submitWithCard(final SubmitOptions options, final DirectBuffer command) {
        final byte[] pan = readPan();
        try {
            return options.submit(out(), command, pan);
        } finally {
            Arrays.fill(pan, (byte) 0);
        }
    }

    private static byte[] readPan() {
        try {
            final byte[] line = System.in.readNBytes(LONGEST_PAN + 2);
            final byte[] pan =
                    new String(line, StandardCharsets.US_ASCII).strip().getBytes(StandardCharsets.US_ASCII);
            Arrays.fill(line, (byte) 0);
            if (pan.length == 0 || pan.length > LONGEST_PAN) {
                throw new CommandFailure(ExitCode.USAGE, "standard input holds no card number of 8 to 19 digits");
            }
            return pan;
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static String text(final String name, final String value, final int longest) {
        final boolean isPrintable = value.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (value.isBlank() || value.length() > longest || !isPrintable) {
            throw new CommandFailure(ExitCode.USAGE, name + " must be 1 to " + longest + " printable ASCII characters");
        }
        return value;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** How to print. */
    static final class OutputOption {
        @Option(names = "--output", defaultValue = "table", description = "table or json (default: ${DEFAULT-VALUE}).")
        private OutputFormat format;

        OutputFormat format() {
            return format;
        }
    }

    /** What account to open. */
    static final class AccountOptions {
        @Option(names = "--kind", required = true, description = "wallet, merchant or prefund.")
        private AccountKind kind;

        @Option(names = "--currency", required = true, paramLabel = "CODE", description = "Three letters of ISO 4217.")
        private String currency;

        @Option(
                names = "--debit-limit",
                defaultValue = "0",
                paramLabel = "MINOR",
                description = "How far debits may exceed credits, in minor units (default: ${DEFAULT-VALUE}).")
        private long debitLimitMinor;

        @Option(
                names = "--maximum-balance",
                defaultValue = "999999999999",
                paramLabel = "MINOR",
                description = "How far credits may exceed debits, in minor units (default: ${DEFAULT-VALUE}).")
        private long maximumBalanceMinor;

        @Option(
                names = "--owner",
                defaultValue = "0",
                paramLabel = "NUMBER",
                description = "Of a prefund: the participant. Else free (default: ${DEFAULT-VALUE}).")
        private long owner;

        @Option(
                names = "--acquirer",
                defaultValue = "0",
                paramLabel = "ID",
                description = "Of a merchant payable: the merchant's acquirer.")
        private long acquirerId;

        @Option(
                names = "--merchant",
                defaultValue = "",
                paramLabel = "ID",
                description = "Of a merchant payable: the merchant.")
        private String merchantId;

        AccountKind kind() {
            return kind;
        }

        DirectBuffer open(final EngineCommands commands, final long accountId) {
            final Currency known = Currency.all().get(currency);
            if (known == null) {
                throw new CommandFailure(ExitCode.USAGE, "--currency: '" + currency + "' is no currency in force");
            }
            return commands.openAccount(
                    accountId,
                    kind,
                    known.number(),
                    new EngineCommands.Limits(debitLimitMinor, maximumBalanceMinor),
                    owner,
                    acquirerId,
                    merchantId.isEmpty() ? "" : text("--merchant", merchantId, 15));
        }
    }
}
