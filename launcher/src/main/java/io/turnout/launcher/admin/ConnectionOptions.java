package io.turnout.launcher.admin;

import io.turnout.launcher.CommandFailure;
import io.turnout.launcher.ExitCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Who asks, and where: the options of every command that talks to a running switch. */
final class ConnectionOptions {
    @Option(
            names = "--address",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:7002",
            description = "Admin edge of the switch (default: ${DEFAULT-VALUE}).")
    private String address;

    @Option(
            names = "--operator",
            required = true,
            paramLabel = "ID",
            defaultValue = "${env:TURNOUT_OPERATOR}",
            description = "Who acts: a number of the configuration (default: environment variable TURNOUT_OPERATOR).")
    private long operator;

    @Option(
            names = "--credential",
            paramLabel = "REFERENCE",
            defaultValue = "env:TURNOUT_OPERATOR_CREDENTIAL",
            description = "The operator's secret: env:NAME or file:PATH (default: ${DEFAULT-VALUE}).")
    private String credential;

    AdminClient connect() {
        return AdminClient.connect(address(), operator, secret());
    }

    long operator() {
        return operator;
    }

    private InetSocketAddress address() {
        final int colon = address.lastIndexOf(':');
        try {
            return new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        } catch (final IllegalArgumentException | StringIndexOutOfBoundsException exception) {
            throw new CommandFailure(ExitCode.USAGE, "--address: '" + address + "' is not HOST:PORT");
        }
    }

    private byte[] secret() {
        final String rest = credential.substring(credential.indexOf(':') + 1);
        final String secret;
        if (credential.startsWith("env:")) {
            secret = System.getenv(rest);
        } else if (credential.startsWith("file:")) {
            secret = read(Path.of(rest));
        } else {
            throw new CommandFailure(ExitCode.USAGE, "--credential must be env:NAME or file:PATH");
        }
        if (secret == null) {
            throw new CommandFailure(ExitCode.USAGE, "--credential: environment variable " + rest + " is not set");
        }
        return secret.strip().getBytes(StandardCharsets.UTF_8);
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException exception) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--credential: " + file + " cannot be read: " + exception.getMessage());
        }
    }
}
