package io.turnout.gateway.issuer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Internet addresses that begin with the same bits.
 *
 * @param network an address of the range
 * @param prefixLength bits they have in common
 */
public record AddressRange(InetAddress network, int prefixLength) {

    /** Digits, colons and dots: nothing that would be looked up as a name. */
    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F:.]*[:.][0-9a-fA-F:.]*");

    /** Checks that the prefix fits the address. */
    public AddressRange {
        if (prefixLength < 0 || prefixLength > Byte.SIZE * network.getAddress().length) {
            throw new IllegalArgumentException("prefixLength=" + prefixLength + " of " + network.getHostAddress());
        }
    }

    /** Reads {@code 10.1.2.3}, {@code 10.1.0.0/16} or the same of IPv6; empty when it is none of them. */
    public static Optional<AddressRange> parse(final String text) {
        final int slash = text.indexOf('/');
        final String literal = slash < 0 ? text : text.substring(0, slash);
        if (!LITERAL.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            final InetAddress network = InetAddress.getByName(literal);
            final int bits = Byte.SIZE * network.getAddress().length;
            return Optional.of(
                    new AddressRange(network, slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1))));
        } catch (final UnknownHostException | IllegalArgumentException exception) {
            return Optional.empty();
        }
    }

    /** Whether an address lies in the range. */
    public boolean contains(final InetAddress address) {
        final byte[] expected = network.getAddress();
        final byte[] actual = address.getAddress();
        if (expected.length != actual.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit++) {
            final int mask = 0x80 >> (bit % Byte.SIZE);
            if ((expected[bit / Byte.SIZE] & mask) != (actual[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixLength;
    }
}
