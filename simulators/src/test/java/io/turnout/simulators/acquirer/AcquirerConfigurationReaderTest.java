package io.turnout.simulators.acquirer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.configuration.ConfigurationException;
import io.turnout.configuration.ConfigurationProblem;
import io.turnout.configuration.YamlDocument;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Amount;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Arrivals;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Card;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Shares;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AcquirerConfigurationReaderTest {

    private static final Path EXAMPLE =
            Path.of(System.getProperty("turnout.repository.root", "..")).resolve("config/simulators/acquirer.yaml");

    @Test
    void shouldReadTheExample() {
        final AcquirerConfiguration acquirer =
                AcquirerConfigurationReader.read(EXAMPLE).get(0);
        assertEquals("acquirer-one", acquirer.name());
        assertEquals(7001, acquirer.session().address().getPort());
        assertEquals(2, acquirer.session().connections());
        assertEquals(Arrivals.UNIFORM, acquirer.load().arrivals());
        assertEquals(100, acquirer.load().perSecond());
        assertEquals(10_000, acquirer.load().payments());
        assertEquals(new Card("62260000", 19, 3012, 1), acquirer.cards().get(2));
        assertEquals(new Amount(840, 2, 100, 19_999, 1), acquirer.amounts().get(1));
        assertEquals(new Shares(0.01, 0.005, 0.005, 0.02, 0.1, 0.1, 0.05, 0.01), acquirer.shares());
        assertEquals(20_000_000_000L, acquirer.retries().answerTimeoutNs());
    }

    @Test
    void shouldNotShowTheCredential() {
        final AcquirerConfiguration acquirer =
                AcquirerConfigurationReader.read(EXAMPLE).get(0);
        assertFalse(acquirer.toString().contains(acquirer.session().credential()), acquirer.toString());
    }

    @Test
    void shouldNameEverythingThatIsWrongAtOnce() {
        final List<String> messages = problems("""
                acquirers:
                  - name: a
                    connect: 127.0.0.1:7001
                    acquirerId: 0
                    credential: short
                    connections: 4
                    log: a.jsonl
                    load: {arrivals: maximum, window: 100, capacity: 399, durtion: 5s}
                    cards: [{bin: '41', expiry: 3013}]
                    amounts: [{currency: 156, exponent: 2, minimum: 10, maximum: 9}]
                    merchant: {country: cn, terminalId: TOO-LONG-FOR-IT}
                    shares: {repeats: 1.5}
                    retries: {giveUp: never}
                  - name: b
                """);
        final String[] expected = {
            "acquirerId: '0' is out of range",
            "credential: is not made of 16 to 128 ASCII characters",
            "load.capacity: is below window times connections, which is 400",
            "unknown key 'acquirers[0].load.durtion' (did you mean 'duration'?)",
            "bin: '41' is not made of 6 to 8 digits",
            "expiry: '3013' has no month",
            "maximum: '9' is out of range",
            "country: 'cn' is not two capital letters",
            "terminalId: 'TOO-LONG-FOR-IT' is not at most 8 printable ASCII characters",
            "shares.repeats: '1.5' is not a share",
            "retries.giveUp: 'never' is of another form",
            "missing key 'acquirers[1].connect'",
            "missing key 'acquirers[1].acquirerId'",
            "missing key 'acquirers[1].credential'",
            "missing key 'acquirers[1].log'",
            "missing key 'acquirers[1].load.perSecond'",
            "acquirers[1].cards: has no card",
            "acquirers[1].amounts: has no amount"
        };
        for (final String part : expected) {
            assertTrue(messages.stream().anyMatch(message -> message.contains(part)), part + " in " + messages);
        }
        assertEquals(expected.length, messages.size(), String.join("\n", messages));
    }

    private static List<String> problems(final String text) {
        final ConfigurationException e = assertThrows(
                ConfigurationException.class,
                () -> AcquirerConfigurationReader.read(YamlDocument.read("test.yaml", text)));
        return e.problems().stream().map(ConfigurationProblem::toString).toList();
    }
}
