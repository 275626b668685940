package io.turnout.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.simulators.oracle.WalletBalance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The wallets in what {@code turnout ledger show --json} said. */
final class WalletFile {
    private WalletFile() {}

    static List<WalletBalance> read(final Path file, final long openingMinor) {
        final List<WalletBalance> wallets = new ArrayList<>();
        final ObjectMapper mapper = new ObjectMapper();
        try {
            for (final String line : Files.readAllLines(file)) {
                final JsonNode record = mapper.readTree(line);
                if (record.path("kind").asText().equals(AccountKind.WALLET.name())) {
                    wallets.add(new WalletBalance(
                            record.required("accountId").asLong(),
                            openingMinor,
                            record.required("balanceMinor").asLong()));
                }
            }
        } catch (final JsonProcessingException | IllegalArgumentException exception) {
            throw new CommandFailure(
                    ExitCode.DATA_DAMAGED, file + " is not what ledger show --json says: " + exception.getMessage());
        } catch (final IOException exception) {
            throw new CommandFailure(ExitCode.USAGE, "--ledger " + file + " cannot be read: " + exception.getMessage());
        }
        return wallets;
    }
}
