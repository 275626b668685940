package io.turnout.gateway.net;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.turnout.gateway.net.tls.TlsRefusal;
import io.turnout.gateway.net.tls.TlsRefusedException;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of records, by type: 20 ChangeCipherSpec, 21 alert, 22 handshake, 23 application data. */
class TlsRecordGuardTest {

    @ParameterizedTest
    @CsvSource({
        "'22 22 20 22 23 23 21', the first negotiation of TLS 1.2",
        "'22 20 23 23 23', a negotiation of TLS 1.3",
        "'22 20 22 23 23', TLS 1.3 with a second hello",
    })
    void shouldLetThrough(final String types, final String why) {
        final byte[] stream = records(types);
        assertEquals(stream.length, passed(stream, stream.length), why);
        assertEquals(stream.length, passed(stream, 1), why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22 20 22 22", "22 22 20 22 23 22", "22 20 22 20 22"})
    void shouldRefuseASecondNegotiation(final String types) {
        assertRefused(TlsRefusal.RENEGOTIATION, records(types));
    }

    @ParameterizedTest
    @CsvSource({"71 69 84 32 47", "22 2 0 0 1", "22 3 1 72 1", "128 3 1 0 1", "24 3 3 0 1", "19 3 3 0 1"})
    void shouldRefuseWhatIsNoTls(final String octets) {
        final String[] each = octets.split(" ");
        final byte[] stream = new byte[each.length];
        for (int i = 0; i < stream.length; i++) {
            stream[i] = (byte) Integer.parseInt(each[i]);
        }
        assertRefused(TlsRefusal.NOT_TLS, stream);
    }

    private static void assertRefused(final TlsRefusal reason, final byte[] stream) {
        assertEquals(
                reason,
                assertThrows(TlsRefusedException.class, () -> passed(stream, stream.length))
                        .reason());
        assertEquals(
                reason,
                assertThrows(TlsRefusedException.class, () -> passed(stream, 1)).reason());
    }

    /** How many bytes come through when they arrive in pieces of a length. */
    private static int passed(final byte[] stream, final int pieceLength) {
        final EmbeddedChannel channel = new EmbeddedChannel(new TlsRecordGuard());
        for (int offset = 0; offset < stream.length; offset += pieceLength) {
            channel.writeInbound(Unpooled.copiedBuffer(stream, offset, pieceLength));
        }
        int passed = 0;
        for (ByteBuf bytes = channel.readInbound(); bytes != null; bytes = channel.readInbound()) {
            passed += bytes.readableBytes();
            bytes.release();
        }
        assertDoesNotThrow(channel::finish);
        return passed;
    }

    private static byte[] records(final String types) {
        final ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (final String type : types.split(" ")) {
            stream.writeBytes(new byte[] {(byte) Integer.parseInt(type), 3, 3, 0, 2, 22, 22});
        }
        return stream.toByteArray();
    }
}
