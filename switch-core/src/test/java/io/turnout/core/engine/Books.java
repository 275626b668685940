package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.PaymentAnsweredEncoder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;

/** What acquirers and banks see, and the invariants between the two. Knows nothing of the engine but its events. */
final class Books {
    private final Set<String> debited = new TreeSet<>();
    private final Map<String, byte[]> answers = new HashMap<>();
    private final Map<String, RecordedEvent> routed = new HashMap<>();
    private final Map<String, RecordedEvent> reversals = new HashMap<>();
    private final Set<String> approvedToAcquirer = new TreeSet<>();
    private final Set<String> undone = new HashSet<>();
    private final Set<String> traces = new HashSet<>();
    private long eventSequence;
    private long timestampNs;
    private long commandSequence;
    private int eventsOfCommand;

    /** A bank approves: it debits. */
    void approved(final String paymentId) {
        assertTrue(debited.add(paymentId));
    }

    /** A bank accepts a reversal: it credits what it debited, if anything. */
    void reversed(final String paymentId) {
        debited.remove(paymentId);
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
            case "ReversalQueued" -> undone.add(event.field("paymentId"));
            case "ReversalRequested" -> onReversalRequested(event);
            default -> {}
        }
    }

    /** Debits that are left are exactly the payments the acquirers believe in. */
    void balance() {
        final Set<String> believed = new TreeSet<>(approvedToAcquirer);
        believed.removeAll(undone);
        assertEquals(believed, debited);
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
                assertTrue(debited.contains(paymentId), "approved without the bank");
                approvedToAcquirer.add(paymentId);
            }
        } else {
            assertArrayEquals(answers.get(paymentId), content, "a repeat gets the same answer");
        }
    }

    private void onReversalRequested(final RecordedEvent event) {
        final String paymentId = event.field("paymentId");
        assertTrue(undone.contains(paymentId));
        final RecordedEvent original = routed.get(paymentId);
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
