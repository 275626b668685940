package io.turnout.launcher.crypto;

import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import io.turnout.security.KeyBlockHeader;
import io.turnout.security.KeyBlocks;
import io.turnout.security.ProtectionKey;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout crypto tr31}. */
@Command(
        name = "tr31",
        description = "Key blocks: TR-31, ANSI X9.143, ISO 20038; versions A to E.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {KeyBlockCommand.Wrap.class, KeyBlockCommand.Unwrap.class})
final class KeyBlockCommand {

    /** {@code turnout crypto tr31 wrap}. */
    @Command(name = "wrap", description = "Wraps a key.", mixinStandardHelpOptions = true)
    static final class Wrap implements Callable<Integer> {
        private final Calculation calculation = new Calculation();

        @Option(names = "--kbpk", required = true, paramLabel = "HEX", description = "Key block protection key.")
        private String protectionKey;

        @Option(
                names = "--header",
                required = true,
                paramLabel = "TEXT",
                description =
                        "Header with its optional blocks, for instance D0000P0AE00E0000; its length is worked out.")
        private String header;

        @Option(names = "--key", required = true, paramLabel = "HEX", description = "The key to wrap.")
        private String key;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            return calculation.print(
                    spec,
                    new Calculation.Parameters("tr31")
                            .with("kbpk", protectionKey)
                            .with("header", header)
                            .with("key", key));
        }
    }

    /** {@code turnout crypto tr31 unwrap}. */
    @Command(
            name = "unwrap",
            description = "Says what a block holds, after its authentication code was checked.",
            mixinStandardHelpOptions = true)
    static final class Unwrap implements Callable<Integer> {
        private final Calculation calculation = new Calculation();

        @Option(names = "--kbpk", required = true, paramLabel = "HEX", description = "Key block protection key.")
        private String protectionKey;

        @Option(names = "--block", required = true, paramLabel = "TEXT", description = "The key block.")
        private String block;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            return calculation.printing(spec, this::print);
        }

        private void print(final PrintWriter out) throws CryptoException {
            final KeyBlockHeader header = KeyBlockHeader.parse(block);
            final ProtectionKey protection =
                    ProtectionKey.inMemory(header.version().cipher(), Hex.decode("the protection key", protectionKey));
            final byte[] key = KeyBlocks.unwrap(protection, block).key();
            out.printf("version        %s%n", header.version());
            out.printf("usage          %s%n", header.usage());
            out.printf("algorithm      %s%n", header.algorithm());
            out.printf("mode of use    %s%n", header.mode());
            out.printf("key version    %s%n", header.keyVersion());
            out.printf("exportability  %s%n", header.exportability());
            for (final KeyBlockHeader.OptionalBlock optional : header.optionalBlocks()) {
                out.printf("optional %s    %s%n", optional.id(), optional.data());
            }
            out.printf("key            %s%n", Hex.encode(key));
        }
    }
}
