package io.turnout.gateway.acquirer.iso;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Addresses that may connect: one, {@code 192.0.2.7}, or all that begin alike, {@code 192.0.2.0/24}. IPv4 or IPv6,
 * never a name.
 *
 * @param address first address
 * @param prefixBits leading bits that must be the same
 */
public record PeerRange(InetAddress address, int prefixBits) {

    private static final Pattern LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*");

    /**
     * Reads a range.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static PeerRange parse(final String text) {
        final int slash = text.indexOf('/');
        final String literal = slash < 0 ? text : text.substring(0, slash);
        if (!LITERAL.matcher(literal).matches()) {
            throw notOne(text);
        }
        try {
            final InetAddress address = InetAddress.getByName(literal);
            final int bits = Byte.SIZE * address.getAddress().length;
            final int prefixBits = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
            if (prefixBits < 0 || prefixBits > bits) {
                throw notOne(text);
            }
            return new PeerRange(address, prefixBits);
        } catch (final UnknownHostException | NumberFormatException e) {
            throw notOne(text);
        }
    }

    /** Whether an address lies in the range. */
    public boolean contains(final InetAddress peer) {
        final byte[] mine = address.getAddress();
        final byte[] others = peer.getAddress();
        final int rest = Byte.SIZE * mine.length - prefixBits;
        return mine.length == others.length
                && new BigInteger(1, mine).shiftRight(rest).equals(new BigInteger(1, others).shiftRight(rest));
    }

    private static IllegalArgumentException notOne(final String text) {
        return new IllegalArgumentException(
                "'" + text + "' is no address (expected such as 192.0.2.7 or 192.0.2.0/24)");
    }
}
