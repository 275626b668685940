package io.turnout.launcher.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.sbe.engine.ClockTickEncoder;
import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.LinkStateChangedEncoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.Outcome;
import io.turnout.codecs.sbe.engine.PaymentAnsweredEncoder;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

final class MessageTextTest {
    private final MessageText text = new MessageText();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    @Test
    void shouldShowNumbersAndNamesOfEnums() {
        final LinkStateChangedEncoder encoder = new LinkStateChangedEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header)
                .gatewayId(1)
                .issuerId(2)
                .linkId(65_000)
                .state(LinkState.SIGNED_ON);

        assertEquals(
                "{\"sequence\":7,\"time\":\"1970-01-01T00:00:01.000000001Z\",\"message\":\"LinkStateChanged\","
                        + "\"gatewayId\":1,\"issuerId\":2,\"linkId\":65000,\"state\":\"SIGNED_ON\"}",
                text.json(7, 1_000_000_001L, buffer, 0, 8 + encoder.encodedLength()));
    }

    @Test
    void shouldFlattenCompositesAndEscapeText() {
        final PaymentAnsweredEncoder encoder = new PaymentAnsweredEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header).outcome(Outcome.DECLINED).reason(DeclineReason.NO_ROUTE);
        encoder.clientReference().high(-1).low(5);
        encoder.approvalCode("A\"\\\n  ");

        final String json = text.json(1, 0, buffer, 0, 8 + encoder.encodedLength());

        assertEquals(true, json.contains("\"clientReference.high\":-1,\"clientReference.low\":5"), json);
        assertEquals(true, json.contains("\"outcome\":\"DECLINED\",\"reason\":\"NO_ROUTE\""), json);
        assertEquals(true, json.contains("\"approvalCode\":\"A\\\"\\\\\""), json);
    }

    @Test
    void shouldShowAMessageWithoutFields() {
        final ClockTickEncoder encoder = new ClockTickEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header);

        assertEquals(
                "{\"sequence\":1,\"time\":\"1970-01-01T00:00:00Z\",\"message\":\"ClockTick\"}",
                text.json(1, 0, buffer, 0, 8));
    }

    @Test
    void shouldNameTheTemplateOfAnUnknownMessage() {
        header.wrap(buffer, 0).templateId(60_000).blockLength(0);

        assertEquals("template 60000", text.name(buffer, 0));
    }
}
