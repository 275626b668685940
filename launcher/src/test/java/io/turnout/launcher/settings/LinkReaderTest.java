package io.turnout.launcher.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.configuration.ConfigurationException;
import io.turnout.gateway.issuer.AddressRange;
import io.turnout.gateway.issuer.IssuerSocketConfiguration.Direction;
import io.turnout.gateway.issuer.IssuerSocketConfiguration.Role;
import io.turnout.gateway.issuer.SignOn;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the configuration file says about links. */
final class LinkReaderTest {
    private static final String FILE = """
            environment: development
            dataDirectory: data
            currencies: [CNY]
            acquirers:
              - {id: 1, institutionId: 10000001, credential: 'plain:sixteen characters', limitsMinor: {CNY: 100}}
            issuers:
              - id: 1
                dialect: iso87-ascii
                RULES
                links: [LINKS]
                bins: ['400000-499999']
              - id: 2
                dialect: iso87-ascii
                links: [{id: 9, role: server, port: 7109, allowed: [10.0.0.1]}]
                bins: ['500000-599999']
            """;

    @Test
    void shouldKeepWhatItWasWithoutAnyOfIt() {
        final IssuerSettings issuer = read("", "{id: 1, port: 9001}");

        assertEquals(
                new LinkRules(
                        SignOn.OURS,
                        TimeUnit.SECONDS.toNanos(5),
                        3,
                        TimeUnit.SECONDS.toNanos(10),
                        3,
                        MatchKeyMode.STAN_AND_TIME,
                        Set.of(MatchCheck.RETRIEVAL_REFERENCE, MatchCheck.AMOUNT)),
                issuer.linkRules());
        assertEquals(
                List.of(new LinkSettings(
                        1,
                        List.of(new SocketSettings(Role.CLIENT, Direction.BOTH, "127.0.0.1", 9001, List.of())),
                        4096,
                        0)),
                issuer.links());
    }

    @Test
    void shouldReadRules() {
        final String options = """
                signOn: both
                    signOnRetry: 1s
                    signOnAttempts: 7
                    networkTimeout: 2s
                    echoMisses: 5
                    match: {key: stan, check: [terminal, acquiring-institution]}""";
        final LinkRules rules = read(options, "{id: 1, port: 9001}").linkRules();

        assertEquals(
                new LinkRules(
                        SignOn.BOTH,
                        TimeUnit.SECONDS.toNanos(1),
                        7,
                        TimeUnit.SECONDS.toNanos(2),
                        5,
                        MatchKeyMode.STAN,
                        Set.of(MatchCheck.TERMINAL, MatchCheck.ACQUIRING_INSTITUTION)),
                rules);
    }

    @Test
    void shouldReadGroupsAndConnectionsOfTheBank() {
        final List<LinkSettings> links = read(
                        "",
                        "{id: 1, role: server, host: 10.9.9.9, port: 7101, allowed: [10.1.2.3, 10.2.0.0/16]}, "
                                + "{id: 2, window: 5, sockets: [{direction: send, port: 9002}, "
                                + "{direction: receive, role: server, port: 7102, allowed: ['::1']}]}")
                .links();

        assertEquals(
                new SocketSettings(
                        Role.SERVER,
                        Direction.BOTH,
                        "10.9.9.9",
                        7101,
                        List.of(range("10.1.2.3"), range("10.2.0.0/16"))),
                links.get(0).sockets().get(0));
        assertEquals(5, links.get(1).window());
        assertEquals(
                List.of(
                        new SocketSettings(Role.CLIENT, Direction.SEND, "127.0.0.1", 9002, List.of()),
                        new SocketSettings(Role.SERVER, Direction.RECEIVE, "127.0.0.1", 7102, List.of(range("::1")))),
                links.get(1).sockets());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "signOn: nobody | {id: 1, port: 1} | signOn",
                "signOnAttempts: 0 | {id: 1, port: 1} | signOnAttempts",
                "'match: {key: rrn}' | {id: 1, port: 1} | match.key",
                "'match: {check: []}' | {id: 1, port: 1} | nothing is checked",
                "'match: {check: [pan]}' | {id: 1, port: 1} | 'pan' is no check",
                "'match: {check: [amount, amount]}' | {id: 1, port: 1} | 'amount' stands there twice",
                "'' | {id: 1, role: server, port: 1} | nobody may connect",
                "'' | '{id: 1, role: server, port: 1, allowed: []}' | nobody may connect",
                "'' | '{id: 1, role: server, port: 1, allowed: [bank.example]}' | 'bank.example' is no address",
                "'' | '{id: 1, port: 1, allowed: [10.0.0.1]}' | the switch opens this connection",
                "'' | '{id: 1, role: server, port: 7109, allowed: [10.0.0.1]}' | is where another issuer connects",
                "'' | '{id: 1, sockets: []}' | must send and receive",
                "'' | '{id: 1, sockets: [{direction: send, port: 1}]}' | must send and receive",
                "'' | '{id: 1, port: 5, sockets: [{port: 1}]}' | port",
                "'' | '{id: 9, port: 1}' | 9 stands there twice",
                "'' | '' | no link",
            })
    void shouldNameAProblem(final String rules, final String links, final String problem) {
        final ConfigurationException exception = assertThrows(
                ConfigurationException.class, () -> read(rules == null ? "" : rules, links == null ? "" : links));

        assertTrue(exception.getMessage().contains(problem), exception.getMessage());
    }

    private static IssuerSettings read(final String rules, final String links) {
        final String text = FILE.replace("RULES", rules).replace("LINKS", links);
        return SwitchSettingsReader.read("links.yaml", text).issuers().get(0);
    }

    private static AddressRange range(final String text) {
        return AddressRange.parse(text).orElseThrow();
    }
}
