package io.turnout.simulators.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.Framing;
import io.turnout.configuration.ConfigurationException;
import io.turnout.configuration.ConfigurationProblem;
import io.turnout.configuration.YamlDocument;
import io.turnout.simulators.bank.Latency.Shape;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BankConfigurationReaderTest {

    private static final Path EXAMPLES =
            Path.of(System.getProperty("turnout.repository.root", "..")).resolve("config/simulators");

    @Test
    void shouldReadTheExampleOfAnHonestBank() {
        final BankConfiguration bank =
                BankConfigurationReader.read(EXAMPLES.resolve("bank-a.yaml")).get(0);
        assertEquals("bank-a", bank.name());
        assertEquals(9001, bank.address().getPort());
        assertEquals("iso87-ascii", bank.dialect().name());
        assertEquals(Framing.BIN2_EXCLUSIVE, bank.framing());
        assertEquals(
                new Latency(Shape.LOGNORMAL, 5_000_000, 0, 3_600_000_000_000L, 40, 0.001, 200_000_000), bank.latency());
        assertTrue(bank.signOnRequired());
        assertEquals(
                BankRule.always(MessageKind.PAYMENT, Behaviour.ANSWER)
                        .withCode("51")
                        .forAmountsEndingWith("51"),
                bank.rules().get(0));
        assertEquals(
                BankRule.always(MessageKind.PAYMENT, Behaviour.ANSWER)
                        .withCode("51")
                        .withShare(0.02),
                bank.rules().get(3));
    }

    @Test
    void shouldReadTheExampleOfATroublesomeBank() {
        final BankConfiguration bank =
                BankConfigurationReader.read(EXAMPLES.resolve("bank-b.yaml")).get(0);
        assertEquals("iso87-bcd", bank.dialect().name());
        assertTrue(bank.answersOnAnyConnection());
        assertEquals(
                BankRule.always(MessageKind.SIGN_ON, Behaviour.ANSWER)
                        .withCode("91")
                        .forMessages(1, 1),
                bank.rules().get(0));
        assertEquals(18, bank.rules().size());
    }

    @Test
    void shouldReadWhatConnectionsTheBankOpens() {
        final List<BankConfiguration> banks = BankConfigurationReader.read(YamlDocument.read("test.yaml", """
                banks:
                  - {name: a, connect: '127.0.0.1:7101', dials: 3, books: a.jsonl}
                  - {name: b, listen: '127.0.0.1:9001', connect: '127.0.0.1:7102', books: b.jsonl}
                  - {name: c, listen: '127.0.0.1:9002', books: c.jsonl}
                """));

        assertEquals(
                new BankConfiguration.Dialling(new InetSocketAddress(InetAddress.getLoopbackAddress(), 7101), 3, true),
                banks.get(0).dialling().orElseThrow());
        assertEquals(
                new BankConfiguration.Dialling(new InetSocketAddress(InetAddress.getLoopbackAddress(), 7102), 1, false),
                banks.get(1).dialling().orElseThrow());
        assertTrue(banks.get(2).dialling().isEmpty());
    }

    @Test
    void shouldNameEverythingThatIsWrongAtOnce() {
        final List<String> messages = problems("""
                banks:
                  - name: a
                    listen: nowhere
                    dialect: latin
                    books: x.jsonl
                    colour: red
                    latency: {shape: square, slowShare: 120%}
                    rules:
                      - {share: much, code: 'ZZ', behaviour: sulk, amountEndsWith: 5x}
                      - {fromMessage: 5, toMessage: 4}
                  - name: b
                    listen: 127.0.0.1:99999
                    books: x.jsonl
                """);
        final String[] expected = {
            "listen: 'nowhere' is not an address (expected host:port)",
            "dialect: 'latin' is neither a dialect of the product nor a path to a .yaml file",
            "unknown key 'banks[0].colour'",
            "latency.shape: 'square' is not known",
            "latency.slowShare: '120%' is not a share",
            "share: 'much' is not a share",
            "code: 'ZZ' is not a response code of Dialect iso87-ascii",
            "behaviour: 'sulk' is not known",
            "amountEndsWith: '5x' is not made of 1 to 12 digits",
            "toMessage: '4' is out of range",
            "listen: '127.0.0.1:99999' is not an address",
            "books: are also the books of another bank"
        };
        for (final String part : expected) {
            assertTrue(messages.stream().anyMatch(message -> message.contains(part)), part + " in " + messages);
        }
        assertEquals(expected.length, messages.size(), messages.toString());
    }

    @Test
    void shouldWantABank() {
        assertTrue(problems("banks: []\n").get(0).contains("has no bank"));
        assertTrue(problems("").get(0).contains("has no bank"));
    }

    private static List<String> problems(final String text) {
        final ConfigurationException e = assertThrows(
                ConfigurationException.class, () -> BankConfigurationReader.read(YamlDocument.read("test.yaml", text)));
        return e.problems().stream().map(ConfigurationProblem::toString).toList();
    }
}
