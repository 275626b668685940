package io.turnout.launcher.crypto;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout crypto dukpt}. */
@Command(
        name = "dukpt",
        description = "Derived unique keys per transaction, ANSI X9.24.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DukptCommand.Tdes.class, DukptCommand.Aes.class})
final class DukptCommand {
    private static final int TDES_COUNTER_MASK = 0x1FFFFF;
    private static final int COUNTER_DIGITS = 6;

    /** Where the keys come from. */
    static final class Root {
        @Option(names = "--bdk", paramLabel = "HEX", description = "Base derivation key.")
        private String baseKey;

        @Option(names = "--ik", paramLabel = "HEX", description = "Initial key of the device.")
        private String initialKey;
    }

    /** {@code turnout crypto dukpt tdes}. */
    @Command(
            name = "tdes",
            description = "All keys of one transaction with DES, ANSI X9.24-1:2009.",
            mixinStandardHelpOptions = true)
    static final class Tdes implements Callable<Integer> {
        private final Calculation calculation = new Calculation();

        @ArgGroup(multiplicity = "1")
        private Root root;

        @Option(
                names = "--ksn",
                required = true,
                paramLabel = "HEX",
                description = "Key serial number, 10 bytes; leading Fs may be left out.")
        private String ksn;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            final Map<String, String> names = new LinkedHashMap<>();
            names.put("initial key", "initial key");
            if (hasCounter(ksn)) {
                names.put("transaction key", "transaction key");
                names.put("PIN key", "PIN key");
                names.put("MAC key, request or both ways", "MAC request key");
                names.put("MAC key, answer", "MAC response key");
                names.put("data key, request or both ways", "data request key");
                names.put("data key, answer", "data response key");
            }
            return calculation.print(spec, parameters("tdes-dukpt", root).with("ksn", ksn), names);
        }

        private static boolean hasCounter(final String ksn) {
            final String last = ksn.substring(Math.max(0, ksn.length() - COUNTER_DIGITS));
            // What is not hexadecimal is named by the calculator.
            return !last.matches("[0-9A-Fa-f]{1,6}") || (Integer.parseInt(last, 16) & TDES_COUNTER_MASK) != 0;
        }
    }

    /** {@code turnout crypto dukpt aes}. */
    @Command(
            name = "aes",
            description = {
                "Keys of one transaction with AES, ANSI X9.24-3:2017.",
                "Without --usage: the initial key, the transaction's key, and its PIN, MAC and data keys."
            },
            mixinStandardHelpOptions = true)
    static final class Aes implements Callable<Integer> {
        private final Calculation calculation = new Calculation();

        @ArgGroup(multiplicity = "1")
        private Root root;

        @Option(names = "--ksn", required = true, paramLabel = "HEX", description = "Key serial number, 12 bytes.")
        private String ksn;

        @Option(
                names = "--usage",
                paramLabel = "CODE",
                description = "Usage as in the standard's table 2: 0002 KEK, 1000 PIN, 2000 2001 2002 MAC,"
                        + " 3000 3001 3002 data.")
        private String usage;

        @Option(
                names = "--type",
                paramLabel = "TYPE",
                defaultValue = "AES-128",
                description = "2TDEA, 3TDEA, AES-128, AES-192, AES-256, HMAC-128, HMAC-192, HMAC-256"
                        + " (default: ${DEFAULT-VALUE}).")
        private String type;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            final Calculation.Parameters parameters =
                    parameters("aes-dukpt", root).with("ksn", ksn).with("type", type);
            if (usage != null) {
                return calculation.print(spec, parameters.with("usage", usage));
            }
            final Map<String, String> names = new LinkedHashMap<>();
            names.put("initial key", "initial key");
            names.put("transaction key", "transaction key");
            names.put("PIN key (1000)", "key (usage 1000)");
            names.put("MAC key, generation (2000)", "key (usage 2000)");
            names.put("MAC key, verification (2001)", "key (usage 2001)");
            names.put("MAC key, both ways (2002)", "key (usage 2002)");
            names.put("data key, encryption (3000)", "key (usage 3000)");
            names.put("data key, decryption (3001)", "key (usage 3001)");
            names.put("data key, both ways (3002)", "key (usage 3002)");
            return calculation.print(spec, parameters, names);
        }
    }

    private static Calculation.Parameters parameters(final String category, final Root root) {
        return new Calculation.Parameters(category).with("bdk", root.baseKey).with("ik", root.initialKey);
    }
}
