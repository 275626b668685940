package io.turnout.launcher.admin;

import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.codecs.sbe.engine.AccountStatus;
import io.turnout.codecs.sbe.engine.BlockCardEncoder;
import io.turnout.codecs.sbe.engine.BlockMerchantEncoder;
import io.turnout.codecs.sbe.engine.BlockTerminalEncoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.ChangeAccountEncoder;
import io.turnout.codecs.sbe.engine.CutOverEncoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.OpenAccountEncoder;
import io.turnout.codecs.sbe.engine.RequeueReversalEncoder;
import io.turnout.codecs.sbe.engine.ResolveManualReviewEncoder;
import io.turnout.codecs.sbe.engine.ReviewResolution;
import io.turnout.codecs.sbe.engine.SetLinkServiceEncoder;
import io.turnout.codecs.sbe.engine.SubmitTransfersEncoder;
import io.turnout.codecs.sbe.engine.TransferLegEncoder;
import io.turnout.codecs.sbe.engine.UnblockCardEncoder;
import io.turnout.codecs.sbe.engine.UnblockMerchantEncoder;
import io.turnout.codecs.sbe.engine.UnblockTerminalEncoder;
import java.util.List;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The commands of the engine that an operator sends, each encoded in a buffer of its own. */
final class EngineCommands {
    private static final int LONGEST = 512;

    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[LONGEST]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    DirectBuffer requeueReversal(final long paymentId) {
        new RequeueReversalEncoder().wrapAndApplyHeader(scratch, 0, header).paymentId(paymentId);
        return copy(RequeueReversalEncoder.BLOCK_LENGTH);
    }

    DirectBuffer resolveManualReview(final long paymentId, final ReviewResolution resolution) {
        new ResolveManualReviewEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .paymentId(paymentId)
                .resolution(resolution);
        return copy(ResolveManualReviewEncoder.BLOCK_LENGTH);
    }

    /** Its token is left to the switch. */
    DirectBuffer blockCard() {
        new BlockCardEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .panToken()
                .high(0)
                .low(0);
        return copy(BlockCardEncoder.BLOCK_LENGTH);
    }

    /** Its token is left to the switch. */
    DirectBuffer unblockCard() {
        new UnblockCardEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .panToken()
                .high(0)
                .low(0);
        return copy(UnblockCardEncoder.BLOCK_LENGTH);
    }

    DirectBuffer blockMerchant(final long acquirerId, final String merchantId) {
        new BlockMerchantEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .acquirerId(acquirerId)
                .merchantId(padded(merchantId, BlockMerchantEncoder.merchantIdLength()));
        return copy(BlockMerchantEncoder.BLOCK_LENGTH);
    }

    DirectBuffer unblockMerchant(final long acquirerId, final String merchantId) {
        new UnblockMerchantEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .acquirerId(acquirerId)
                .merchantId(padded(merchantId, UnblockMerchantEncoder.merchantIdLength()));
        return copy(UnblockMerchantEncoder.BLOCK_LENGTH);
    }

    DirectBuffer blockTerminal(final long acquirerId, final String merchantId, final String terminalId) {
        new BlockTerminalEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .acquirerId(acquirerId)
                .merchantId(padded(merchantId, BlockTerminalEncoder.merchantIdLength()))
                .terminalId(padded(terminalId, BlockTerminalEncoder.terminalIdLength()));
        return copy(BlockTerminalEncoder.BLOCK_LENGTH);
    }

    DirectBuffer unblockTerminal(final long acquirerId, final String merchantId, final String terminalId) {
        new UnblockTerminalEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .acquirerId(acquirerId)
                .merchantId(padded(merchantId, UnblockTerminalEncoder.merchantIdLength()))
                .terminalId(padded(terminalId, UnblockTerminalEncoder.terminalIdLength()));
        return copy(UnblockTerminalEncoder.BLOCK_LENGTH);
    }

    DirectBuffer setLinkService(final int linkId, final boolean inService) {
        new SetLinkServiceEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .linkId(linkId)
                .inService(inService ? BooleanType.TRUE : BooleanType.FALSE);
        return copy(SetLinkServiceEncoder.BLOCK_LENGTH);
    }

    DirectBuffer cutOver(final int businessDate, final int openDates) {
        new CutOverEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .businessDate(businessDate)
                .openDates((short) openDates);
        return copy(CutOverEncoder.BLOCK_LENGTH);
    }

    /** The token of a wallet's card is left to the switch. */
    DirectBuffer openAccount(
            final long accountId,
            final AccountKind kind,
            final int currency,
            final Limits limits,
            final long owner,
            final long acquirerId,
            final String merchantId) {
        final OpenAccountEncoder encoder = new OpenAccountEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .accountId(accountId)
                .debitLimitMinor(limits.debitMinor())
                .maximumBalanceMinor(limits.maximumBalanceMinor())
                .acquirerId(acquirerId)
                .owner(owner)
                .currency(currency)
                .kind(kind)
                .merchantId(padded(merchantId, OpenAccountEncoder.merchantIdLength()));
        encoder.panToken().high(0).low(0);
        return copy(OpenAccountEncoder.BLOCK_LENGTH);
    }

    DirectBuffer changeAccount(final long accountId, final AccountStatus status, final Limits limits) {
        new ChangeAccountEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .accountId(accountId)
                .debitLimitMinor(limits.debitMinor())
                .maximumBalanceMinor(limits.maximumBalanceMinor())
                .status(status);
        return copy(ChangeAccountEncoder.BLOCK_LENGTH);
    }

    /** A chain that says nothing of when it was made: it may wait for its approval longer than the horizon. */
    DirectBuffer submitTransfers(final UUID id, final List<TransferLegText.Leg> legs) {
        scratch.setMemory(0, LONGEST, (byte) 0);
        final SubmitTransfersEncoder encoder = new SubmitTransfersEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header).createdAtNs(0).legCount((short) legs.size());
        encoder.submissionId().high(id.getMostSignificantBits()).low(id.getLeastSignificantBits());
        final TransferLegEncoder leg = new TransferLegEncoder();
        int at = encoder.offset() + SubmitTransfersEncoder.leg1EncodingOffset();
        for (final TransferLegText.Leg content : legs) {
            leg.wrap(scratch, at)
                    .transferId(content.transferId())
                    .debitAccountId(content.debitAccountId())
                    .creditAccountId(content.creditAccountId())
                    .amountMinor(content.amountMinor())
                    .expiresAtNs(content.expiresAtNs())
                    .currency(content.currency())
                    .action(content.action());
            at += TransferLegEncoder.ENCODED_LENGTH;
        }
        return copy(SubmitTransfersEncoder.BLOCK_LENGTH);
    }

    /**
     * How far an account may go.
     *
     * @param debitMinor how far debits may exceed credits
     * @param maximumBalanceMinor how far credits may exceed debits
     */
    record Limits(long debitMinor, long maximumBalanceMinor) {}

    private static String padded(final String text, final int length) {
        return text + " ".repeat(length - text.length());
    }

    private DirectBuffer copy(final int blockLength) {
        final byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + blockLength];
        scratch.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }
}
