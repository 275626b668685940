package io.turnout.launcher.crypto;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout crypto kcv}. */
@Command(name = "kcv", description = "The check value of a key.", mixinStandardHelpOptions = true)
final class KcvCommand implements Callable<Integer> {

    /** How it is made; the words are for the calculator. */
    enum Method {
        TDES("tdes encrypt"),
        TDES_CMAC("tdes cmac"),
        AES("aes cmac"),
        AES_ZEROS("aes encrypt"),
        SM4("sm4 encrypt");

        private final String words;

        Method(final String words) {
            this.words = words;
        }
    }

    private final Calculation calculation = new Calculation();

    @Option(names = "--key", required = true, paramLabel = "HEX", description = "The key.")
    private String key;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            defaultValue = "TDES",
            description = "${COMPLETION-CANDIDATES}: encrypted zeros for TDES, SM4 and AES_ZEROS, CMAC over zeros for"
                    + " AES and TDES_CMAC (default: ${DEFAULT-VALUE}).")
    private Method method;

    @Option(names = "--length", paramLabel = "BYTES", description = "Left bytes (default: 3, or 5 of a CMAC).")
    private Integer length;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return calculation.print(
                spec,
                new Calculation.Parameters("kcv")
                        .with("algorithm", method.words)
                        .with("key", key)
                        .with("length", length));
    }
}
