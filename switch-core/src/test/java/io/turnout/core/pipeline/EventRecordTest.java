package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class EventRecordTest {

    @Test
    void shouldReadTheLayoutInTheDocumentation() {
        final String chain = "00112233445566778899aabbccddeeffffeeddccbbaa99887766554433221100";
        final byte[] payload = HexFormat.of().parseHex("ffff" + "0102000000000000" + chain + "abcdef");

        final EventRecord record = new EventRecord().wrap(new UnsafeBuffer(payload), 2, payload.length - 2);

        final byte[] value = new byte[EventChain.VALUE_LENGTH];
        record.chainValue(value);
        assertEquals(0x0201, record.commandSequence());
        assertArrayEquals(HexFormat.of().parseHex(chain), value);
        assertEquals(42, record.eventOffset());
        assertEquals(3, record.eventLength());
    }

    @Test
    void shouldRefuseAPayloadWithoutAnEvent() {
        assertThrows(
                IllegalArgumentException.class, () -> new EventRecord().wrap(new UnsafeBuffer(new byte[40]), 0, 40));
    }
}
