package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.sbe.engine.RequestPaymentStatusEncoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;

/** How often acquirers may ask where payments stand. */
final class StatusQuotaTest {
    private final Scenario scenario = Scenario.standard();

    StatusQuotaTest() {
        scenario.given()
                .configuration(TestConfiguration.standard(2)
                        .acquirer(3, acquirer -> acquirer.statusInquiriesPerSecond(4)));
    }

    @Test
    void shouldAnswerABurstOfAsManyAsASecondAllowsAndThenOneAtATime() {
        assertEquals(4, ask(6));

        scenario.when().nanosPass(TestConfiguration.SECOND_NS / 4 - 1);
        assertEquals(0, ask(1));
        scenario.when().nanosPass(1);
        assertEquals(1, ask(2));
        scenario.when().nanosPass(10 * TestConfiguration.SECOND_NS);
        assertEquals(4, ask(6));
    }

    @Test
    void shouldNameTheRefusal() {
        ask(4);

        scenario.when().command(commandOfAcquirer3());

        scenario.then()
                .events("RequestRefused")
                .event("RequestRefused")
                .with("reason", "STATUS_RATE_LIMIT")
                .with("refTemplateId", 3)
                .with("acquirerId", 3);
    }

    @Test
    void shouldNotLimitAnAcquirerThatHasNoLimit() {
        for (int i = 0; i < 1_000; i++) {
            scenario.when().status("A");
            scenario.then().events("PaymentStatusReported");
        }
    }

    @Test
    void shouldBePartOfTheSnapshotWhileItMatters() {
        ask(3);
        final RecordingSink sink = new RecordingSink();
        final SwitchEngine restored = SwitchEngine.restore(
                Scenario.CAPACITY, sink, SnapshotRecords.source(SnapshotRecords.of(scenario.engine())));

        for (int i = 0; i < 3; i++) {
            final DirectBuffer command = commandOfAcquirer3();
            restored.onCommand(restored.commandSequence() + 1, scenario.nowNs(), command, 0, command.capacity());
        }

        assertEquals("PaymentStatusReported", sink.events().get(0).name());
        assertEquals("RequestRefused", sink.events().get(1).name());
        scenario.when().secondsPass(1);
        final SwitchEngine later = SwitchEngine.restore(
                Scenario.CAPACITY,
                new RecordingSink(),
                SnapshotRecords.source(SnapshotRecords.of(scenario.engine())));
        assertEquals(scenario.engine().stateHash(), later.stateHash());
    }

    private int ask(final int times) {
        int answered = 0;
        for (int i = 0; i < times; i++) {
            scenario.when().command(commandOfAcquirer3());
            answered += scenario.then().count("PaymentStatusReported");
        }
        return answered;
    }

    private DirectBuffer commandOfAcquirer3() {
        final DirectBuffer command = new TestCommands().requestPaymentStatus(scenario.payment("A"));
        ((MutableDirectBuffer) command)
                .putInt(
                        8 + RequestPaymentStatusEncoder.acquirerIdEncodingOffset(),
                        3,
                        ByteOrder.LITTLE_ENDIAN);
        return command;
    }
}
