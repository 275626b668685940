package io.turnout.gateway.net.tls;

import java.util.Locale;
import java.util.Optional;

/**
 * One name in a certificate: the common name of its subject, or a subject alternative name. The kind is part of the
 * name, so that what one authority lets its customers choose freely is never taken for something else.
 *
 * @param kind where in the certificate
 * @param value the name; host names and mail addresses in lower case
 */
public record CertificateName(Kind kind, String value) {

    /** Where in a certificate a name stands. */
    public enum Kind {
        /** Common name of the subject, written {@code CN=}. */
        CN('='),
        /** Host name, written {@code DNS:}. */
        DNS(':'),
        /** Uniform resource identifier, written {@code URI:}. */
        URI(':'),
        /** Address, written {@code IP:}. */
        IP(':'),
        /** Mail address, written {@code EMAIL:}. */
        EMAIL(':');

        private final char separator;

        Kind(final char separator) {
            this.separator = separator;
        }
    }

    /** Host names and mail addresses differ by more than capitals. */
    public CertificateName {
        value = kind == Kind.DNS || kind == Kind.EMAIL ? value.toLowerCase(Locale.ROOT) : value;
    }

    /** Reads {@code CN=…}, {@code DNS:…}, {@code URI:…}, {@code IP:…} or {@code EMAIL:…}; empty when it is none. */
    public static Optional<CertificateName> parse(final String text) {
        for (final Kind kind : Kind.values()) {
            final String prefix = kind.name() + kind.separator;
            if (text.startsWith(prefix) && text.length() > prefix.length()) {
                return Optional.of(new CertificateName(kind, text.substring(prefix.length())));
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return kind.name() + kind.separator + value;
    }
}
