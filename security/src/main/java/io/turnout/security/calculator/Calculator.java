package io.turnout.security.calculator;

import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import io.turnout.security.KeyParity;
import io.turnout.security.LuhnNumber;
import io.turnout.security.ResidentIdentity;
import java.util.Locale;

/**
 * Answers questions one by one. It remembers the initial keys of the devices it has heard of, so that a DUKPT line may
 * leave out the key; a device never heard of has the base key of the standard's own examples. Used by one thread.
 *
 * <p>Categories: {@code tdes-dukpt}, {@code aes-dukpt}, {@code pinblock}, {@code mac}, {@code kcv}, {@code tr31},
 * {@code parity}, {@code luhn}, {@code resident-id}.
 */
public final class Calculator {
    private final TdesDukptQuestions tdesDukpt = new TdesDukptQuestions();
    private final AesDukptQuestions aesDukpt = new AesDukptQuestions();

    /** The answer: upper-case hexadecimal, digits, or {@code TRUE} and {@code FALSE}. */
    public String answer(final Question question) throws CryptoException {
        final String category = question.category();
        return switch (category) {
            case "tdes-dukpt" -> tdesDukpt.answer(question);
            case "aes-dukpt" -> aesDukpt.answer(question);
            case "pinblock" -> PinBlockQuestions.answer(question);
            case "mac" -> MacQuestions.answer(question);
            case "kcv" -> CheckValueQuestions.answer(question);
            case "tr31" -> KeyBlockQuestions.answer(question);
            case "parity" -> Hex.encode(KeyParity.adjusted(question.bytes("key")));
            case "luhn" -> truth(LuhnNumber.isValid(number(question)));
            case "resident-id" -> Character.toString(ResidentIdentity.checkCharacter(number(question)));
            default -> throw Question.unknown("category", category);
        };
    }

    private static String number(final Question question) {
        return question.optional("number").orElse(question.name());
    }

    private static String truth(final boolean value) {
        return Boolean.toString(value).toUpperCase(Locale.ROOT);
    }
}
