package io.turnout.codecs.iso8583;

import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.Map;
import java.util.SortedMap;

/**
 * A dialect as it is written: what other dialects inherit from.
 *
 * @param name of the dialect
 * @param message what surrounds the fields
 * @param encodings of all fields, unless a field's own line overrides them
 * @param fields by number
 * @param responseCodes by the code of the dialect; the first of several with one canonical code is the one written
 * @param transactions by type
 */
record DialectSource(
        String name,
        MessageFormat message,
        Encodings encodings,
        SortedMap<Integer, FieldLine> fields,
        Map<String, ResponseCodeLine> responseCodes,
        Map<TransactionType, TransactionLine> transactions) {}
