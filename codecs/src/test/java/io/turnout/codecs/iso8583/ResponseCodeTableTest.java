package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole table of response codes, through the canonical code and back, in 1987, 1993 and 2003. */
final class ResponseCodeTableTest {
    private static final ResponseCodes CODES_87 =
            Dialects.builtIn("iso87-ascii").responseCodes();
    private static final ResponseCodes CODES_93 =
            Dialects.builtIn("iso93-ascii").responseCodes();
    private static final ResponseCodes CODES_03 =
            Dialects.builtIn("iso03-ascii").responseCodes();
    private static final String ONLY_WRITTEN = "-";

    static Stream<List<String>> rows() throws IOException {
        try (InputStream stream = ResponseCodeTableTest.class.getResourceAsStream("response-codes.csv")) {
            return new String(stream.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("read,"))
                    .map(line -> List.of(line.split(",")));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldTranslateThroughTheCanonicalCode(final List<String> row) {
        final int canonical = Integer.parseInt(row.get(1));
        final int code93 = ResponseCodes.pack(row.get(3));
        final int code03 = ResponseCodes.pack(row.get(4));

        if (!row.get(0).equals(ONLY_WRITTEN)) {
            assertEquals(canonical, CODES_87.canonical(ResponseCodes.pack(row.get(0))));
        }
        assertEquals(ResponseCodes.pack(row.get(2)), CODES_87.packed(canonical));
        assertEquals(code93, CODES_93.packed(canonical));
        assertEquals(code03, CODES_03.packed(canonical));
        assertEquals(canonical, CODES_03.canonical(code03));
        assertEquals(ResponseCodes.pack(row.get(5)), CODES_87.packed(CODES_93.canonical(code93)));
        assertEquals(isApproval(canonical), isApproval(CODES_93.canonical(code93)));
    }

    /** A code that is read but not in the table would have been added without looking at the other versions. */
    @Test
    void shouldHaveEveryCodeOf1987InTheTable() throws IOException {
        final Set<String> known = new TreeSet<>();
        for (char first = ' '; first <= '~'; first++) {
            for (char second = ' '; second <= '~'; second++) {
                final String code = "" + first + second;
                if (CODES_87.isKnown(ResponseCodes.pack(code))) {
                    known.add(code);
                }
            }
        }
        final Set<String> listed = new TreeSet<>();
        rows().map(row -> row.get(0)).filter(code -> !code.equals(ONLY_WRITTEN)).forEach(listed::add);

        assertEquals(listed, known);
    }

    @Test
    void shouldApproveExactlyTheCodesThatSaySoIn1993And2003() {
        assertEquals(Set.of("000", "001", "002", "003", "400", "800", "900", "901"), approvals(CODES_93, 3));
        assertEquals(Set.of("0000", "0001", "0002", "0003"), approvals(CODES_03, 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"004", "099", "300", "401", "480", "500", "600", "799", "902", "999", "00", "0", "AAA"})
    void shouldNeverApproveAnUnknownCodeOf1993(final String code) {
        assertFalse(isApproval(CODES_93.canonical(ResponseCodes.pack(code))));
    }

    private static Set<String> approvals(final ResponseCodes codes, final int digits) {
        final Set<String> approvals = new TreeSet<>();
        final int numbers = (int) Math.pow(10, digits);
        for (int number = 0; number < numbers; number++) {
            final String code = ("%0" + digits + "d").formatted(number);
            if (isApproval(codes.canonical(ResponseCodes.pack(code)))) {
                approvals.add(code);
            }
        }
        return approvals;
    }

    private static boolean isApproval(final int canonical) {
        return canonical < ResponseCodes.FIRST_DECLINE;
    }
}
