package io.turnout.launcher.iso;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * A target for a fuzzer: any line of the batch form is answered by a line, with what it says, a named error or a
 * problem; and a message that was decoded without an error is encoded again and decoded the same.
 */
public final class IsoLinesFuzz {
    private static final int INPUTS_BEFORE_NEW_LINES = 500;

    private static IsoLines withParts;
    private static IsoLines whole;
    private static int inputs;

    private IsoLinesFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(final byte[] input) {
        final String line = new String(input, StandardCharsets.UTF_8);
        // Dialects are read from files: they are kept for a while.
        if (inputs++ % INPUTS_BEFORE_NEW_LINES == 0) {
            withParts = new IsoLines(DialectTables.none(), false, true);
            whole = new IsoLines(DialectTables.none(), false, false);
        }
        final IsoLines lines = (input.length & 1) == 0 ? whole : withParts;
        final ObjectNode decoded = lines.decode(line);
        requireAnswer(decoded, "fields");
        requireAnswer(lines.encode(line), "hex");
        // Of a Chinese character that the end of a field cuts in two, only that it was there can be shown.
        final boolean cut = decoded.toString().contains("\uFFFD");
        if (!decoded.has("problem") && !decoded.has("error") && !cut) {
            requireTheSame(lines, line, decoded);
        }
    }

    private static void requireAnswer(final ObjectNode answer, final String expected) {
        final JsonNode kind = answer.path("error").path("kind");
        final boolean named = answer.has(expected)
                || kind.isTextual()
                || answer.path("problem").isTextual();
        if (!named) {
            throw new IllegalStateException("a line without an answer: " + answer);
        }
    }

    private static void requireTheSame(final IsoLines lines, final String line, final ObjectNode decoded) {
        final ObjectNode again = readAgain(line);
        again.remove("hex");
        again.remove("mti");
        again.set("fields", decoded.get("fields"));
        final ObjectNode encoded = lines.encode(again.toString());
        if (!encoded.has("hex")) {
            throw new IllegalStateException("what was decoded cannot be encoded: " + encoded);
        }
        again.remove("fields");
        again.set("hex", encoded.get("hex"));
        final ObjectNode same = lines.decode(again.toString());
        if (!decoded.get("fields").equals(same.get("fields"))) {
            throw new IllegalStateException("decoded " + decoded + " and then " + same);
        }
    }

    private static ObjectNode readAgain(final String line) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(line);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
