package io.turnout.launcher;

import io.turnout.codecs.iso8583.DialectWriter;
import io.turnout.launcher.iso.ImportedDialect;
import io.turnout.launcher.iso.JposImport;
import io.turnout.launcher.iso.MoovImport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code turnout dialect import}: a dialect file of a specification in another form. */
@Command(
        name = "import",
        description = {
            "Prints a dialect file made of a packager file of jPOS (.xml) or a specification of moov-io (.json).",
            "What cannot be said in a dialect is remarked on standard error."
        },
        mixinStandardHelpOptions = true)
final class DialectImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The specification.")
    private Path file;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the dialect (default: that of the file).")
    private String name;

    @Option(
            names = "--class",
            paramLabel = "NAME=CLASS",
            description = "A class of jPOS that a class of somebody else's stands for; may be given often.")
    private Map<String, String> classes = new HashMap<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final ImportedDialect imported = read();
        final PrintWriter err = spec.commandLine().getErr();
        imported.remarks().forEach(remark -> err.println("remark: " + remark));
        err.flush();
        final PrintWriter out = spec.commandLine().getOut();
        out.print(DialectWriter.write(imported.dialect()));
        out.flush();
        return ExitCode.OK.code();
    }

    private ImportedDialect read() {
        final String fileName = String.valueOf(file.getFileName());
        final String dialect = name != null ? name : fileName.replaceFirst("\\.[^.]*$", "");
        return fileName.toLowerCase(Locale.ROOT).endsWith(".json")
                ? new MoovImport().read(dialect, file)
                : new JposImport(classes).read(dialect, file);
    }
}
