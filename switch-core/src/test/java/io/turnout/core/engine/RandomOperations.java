package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.OperationDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;

/** Operators at random, honest or not: operations, repeats of them, and decisions on them. */
final class RandomOperations {
    private static final String OTHER_MERCHANT = "MERCHANT0000002";

    private final TestOperations operations = new TestOperations();
    private final List<DirectBuffer> submitted = new ArrayList<>();
    private final Random random;
    private long lastId;

    RandomOperations(final Random random) {
        this.random = random;
    }

    DirectBuffer next(final long nowNs, final long sequence) {
        final int kind = random.nextInt(10);
        if (kind == 0 && !submitted.isEmpty()) {
            return submitted.get(random.nextInt(submitted.size()));
        }
        if (kind < 5 && lastId > 0) {
            final long id = Math.max(1, lastId - random.nextInt(4));
            final OperationDecision decision =
                    random.nextInt(4) == 0 ? OperationDecision.REJECT : OperationDecision.APPROVE;
            return operations.decide(id, 1 + random.nextInt(4), decision);
        }
        return submit(nowNs, sequence, command());
    }

    DirectBuffer submit(final long nowNs, final long sequence, final DirectBuffer command) {
        final long effectiveSequence = random.nextInt(4) == 0 ? sequence + random.nextInt(50) : 0;
        final DirectBuffer submission = operations.submit(
                ++lastId,
                random.nextInt(20) == 0 ? 4 : TestConfiguration.MAKER + 2L * random.nextInt(2),
                nowNs - random.nextInt(1_000),
                command,
                c -> c.effectiveSequence(effectiveSequence));
        submitted.add(submission);
        return submission;
    }

    DirectBuffer byTheMaker(final long nowNs, final DirectBuffer command) {
        return operations.submit(++lastId, TestConfiguration.MAKER, nowNs, command);
    }

    private DirectBuffer command() {
        final long token = 7_000L + random.nextInt(30);
        return switch (random.nextInt(8)) {
            case 0 -> operations.blockCard(token, 8_000);
            case 1 -> operations.unblockCard(token, 8_000);
            case 2 -> operations.blockMerchant(1, OTHER_MERCHANT);
            case 3 -> operations.unblockMerchant(1, OTHER_MERCHANT);
            case 4 ->
                token % 10 < 5 ? service(token) : operations.blockTerminal(1, OTHER_MERCHANT, TestOperations.TERMINAL);
            case 5 -> operations.unblockTerminal(1, OTHER_MERCHANT, TestOperations.TERMINAL);
            case 6 -> new TestCommands().requeueReversal(random.nextInt(50));
            default -> TestConfiguration.standard(1).activation();
        };
    }

    /** One in five takes a link out of service, the others put one back. */
    private DirectBuffer service(final long token) {
        final int linkId = token % 20 < 10 ? TestConfiguration.LINK : TestConfiguration.OTHER_LINK;
        return operations.setLinkService(linkId, token % 10 > 0);
    }
}
