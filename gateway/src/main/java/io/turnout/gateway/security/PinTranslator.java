package io.turnout.gateway.security;

import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.security.CryptoException;
import io.turnout.security.module.PinZone;
import io.turnout.security.module.SecurityModule;
import java.util.Arrays;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Translates PIN blocks from acquirers' zones to an issuer's at the moment of sending. A PIN that cannot be translated
 * is not sent, and never in another way. Used by the gateway's thread; the blocks it works on are wiped.
 */
public final class PinTranslator {

    /** Answered when a PIN block cannot be translated. */
    public static final int FAILED = -1;

    /** Of an issuer and acquirers without zones: PIN blocks pass as they came. */
    public static final PinTranslator NONE = new PinTranslator(null, Map.of(), null, null);

    private static final int LONGEST_BLOCK = 16;

    private final SecurityModule module;
    private final Map<Integer, PinSource> sources;
    private final PeerSecuritySettings.Pins target;
    private final GatewayCounters counters;
    private final UnsafeBuffer translated = new UnsafeBuffer(new byte[LONGEST_BLOCK]);

    /**
     * @param sources by acquirer; an acquirer without one cannot send PINs where this translator has a target
     * @param target where blocks go; null = nowhere, and only acquirers without a source may send PINs
     */
    PinTranslator(
            final SecurityModule module,
            final Map<Integer, PinSource> sources,
            final PeerSecuritySettings.Pins target,
            final GatewayCounters counters) {
        this.module = module;
        this.sources = Map.copyOf(sources);
        this.target = target;
        this.counters = counters;
    }

    /**
     * Translates a block.
     *
     * @param acquirerId who sent it
     * @param source holds the block and, at another offset, the key serial number
     * @param offset of the block
     * @param length of the block
     * @param ksnOffset of the key serial number
     * @param ksnLength of the key serial number, or more; 0 when there is none
     * @param pan digits of the card in the same message
     * @return bytes of the block in {@link #block()}, or {@link #FAILED}
     */
    public int translate(
            final int acquirerId,
            final DirectBuffer source,
            final int offset,
            final int length,
            final int ksnOffset,
            final int ksnLength,
            final CharSequence pan,
            final long nowNs) {
        final PinSource from = sources.get(acquirerId);
        if (from == null && target == null) {
            translated.putBytes(0, source, offset, length);
            return length;
        }
        if (from == null || target == null) {
            return FAILED;
        }
        final byte[] block = bytes(source, offset, length);
        final byte[] ksn = bytes(source, ksnOffset, from.zone() != null ? 0 : Math.min(ksnLength, from.ksnLength()));
        try {
            final byte[] result = from.zone() != null
                    ? module.translatePin(from.zone(), block, target.zone(), pan, nowNs)
                    : module.translatePin(from.devices(), ksn, block, target.zone(), pan);
            translated.putBytes(0, result);
            Arrays.fill(result, (byte) 0);
            counters.increment(GatewayCounter.PINS_TRANSLATED);
            return result.length;
        } catch (final CryptoException e) {
            return FAILED;
        } finally {
            Arrays.fill(block, (byte) 0);
        }
    }

    /** Holds the block translated last. */
    public DirectBuffer block() {
        return translated;
    }

    /** Overwrites the block translated last. */
    public void wipe() {
        translated.setMemory(0, LONGEST_BLOCK, (byte) 0);
    }

    /** DE53 of a message with a PIN, 16 digits; empty when it has none. */
    public String control() {
        return target == null ? "" : target.control();
    }

    /** Where blocks go; null when they pass as they came. */
    PinZone zone() {
        return target == null ? null : target.zone();
    }

    private static byte[] bytes(final DirectBuffer source, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        source.getBytes(offset, bytes);
        return bytes;
    }
}
