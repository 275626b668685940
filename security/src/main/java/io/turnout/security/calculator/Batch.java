package io.turnout.security.calculator;

import io.turnout.security.CryptoException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * The batch form: questions as lines of JSON in, the same lines out with {@code result} added, or {@code error} with
 * its {@code kind} and {@code message}. One bad line spoils no other.
 */
public final class Batch {
    private final Calculator calculator = new Calculator();

    /**
     * Answers until the input ends; blank lines are skipped.
     *
     * @return lines answered with an error
     */
    public long run(final BufferedReader in, final PrintWriter out) throws IOException {
        long errors = 0;
        for (String line = in.readLine(); line != null && !out.checkError(); line = in.readLine()) {
            if (line.isBlank()) {
                continue;
            }
            final Answer answer = answer(line);
            errors += answer.isError ? 1 : 0;
            out.println(answer.line);
        }
        out.flush();
        return errors;
    }

    private Answer answer(final String line) {
        final Question question;
        try {
            question = new Question(JsonLine.parse(line));
        } catch (final CryptoException e) {
            return new Answer("{\"error\": " + error(e) + "}", true);
        }
        try {
            return answered(line, "result", JsonLine.quote(calculator.answer(question)), false);
        } catch (final CryptoException e) {
            return answered(line, "error", error(e), true);
        }
    }

    private static Answer answered(final String line, final String member, final String json, final boolean isError) {
        return new Answer(JsonLine.append(line, member, json), isError);
    }

    private static String error(final CryptoException e) {
        return "{\"kind\": " + JsonLine.quote(e.error().name()) + ", \"message\": " + JsonLine.quote(e.detail()) + "}";
    }

    private record Answer(String line, boolean isError) {}
}
