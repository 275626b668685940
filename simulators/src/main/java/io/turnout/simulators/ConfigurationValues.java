package io.turnout.simulators;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Dialects;
import io.turnout.configuration.ConfigurationException;
import io.turnout.configuration.YamlSection;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Kinds of values that only the scripts of simulators have. A problem is noted in the section, as its getters do. */
public final class ConfigurationValues {

    private static final Pattern SHARE =
            Pattern.compile("(0|1|0?\\.[0-9]{1,9}|[01]\\.[0-9]{1,9}|[0-9]{1,3}(\\.[0-9]{1,7})?%)");
    private static final String STANDARD_DIALECT = "iso87-ascii";
    private static final int HIGHEST_PORT = 65_535;

    private ConfigurationValues() {}

    /** A share from 0 to 1, written as {@code 0.05} or {@code 5%}; the default when the key is absent. */
    public static double share(final YamlSection section, final String key, final double defaultShare) {
        if (!section.has(key)) {
            return defaultShare;
        }
        final String text = section.string(key);
        if (SHARE.matcher(text).matches()) {
            final boolean percent = text.endsWith("%");
            final double number = Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text);
            final double share = percent ? number / 100 : number;
            if (share <= 1) {
                return share;
            }
        }
        section.problem(key, "'" + text + "' is not a share (expected a number from 0 to 1, or from 0% to 100%)");
        return defaultShare;
    }

    /** An address that must be there, written as {@code host:port}; the name is looked up. */
    public static InetSocketAddress address(final YamlSection section, final String key) {
        final String text = section.string(key);
        final int colon = text.lastIndexOf(':');
        final String port = text.substring(colon + 1);
        if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > HIGHEST_PORT) {
            if (!text.isEmpty()) {
                section.problem(key, "'" + text + "' is not an address (expected host:port)");
            }
            return InetSocketAddress.createUnresolved("unknown", 0);
        }
        final InetSocketAddress address = new InetSocketAddress(text.substring(0, colon), Integer.parseInt(port));
        if (address.isUnresolved()) {
            section.problem(key, "the host of '" + text + "' is not known");
        }
        return address;
    }

    /** A path that must be there; a relative one starts at the working directory. */
    public static Path path(final YamlSection section, final String key) {
        final String text = section.string(key);
        try {
            return Path.of(text);
        } catch (final InvalidPathException e) {
            section.problem(key, "is not a path: " + e.getReason());
            return Path.of("");
        }
    }

    /** A text of digits with a length in a range; must be there. */
    public static String digits(final YamlSection section, final String key, final int minimum, final int maximum) {
        return checked(section, key, section.string(key), minimum, maximum);
    }

    /** A text of digits with a length in a range, or an empty text when the key is absent. */
    public static String optionalDigits(
            final YamlSection section, final String key, final int minimum, final int maximum) {
        return section.has(key) ? digits(section, key, minimum, maximum) : "";
    }

    /** A text of printable ASCII characters, not longer than a maximum; the default when the key is absent. */
    public static String ascii(
            final YamlSection section, final String key, final int maximum, final String defaultText) {
        final String text = section.string(key, defaultText);
        if (text.length() > maximum || !text.matches("[ -~]*")) {
            section.problem(key, "'" + text + "' is not at most " + maximum + " printable ASCII characters");
        }
        return text;
    }

    /** The name of a dialect of the product, or the path of a file that ends in .yaml; iso87-ascii when absent. */
    public static Dialect dialect(final YamlSection section, final String key) {
        final String name = section.string(key, STANDARD_DIALECT);
        try {
            return Dialects.of(name);
        } catch (final ConfigurationException e) {
            section.problem(key, "is wrong: " + e.getMessage());
        } catch (final IllegalArgumentException e) {
            section.problem(key, "'" + name + "' is neither a dialect of the product nor a path to a .yaml file");
        }
        return Dialects.builtIn(STANDARD_DIALECT);
    }

    private static String checked(
            final YamlSection section, final String key, final String text, final int minimum, final int maximum) {
        if (!text.isEmpty() && (!text.matches("[0-9]+") || text.length() < minimum || text.length() > maximum)) {
            section.problem(key, "'" + text + "' is not made of " + minimum + " to " + maximum + " digits");
        }
        return text;
    }
}
