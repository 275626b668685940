package io.turnout.systemtests;

import java.nio.file.Path;

/** Switches whose acquirer speaks ISO 8583. */
final class IsoEdge {

    private IsoEdge() {}

    static SwitchFixture running(final Path data) {
        return running(data, "");
    }

    /** @param options of the edge, as in the configuration file, each followed by a comma */
    static SwitchFixture running(final Path data, final String options) {
        return new SwitchFixture(data, 4096)
                .with(text -> withEdge(text, options))
                .start();
    }

    /** A configuration file with the edge in it. */
    static String withEdge(final String configuration, final String options) {
        final String edge = """
                iso8583: {%s listen: '127.0.0.1:0', dialect: %s}
                answerTimeout: 5s
                """.formatted(options, IsoConnection.DIALECT.name());
        return configuration.replace("    answerTimeout: 5s", edge.indent(4).stripTrailing());
    }

    static int port(final SwitchFixture fixture) {
        return fixture.node().isoAcquirerPort(SwitchFixture.ACQUIRER).orElseThrow();
    }

    static IsoConnection signedOn(final SwitchFixture fixture) {
        return IsoConnection.signedOn(port(fixture));
    }
}
