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
                .with(text -> text.replace(
                        "    answerTimeout: 5s",
                        "    answerTimeout: 5s\n    iso8583: {" + options + " listen: '127.0.0.1:0', dialect: "
                                + IsoConnection.DIALECT.name() + "}"))
                .start();
    }

    static int port(final SwitchFixture fixture) {
        return fixture.node().isoAcquirerPort(SwitchFixture.ACQUIRER).orElseThrow();
    }

    static IsoConnection signedOn(final SwitchFixture fixture) {
        return IsoConnection.signedOn(port(fixture));
    }
}
