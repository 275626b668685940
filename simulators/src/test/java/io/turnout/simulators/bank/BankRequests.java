package io.turnout.simulators.bank;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** The switch's side of an issuer link: makes requests and takes answers apart. */
final class BankRequests {

    static final String PAN = "4111111111111111";
    static final long TRANSMISSION = 611_103_015;
    static final long INSTITUTION = 10_000_001;
    static final int CURRENCY = 156;

    private final Dialect dialect;
    private final Framing framing;
    private final IsoEncoder encoder;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);

    BankRequests(final Dialect dialect, final Framing framing) {
        this.dialect = dialect;
        this.framing = framing;
        this.encoder = new IsoEncoder(dialect);
    }

    byte[] payment(final int stan, final long amountMinor) {
        return payment(stan, rrn(stan), amountMinor, PAN);
    }

    byte[] payment(final int stan, final String rrn, final long amountMinor, final String pan) {
        begin(200)
                .putString(2, pan)
                .putLong(3, 0)
                .putLong(4, amountMinor)
                .putLong(7, TRANSMISSION)
                .putLong(11, stan)
                .putLong(12, 183_015)
                .putLong(13, 611)
                .putLong(18, 5411)
                .putLong(22, 51)
                .putLong(25, 0)
                .putLong(32, INSTITUTION)
                .putString(37, rrn)
                .putString(41, "TERM0001")
                .putString(42, "MERCHANT0000001")
                .putString(49, "156");
        return frame();
    }

    /** A request or advice; with an original, a completion or void. */
    byte[] transaction(
            final int mti, final int processingCode, final int stan, final long amountMinor, final int original) {
        begin(mti)
                .putString(2, PAN)
                .putLong(3, processingCode)
                .putLong(4, amountMinor)
                .putLong(7, TRANSMISSION)
                .putLong(11, stan)
                .putLong(32, INSTITUTION)
                .putString(37, rrn(stan))
                .putString(41, "TERM0001")
                .putString(42, "MERCHANT0000001")
                .putString(49, "156");
        if (original != 0) {
            encoder.putString(90, String.format("0200%06d%010d%011d%011d", original, TRANSMISSION, INSTITUTION, 0));
        }
        return frame();
    }

    byte[] reversal(final int mti, final int stan, final int originalStan, final long amountMinor) {
        return reversal(mti, stan, originalStan, amountMinor, 0);
    }

    /** With an amount to stand, a partial reversal. */
    byte[] reversal(
            final int mti,
            final int stan,
            final int originalStan,
            final long amountMinor,
            final long replacementMinor) {
        begin(mti)
                .putString(2, PAN)
                .putLong(3, 0)
                .putLong(4, amountMinor)
                .putLong(7, TRANSMISSION + 100)
                .putLong(11, stan)
                .putLong(32, INSTITUTION)
                .putString(37, rrn(originalStan))
                .putString(41, "TERM0001")
                .putString(42, "MERCHANT0000001")
                .putString(49, "156")
                .putString(90, String.format("0200%06d%010d%011d%011d", originalStan, TRANSMISSION, INSTITUTION, 0));
        if (replacementMinor != 0) {
            encoder.putString(95, String.format("%012d%030d", replacementMinor, 0));
        }
        return frame();
    }

    byte[] network(final int code, final int stan) {
        begin(800).putLong(7, TRANSMISSION).putLong(11, stan).putLong(70, code);
        return frame();
    }

    /** A payment request that lacks its amount. */
    byte[] paymentWithoutAmount(final int stan) {
        begin(200)
                .putString(2, PAN)
                .putLong(7, TRANSMISSION)
                .putLong(11, stan)
                .putLong(32, INSTITUTION)
                .putString(37, rrn(stan))
                .putString(49, "156");
        return frame();
    }

    /** Takes whole frames apart. */
    List<Answer> answers(final byte[] bytes) {
        final List<Answer> answers = new ArrayList<>();
        final UnsafeBuffer received = new UnsafeBuffer(bytes);
        int offset = 0;
        while (offset < bytes.length) {
            final int length = framing.read(received, offset, bytes.length - offset, 4096);
            if (length < 0) {
                throw new AssertionError("no frame at offset=" + offset + " of " + bytes.length + ": " + length);
            }
            final IsoDecoder decoder = new IsoDecoder(dialect);
            if (decoder.decode(received, offset + framing.headerLength(), length) != 0) {
                throw new AssertionError("error=" + decoder.error() + " field=" + decoder.errorField());
            }
            answers.add(Answer.of(decoder));
            offset += framing.frameLength(length);
        }
        return answers;
    }

    static String rrn(final int stan) {
        return String.format("R%011d", stan);
    }

    private IsoEncoder begin(final int mti) {
        return encoder.wrap(buffer, framing.headerLength(), 2048).begin(mti);
    }

    private byte[] frame() {
        final int length = encoder.finish();
        if (length < 0) {
            throw new AssertionError("cannot encode: " + length + " field=" + encoder.errorField());
        }
        final byte[] bytes = new byte[framing.write(buffer, 0, length)];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /** What an answer says. */
    record Answer(
            int mti,
            long stan,
            long amountMinor,
            String rrn,
            String code,
            String approvalCode,
            String balances,
            String original) {
        static Answer of(final IsoDecoder decoder) {
            return new Answer(
                    decoder.mti(),
                    decoder.getLong(11),
                    decoder.isPresent(4) ? decoder.getLong(4) : -1,
                    decoder.getString(37),
                    decoder.getString(39),
                    decoder.getString(38),
                    decoder.getString(54),
                    decoder.getString(90));
        }
    }
}
