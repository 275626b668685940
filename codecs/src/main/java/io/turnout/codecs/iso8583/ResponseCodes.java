package io.turnout.codecs.iso8583;

import java.util.Map;
import org.agrona.collections.Int2IntHashMap;

/**
 * Translates the response codes of a dialect (DE39, two characters in 1987, three digits in 1993, four in 2003) to and
 * from the canonical codes of Turnout, the four digits of ISO 8583:2003: below 1000 approved, 1xxx declined, 2xxx
 * declined and pick up, 9xxx could not be processed.
 *
 * <p>The characters of a code are handled as one number, {@link #pack}; no text is made of them. What the dialect does
 * not know becomes a decline, never an approval; the caller keeps the code it received. Immutable; may be shared by all
 * threads.
 */
public final class ResponseCodes {
    /** What a code that the dialect does not know becomes: do not honour. */
    public static final int UNKNOWN_DECLINE = 1000;

    /** Answered when the message has no response code. */
    public static final int MISSING = -1;

    /** Codes of this value and above are not approvals. */
    public static final int FIRST_DECLINE = 1000;

    static final int MAXIMUM_CODE = 9999;
    static final int MAXIMUM_CHARACTERS = 4;

    private static final int RESPONSE_CODE = 39;

    private final Int2IntHashMap canonicalByCode = new Int2IntHashMap(MISSING);
    private final Int2IntHashMap codeByCanonical = new Int2IntHashMap(MISSING);

    ResponseCodes(final Map<String, ResponseCodeLine> lines) {
        lines.forEach((code, line) -> {
            canonicalByCode.put(pack(code), line.canonical());
            line.allCanonical().forEach(canonical -> codeByCanonical.putIfAbsent((int) canonical, pack(code)));
        });
    }

    /** The characters of a code, first one highest, as one number. */
    public static int pack(final CharSequence code) {
        int packed = 0;
        for (int i = 0; i < code.length(); i++) {
            packed = (packed << Byte.SIZE) | code.charAt(i);
        }
        return packed;
    }

    /** The code as DE39 has it, packed, or {@link #MISSING}. */
    public static int raw(final IsoDecoder decoder) {
        final int characters = decoder.count(RESPONSE_CODE);
        if (characters < 0 || characters > MAXIMUM_CHARACTERS) {
            return MISSING;
        }
        int packed = 0;
        for (int i = 0; i < characters; i++) {
            packed = (packed << Byte.SIZE) | decoder.characterAt(RESPONSE_CODE, i);
        }
        return packed;
    }

    /** The canonical code of a packed one; {@link #UNKNOWN_DECLINE} when the dialect does not know it. */
    public int canonical(final int packed) {
        final int canonical = canonicalByCode.get(packed);
        return canonical == MISSING ? UNKNOWN_DECLINE : canonical;
    }

    /** The canonical code of DE39, or {@link #MISSING} when the message has none. */
    public int canonical(final IsoDecoder decoder) {
        final int raw = raw(decoder);
        return raw == MISSING ? MISSING : canonical(raw);
    }

    /** Whether the dialect knows the packed code. */
    public boolean isKnown(final int packed) {
        return canonicalByCode.containsKey(packed);
    }

    /** The packed code of a canonical one; that of {@link #UNKNOWN_DECLINE} when the dialect has none for it. */
    public int packed(final int canonical) {
        final int packed = codeByCanonical.get(canonical);
        return packed == MISSING ? codeByCanonical.get(UNKNOWN_DECLINE) : packed;
    }
}
