package io.turnout.launcher;

import io.turnout.launcher.settings.Environment;
import io.turnout.launcher.settings.SwitchSettingsReader;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The rule for commands that show cards, keys or PINs: only where the environment is development. The configuration
 * file decides; without one, the variable {@link #VARIABLE}; without both it is development. A value that is no
 * environment is refused, as it may have been meant to say production.
 */
public final class DevelopmentOnly {
    /** The environment variable. */
    public static final String VARIABLE = "TURNOUT_ENVIRONMENT";

    private DevelopmentOnly() {}

    /**
     * Refuses anything but development.
     *
     * @param what is refused, as the beginning of a sentence: "crypto handles keys in clear"
     * @param configuration file of the switch on this machine, or null
     */
    public static void require(final String what, final Path configuration) {
        final String environment = configuration == null
                ? System.getenv().getOrDefault(VARIABLE, Environment.DEVELOPMENT.name())
                : SwitchSettingsReader.read(configuration).environment().name();
        require(what, environment);
    }

    static void require(final String what, final String environment) {
        if (!environment.strip().equalsIgnoreCase(Environment.DEVELOPMENT.name())) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    what + " and is refused outside development (environment: " + environment.toLowerCase(Locale.ROOT)
                            + ")");
        }
    }
}
