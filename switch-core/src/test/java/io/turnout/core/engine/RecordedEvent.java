package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.AccountChangedDecoder;
import io.turnout.codecs.sbe.engine.AccountOpenedDecoder;
import io.turnout.codecs.sbe.engine.AccountRefusedDecoder;
import io.turnout.codecs.sbe.engine.AdviceAcknowledgedDecoder;
import io.turnout.codecs.sbe.engine.AdviceDeadLetteredDecoder;
import io.turnout.codecs.sbe.engine.AdvicePostponedDecoder;
import io.turnout.codecs.sbe.engine.AdviceQueuedDecoder;
import io.turnout.codecs.sbe.engine.AdviceRequestedDecoder;
import io.turnout.codecs.sbe.engine.BlockListChangedDecoder;
import io.turnout.codecs.sbe.engine.BreakerChangedDecoder;
import io.turnout.codecs.sbe.engine.BusinessDateOpenedDecoder;
import io.turnout.codecs.sbe.engine.CapUsageChangedDecoder;
import io.turnout.codecs.sbe.engine.CommandIgnoredDecoder;
import io.turnout.codecs.sbe.engine.ConfigurationActivatedDecoder;
import io.turnout.codecs.sbe.engine.ConfigurationRefusedDecoder;
import io.turnout.codecs.sbe.engine.CutOverRefusedDecoder;
import io.turnout.codecs.sbe.engine.GapDetectedDecoder;
import io.turnout.codecs.sbe.engine.HostRecoveredDecoder;
import io.turnout.codecs.sbe.engine.IssuerResponseMismatchedDecoder;
import io.turnout.codecs.sbe.engine.IssuerResponseUnmatchedDecoder;
import io.turnout.codecs.sbe.engine.LateResponseRecordedDecoder;
import io.turnout.codecs.sbe.engine.LedgerLimitExceededDecoder;
import io.turnout.codecs.sbe.engine.LinkDrainedDecoder;
import io.turnout.codecs.sbe.engine.LinkServiceChangedDecoder;
import io.turnout.codecs.sbe.engine.LinkStateRecordedDecoder;
import io.turnout.codecs.sbe.engine.ManualReviewResolvedDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.OperationAnsweredDecoder;
import io.turnout.codecs.sbe.engine.OperationApprovedDecoder;
import io.turnout.codecs.sbe.engine.OperationExecutedDecoder;
import io.turnout.codecs.sbe.engine.OperationExpiredDecoder;
import io.turnout.codecs.sbe.engine.OperationProposedDecoder;
import io.turnout.codecs.sbe.engine.OperationRejectedDecoder;
import io.turnout.codecs.sbe.engine.PaymentAdjustedDecoder;
import io.turnout.codecs.sbe.engine.PaymentAnsweredDecoder;
import io.turnout.codecs.sbe.engine.PaymentRoutedDecoder;
import io.turnout.codecs.sbe.engine.PaymentStatusReportedDecoder;
import io.turnout.codecs.sbe.engine.PositionClosedDecoder;
import io.turnout.codecs.sbe.engine.ReconciliationEndedDecoder;
import io.turnout.codecs.sbe.engine.ReconciliationReceivedDecoder;
import io.turnout.codecs.sbe.engine.ReconciliationRequestedDecoder;
import io.turnout.codecs.sbe.engine.RepeatAwaitedDecoder;
import io.turnout.codecs.sbe.engine.RequestRefusedDecoder;
import io.turnout.codecs.sbe.engine.ReversalAcknowledgedDecoder;
import io.turnout.codecs.sbe.engine.ReversalAnsweredDecoder;
import io.turnout.codecs.sbe.engine.ReversalDeadLetteredDecoder;
import io.turnout.codecs.sbe.engine.ReversalDroppedDecoder;
import io.turnout.codecs.sbe.engine.ReversalPostponedDecoder;
import io.turnout.codecs.sbe.engine.ReversalQueuedDecoder;
import io.turnout.codecs.sbe.engine.ReversalRequestedDecoder;
import io.turnout.codecs.sbe.engine.ReversalRequeuedDecoder;
import io.turnout.codecs.sbe.engine.TotalsNotKeptDecoder;
import io.turnout.codecs.sbe.engine.TransferExpiredDecoder;
import io.turnout.codecs.sbe.engine.TransferRecordedDecoder;
import io.turnout.codecs.sbe.engine.TransfersAnsweredDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** An event as it came out, and its fields as text: composites as {@code (high=1|low=2)}. */
final class RecordedEvent {
    private static final Map<Integer, BiFunction<DirectBuffer, MessageHeaderDecoder, Object>> DECODERS = decoders();

    private final long sequence;
    private final long commandSequence;
    private final long timestampNs;
    private final byte[] bytes;
    private String name;
    private final Map<String, String> fields = new HashMap<>();

    RecordedEvent(final long sequence, final long commandSequence, final long timestampNs, final byte[] bytes) {
        this.sequence = sequence;
        this.commandSequence = commandSequence;
        this.timestampNs = timestampNs;
        this.bytes = bytes;
    }

    /** The template ids of all events there are. */
    static Set<Integer> templateIds() {
        return DECODERS.keySet();
    }

    long sequence() {
        return sequence;
    }

    long commandSequence() {
        return commandSequence;
    }

    long timestampNs() {
        return timestampNs;
    }

    byte[] bytes() {
        return bytes;
    }

    int templateId() {
        return new MessageHeaderDecoder().wrap(new UnsafeBuffer(bytes), 0).templateId();
    }

    String name() {
        decode();
        return name;
    }

    String field(final String field) {
        decode();
        final String value = fields.get(field);
        if (value == null) {
            throw new AssertionError(name + " has no field " + field + ": " + fields);
        }
        return value;
    }

    long number(final String field) {
        return Long.parseLong(field(field));
    }

    Map<String, String> fields() {
        decode();
        return fields;
    }

    @Override
    public String toString() {
        return name() + fields;
    }

    private void decode() {
        if (name != null) {
            return;
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
        final String text =
                DECODERS.get(header.templateId()).apply(buffer, header).toString();
        name = text.substring(1, text.indexOf(']'));
        int from = text.indexOf("):") + 2;
        int depth = 0;
        for (int i = from; i <= text.length(); i++) {
            if (i == text.length() || (text.charAt(i) == '|' && depth == 0)) {
                final int equals = text.indexOf('=', from);
                fields.put(text.substring(from, equals), text.substring(equals + 1, i));
                from = i + 1;
            } else if (text.charAt(i) == '(') {
                depth++;
            } else if (text.charAt(i) == ')') {
                depth--;
            }
        }
    }

    private static Map<Integer, BiFunction<DirectBuffer, MessageHeaderDecoder, Object>> decoders() {
        final Map<Integer, BiFunction<DirectBuffer, MessageHeaderDecoder, Object>> map = new HashMap<>();
        map.put(PaymentRoutedDecoder.TEMPLATE_ID, (b, h) -> new PaymentRoutedDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(PaymentAnsweredDecoder.TEMPLATE_ID, (b, h) -> new PaymentAnsweredDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(RequestRefusedDecoder.TEMPLATE_ID, (b, h) -> new RequestRefusedDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(RepeatAwaitedDecoder.TEMPLATE_ID, (b, h) -> new RepeatAwaitedDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(ReversalQueuedDecoder.TEMPLATE_ID, (b, h) -> new ReversalQueuedDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(ReversalRequestedDecoder.TEMPLATE_ID, (b, h) -> new ReversalRequestedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(ReversalAcknowledgedDecoder.TEMPLATE_ID, (b, h) -> new ReversalAcknowledgedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(ReversalDeadLetteredDecoder.TEMPLATE_ID, (b, h) -> new ReversalDeadLetteredDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(ReversalAnsweredDecoder.TEMPLATE_ID, (b, h) -> new ReversalAnsweredDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(PaymentStatusReportedDecoder.TEMPLATE_ID, (b, h) -> new PaymentStatusReportedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(LateResponseRecordedDecoder.TEMPLATE_ID, (b, h) -> new LateResponseRecordedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(IssuerResponseUnmatchedDecoder.TEMPLATE_ID, (b, h) -> new IssuerResponseUnmatchedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(IssuerResponseMismatchedDecoder.TEMPLATE_ID, (b, h) -> new IssuerResponseMismatchedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        lifecycleDecoders(map);
        hostDecoders(map);
        ledgerDecoders(map);
        operationDecoders(map);
        return map;
    }

    private static void lifecycleDecoders(
            final Map<Integer, BiFunction<DirectBuffer, MessageHeaderDecoder, Object>> map) {
        map.put(AdviceRequestedDecoder.TEMPLATE_ID, (b, h) -> new AdviceRequestedDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(AdviceQueuedDecoder.TEMPLATE_ID, (b, h) -> new AdviceQueuedDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(AdviceAcknowledgedDecoder.TEMPLATE_ID, (b, h) -> new AdviceAcknowledgedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(AdvicePostponedDecoder.TEMPLATE_ID, (b, h) -> new AdvicePostponedDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(AdviceDeadLetteredDecoder.TEMPLATE_ID, (b, h) -> new AdviceDeadLetteredDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(PaymentAdjustedDecoder.TEMPLATE_ID, (b, h) -> new PaymentAdjustedDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(ReconciliationRequestedDecoder.TEMPLATE_ID, (b, h) -> new ReconciliationRequestedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(ReconciliationEndedDecoder.TEMPLATE_ID, (b, h) -> new ReconciliationEndedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(ReconciliationReceivedDecoder.TEMPLATE_ID, (b, h) -> new ReconciliationReceivedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(TotalsNotKeptDecoder.TEMPLATE_ID, (b, h) -> new TotalsNotKeptDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(ManualReviewResolvedDecoder.TEMPLATE_ID, (b, h) -> new ManualReviewResolvedDecoder()
                .wrapAndApplyHeader(b, 0, h));
    }

    private static void hostDecoders(final Map<Integer, BiFunction<DirectBuffer, MessageHeaderDecoder, Object>> map) {
        map.put(LinkStateRecordedDecoder.TEMPLATE_ID, (b, h) -> new LinkStateRecordedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(LinkServiceChangedDecoder.TEMPLATE_ID, (b, h) -> new LinkServiceChangedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(LinkDrainedDecoder.TEMPLATE_ID, (b, h) -> new LinkDrainedDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(HostRecoveredDecoder.TEMPLATE_ID, (b, h) -> new HostRecoveredDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(GapDetectedDecoder.TEMPLATE_ID, (b, h) -> new GapDetectedDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(ConfigurationActivatedDecoder.TEMPLATE_ID, (b, h) -> new ConfigurationActivatedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(ConfigurationRefusedDecoder.TEMPLATE_ID, (b, h) -> new ConfigurationRefusedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(ReversalRequeuedDecoder.TEMPLATE_ID, (b, h) -> new ReversalRequeuedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(CommandIgnoredDecoder.TEMPLATE_ID, (b, h) -> new CommandIgnoredDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(ReversalPostponedDecoder.TEMPLATE_ID, (b, h) -> new ReversalPostponedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(BreakerChangedDecoder.TEMPLATE_ID, (b, h) -> new BreakerChangedDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(ReversalDroppedDecoder.TEMPLATE_ID, (b, h) -> new ReversalDroppedDecoder().wrapAndApplyHeader(b, 0, h));
    }

    private static void ledgerDecoders(final Map<Integer, BiFunction<DirectBuffer, MessageHeaderDecoder, Object>> map) {
        map.put(AccountOpenedDecoder.TEMPLATE_ID, (b, h) -> new AccountOpenedDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(AccountChangedDecoder.TEMPLATE_ID, (b, h) -> new AccountChangedDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(AccountRefusedDecoder.TEMPLATE_ID, (b, h) -> new AccountRefusedDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(TransferRecordedDecoder.TEMPLATE_ID, (b, h) -> new TransferRecordedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(TransfersAnsweredDecoder.TEMPLATE_ID, (b, h) -> new TransfersAnsweredDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(TransferExpiredDecoder.TEMPLATE_ID, (b, h) -> new TransferExpiredDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(BusinessDateOpenedDecoder.TEMPLATE_ID, (b, h) -> new BusinessDateOpenedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(CapUsageChangedDecoder.TEMPLATE_ID, (b, h) -> new CapUsageChangedDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(CutOverRefusedDecoder.TEMPLATE_ID, (b, h) -> new CutOverRefusedDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(PositionClosedDecoder.TEMPLATE_ID, (b, h) -> new PositionClosedDecoder().wrapAndApplyHeader(b, 0, h));
        map.put(LedgerLimitExceededDecoder.TEMPLATE_ID, (b, h) -> new LedgerLimitExceededDecoder()
                .wrapAndApplyHeader(b, 0, h));
    }

    private static void operationDecoders(
            final Map<Integer, BiFunction<DirectBuffer, MessageHeaderDecoder, Object>> map) {
        map.put(OperationProposedDecoder.TEMPLATE_ID, (b, h) -> new OperationProposedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(OperationApprovedDecoder.TEMPLATE_ID, (b, h) -> new OperationApprovedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(OperationRejectedDecoder.TEMPLATE_ID, (b, h) -> new OperationRejectedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(OperationExpiredDecoder.TEMPLATE_ID, (b, h) -> new OperationExpiredDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(OperationExecutedDecoder.TEMPLATE_ID, (b, h) -> new OperationExecutedDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(OperationAnsweredDecoder.TEMPLATE_ID, (b, h) -> new OperationAnsweredDecoder()
                .wrapAndApplyHeader(b, 0, h));
        map.put(BlockListChangedDecoder.TEMPLATE_ID, (b, h) -> new BlockListChangedDecoder()
                .wrapAndApplyHeader(b, 0, h));
    }
}
