package io.turnout.gateway.security;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.EncodeError;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.security.CryptoException;
import io.turnout.security.link.LinkKeyState;
import io.turnout.security.link.LinkSecurity;
import io.turnout.security.link.Verdict;
import io.turnout.security.module.KeyPurpose;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Verifies the MAC of messages that come in and puts one into messages that go out, in DE64 or DE128, whichever ends
 * the message. Used by one thread; allocates nothing for a message.
 *
 * <pre>{@code
 * if (decoder.decode(buffer, offset, length) != 0) { … }
 * Verdict verdict = authenticator.verify(decoder, buffer, offset, length, nowNs);   // before anything is believed
 *
 * int length = authenticator.finish(encoder, buffer, offset);                       // instead of encoder.finish()
 * }</pre>
 */
public final class MessageAuthenticator {

    /** Answered by {@link #finish}: there is no MAC for the message, and it must not be sent. */
    public static final int MAC_UNAVAILABLE = -1000;

    /** Neither makes nor wants MACs. */
    public static final MessageAuthenticator NONE = new MessageAuthenticator();

    private static final int SHORT_FIELD = 64;
    private static final int LONG_FIELD = 128;
    private static final int NETWORK_CODE = 70;
    private static final int LONGEST_MESSAGE = 8 * 1024;
    private static final int LONGEST_FIELD = 64;
    private static final int CLASS = 100;
    private static final int CLASSES = 10;
    private static final int NETWORK_MANAGEMENT = 8;

    private final LinkSecurity security;
    private final MacPolicy policy;
    private final MacCoverage coverage;
    private final IsoDecoder ownDecoder;
    private final int headerLength;
    private final boolean hasShortField;
    private final boolean isBinary;
    private final int fieldBytes;
    private final byte[] covered = new byte[LONGEST_MESSAGE];
    private final byte[] field = new byte[LONGEST_FIELD];
    private final UnsafeBuffer fieldBuffer = new UnsafeBuffer(field);

    private MessageAuthenticator() {
        security = null;
        policy = null;
        coverage = null;
        ownDecoder = null;
        headerLength = 0;
        hasShortField = false;
        isBinary = false;
        fieldBytes = 0;
    }

    /**
     * @param dialect of the messages; has DE64 or DE128 of the length that {@code security} writes
     * @param security of the peer; may be shared by all its connections on this thread
     * @param policy which messages carry a MAC
     */
    public MessageAuthenticator(final Dialect dialect, final LinkSecurity security, final MacPolicy policy) {
        final int macField = fieldOf(dialect);
        if (dialect.maximumLength(macField) != security.macFieldLength()) {
            throw new IllegalArgumentException("dialect " + dialect.name() + ": DE" + macField + " holds "
                    + dialect.maximumLength(macField) + ", a MAC takes " + security.macFieldLength());
        }
        this.security = security;
        this.policy = policy;
        this.coverage = policy.coverage();
        this.ownDecoder = policy.coveredFields().isEmpty() ? null : new IsoDecoder(dialect);
        this.headerLength = dialect.headerLength();
        this.hasShortField = dialect.has(SHORT_FIELD)
                && dialect.maximumLength(SHORT_FIELD) == dialect.maximumLength(macField)
                && dialect.isBinary(SHORT_FIELD) == dialect.isBinary(macField);
        this.isBinary = dialect.isBinary(macField);
        this.fieldBytes = new IsoEncoder(dialect).fixedBytes(macField);
        if (fieldBytes == 0) {
            throw new IllegalArgumentException("dialect " + dialect.name() + ": DE" + macField + " is not fixed");
        }
    }

    /** The data element whose length a MAC must have: DE128, or DE64 in a dialect that has no more. */
    public static int fieldOf(final Dialect dialect) {
        return dialect.has(LONG_FIELD) ? LONG_FIELD : SHORT_FIELD;
    }

    /**
     * Verifies a message that could be decoded. Nothing else may look at it before.
     *
     * @param decoder has just decoded the message
     * @param buffer holds the message
     * @param offset of its header, or of its MTI when the dialect has none
     * @param length of the message
     */
    public Verdict verify(
            final IsoDecoder decoder, final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (security == null || !policy.incoming()) {
            return Verdict.BELIEVED;
        }
        final LinkKeyState state = security.state(KeyPurpose.MAC);
        if (isNetworkManagement(decoder.mti()) && passesWithout(state, decoder)) {
            return Verdict.BELIEVED;
        }
        final int macField = macFieldOf(decoder);
        final int end = decoder.valueOffset(macField) - offset;
        if (decoder.nextField(macField) != IsoDecoder.NO_FIELD || end < headerLength || end > length) {
            // A MAC that is not the last field leaves something uncovered.
            return security.verify(covered, 0, field, IsoDecoder.ABSENT, nowNs);
        }
        final int coveredLength = coverage.collect(decoder, buffer, offset + headerLength, end - headerLength, covered);
        final int fieldLength = coveredLength < 0 ? IsoDecoder.ABSENT : read(decoder, macField);
        final Verdict verdict = security.verify(covered, Math.max(0, coveredLength), field, fieldLength, nowNs);
        wipe(coveredLength);
        return verdict;
    }

    /**
     * Ends a message; if it needs a MAC, with its MAC as the last field.
     *
     * @param encoder has begun the message and put all other fields
     * @param buffer that the encoder writes into
     * @param offset where the encoder was told to begin
     * @return bytes of the message, {@link #MAC_UNAVAILABLE}, or the negative code of an {@link EncodeError}
     */
    public int finish(final IsoEncoder encoder, final DirectBuffer buffer, final int offset) {
        if (security == null || !policy.outgoing() || goesWithout(encoder.mti())) {
            return encoder.finish();
        }
        final int macField = hasShortField && encoder.lastAnnouncedField() == SHORT_FIELD ? SHORT_FIELD : LONG_FIELD;
        Arrays.fill(field, isBinary ? 0 : (byte) '0');
        put(encoder, macField);
        final int length = encoder.finish();
        if (length < 0) {
            return length;
        }
        try {
            final int coveredLength = collectOwn(buffer, offset, length);
            if (coveredLength < 0) {
                return MAC_UNAVAILABLE;
            }
            security.macField(covered, coveredLength, field);
            wipe(coveredLength);
        } catch (final CryptoException e) {
            return MAC_UNAVAILABLE;
        }
        return encoder.replaceLast(fieldBuffer, 0, security.macFieldLength()) ? length : MAC_UNAVAILABLE;
    }

    private void put(final IsoEncoder encoder, final int macField) {
        if (isBinary) {
            encoder.putBytes(macField, fieldBuffer, 0, security.macFieldLength());
        } else {
            encoder.putAscii(macField, fieldBuffer, 0, security.macFieldLength());
        }
    }

    private int collectOwn(final DirectBuffer buffer, final int offset, final int length) {
        if (ownDecoder != null && ownDecoder.decode(buffer, offset, length) != 0) {
            return MacCoverage.TOO_LONG;
        }
        return coverage.collect(ownDecoder, buffer, offset + headerLength, length - headerLength - fieldBytes, covered);
    }

    private int macFieldOf(final IsoDecoder decoder) {
        return hasShortField && !decoder.isPresent(LONG_FIELD) ? SHORT_FIELD : LONG_FIELD;
    }

    private int read(final IsoDecoder decoder, final int macField) {
        if (decoder.count(macField) != security.macFieldLength()) {
            return IsoDecoder.ABSENT;
        }
        return isBinary ? decoder.getBytes(macField, fieldBuffer, 0) : decoder.getAscii(macField, fieldBuffer, 0);
    }

    private boolean passesWithout(final LinkKeyState state, final IsoDecoder decoder) {
        if (!policy.networkManagement() || state == LinkKeyState.ABSENT) {
            return true;
        }
        return state == LinkKeyState.DISTRUSTED
                && policy.keyExchangeCodes().contains((int) Math.max(0, decoder.getLong(NETWORK_CODE)));
    }

    private boolean goesWithout(final int mti) {
        return isNetworkManagement(mti)
                && (!policy.networkManagement() || security.state(KeyPurpose.MAC) == LinkKeyState.ABSENT);
    }

    /** Covered bytes hold card data. */
    private void wipe(final int length) {
        Arrays.fill(covered, 0, Math.max(0, length), (byte) 0);
    }

    private static boolean isNetworkManagement(final int mti) {
        return mti / CLASS % CLASSES == NETWORK_MANAGEMENT;
    }
}
