package io.turnout.launcher.crypto;

import io.turnout.security.Hex;
import io.turnout.security.KeyComponents;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code turnout crypto components}. */
@Command(name = "components", description = "Joins the components of a key.", mixinStandardHelpOptions = true)
final class ComponentsCommand implements Callable<Integer> {
    private final Calculation calculation = new Calculation();

    @Parameters(paramLabel = "COMPONENT", arity = "2..*", description = "Two or more, in hexadecimal.")
    private List<String> components;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return calculation.printing(spec, out -> {
            final List<byte[]> parts = new ArrayList<>();
            for (final String component : components) {
                parts.add(Hex.decode("a component", component));
            }
            out.println(Hex.encode(KeyComponents.combine(parts)));
        });
    }
}
