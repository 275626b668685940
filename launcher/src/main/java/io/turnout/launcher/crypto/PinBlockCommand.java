package io.turnout.launcher.crypto;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout crypto pinblock}. */
@Command(
        name = "pinblock",
        description = "PIN blocks of ISO 9564-1, formats 0 to 4.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PinBlockCommand.Encode.class, PinBlockCommand.Decode.class, PinBlockCommand.Translate.class})
final class PinBlockCommand {

    /** The card and the key that most commands share. */
    static final class Zone {
        @Option(names = "--format", required = true, paramLabel = "0..4", description = "Format of the block.")
        private String format;

        @Option(names = "--pan", paramLabel = "DIGITS", description = "Card number; formats 0, 3 and 4 need it.")
        private String pan;

        @Option(
                names = "--key",
                paramLabel = "HEX",
                description =
                        "Key of the zone: DES for formats 0 to 3, AES for format 4. Without it, blocks are clear.")
        private String key;

        Calculation.Parameters parameters() {
            return new Calculation.Parameters("pinblock")
                    .with("format", format)
                    .with("pan", pan)
                    .with("key", key);
        }
    }

    /** {@code turnout crypto pinblock encode}. */
    @Command(name = "encode", description = "The block of a PIN.", mixinStandardHelpOptions = true)
    static final class Encode implements Callable<Integer> {
        private final Calculation calculation = new Calculation();

        @Mixin
        private Zone zone;

        @Option(names = "--pin", required = true, paramLabel = "DIGITS", description = "The PIN, 4 to 12 digits.")
        private String pin;

        @Option(
                names = "--random",
                paramLabel = "HEX",
                description = "Digits to fill with, repeated as needed, where the format wants random ones.")
        private String random;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            return calculation.print(spec, zone.parameters().with("pin", pin).with("random", random));
        }
    }

    /** {@code turnout crypto pinblock decode}. */
    @Command(name = "decode", description = "The PIN in a block.", mixinStandardHelpOptions = true)
    static final class Decode implements Callable<Integer> {
        private final Calculation calculation = new Calculation();

        @Mixin
        private Zone zone;

        @Option(names = "--block", required = true, paramLabel = "HEX", description = "The block.")
        private String block;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            return calculation.print(spec, zone.parameters().with("block", block));
        }
    }

    /** {@code turnout crypto pinblock translate}. */
    @Command(
            name = "translate",
            description = "The same PIN in another zone: another key, another format, the same card.",
            mixinStandardHelpOptions = true)
    static final class Translate implements Callable<Integer> {
        private final Calculation calculation = new Calculation();

        @Mixin
        private Zone zone;

        @Option(names = "--block", required = true, paramLabel = "HEX", description = "The enciphered block.")
        private String block;

        @Option(names = "--to-key", required = true, paramLabel = "HEX", description = "Key of the other zone.")
        private String toKey;

        @Option(names = "--to-format", paramLabel = "0..4", description = "Format there (default: the same).")
        private String toFormat;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            return calculation.print(
                    spec,
                    zone.parameters().with("block", block).with("tokey", toKey).with("toformat", toFormat));
        }
    }
}
