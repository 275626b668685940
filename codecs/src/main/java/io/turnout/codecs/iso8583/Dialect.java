package io.turnout.codecs.iso8583;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How one partner writes its ISO 8583 messages: encodings, lengths and fields.
 *
 * <p>Dialects are data; {@link Dialects} has those that come with the product, {@link DialectReader} reads others. A
 * dialect is immutable and may be shared by all threads.
 */
public final class Dialect {
    /** The first data element that is not a bitmap. */
    public static final int FIRST_FIELD = 2;

    /** The last data element of the third bitmap. */
    public static final int LAST_FIELD = 192;

    private static final int RESPONSE_CODE = 39;

    private final DialectSource source;
    private final ResponseCodes responseCodes;
    private final Transactions transactions;
    private final FieldSpec[] fields = new FieldSpec[LAST_FIELD + 1];

    Dialect(final DialectSource source) {
        this.source = source;
        this.responseCodes = new ResponseCodes(source.responseCodes());
        this.transactions = new Transactions(source.transactions());
        source.fields().forEach((number, line) -> fields[number] = line.spec(source));
    }

    /** Its name, such as {@code iso87-ascii}. */
    public String name() {
        return source.name();
    }

    /** Bytes in front of the MTI that are not part of ISO 8583, such as a TPDU; 0 for most dialects. */
    public int headerLength() {
        return source.message().headerBytes();
    }

    /** Whether the dialect has the data element; never true of a bitmap. */
    public boolean has(final int field) {
        return field > 0 && field <= LAST_FIELD && fields[field] != null;
    }

    /** The name of a data element, for people. */
    public String fieldName(final int field) {
        return has(field) ? fields[field].name : "";
    }

    /**
     * Characters, digits or bytes a value of the data element can have at most; 0 when the dialect does not have it.
     */
    public int maximumLength(final int field) {
        return has(field) ? fields[field].maximumCount : 0;
    }

    /** Whether the data element holds bytes, not characters or digits. */
    public boolean isBinary(final int field) {
        return has(field) && fields[field].type == FieldType.BINARY;
    }

    /** How people may see the value of a data element. */
    public FieldMask mask(final int field) {
        return hasOwnMask(field) ? ownMask(field) : FieldMask.usual(field);
    }

    /** How people may see a part of a message in a message, whose numbers mean nothing. */
    FieldMask ownMask(final int field) {
        return hasOwnMask(field) ? source.fields().get(field).traits().mask() : FieldMask.SHOWN;
    }

    private boolean hasOwnMask(final int field) {
        final FieldLine line = source.fields().get(field);
        return line != null && line.traits().mask() != null;
    }

    /**
     * A data element in words.
     *
     * @throws IllegalArgumentException when the dialect does not have it
     */
    public FieldDescription describe(final int field) {
        final FieldLine line = source.fields().get(field);
        if (line == null) {
            throw new IllegalArgumentException("no such data element: field=" + field);
        }
        return new FieldDescription(
                field,
                line.format().notation(),
                EncodingWords.of(line, source.encodings()),
                mask(field),
                line.format().name());
    }

    /** What surrounds the fields of a message, in words of a dialect file. */
    public Map<String, String> describeMessage() {
        return source.message().words();
    }

    /** One sentence about it, for people. */
    public String description() {
        return source.description();
    }

    /** How the parts of a data element are laid out; nothing when the dialect does not say. */
    public Optional<SubFields> subFields(final int field) {
        return Optional.ofNullable(source.subFields().get(field)).map(layout -> SubFields.of(layout, source, field));
    }

    /** Messages to show what the dialect looks like: values by data element, 0 for the MTI, by name. */
    public Map<String, SortedMap<Integer, String>> samples() {
        return Collections.unmodifiableMap(source.samples());
    }

    /** What a value means in words, or an empty text; {@code version} is the first digit of the MTI. */
    public String meaning(final int version, final int field, final String value) {
        final ResponseCodeLine code =
                field == RESPONSE_CODE ? source.responseCodes().get(value) : null;
        return code == null ? CodeTables.meaning(version, field, value) : code.name();
    }

    /** The meaning of the codes in DE39. */
    public ResponseCodes responseCodes() {
        return responseCodes;
    }

    /** How it writes each type of transaction. */
    public Transactions transactions() {
        return transactions;
    }

    /** Whether its owner wants to hear, with an administrative advice, that a message of his could not be read. */
    public boolean reportsUnreadable() {
        return source.reportsUnreadable();
    }

    DialectSource source() {
        return source;
    }

    MessageFormat message() {
        return source.message();
    }

    /** How most texts are written. */
    TextEncoding text() {
        return source.encodings().text();
    }

    /** How most digits are written. */
    DigitEncoding digits() {
        return source.encodings().digits();
    }

    /** By number; null where the dialect has no data element. Shared: not to be written. */
    FieldSpec[] fields() {
        return fields;
    }

    /** How the data element is written, or null when the dialect does not have it; from 0 to {@link #LAST_FIELD}. */
    FieldSpec field(final int field) {
        return fields[field];
    }

    @Override
    public String toString() {
        return "Dialect " + name();
    }
}
