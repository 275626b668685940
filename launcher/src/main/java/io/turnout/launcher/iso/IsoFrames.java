package io.turnout.launcher.iso;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.turnout.codecs.iso8583.DecodeError;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** What is around messages on a TCP stream, as JSON: {@code {"length": 115, "payload": "…"}}. */
final class IsoFrames {
    private static final int MAXIMUM_LENGTH = 1 << 20;

    /** Names that are used besides those of {@link Framing}. */
    private static final Map<String, Framing> OTHER_NAMES = Map.ofEntries(
            Map.entry("bin2", Framing.BIN2_EXCLUSIVE),
            Map.entry("bin3", Framing.BIN3_EXCLUSIVE),
            Map.entry("bin4", Framing.BIN4_EXCLUSIVE),
            Map.entry("ascii4", Framing.ASCII4_EXCLUSIVE),
            Map.entry("hex4", Framing.HEX4_EXCLUSIVE),
            Map.entry("bcd2", Framing.BCD2_EXCLUSIVE),
            Map.entry("vap", Framing.BIN2_ZERO2),
            Map.entry("cs", Framing.BIN2_ZERO2),
            Map.entry("gicc", Framing.ZERO2_BIN2),
            Map.entry("base24", Framing.BIN2_ETX),
            Map.entry("base24-tcp", Framing.BIN2_ETX));

    private IsoFrames() {}

    /** Adds to a line the announced length and as much of the message as has arrived, or the error. */
    static void decode(final String kind, final byte[] bytes, final ObjectNode line) {
        final Framing framing = framing(kind);
        line.putNull("mti");
        line.putNull("bitmap");
        final ObjectNode fields = line.putObject("fields");
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final int length = framing.announcedLength(buffer, 0, bytes.length, MAXIMUM_LENGTH);
        final int end = framing.headerLength() + Math.max(0, length);
        final boolean whole = length >= 0 && end + framing.trailerLength() <= bytes.length;
        if (length < 0 || (whole && framing.read(buffer, 0, bytes.length, MAXIMUM_LENGTH) < 0)) {
            IsoMessages.putError(line, errorOf(length).name(), IsoDecoder.NO_FIELD);
            return;
        }
        fields.put("length", length);
        fields.put(
                "payload",
                IsoMessages.hex(Arrays.copyOfRange(bytes, framing.headerLength(), Math.min(end, bytes.length))));
    }

    /**
     * The bytes of a frame, or its beginning when it announces a length that is more than the message it is given.
     *
     * @return null after adding the error to the line
     */
    static byte[] encode(final String kind, final JsonNode fields, final ObjectNode line) {
        final Framing framing = framing(kind);
        final byte[] payload = IsoMessages.hex(fields.path("payload").asText(""));
        final int length = Math.max(payload.length, fields.path("length").asInt(0));
        if (length > Math.min(MAXIMUM_LENGTH, framing.maximumMessageLength())) {
            IsoMessages.putError(line, DecodeError.LENGTH_OVER_MAX.name(), IsoDecoder.NO_FIELD);
            return null;
        }
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[framing.frameLength(length)]);
        frame.putBytes(framing.headerLength(), payload);
        framing.write(frame, 0, length);
        final int arrived = length == payload.length ? frame.capacity() : framing.headerLength() + payload.length;
        return Arrays.copyOf(frame.byteArray(), arrived);
    }

    private static DecodeError errorOf(final int length) {
        return switch (length) {
            case Framing.NEED_MORE -> DecodeError.TRUNCATED_LENGTH;
            case Framing.TOO_LONG -> DecodeError.LENGTH_OVER_MAX;
            default -> DecodeError.BAD_LENGTH;
        };
    }

    private static Framing framing(final String kind) {
        final Framing other = OTHER_NAMES.get(kind);
        if (other != null) {
            return other;
        }
        try {
            return Framing.valueOf(kind.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("the frame '" + kind + "' is not known", e);
        }
    }
}
