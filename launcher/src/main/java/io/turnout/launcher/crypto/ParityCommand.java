package io.turnout.launcher.crypto;

import io.turnout.security.Hex;
import io.turnout.security.KeyParity;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code turnout crypto parity}. */
@Command(
        name = "parity",
        description = "Whether a DES key has odd parity, and the key with it.",
        mixinStandardHelpOptions = true)
final class ParityCommand implements Callable<Integer> {
    private final Calculation calculation = new Calculation();

    @Parameters(paramLabel = "KEY", description = "The key in hexadecimal.")
    private String key;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return calculation.printing(spec, out -> {
            final byte[] bytes = Hex.decode("the key", key);
            out.printf("odd parity  %s%n", KeyParity.isOdd(bytes) ? "yes" : "no");
            out.printf("adjusted    %s%n", Hex.encode(KeyParity.adjusted(bytes)));
        });
    }
}
