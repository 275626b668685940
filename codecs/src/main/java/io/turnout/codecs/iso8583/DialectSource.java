package io.turnout.codecs.iso8583;

import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.Map;
import java.util.SortedMap;

/**
 * A dialect as it is written: what other dialects inherit from.
 *
 * @param name of the dialect
 * @param description one sentence about it
 * @param message what surrounds the fields
 * @param encodings of all fields, unless a field's own line overrides them
 * @param fields by number
 * @param responseCodes by the code of the dialect; the first of several with one canonical code is the one written
 * @param transactions by type
 * @param subFields the parts of fields, by the number of the field
 * @param samples values by field, 0 for the MTI, by the name of the message
 * @param reportsUnreadable whether its owner wants to hear (0620) that a message of his could not be read
 */
record DialectSource(
        String name,
        String description,
        MessageFormat message,
        Encodings encodings,
        SortedMap<Integer, FieldLine> fields,
        Map<String, ResponseCodeLine> responseCodes,
        Map<TransactionType, TransactionLine> transactions,
        SortedMap<Integer, SubFieldLayout> subFields,
        Map<String, SortedMap<Integer, String>> samples,
        boolean reportsUnreadable) {
    /** The same under another name. */
    DialectSource named(final String otherName) {
        return new DialectSource(
                otherName,
                description,
                message,
                encodings,
                fields,
                responseCodes,
                transactions,
                subFields,
                samples,
                reportsUnreadable);
    }

    /** The same with other fields and what surrounds them. */
    DialectSource with(
            final MessageFormat otherMessage,
            final Encodings otherEncodings,
            final SortedMap<Integer, FieldLine> otherFields,
            final SortedMap<Integer, SubFieldLayout> otherSubFields) {
        return new DialectSource(
                name,
                description,
                otherMessage,
                otherEncodings,
                otherFields,
                responseCodes,
                transactions,
                otherSubFields,
                samples,
                reportsUnreadable);
    }
}
