package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.codecs.sbe.engine.AccountStatus;
import io.turnout.codecs.sbe.engine.ChangeAccountEncoder;
import io.turnout.codecs.sbe.engine.CutOverEncoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.OpenAccountEncoder;
import io.turnout.codecs.sbe.engine.SubmitTransfersEncoder;
import io.turnout.codecs.sbe.engine.TransferAction;
import io.turnout.codecs.sbe.engine.TransferLegEncoder;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes the commands of the ledger; each result is a copy of its own. */
final class LedgerCommands {
    private static final String NO_MERCHANT = "               ";

    /** One leg of a chain. */
    record Leg(
            TransferAction action,
            long transferId,
            long debit,
            long credit,
            long amountMinor,
            long expiresAtNs,
            int currency) {}

    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    static Leg post(final long debit, final long credit, final long amountMinor) {
        return new Leg(TransferAction.POST, 0, debit, credit, amountMinor, 0, TestConfiguration.EURO);
    }

    static Leg reserve(
            final long id, final long debit, final long credit, final long amountMinor, final long expiresAtNs) {
        return new Leg(TransferAction.RESERVE, id, debit, credit, amountMinor, expiresAtNs, TestConfiguration.EURO);
    }

    static Leg postPending(final long id, final long amountMinor) {
        return new Leg(TransferAction.POST_PENDING, id, 0, 0, amountMinor, 0, 0);
    }

    static Leg voidPending(final long id) {
        return new Leg(TransferAction.VOID_PENDING, id, 0, 0, 0, 0, 0);
    }

    /** The wallet of a card with that token (high half; the low half is 8000). */
    DirectBuffer wallet(final long accountId, final long token, final Consumer<OpenAccountEncoder> changes) {
        return open(accountId, AccountKind.WALLET, account -> {
            account.panToken().high(token).low(8_000);
            changes.accept(account);
        });
    }

    DirectBuffer merchant(final long accountId, final long acquirerId, final String merchantId) {
        return open(accountId, AccountKind.MERCHANT, account -> account.acquirerId(acquirerId)
                .merchantId(merchantId));
    }

    DirectBuffer prefund(final long accountId, final int participant) {
        return open(accountId, AccountKind.PREFUND, account -> account.owner(participant));
    }

    DirectBuffer open(final long accountId, final AccountKind kind, final Consumer<OpenAccountEncoder> changes) {
        final OpenAccountEncoder encoder = new OpenAccountEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .accountId(accountId)
                .debitLimitMinor(0)
                .maximumBalanceMinor(1_000_000)
                .acquirerId(0)
                .owner(0)
                .currency(TestConfiguration.EURO)
                .kind(kind)
                .merchantId(NO_MERCHANT);
        encoder.panToken().high(0).low(0);
        changes.accept(encoder);
        return copy(encoder.encodedLength());
    }

    DirectBuffer change(
            final long accountId, final long debitLimit, final long maximumBalance, final AccountStatus status) {
        final ChangeAccountEncoder encoder = new ChangeAccountEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .accountId(accountId)
                .debitLimitMinor(debitLimit)
                .maximumBalanceMinor(maximumBalance)
                .status(status);
        return copy(encoder.encodedLength());
    }

    DirectBuffer submit(final long submissionId, final long createdAtNs, final List<Leg> legs) {
        final SubmitTransfersEncoder encoder = new SubmitTransfersEncoder();
        scratch.setMemory(0, scratch.capacity(), (byte) 0);
        encoder.wrapAndApplyHeader(scratch, 0, header).createdAtNs(createdAtNs).legCount((short) legs.size());
        encoder.submissionId().high(submissionId).low(-submissionId);
        final TransferLegEncoder leg = new TransferLegEncoder();
        for (int i = 0; i < Math.min(legs.size(), TransferFlow.MAXIMUM_LEGS); i++) {
            final Leg content = legs.get(i);
            leg.wrap(
                            scratch,
                            encoder.offset()
                                    + SubmitTransfersEncoder.leg1EncodingOffset()
                                    + i * TransferLegEncoder.ENCODED_LENGTH)
                    .transferId(content.transferId())
                    .debitAccountId(content.debit())
                    .creditAccountId(content.credit())
                    .amountMinor(content.amountMinor())
                    .expiresAtNs(content.expiresAtNs())
                    .currency(content.currency())
                    .action(content.action());
        }
        return copy(encoder.encodedLength());
    }

    DirectBuffer cutOver(final int businessDate, final int openDates) {
        final CutOverEncoder encoder = new CutOverEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .businessDate(businessDate)
                .openDates((short) openDates);
        return copy(encoder.encodedLength());
    }

    private DirectBuffer copy(final int blockLength) {
        final byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + blockLength];
        scratch.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }
}
