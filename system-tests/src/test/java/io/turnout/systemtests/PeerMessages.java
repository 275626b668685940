package io.turnout.systemtests;

import com.solab.iso8583.IsoMessage;
import com.solab.iso8583.IsoType;
import com.solab.iso8583.MessageFactory;
import com.solab.iso8583.parse.FieldParseInfo;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;

/**
 * ISO 8583 of 1987 in ASCII as j8583 speaks it, which nobody here wrote: its own field table, its own length bytes.
 * Message types are written as they look in hexadecimal.
 */
final class PeerMessages {
    private static final int LENGTH_BYTES = 2;
    private static final int[] TYPES = {0x200, 0x201, 0x210, 0x420, 0x421, 0x430, 0x800, 0x810};

    private final MessageFactory<IsoMessage> factory = new MessageFactory<>();

    PeerMessages() {
        factory.setCharacterEncoding(StandardCharsets.US_ASCII.name());
        final Map<Integer, FieldParseInfo> guide = new HashMap<>();
        for (final int[] numeric : new int[][] {
            {3, 6}, {4, 12}, {7, 10}, {11, 6}, {12, 6}, {13, 4}, {14, 4}, {15, 4}, {18, 4}, {22, 3}, {25, 2}, {70, 3},
            {90, 42}
        }) {
            guide.put(numeric[0], info(IsoType.NUMERIC, numeric[1]));
        }
        for (final int[] text : new int[][] {{37, 12}, {38, 6}, {39, 2}, {41, 8}, {42, 15}, {43, 40}, {49, 3}}) {
            guide.put(text[0], info(IsoType.ALPHA, text[1]));
        }
        for (final int variable : new int[] {2, 32, 33, 44}) {
            guide.put(variable, info(IsoType.LLVAR, 0));
        }
        for (final int type : TYPES) {
            factory.setParseMap(type, guide);
        }
    }

    IsoMessage newMessage(final int type) {
        return factory.newMessage(type);
    }

    /** The answer to a message, with all it brought but what an answer must not say. */
    IsoMessage answer(final IsoMessage request) {
        final IsoMessage answer = factory.createResponse(request);
        answer.removeFields(14, 18, 22, 25, 43);
        return answer;
    }

    IsoMessage read(final DataInputStream input) throws IOException {
        final byte[] message = new byte[input.readUnsignedShort()];
        input.readFully(message);
        try {
            return factory.parseMessage(message, 0);
        } catch (final ParseException exception) {
            throw new IOException(new String(message, StandardCharsets.US_ASCII), exception);
        }
    }

    static void write(final IsoMessage message, final OutputStream output) throws IOException {
        message.write(output, LENGTH_BYTES);
        output.flush();
    }

    private static FieldParseInfo info(final IsoType type, final int length) {
        return FieldParseInfo.getInstance(type, length, StandardCharsets.US_ASCII.name(), false);
    }
}
