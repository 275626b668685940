package io.turnout.launcher;

import io.turnout.gateway.net.tls.PeerIdentity;
import io.turnout.gateway.net.tls.TlsCertificate;
import io.turnout.launcher.admin.OutputFormat;
import io.turnout.launcher.iso.Json;
import io.turnout.launcher.settings.SwitchSettingsReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout tls inventory}: every certificate, who vouches for it, and how long it lasts. Never a key. */
@Command(
        name = "inventory",
        description = {
            "Lists every certificate that a configuration file puts to use: where, whose, from whom, until when.",
            "Keys are never shown."
        },
        mixinStandardHelpOptions = true)
final class TlsInventoryCommand implements Callable<Integer> {

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration file.")
    private Path file;

    @Option(names = "--output", defaultValue = "table", description = "table or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final TlsInventory inventory =
                TlsInventory.of(SwitchSettingsReader.read(file).tls(), Instant.now());
        final PrintWriter out = spec.commandLine().getOut();
        if (output == OutputFormat.JSON) {
            inventory.entries().forEach(entry -> out.println(Json.text(fields(entry))));
        } else if (inventory.entries().isEmpty()) {
            out.println("No certificate: every connection is plain text.");
        } else {
            inventory.entries().forEach(entry -> table(out, entry));
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private static void table(final PrintWriter out, final TlsInventory.Entry entry) {
        fields(entry).forEach((name, value) -> out.printf("%-10s %s%n", name, value));
        out.println();
    }

    private static Map<String, Object> fields(final TlsInventory.Entry entry) {
        final TlsCertificate certificate = entry.certificate();
        final List<String> names = PeerIdentity.of(certificate.certificate()).names().stream()
                .map(Object::toString)
                .toList();
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("place", entry.place());
        fields.put("use", certificate.use().name().toLowerCase(Locale.ROOT));
        fields.put("subject", certificate.subject());
        fields.put("issuer", certificate.issuer());
        fields.put("names", names);
        fields.put("notAfter", certificate.notAfter().toString());
        fields.put("daysLeft", entry.daysLeft());
        fields.put("key", certificate.keyType());
        fields.put("file", certificate.file().toString());
        return fields;
    }
}
