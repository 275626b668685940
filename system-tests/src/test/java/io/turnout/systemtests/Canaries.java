package io.turnout.systemtests;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Secrets that must not be found anywhere, in each form in which they could lie about, and the search for them. */
final class Canaries {
    private final Map<String, byte[]> forms = new LinkedHashMap<>();

    /** Digits of any kind: as text, packed two to a byte from either digit on, and as a binary number. */
    Canaries digits(final String name, final String digits) {
        text(name, digits);
        packed(name + ", packed", digits);
        packed(name + ", packed from the second digit", digits.substring(1));
        if (digits.length() > 8 && digits.length() < 19) {
            number(name, Long.parseLong(digits));
        }
        return this;
    }

    Canaries text(final String name, final String text) {
        forms.put(name + ", ASCII", text.getBytes(StandardCharsets.US_ASCII));
        forms.put(name + ", EBCDIC", text.getBytes(Charset.forName("IBM1047")));
        forms.put(name + ", UTF-16", text.getBytes(StandardCharsets.UTF_16LE));
        return this;
    }

    Canaries bytes(final String name, final byte[] bytes) {
        forms.put(name, bytes.clone());
        return text(name + ", hex", HexFormat.of().formatHex(bytes))
                .text(name + ", HEX", HexFormat.of().withUpperCase().formatHex(bytes));
    }

    /** The forms, by what they are called. */
    Map<String, byte[]> forms() {
        return forms;
    }

    /** Which forms lie in the files below a directory, each with its file. */
    Set<String> foundBelow(final Path directory) throws IOException {
        final Set<String> found = new TreeSet<>();
        final List<Path> files;
        try (Stream<Path> paths = Files.walk(directory)) {
            files = paths.filter(Files::isRegularFile).toList();
        }
        for (final Path file : files) {
            foundIn(Files.readAllBytes(file)).forEach(form -> found.add(directory.relativize(file) + ": " + form));
        }
        return found;
    }

    /** Which forms lie in some bytes. */
    List<String> foundIn(final byte[] content) {
        final boolean[] isFirst = new boolean[256];
        forms.values().forEach(form -> isFirst[form[0] & 0xFF] = true);
        final List<String> found = new ArrayList<>();
        for (int i = 0; i < content.length; i++) {
            if (isFirst[content[i] & 0xFF]) {
                collect(content, i, found);
            }
        }
        return found;
    }

    private void collect(final byte[] content, final int offset, final List<String> found) {
        forms.forEach((name, form) -> {
            final int end = offset + form.length;
            if (end <= content.length && Arrays.equals(content, offset, end, form, 0, form.length)) {
                found.add(name + " at " + offset);
            }
        });
    }

    private void packed(final String name, final String digits) {
        forms.put(name, HexFormat.of().parseHex(digits.substring(0, digits.length() / 2 * 2)));
    }

    /** Without its zeros in front: they begin at every byte of an empty file. */
    private void number(final String name, final long value) {
        final byte[] bigEndian = BigInteger.valueOf(value).toByteArray();
        final byte[] littleEndian = new byte[bigEndian.length];
        for (int i = 0; i < bigEndian.length; i++) {
            littleEndian[i] = bigEndian[bigEndian.length - 1 - i];
        }
        forms.put(name + ", big-endian", bigEndian);
        forms.put(name + ", little-endian", littleEndian);
    }
}
