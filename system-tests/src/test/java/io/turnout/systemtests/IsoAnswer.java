package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.IsoDecoder;
import java.util.SortedSet;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;

/** A message of the switch to an acquirer. */
final class IsoAnswer {
    private final byte[] message;
    private final IsoDecoder decoder;

    IsoAnswer(final Dialect dialect, final byte[] message) {
        this.message = message;
        decoder = new IsoDecoder(dialect);
        assertEquals(0, decoder.decode(new UnsafeBuffer(message), 0, message.length), "decodable");
    }

    /** The message without its frame. */
    byte[] bytes() {
        return message.clone();
    }

    int mti() {
        return decoder.mti();
    }

    /** A data element as text; empty when it is absent. */
    String field(final int number) {
        return decoder.isPresent(number) ? decoder.getString(number) : "";
    }

    /** Message type and response code. */
    String outcome() {
        return String.format("%04d %s", mti(), field(39));
    }

    /** The data elements it has. */
    SortedSet<Integer> fields() {
        final SortedSet<Integer> fields = new TreeSet<>();
        for (int field = decoder.nextField(0); field != IsoDecoder.NO_FIELD; field = decoder.nextField(field)) {
            fields.add(field);
        }
        return fields;
    }
}
