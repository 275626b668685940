package io.turnout.launcher.crypto;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout crypto mac}. */
@Command(name = "mac", description = "Message authentication codes.", mixinStandardHelpOptions = true)
final class MacCommand implements Callable<Integer> {

    /** Which code. */
    enum Algorithm {
        RETAIL("tdes retail"),
        CBC("cbc"),
        CMAC("cmac"),
        HMAC_SHA_1("hmac-sha-1"),
        HMAC_SHA_256("hmac-sha-256"),
        HMAC_SHA_512("hmac-sha-512"),
        UNIONPAY_ECB("unionpay ecb");

        private final String words;

        Algorithm(final String words) {
            this.words = words;
        }
    }

    /** Which cipher. */
    enum Cipher {
        TDES,
        AES,
        SM4
    }

    /** The message in one of two forms. */
    static final class Message {
        @Option(names = "--data", paramLabel = "HEX", description = "The message's bytes.")
        private String data;

        @Option(names = "--text", paramLabel = "TEXT", description = "The message as characters of ISO 8859-1.")
        private String text;

        String hex() {
            return text == null ? data : HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private final Calculation calculation = new Calculation();

    @Option(
            names = "--algorithm",
            required = true,
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES}. RETAIL is ISO 9797-1 algorithm 3 (ANSI X9.19), CBC is algorithm 1"
                    + " (ANSI X9.9 with a single DES key).")
    private Algorithm algorithm;

    @Option(
            names = "--cipher",
            paramLabel = "NAME",
            description = "For CBC and CMAC: ${COMPLETION-CANDIDATES} (default: TDES for CBC, AES for CMAC).")
    private Cipher cipher;

    @Option(names = "--key", required = true, paramLabel = "HEX", description = "The key.")
    private String key;

    @ArgGroup(multiplicity = "1")
    private Message message;

    @Option(
            names = "--padding",
            paramLabel = "1..3",
            description = "Padding method of ISO 9797-1, for RETAIL and CBC (default: 1).")
    private Integer padding;

    @Option(names = "--length", paramLabel = "BYTES", description = "Left bytes to print (default: all).")
    private Integer length;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final String prefix = cipher == null ? "" : cipher.name().toLowerCase(Locale.ROOT) + " ";
        return calculation.print(
                spec,
                new Calculation.Parameters("mac")
                        .with("algorithm", prefix + algorithm.words)
                        .with("key", key)
                        .with("data", message.hex())
                        .with("padding", padding)
                        .with("length", length));
    }
}
