package io.turnout.launcher.admin;

import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.launcher.CommandFailure;
import io.turnout.launcher.ExitCode;
import io.turnout.launcher.admin.AdminClient.Request;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.agrona.DirectBuffer;

/**
 * One operator who acts from this process, for demonstrations. Whatever is not executed at once is a failure. Used by
 * one thread.
 */
public final class OperatorDesk implements AutoCloseable {
    private static final long LARGEST_BALANCE_MINOR = 999_999_999_999L;
    private static final String NO_MERCHANT = "";

    private final EngineCommands commands = new EngineCommands();
    private final AdminClient client;
    private final String reason;

    /**
     * Connects and logs on.
     *
     * @param reason of all that is done
     */
    public OperatorDesk(
            final InetSocketAddress address, final long operatorId, final String credential, final String reason) {
        this.client = AdminClient.connect(address, operatorId, credential.getBytes(StandardCharsets.UTF_8));
        this.reason = reason;
    }

    /** Begins the business date of today, in UTC. */
    public void cutOver() {
        final String today = LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE);
        final DirectBuffer command = commands.cutOver(Integer.parseInt(today), 1);
        execute("cut-over", request -> client.submit(request, command));
    }

    /** Opens a wallet for a card. */
    public void openWallet(final long accountId, final String currency, final String card) {
        final DirectBuffer command = commands.openAccount(
                accountId,
                AccountKind.WALLET,
                Amounts.currency(currency).number(),
                new EngineCommands.Limits(0, LARGEST_BALANCE_MINOR),
                0,
                0,
                NO_MERCHANT);
        final byte[] pan = card.getBytes(StandardCharsets.US_ASCII);
        execute("open-account " + accountId, request -> client.submit(request, command, pan));
    }

    /** Moves money, one leg as at the command line. */
    public void transfer(final String leg) {
        execute("transfer", request -> {
            final long createdAtNs = request.createdAtNs();
            return client.submit(
                    request, commands.submitTransfers(request.id(), List.of(TransferLegText.parse(leg, createdAtNs))));
        });
    }

    @Override
    public void close() {
        client.close();
    }

    private void execute(final String what, final Function<Request, AdminAnswer> submission) {
        final UUID id = OperationIds.next(OperatorOptions.nowNs());
        final AdminAnswer answer = submission.apply(new Request(id, OperationIds.createdAtNs(id), 0, reason));
        if (!answer.isGood()) {
            throw new CommandFailure(ExitCode.FAILED, what + " was not done: " + answer);
        }
    }
}
