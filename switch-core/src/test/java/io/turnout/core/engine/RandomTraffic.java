package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.ChangeControl;
import io.turnout.codecs.sbe.engine.ConfigurationMode;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.RequestPaymentEncoder;
import io.turnout.codecs.sbe.engine.ReviewResolution;
import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Acquirers, banks, links and operators at random. The banks are honest: each decides once about a request, answers
 * within the late-answer window or never, and keeps its own books.
 */
final class RandomTraffic {
    static final int MAXIMUM_PAYMENTS = 60;
    static final int MAXIMUM_ORIGINALS = 30;
    private static final long ANSWERS_UNTIL_NS = 119 * TestConfiguration.SECOND_NS;
    private static final TransactionType[] TYPES = {
        TransactionType.PURCHASE,
        TransactionType.PURCHASE,
        TransactionType.PRE_AUTHORISATION,
        TransactionType.PRE_AUTHORISATION,
        TransactionType.CASH_WITHDRAWAL,
        TransactionType.REFUND,
        TransactionType.BALANCE_INQUIRY
    };
    private static final TransactionType[] FOLLOW_UPS = {
        TransactionType.COMPLETION, TransactionType.VOID, TransactionType.REFUND, TransactionType.REFUND
    };
    private static final int[] LINKS = {
        TestConfiguration.LINK, TestConfiguration.SECOND_LINK, TestConfiguration.OTHER_LINK
    };

    private static final LinkState[] STATES = {
        LinkState.DOWN, LinkState.DEGRADED, LinkState.SIGNED_ON, LinkState.SIGNED_ON
    };

    private record FollowUp(TransactionType type, int original, long amountMinor, boolean advice) {}

    private final TestCommands commands = new TestCommands();
    private final List<NamedPayment> payments = new ArrayList<>();
    private final List<RecordedEvent> requests = new ArrayList<>();
    private final List<RecordedEvent> approvals = new ArrayList<>();
    private final Map<Integer, FollowUp> followUps = new HashMap<>();
    private final List<RecordedEvent> advices = new ArrayList<>();
    private final List<RecordedEvent> reversals = new ArrayList<>();
    private final List<Long> deadLetters = new ArrayList<>();
    private final Map<String, Integer> decisions = new HashMap<>();
    private final List<DirectBuffer> staging = new ArrayList<>();
    private final RandomOperations operations;
    private final Books books;
    private final Random random;
    private long lastSequence;
    private long inForce;
    private long finishing;
    private long configurations;

    RandomTraffic(final Random random, final Books books) {
        this.random = random;
        this.books = books;
        this.operations = new RandomOperations(random);
    }

    /** How much later the next command comes. */
    long pauseNs() {
        final int kind = random.nextInt(1000);
        if (kind < 2) {
            return random.nextLong(400 * TestConfiguration.SECOND_NS);
        }
        return kind < 100
                ? random.nextLong(8 * TestConfiguration.SECOND_NS)
                : random.nextLong(TestConfiguration.SECOND_NS / 50);
    }

    /** Remembers what can be answered. */
    void onEvent(final RecordedEvent event) {
        lastSequence = event.commandSequence();
        switch (event.name()) {
            case "PaymentRouted" -> requests.add(event);
            case "PaymentAnswered" -> onAnswered(event);
            case "AdviceRequested" -> advices.add(event);
            case "ReversalRequested" -> reversals.add(event);
            case "ReversalDeadLettered", "AdviceDeadLettered" -> deadLetters.add(event.number("paymentId"));
            case "ReversalRequeued", "ReversalQueued", "AdviceQueued", "AdviceAcknowledged" ->
                deadLetters.remove(Long.valueOf(event.number("paymentId")));
            case "ManualReviewResolved" -> onResolved(event);
            case "ConfigurationActivated" -> inForce = event.number("configurationHash");
            case "OperationAnswered" -> onOperationAnswered(event);
            default -> {}
        }
    }

    private void onAnswered(final RecordedEvent event) {
        if (event.number("amountMinor") > 0 && event.field("repeated").equals("FALSE")) {
            approvals.add(event);
        }
    }

    /** What the operator was told is the bank's last word: it processes no reversal sent before any more. */
    private void onResolved(final RecordedEvent event) {
        deadLetters.remove(Long.valueOf(event.number("paymentId")));
        if (event.field("resolution").equals("STANDS")) {
            reversals.removeIf(reversal -> reversal.field("paymentId").equals(event.field("paymentId")));
        }
    }

    private void onOperationAnswered(final RecordedEvent event) {
        if (finishing != 0 && !event.field("refusal").equals("NONE")) {
            deadLetters.add(finishing);
        }
        finishing = 0;
    }

    DirectBuffer next(final long nowNs) {
        if (!staging.isEmpty() && random.nextInt(3) > 0) {
            return nextStaged(nowNs);
        }
        final int kind = random.nextInt(1000);
        if (kind < 330) {
            return newPayment(nowNs);
        } else if (kind < 400) {
            return repeat();
        } else if (kind < 620) {
            return answer(nowNs);
        } else if (kind < 690) {
            return adviceAnswer(nowNs);
        } else if (kind < 780) {
            return reversalAnswer();
        } else if (kind < 860) {
            return acquirerReversal(nowNs);
        } else if (kind < 900) {
            return notSent();
        } else if (kind < 920) {
            return payments.isEmpty() ? commands.clockTick() : commands.requestPaymentStatus(any(payments));
        }
        return rare(kind, nowNs);
    }

    /** From here on all links are up and all reversals are accepted. */
    DirectBuffer linkUp(final int linkId) {
        return link(linkId, LinkState.SIGNED_ON);
    }

    /** An operator puts a link back into service. */
    DirectBuffer linkBack(final long nowNs, final int linkId) {
        return operations.byTheMaker(nowNs, new TestOperations().setLinkService(linkId, true));
    }

    /** Accepts an advice or the oldest reversal, or puts a dead letter back; null when there is none. */
    DirectBuffer finish(final long nowNs) {
        if (!advices.isEmpty()) {
            return accepted(advices.remove(advices.size() - 1), 0, nowNs);
        }
        if (!reversals.isEmpty()) {
            final RecordedEvent reversal = reversals.remove(0);
            books.reversed(reversal);
            return commands.issuerReversalResponse(reversal, 0);
        }
        if (!deadLetters.isEmpty()) {
            finishing = deadLetters.remove(0);
            return operations.byTheMaker(nowNs, commands.requeueReversal(finishing));
        }
        return null;
    }

    /** Always the same but for the horizon, which is short, so that payments are forgotten while the stream lasts. */
    TestConfiguration configuration() {
        return begun(TestConfiguration.guarded(configurations++), ConfigurationMode.REPLACE);
    }

    private TestConfiguration begun(final TestConfiguration configuration, final ConfigurationMode mode) {
        final long horizonNs = (130 + random.nextInt(30)) * TestConfiguration.SECOND_NS;
        final long skewNs = (2 + random.nextInt(20)) * TestConfiguration.SECOND_NS;
        final ChangeControl changeControl = random.nextInt(3) == 0 ? ChangeControl.DUAL : ChangeControl.SINGLE;
        return configuration.begin(begin -> begin.maximumPayments(MAXIMUM_PAYMENTS)
                .horizonNs(horizonNs)
                .maximumClockSkewNs(skewNs)
                .originalsRetentionNs(200 * TestConfiguration.SECOND_NS)
                .maximumOriginals(MAXIMUM_ORIGINALS)
                .operationExpiryNs(20 * TestConfiguration.SECOND_NS)
                .changeControl(changeControl)
                .baseHash(inForce)
                .mode(mode));
    }

    private TestConfiguration amendment() {
        final TestConfiguration amendment = begun(new TestConfiguration(configurations++), ConfigurationMode.AMEND)
                .limit(TestConfiguration.ACQUIRER, TestConfiguration.EURO, 1_000_00L + random.nextInt(100));
        if (random.nextBoolean()) {
            final DirectBuffer operator =
                    amendment.operator(9, true, true).definitions().get(2);
            amendment.remove(new TestOperations().removal(operator));
        }
        return amendment;
    }

    /**
     * Later configurations are brought by operators; under change control DUAL the engine takes them from nobody else.
     */
    private DirectBuffer nextStaged(final long nowNs) {
        final DirectBuffer command = staging.remove(0);
        return configurations > 3 ? operations.byTheMaker(nowNs, command) : command;
    }

    private DirectBuffer rare(final int kind, final long nowNs) {
        if (kind < 935) {
            return operations.next(nowNs, lastSequence);
        } else if (kind < 960) {
            final LinkState state = STATES[random.nextInt(STATES.length)];
            return link(LINKS[random.nextInt(LINKS.length)], state);
        } else if (kind < 975) {
            return commands.clockTick();
        } else if (kind < 978) {
            return commands.hostStarted(0);
        } else if (kind < 985) {
            final TestConfiguration configuration = random.nextInt(3) == 0 ? amendment() : configuration();
            if (random.nextInt(4) == 0) {
                configuration.currency(0, 0);
            }
            staging.clear();
            staging.addAll(configuration.commands());
            return nextStaged(nowNs);
        } else if (kind < 993) {
            return review(nowNs);
        } else if (kind < 996) {
            return new UnsafeBuffer(new byte[0]);
        }
        final byte[] rubbish = new byte[1 + random.nextInt(100)];
        random.nextBytes(rubbish);
        return new UnsafeBuffer(rubbish);
    }

    private DirectBuffer review(final long nowNs) {
        final long paymentId =
                deadLetters.isEmpty() ? random.nextInt(50) : deadLetters.get(random.nextInt(deadLetters.size()));
        if (deadLetters.isEmpty() || random.nextInt(3) > 0) {
            final DirectBuffer requeue = commands.requeueReversal(paymentId);
            return random.nextBoolean() ? requeue : operations.byTheMaker(nowNs, requeue);
        }
        final boolean held = books.isHeld(Long.toString(paymentId));
        return commands.resolveManualReview(paymentId, held ? ReviewResolution.STANDS : ReviewResolution.REVERSED);
    }

    private DirectBuffer newPayment(final long nowNs) {
        final long createdAtNs = nowNs - random.nextLong(TestConfiguration.SECOND_NS);
        final NamedPayment payment = new NamedPayment(payments.size() + 1, createdAtNs);
        payments.add(payment);
        if (random.nextInt(3) == 0) {
            followUps.put(payment.number(), newFollowUp());
        }
        if (random.nextInt(20) == 0) {
            return commands.requestReversal(payment, nowNs, c -> {});
        }
        return payment(payment);
    }

    private DirectBuffer repeat() {
        if (payments.isEmpty()) {
            return commands.clockTick();
        }
        final NamedPayment payment = any(payments);
        if (random.nextInt(10) == 0) {
            return commands.requestPayment(payment, request -> request.amountMinor(3));
        }
        return payment(payment);
    }

    /** The same content for the same payment, whenever it is made. */
    private DirectBuffer payment(final NamedPayment payment) {
        final Random content = new Random(payment.number() * 0x9E37_79B9_7F4A_7C15L);
        final FollowUp followUp = followUps.get(payment.number());
        if (followUp != null) {
            return followUp(payment, followUp);
        }
        final boolean wrong = content.nextInt(12) == 0;
        final TransactionType type = TYPES[content.nextInt(TYPES.length)];
        final boolean inquiry = type == TransactionType.BALANCE_INQUIRY;
        final boolean advice = !inquiry && content.nextInt(6) == 0;
        return commands.requestPayment(payment, request -> {
            request.transactionType(type.value());
            request.advice(advice ? BooleanType.TRUE : BooleanType.FALSE);
            request.amountMinor(inquiry ? 0 : 1 + content.nextInt(90_000));
            request.bin(content.nextInt(3) == 0 ? 51_000_000 : 41_000_000);
            request.sessionId(random.nextInt(5));
            if (wrong) {
                breakSomething(request, content);
            }
        });
    }

    /** Mostly of a payment that can be followed up so. */
    private FollowUp newFollowUp() {
        final boolean any = approvals.isEmpty() || random.nextInt(5) == 0;
        final RecordedEvent approval = any ? null : recent(approvals);
        final int original = any
                ? 1 + random.nextInt(payments.size())
                : Integer.parseInt(approval.field("clientReference").replaceAll("\\(high=(-?\\d+).*", "$1"));
        final boolean held = !any && approval.number("transactionType") == TransactionType.PRE_AUTHORISATION.value();
        final TransactionType type = held && random.nextInt(4) > 0
                ? TransactionType.COMPLETION
                : FOLLOW_UPS[random.nextInt(FOLLOW_UPS.length)];
        final long most = any ? 40_000 : approval.number("amountMinor");
        final long amountMinor = type == TransactionType.VOID ? 0 : 1 + random.nextInt((int) most);
        return new FollowUp(type, original, amountMinor, random.nextInt(5) == 0);
    }

    private DirectBuffer followUp(final NamedPayment payment, final FollowUp what) {
        return commands.requestFollowUp(
                what.type(), payment, payments.get(what.original() - 1), request -> request.amountMinor(
                                what.amountMinor())
                        .advice(what.advice() ? BooleanType.TRUE : BooleanType.FALSE)
                        .sessionId(random.nextInt(5)));
    }

    private static void breakSomething(final RequestPaymentEncoder request, final Random content) {
        switch (content.nextInt(4)) {
            case 0 -> request.amountMinor(0);
            case 1 -> request.expiry(2001);
            case 2 -> request.bin(99_999_999);
            default -> request.acquirerId(77);
        }
    }

    private DirectBuffer answer(final long nowNs) {
        if (requests.isEmpty()) {
            return commands.clockTick();
        }
        final RecordedEvent first = recent(requests);
        final RecordedEvent request = random.nextBoolean() && decisions.containsKey(first.field("paymentId"))
                ? requests.get(requests.size() - 1)
                : first;
        final String paymentId = request.field("paymentId");
        final boolean tooLate = nowNs - request.timestampNs() > ANSWERS_UNTIL_NS;
        if (tooLate && !decisions.containsKey(paymentId)) {
            return commands.clockTick();
        }
        final int resultCode = decisions.computeIfAbsent(paymentId, key -> decide(request));
        if (random.nextInt(25) == 0) {
            return commands.issuerResponse(request, resultCode, response -> response.amountMinor(7_777_777));
        }
        return commands.issuerResponse(request, resultCode, c -> {});
    }

    private int decide(final RecordedEvent request) {
        if (random.nextInt(4) == 0) {
            return random.nextBoolean() ? 1016 : 9109;
        }
        books.approved(request);
        return 0;
    }

    /**
     * A bank may refuse an advice, for good or for now, and take it when it comes again; once taken, it stays taken.
     */
    private DirectBuffer adviceAnswer(final long nowNs) {
        if (advices.isEmpty()) {
            return commands.clockTick();
        }
        final RecordedEvent advice = recent(advices);
        return switch (random.nextInt(8)) {
            case 0 -> refused(advice, 1016);
            case 1 -> refused(advice, 9112);
            default -> accepted(advice, random.nextInt(5) == 0 ? 9113 : 0, nowNs);
        };
    }

    private DirectBuffer refused(final RecordedEvent advice, final int resultCode) {
        return decisions.containsKey(advice.field("paymentId"))
                ? commands.clockTick()
                : commands.issuerAdviceResponse(advice, resultCode);
    }

    private DirectBuffer accepted(final RecordedEvent advice, final int resultCode, final long nowNs) {
        final boolean tooLate = nowNs - advice.timestampNs() > ANSWERS_UNTIL_NS;
        if (tooLate && !decisions.containsKey(advice.field("paymentId"))) {
            return commands.clockTick();
        }
        if (decisions.putIfAbsent(advice.field("paymentId"), 0) == null) {
            books.approved(advice);
        }
        return commands.issuerAdviceResponse(advice, resultCode);
    }

    private DirectBuffer reversalAnswer() {
        if (reversals.isEmpty()) {
            return commands.clockTick();
        }
        final RecordedEvent reversal = recent(reversals);
        return switch (random.nextInt(6)) {
            case 0 -> commands.issuerReversalResponse(reversal, 9112);
            case 1 -> neverSeen(reversal);
            default -> {
                books.reversed(reversal);
                yield commands.issuerReversalResponse(reversal, random.nextInt(5) == 0 ? 9113 : 0);
            }
        };
    }

    /** Honest banks say this only of what they have not seen and will not see. */
    private DirectBuffer neverSeen(final RecordedEvent reversal) {
        final String paymentId = reversal.field("paymentId");
        if (decisions.containsKey(paymentId)) {
            return commands.clockTick();
        }
        requests.removeIf(request -> request.field("paymentId").equals(paymentId));
        advices.removeIf(advice -> advice.field("paymentId").equals(paymentId));
        return commands.issuerReversalResponse(reversal, 9114);
    }

    private DirectBuffer acquirerReversal(final long nowNs) {
        if (payments.isEmpty()) {
            return commands.clockTick();
        }
        final long replacementMinor = random.nextInt(3) == 0 ? 1 + random.nextInt(60_000) : 0;
        return commands.requestReversal(
                any(payments), nowNs, request -> request.replacementAmountMinor(replacementMinor));
    }

    private DirectBuffer notSent() {
        if (random.nextInt(3) == 0 && !advices.isEmpty()) {
            final RecordedEvent advice = recent(advices);
            return decisions.containsKey(advice.field("paymentId"))
                    ? commands.clockTick()
                    : commands.notSent(advices.remove(advices.indexOf(advice)), NotSentReason.CHANNEL_FULL, c -> {});
        }
        if (random.nextBoolean() && !reversals.isEmpty()) {
            return commands.notSent(recent(reversals), NotSentReason.CHANNEL_FULL, c -> {});
        }
        if (requests.isEmpty()) {
            return commands.clockTick();
        }
        final RecordedEvent request = recent(requests);
        if (decisions.containsKey(request.field("paymentId"))) {
            return commands.clockTick();
        }
        requests.remove(request);
        return commands.notSent(request, NotSentReason.PAST_SEND_BEFORE, c -> {});
    }

    private DirectBuffer link(final int linkId, final LinkState state) {
        final int issuerId =
                linkId == TestConfiguration.OTHER_LINK ? TestConfiguration.OTHER_ISSUER : TestConfiguration.ISSUER;
        return commands.linkStateChanged(linkId, issuerId, TestConfiguration.GATEWAY, state);
    }

    private <T> T recent(final List<T> list) {
        return list.get(list.size() - 1 - random.nextInt(Math.min(12, list.size())));
    }

    private <T> T any(final List<T> list) {
        return random.nextInt(3) == 0 ? list.get(random.nextInt(list.size())) : recent(list);
    }
}
