package io.turnout.launcher.demo;

import io.turnout.configuration.YamlDocument;
import io.turnout.launcher.settings.SwitchSettings;
import io.turnout.launcher.settings.SwitchSettingsReader;
import io.turnout.simulators.acquirer.AcquirerConfiguration;
import io.turnout.simulators.acquirer.AcquirerConfigurationReader;
import io.turnout.simulators.bank.BankConfiguration;
import io.turnout.simulators.bank.BankConfigurationReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The configuration files of the demonstration, with this run's numbers filled in. */
final class DemoFiles {
    private static final int WINDOW_AT_A_RATE = 8192;
    private static final int WINDOW_AT_MAXIMUM = 128;

    private final DemoPlan plan;

    DemoFiles(final DemoPlan plan) {
        this.plan = plan;
    }

    Path data() {
        return plan.directory().resolve("data");
    }

    Path acquirerLog() {
        return plan.directory().resolve("acquirer.log");
    }

    Path books(final String bank) {
        return plan.directory().resolve("bank-" + bank + ".books");
    }

    List<BankConfiguration> banks() {
        return BankConfigurationReader.read(
                document("banks.yaml", "seed", plan.seed(), "books-a", books("a"), "books-b", books("b")));
    }

    SwitchSettings switchSettings(final int portOfBankA, final int portOfBankB) {
        final String name = "switch.yaml";
        return SwitchSettingsReader.read(
                name,
                filled(
                        name,
                        "data",
                        data(),
                        "durability",
                        word(plan.durability()),
                        "layout",
                        word(plan.layout()),
                        "idle",
                        word(plan.idle()),
                        "capacity",
                        Math.max(1024, 2 * plan.payments()),
                        "operator",
                        DemoWallets.CREDENTIAL,
                        "bank-a",
                        portOfBankA,
                        "bank-b",
                        portOfBankB));
    }

    AcquirerConfiguration acquirer(final int portOfSwitch) {
        final boolean atARate = plan.perSecond() > 0;
        return AcquirerConfigurationReader.read(document(
                        "acquirer.yaml",
                        "seed",
                        plan.seed(),
                        "port",
                        portOfSwitch,
                        "arrivals",
                        atARate ? "uniform" : "maximum",
                        "rate",
                        atARate ? "perSecond: " + plan.perSecond() + ", " : "",
                        "window",
                        atARate ? WINDOW_AT_A_RATE : WINDOW_AT_MAXIMUM,
                        "payments",
                        plan.payments(),
                        "log",
                        acquirerLog()))
                .get(0);
    }

    private static YamlDocument document(final String name, final Object... values) {
        return YamlDocument.read(name, filled(name, values));
    }

    private static String filled(final String name, final Object... values) {
        String text = resource(name);
        for (int i = 0; i < values.length; i += 2) {
            text = text.replace("@" + values[i] + "@", String.valueOf(values[i + 1]));
        }
        return text;
    }

    private static String resource(final String name) {
        try (InputStream stream = DemoFiles.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static String word(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
