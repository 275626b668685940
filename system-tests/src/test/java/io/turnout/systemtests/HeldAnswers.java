package io.turnout.systemtests;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Answers of a bank that a test gives when it likes. */
final class HeldAnswers {
    private static final long TIMEOUT_S = 20;

    private final BlockingQueue<Runnable> arrived = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> codes = new LinkedBlockingQueue<>();
    private Runnable held;

    private HeldAnswers() {}

    /** Holds back what a bank would answer to payments. */
    static HeldAnswers of(final FakeBank bank) {
        final HeldAnswers answers = new HeldAnswers();
        bank.script(
                (caller, request) -> answers.arrived.add(() -> caller.send(request.answer(answers.codes.remove()))));
        return answers;
    }

    /** Waits until the bank has been asked. */
    void awaitRequest() {
        try {
            held = arrived.poll(TIMEOUT_S, TimeUnit.SECONDS);
        } catch (final InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
        if (held == null) {
            throw new AssertionError("the bank was not asked");
        }
    }

    /** Lets the bank answer what it was asked. */
    void answer(final String responseCode) {
        codes.add(responseCode);
        held.run();
    }
}
