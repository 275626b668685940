package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.PaymentAnsweredEncoder;
import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/** What acquirers and banks see, and the invariants between the two. Knows nothing of the engine but its events. */
final class Books {
    private final Map<String, Long> held = new TreeMap<>();
    private final Map<String, byte[]> answers = new HashMap<>();
    private final Map<String, RecordedEvent> routed = new HashMap<>();
    private final Map<String, RecordedEvent> advices = new HashMap<>();
    private final Map<String, RecordedEvent> reversals = new HashMap<>();
    private final Map<String, Long> approved = new TreeMap<>();
    private final Map<String, Long> replacements = new HashMap<>();
    private final Map<String, RecordedEvent> followUps = new HashMap<>();
    private final Set<String> undone = new HashSet<>();
    private final Set<String> traces = new HashSet<>();
    private long eventSequence;
    private long timestampNs;
    private long commandSequence;
    private int eventsOfCommand;
    private int followedUp;

    /** A bank approves a request or takes an advice: it books the amount. */
    void approved(final RecordedEvent message) {
        if (!message.field("transactionType").equals("BALANCE_INQUIRY")) {
            held.put(message.field("paymentId"), message.number("amountMinor"));
        }
    }

    /** A bank accepts a reversal: it gives back what it booked, if anything, down to the replacement amount. */
    void reversed(final RecordedEvent reversal) {
        final long replacementMinor = reversal.number("replacementAmountMinor");
        if (replacementMinor == 0) {
            held.remove(reversal.field("paymentId"));
        } else {
            held.replace(reversal.field("paymentId"), replacementMinor);
        }
    }

    boolean isHeld(final String paymentId) {
        return held.containsKey(paymentId);
    }

    void onEvent(final RecordedEvent event) {
        assertEquals(++eventSequence, event.sequence());
        assertTrue(event.timestampNs() >= timestampNs);
        assertTrue(event.commandSequence() >= commandSequence);
        eventsOfCommand = event.commandSequence() == commandSequence ? eventsOfCommand + 1 : 1;
        assertTrue(eventsOfCommand <= SwitchEngine.MAXIMUM_EVENTS_PER_COMMAND);
        timestampNs = event.timestampNs();
        commandSequence = event.commandSequence();
        switch (event.name()) {
            case "PaymentRouted" -> onRouted(event);
            case "PaymentAnswered" -> onAnswered(event);
            case "AdviceRequested" -> onAdviceRequested(event);
            case "ReversalQueued" -> onReversalQueued(event);
            case "ReversalRequested" -> onReversalRequested(event);
            case "ReversalAcknowledged" -> onReversalAcknowledged(event.field("paymentId"));
            case "ManualReviewResolved" -> onResolved(event);
            default -> {}
        }
    }

    /** What banks hold is exactly what the acquirers believe in, and follow-ups fit what they follow up. */
    void balance() {
        final Map<String, Long> believed = new TreeMap<>(approved);
        believed.keySet().removeAll(undone);
        assertEquals(believed, held);
        final Map<String, Long> refunded = new HashMap<>();
        final Map<String, String> ended = new HashMap<>();
        for (final Map.Entry<String, RecordedEvent> followUp : followUps.entrySet()) {
            if (believed.containsKey(followUp.getKey())) {
                final RecordedEvent answer = followUp.getValue();
                final String original = answer.field("originalPaymentId");
                if (answer.number("transactionType") == TransactionType.REFUND.value()) {
                    refunded.merge(original, believed.get(followUp.getKey()), Long::sum);
                } else {
                    assertEquals(null, ended.put(original, followUp.getKey()), "completed or voided once");
                    assertTrue(answer.number("amountMinor") <= approved.get(original) * 115 / 100, answer::toString);
                }
            }
        }
        refunded.forEach((original, sum) -> {
            assertTrue(believed.containsKey(original), () -> "refunded and undone: " + original);
            assertTrue(sum <= believed.get(original), () -> "refunded more than stands: " + original);
            assertFalse(ended.containsKey(original), () -> "refunded and voided: " + original);
        });
        followedUp = ended.size() + refunded.size();
    }

    /** Payments with a follow-up that stands. */
    int followedUpCount() {
        return followedUp;
    }

    int routedCount() {
        return routed.size();
    }

    int undoneCount() {
        return undone.size();
    }

    private void onRouted(final RecordedEvent event) {
        final String paymentId = event.field("paymentId");
        assertEquals(null, routed.put(paymentId, event), "a request is sent once");
        assertFalse(answers.containsKey(paymentId));
        assertTrue(event.number("sendBeforeNs") > event.timestampNs());
        unique(event);
    }

    private void onAnswered(final RecordedEvent event) {
        final String paymentId = event.field("paymentId");
        final byte[] content = content(event.bytes());
        if (event.field("repeated").equals("FALSE")) {
            assertEquals(null, answers.put(paymentId, content), "one first answer");
            if (event.field("outcome").equals("APPROVED")) {
                onApproved(paymentId, event);
            }
        } else {
            assertArrayEquals(answers.get(paymentId), content, "a repeat gets the same answer");
        }
    }

    private void onApproved(final String paymentId, final RecordedEvent event) {
        if (event.number("transactionType") == TransactionType.BALANCE_INQUIRY.value()) {
            return;
        }
        final boolean isRequest = routed.containsKey(paymentId);
        assertTrue(!isRequest || held.containsKey(paymentId), "approved without the bank");
        approved.put(paymentId, event.number("amountMinor"));
        if (event.number("originalPaymentId") != 0) {
            followUps.put(paymentId, event);
        }
    }

    /** The same message each time. */
    private void onAdviceRequested(final RecordedEvent event) {
        final String paymentId = event.field("paymentId");
        assertTrue(answers.containsKey(paymentId), "an advice is answered first");
        assertFalse(reversals.containsKey(paymentId), "a reversal overtook its advice");
        final RecordedEvent before = advices.put(paymentId, event);
        if (before == null) {
            unique(event);
        } else {
            assertEquals(before.field("stan"), event.field("stan"));
            assertEquals(before.field("transmissionDateTime"), event.field("transmissionDateTime"));
            assertEquals(before.field("amountMinor"), event.field("amountMinor"));
        }
    }

    private void onReversalQueued(final RecordedEvent event) {
        final long replacementMinor = event.number("replacementAmountMinor");
        if (replacementMinor == 0) {
            undone.add(event.field("paymentId"));
        } else {
            replacements.put(event.field("paymentId"), replacementMinor);
        }
    }

    private void onReversalAcknowledged(final String paymentId) {
        final Long replacementMinor = replacements.remove(paymentId);
        if (replacementMinor != null) {
            approved.put(paymentId, replacementMinor);
            reversals.remove(paymentId);
        }
    }

    /** Operators tell what the banks told them. */
    private void onResolved(final RecordedEvent event) {
        final String paymentId = event.field("paymentId");
        replacements.remove(paymentId);
        if (event.field("resolution").equals("REVERSED")) {
            undone.add(paymentId);
        } else {
            undone.remove(paymentId);
            reversals.remove(paymentId);
            if (routed.containsKey(paymentId)) {
                approved.putIfAbsent(paymentId, routed.get(paymentId).number("amountMinor"));
            }
        }
    }

    private void onReversalRequested(final RecordedEvent event) {
        final String paymentId = event.field("paymentId");
        assertTrue(undone.contains(paymentId) || replacements.containsKey(paymentId));
        final RecordedEvent original = routed.getOrDefault(paymentId, advices.get(paymentId));
        assertNotNull(original);
        assertEquals(original.field("stan"), event.field("originalStan"));
        assertEquals(original.field("transmissionDateTime"), event.field("originalTransmissionDateTime"));
        final RecordedEvent before = reversals.put(paymentId, event);
        if (before == null) {
            assertEquals(1, event.number("attempt"));
            unique(event);
        } else {
            assertEquals(before.field("stan"), event.field("stan"));
            assertEquals(before.field("transmissionDateTime"), event.field("transmissionDateTime"));
            assertEquals(before.field("approvalCode"), approvalCode(before, event));
            final long step = event.number("attempt") - before.number("attempt");
            assertTrue(step == 0 || step == 1, () -> "attempt after " + before.number("attempt"));
        }
    }

    /** Only an attempt that was not sent may be followed by one that knows more. */
    private static String approvalCode(final RecordedEvent before, final RecordedEvent event) {
        return event.number("attempt") == 1 ? before.field("approvalCode") : event.field("approvalCode");
    }

    private void unique(final RecordedEvent event) {
        assertTrue(
                traces.add(event.field("issuerId") + " " + event.field("transmissionDateTime") + " "
                        + event.field("stan")),
                () -> "trace numbers used twice: " + event);
    }

    private static byte[] content(final byte[] answer) {
        final UnsafeBuffer buffer = new UnsafeBuffer(answer.clone());
        final PaymentAnsweredEncoder encoder = new PaymentAnsweredEncoder().wrap(buffer, 8);
        encoder.sessionId(0).gatewayId(0).repeated(BooleanType.FALSE);
        encoder.slot().incarnation(0).index(0).generation(0);
        return buffer.byteArray();
    }
}
