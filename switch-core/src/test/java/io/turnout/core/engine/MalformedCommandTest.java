package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.IssuerRequestNotSentDecoder;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.LinkStateChangedDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.RequestReversalDecoder;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A command in the journal that cannot be understood is named and changes nothing; it cannot stop a replay. */
final class MalformedCommandTest {
    private final Scenario scenario = Scenario.standard();
    private final TestCommands commands = new TestCommands();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 99, 100, 203, 65_535})
    void shouldIgnoreATemplateThatIsNoCommand(final int templateId) {
        final UnsafeBuffer command = copy(commands.clockTick());
        header.wrap(command, 0).templateId(templateId);

        scenario.when().command(command);

        expectIgnored(templateId, "UNKNOWN_TEMPLATE");
    }

    @Test
    void shouldIgnoreAnotherSchema() {
        final UnsafeBuffer command = copy(commands.clockTick());
        header.wrap(command, 0).schemaId(1);

        scenario.when().command(command);

        expectIgnored(20, "UNKNOWN_TEMPLATE");
    }

    @Test
    void shouldIgnoreANewerVersion() {
        final UnsafeBuffer command = copy(commands.clockTick());
        header.wrap(command, 0).version(CommandTemplates.VERSION + 1);

        scenario.when().command(command);

        expectIgnored(20, "UNKNOWN_TEMPLATE");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void shouldIgnoreABlockOfAnotherLength(final int difference) {
        final DirectBuffer payment = commands.requestPayment(scenario.payment("A"), c -> {});
        final UnsafeBuffer command = copy(payment);
        header.wrap(command, 0).blockLength(payment.capacity() - 8 + difference);

        scenario.when().command(command);

        expectIgnored(1, "MALFORMED");
    }

    @Test
    void shouldIgnoreACommandCutAnywhere() {
        final DirectBuffer payment = commands.requestPayment(scenario.payment("A"), c -> {});
        for (int length = 1; length < payment.capacity(); length++) {
            final UnsafeBuffer cut = new UnsafeBuffer(new byte[length]);
            cut.putBytes(0, payment, 0, length);
            scenario.when().command(cut);
            expectIgnored(length < 8 ? 0 : 1, "MALFORMED");
        }
        assertEquals(0, scenario.engine().paymentCount());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 20, 23, 255})
    void shouldIgnoreAReversalReasonThatIsNotTheAcquirers(final int reason) {
        scenario.given().approved("A");
        final UnsafeBuffer command = copy(commands.requestReversal(scenario.payment("A"), scenario.nowNs(), c -> {}));
        command.putByte(8 + RequestReversalDecoder.reasonEncodingOffset(), (byte) reason);

        scenario.when().command(command);

        expectIgnored(2, "MALFORMED");
    }

    @ParameterizedTest
    @CsvSource({"3", "255"})
    void shouldIgnoreALinkStateItDoesNotKnow(final int state) {
        final UnsafeBuffer command = copy(commands.linkStateChanged(TestConfiguration.LINK, 1, 1, LinkState.DOWN));
        command.putByte(8 + LinkStateChangedDecoder.stateEncodingOffset(), (byte) state);

        scenario.when().command(command);

        expectIgnored(13, "MALFORMED");
    }

    @ParameterizedTest
    @CsvSource({"0", "200", "255"})
    void shouldIgnoreAReportWithAReasonItDoesNotKnow(final int reason) {
        scenario.given().pending("A");
        final UnsafeBuffer command =
                copy(commands.notSent(scenario.payment("A").routed(), NotSentReason.CHANNEL_FULL, c -> {}));
        command.putByte(8 + IssuerRequestNotSentDecoder.reasonEncodingOffset(), (byte) reason);

        scenario.when().command(command);

        expectIgnored(12, "MALFORMED");
    }

    @Test
    void shouldSurviveAnyBytes() {
        final long seed = Long.getLong("turnout.seed", 1);
        final Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            final UnsafeBuffer command = new UnsafeBuffer(new byte[1 + random.nextInt(300)]);
            random.nextBytes(command.byteArray());
            if (command.capacity() >= 8 && random.nextInt(4) > 0) {
                plausibleHeader(command, random);
            }
            try {
                scenario.when().command(command);
            } catch (final EngineCapacityException e) {
                throw new AssertionError("seed=" + seed, e);
            }
        }
        scenario.when().configuration(TestConfiguration.standard(5));
        scenario.given().signedOn(TestConfiguration.LINK);
        scenario.when()
                .payment("A", request -> request.createdAtNs(scenario.engine().timeNs()));
        assertEquals(1, scenario.events().size(), () -> "seed=" + seed);
    }

    @Test
    void shouldTakeNoCommandOutOfOrder() {
        final DirectBuffer tick = commands.clockTick();
        final SwitchEngine engine = scenario.engine();
        final long last = engine.commandSequence();

        for (final long sequence : new long[] {last, last + 2, 0, -1}) {
            final IllegalStateException stop = assertThrows(
                    IllegalStateException.class, () -> engine.onCommand(sequence, 0, tick, 0, tick.capacity()));
            assertTrue(stop.getMessage().contains("sequence=" + sequence), stop.getMessage());
        }
        engine.onCommand(last + 1, 0, tick, 0, tick.capacity());
    }

    @Test
    void shouldCountAnEmptyCommandAndDoNothing() {
        for (int i = 0; i < 6; i++) {
            scenario.given().pending("P" + i);
        }
        scenario.when().secondsPassInSilence(100);
        final long last = scenario.engine().commandSequence();

        scenario.when().command(new UnsafeBuffer(new byte[0]));

        scenario.then().nothing();
        assertEquals(last + 1, scenario.engine().commandSequence());
    }

    private void plausibleHeader(final UnsafeBuffer command, final Random random) {
        final int[] templates = {1, 2, 3, 10, 11, 12, 13, 20, 22, 31, 32, 33, 34, 35, 36, 37};
        final int templateId = templates[random.nextInt(templates.length)];
        final int blockLength = CommandTemplates.blockLength(templateId, CommandTemplates.VERSION);
        header.wrap(command, 0)
                .blockLength(blockLength)
                .templateId(templateId)
                .schemaId(2)
                .version(0);
    }

    private void expectIgnored(final int templateId, final String problem) {
        scenario.then()
                .events("CommandIgnored")
                .event("CommandIgnored")
                .with("paymentId", 0)
                .with("refTemplateId", templateId)
                .with("problem", problem);
    }

    private static UnsafeBuffer copy(final DirectBuffer command) {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[command.capacity()]);
        copy.putBytes(0, command, 0, command.capacity());
        return copy;
    }
}
