package io.turnout.launcher.crypto;

import io.turnout.security.LuhnNumber;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code turnout crypto luhn}. */
@Command(
        name = "luhn",
        description = "Whether a card number's check digit is right, and the digit that would follow the number.",
        mixinStandardHelpOptions = true)
final class LuhnCommand implements Callable<Integer> {
    private final Calculation calculation = new Calculation();

    @Parameters(paramLabel = "NUMBER", description = "Digits.")
    private String number;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return calculation.printing(spec, out -> {
            out.printf("valid       %s%n", LuhnNumber.isValid(number) ? "yes" : "no");
            out.printf("next digit  %c%n", LuhnNumber.checkDigit(number));
        });
    }
}
