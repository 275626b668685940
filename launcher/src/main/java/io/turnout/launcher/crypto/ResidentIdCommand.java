package io.turnout.launcher.crypto;

import io.turnout.security.ResidentIdentity;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code turnout crypto resident-id}. */
@Command(
        name = "resident-id",
        description = "The check character of a resident identity number, GB 11643-1999.",
        mixinStandardHelpOptions = true)
final class ResidentIdCommand implements Callable<Integer> {
    private final Calculation calculation = new Calculation();

    @Parameters(paramLabel = "NUMBER", description = "17 digits, or 18 characters.")
    private String number;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return calculation.printing(spec, out -> {
            out.printf("valid            %s%n", ResidentIdentity.isValid(number) ? "yes" : "no");
            out.printf("check character  %c%n", ResidentIdentity.checkCharacter(number));
        });
    }
}
