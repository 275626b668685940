package io.turnout.gateway.issuer;

import static io.turnout.gateway.issuer.IssuerFixture.INCARNATION;
import static io.turnout.gateway.issuer.IssuerFixture.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.ReversalReason;
import io.turnout.codecs.sbe.engine.TransactionType;
import io.turnout.gateway.iso.IsoVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every flow through the encoder, in every dialect that a link can use, against the table of data elements. */
class FieldMatrixTest {

    private static final Path DIALECTS = Path.of("..", "config", "dialects");
    private static final String TRACK2 = "4111111111111111=29122011234567890";
    private static final byte[] PIN_BLOCK = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final byte[] ICC_DATA = {(byte) 0x9F, 0x26, 2, 0x11, 0x22};
    private static final int BUSINESS_DATE = 20231115;
    private static final long ORIGINAL_LOCAL_TIME = 20231113101112L;
    private static final LinkInstitutions INSTITUTIONS = new LinkInstitutions(70000001, 80000002);

    private final Map<String, Map<Integer, Integer>> seen = new TreeMap<>();
    private IssuerFixture link;
    private FieldMatrix matrix;

    static List<String> dialects() throws IOException {
        final List<String> usable = new ArrayList<>();
        try (Stream<Path> files = Files.list(DIALECTS)) {
            for (final Path file : files.sorted().toList()) {
                final Dialect dialect = Dialects.of(file.toString());
                if (IsoVersion.firstMissing(dialect) == 0
                        && dialect.transactions().has(TransactionType.PURCHASE.value())) {
                    usable.add(file.toString());
                }
            }
        }
        return usable;
    }

    @Test
    void shouldUseTheDialectsOf1987And1993() throws IOException {
        final List<String> names = dialects().stream()
                .map(path -> Path.of(path).getFileName().toString().replace(".yaml", ""))
                .toList();

        assertTrue(
                names.containsAll(List.of(
                        "iso87-ascii",
                        "iso87-bcd",
                        "iso87-ebcdic-binbitmap",
                        "iso87-ebcdic-hexbitmap",
                        "cups",
                        "iso93-ascii",
                        "iso93-bcd",
                        "iso93-ebcdic",
                        "iso93-ascii-binbitmap")),
                names.toString());
        assertFalse(names.contains("iso03-ascii"), "2003 is only read");
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void shouldWriteWhatTheTableSays(final String path) {
        for (final LinkInstitutions institutions : List.of(INSTITUTIONS, LinkInstitutions.NONE)) {
            final Dialect dialect = Dialects.of(path);
            link = new IssuerFixture(dialect, Framing.BIN2_EXCLUSIVE, institutions);
            matrix = new FieldMatrix(IsoVersion.of(dialect).orElseThrow().hasFunctionCode() ? 1993 : 1987);
            link.connected();
            checkSignOn();
            for (final TransactionType type : TransactionType.values()) {
                if (dialect.transactions().has(type.value())) {
                    checkRequests(type);
                    checkAdvices(type);
                    checkReversals(type);
                }
            }
            checkAnswers();
        }
        seen.forEach((message, fields) -> matrix.requireSeen(message, fields));
        assertEquals(6, seen.size());
    }

    private void checkSignOn() {
        final IsoDecoder signOn = link.next();
        check("network", signOn, null);
        link.receive(link.bank.networkResponse(signOn, signOn.mti() / 1000 == 1 ? "800" : "00"));
    }

    private void checkRequests(final TransactionType type) {
        final boolean followsUp = type == TransactionType.COMPLETION || type == TransactionType.VOID;
        for (final boolean sensitive : new boolean[] {true, false}) {
            final int slot = sensitive ? link.fillSlot(TRACK2, PIN_BLOCK, ICC_DATA) : -1;
            link.events
                    .routed(link.vault, START + 1)
                    .transactionType(type)
                    .expiry(sensitive ? 2912 : 0)
                    .businessDate(sensitive ? BUSINESS_DATE : 0)
                    .originalTransactionType(followsUp ? TransactionType.PURCHASE.value() : 0)
                    .originalLocalDateTime(followsUp ? ORIGINAL_LOCAL_TIME : 0)
                    .originalApprovalCode(followsUp && sensitive ? "AUTH77" : "      ")
                    .slot()
                    .incarnation(INCARNATION)
                    .index(slot)
                    .generation(sensitive ? link.slots.generation(slot) : 0);
            link.route();
            final IsoDecoder request = check("request", link.next(), null);
            assertEquals(followsUp, namesOriginal(request), type.name());
            assertEquals(sensitive, request.isPresent(52));
        }
    }

    private void checkAdvices(final TransactionType type) {
        final boolean followsUp = type == TransactionType.COMPLETION || type == TransactionType.VOID;
        for (int attempt = 1; attempt <= 2; attempt++) {
            link.events
                    .adviceRequested(link.vault, START + 1, attempt)
                    .transactionType(type)
                    .businessDate(BUSINESS_DATE)
                    .originalTransactionType(followsUp ? TransactionType.PURCHASE.value() : 0)
                    .originalLocalDateTime(followsUp ? ORIGINAL_LOCAL_TIME : 0)
                    .originalApprovalCode("AUTH77")
                    .approvalCode("OFF123");
            link.advise();
            check("advice", link.next(), null);
        }
    }

    private void checkReversals(final TransactionType type) {
        for (final ReversalReason reason : ReversalReason.values()) {
            if (reason == ReversalReason.NULL_VAL) {
                continue;
            }
            for (int attempt = 1; attempt <= 2; attempt++) {
                link.events
                        .reversalRequested(link.vault, START + 1, attempt)
                        .transactionType(type)
                        .businessDate(BUSINESS_DATE)
                        .originalAdvice(attempt == 1 ? BooleanType.TRUE : BooleanType.FALSE)
                        .originalTransactionType(TransactionType.PURCHASE.value())
                        .approvalCode(attempt == 1 ? "AUTH77" : "      ")
                        .replacementAmountMinor(reason == ReversalReason.CUSTOMER_CANCELLATION ? 1000 : 0)
                        .reason(reason);
                link.reverse();
                assertTrue(namesOriginal(check("reversal", link.next(), null)));
            }
        }
    }

    private void checkAnswers() {
        final boolean of1993 = matrixIsOf1993();
        final byte[] echo = link.bank.frame(of1993 ? 1804 : 800, encoder -> {
            encoder.putLong(7, 1114221320L).putLong(11, 9);
            if (of1993) {
                encoder.putString(12, "231114221320").putLong(24, 831);
            }
            encoder.putLong(33, 2);
            return (of1993 ? encoder : encoder.putLong(70, 301)).putLong(100, 5);
        });
        link.receive(echo);
        check("network-response", link.next(), link.bank.decode(echo));
        final byte[] fileAction = link.bank.frame(of1993 ? 1304 : 302, encoder -> {
            encoder.putLong(3, 0).putLong(4, 100).putLong(7, 1114221320L).putLong(11, 12);
            if (of1993) {
                encoder.putString(12, "231114221320").putLong(24, 302);
            }
            return encoder.putLong(32, 1)
                    .putLong(33, 2)
                    .putString(37, "RRN000000001")
                    .putLong(100, 5);
        });
        link.receive(fileAction);
        final IsoDecoder refusal = link.next();
        assertEquals(of1993 ? 1314 : 312, refusal.mti());
        check("refusal", refusal, link.bank.decode(fileAction));
        checkUnreadable(of1993);
    }

    /** A request whose DE54 does not end: the answer says so, with what could be read before it. */
    private void checkUnreadable(final boolean of1993) {
        final byte[] whole = link.bank.frame(of1993 ? 1304 : 302, encoder -> {
            encoder.putLong(3, 0).putLong(4, 100).putLong(7, 1114221320L).putLong(11, 13);
            if (of1993) {
                encoder.putString(12, "231114221320").putLong(24, 302);
            }
            return encoder.putLong(32, 1)
                    .putLong(33, 2)
                    .putString(37, "RRN000000001")
                    .putString(41, "TERM0001")
                    .putString(42, "MERCHANT0000001")
                    .putString(49, "156")
                    .putString(54, "0002156C000000009900")
                    .putLong(100, 5);
        });
        final byte[] cut = Arrays.copyOfRange(whole, 2, whole.length - 20);
        link.receive(link.bank.frame(cut));
        final IsoDecoder refusal = link.next();
        record(refusal, "refusal");
        assertEquals("13", refusal.getString(11).replaceFirst("^0+", ""));
        assertTrue(refusal.isPresent(39));
        if (link.bank.hasText(44)) {
            assertEquals("054", refusal.getString(44));
        } else {
            seen.get("refusal").merge(44, 0, Integer::sum);
        }
    }

    private boolean matrixIsOf1993() {
        return seen.get("network").containsKey(24);
    }

    private IsoDecoder check(final String message, final IsoDecoder written, final IsoDecoder request) {
        matrix.check(message, written, request);
        record(written, message);
        if (!message.equals("request")) {
            final String text = text(written);
            assertFalse(text.contains(TRACK2), "track 2 in " + message);
        }
        return written;
    }

    private void record(final IsoDecoder written, final String message) {
        final Map<Integer, Integer> fields = seen.computeIfAbsent(message, name -> new TreeMap<>());
        for (int field = written.nextField(0); field != IsoDecoder.NO_FIELD; field = written.nextField(field)) {
            fields.merge(field, 1, Integer::sum);
        }
    }

    private static boolean namesOriginal(final IsoDecoder message) {
        return message.isPresent(message.mti() / 1000 == 1 ? 56 : 90);
    }

    private static String text(final IsoDecoder message) {
        final StringBuilder text = new StringBuilder();
        for (int field = message.nextField(0); field != IsoDecoder.NO_FIELD; field = message.nextField(field)) {
            text.append(message.getString(field));
        }
        return text.toString();
    }
}
