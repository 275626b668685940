package io.turnout.launcher.iso;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How JSON is read and written here. */
public final class Json {
    /** Reads one value and nothing after it; writes ASCII, so that it does not matter what the console can show. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private Json() {}

    /** A value made of maps, lists, texts and numbers, in one line. */
    public static String text(final Object value) {
        return MAPPER.valueToTree(value).toString();
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }
}
