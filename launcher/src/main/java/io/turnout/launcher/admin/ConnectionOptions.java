package io.turnout.launcher.admin;

import io.turnout.gateway.net.tls.TlsContext;
import io.turnout.gateway.net.tls.TlsFileException;
import io.turnout.gateway.net.tls.TlsKeyFiles;
import io.turnout.gateway.net.tls.TlsMaterial;
import io.turnout.gateway.net.tls.TlsOptions;
import io.turnout.launcher.CommandFailure;
import io.turnout.launcher.ExitCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "PEM file of the authority that certifies the switch; with it, the connection uses TLS.")
    private Path trust;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "PEM file of the operator's certificate, if the switch wants to see one.")
    private Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "PEM file of the certificate's key, PKCS#8.")
    private Path key;

    AdminClient connect() {
        return AdminClient.connect(address(), tls(), operator, secret());
    }

    long operator() {
        return operator;
    }

    private Optional<TlsContext> tls() {
        if ((certificate == null) != (key == null) || (trust == null && certificate != null)) {
            throw new CommandFailure(ExitCode.USAGE, "--certificate goes with --key and --trust");
        }
        if (trust == null) {
            return Optional.empty();
        }
        final TlsOptions options = TlsOptions.client(
                Optional.ofNullable(certificate).map(file -> new TlsKeyFiles(file, Optional.of(key), "")),
                List.of(trust),
                "");
        try {
            return Optional.of(TlsContext.of(options, TlsMaterial.load(options)));
        } catch (final TlsFileException exception) {
            throw new CommandFailure(ExitCode.USAGE, exception.getMessage());
        }
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
