package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.gateway.iso.FunctionCode;
import io.turnout.gateway.iso.IsoFields;
import io.turnout.gateway.iso.IsoVersion;
import io.turnout.gateway.security.KeyExchange;
import io.turnout.security.module.KeyPurpose;

/**
 * Writes the messages of a link that are about no payment: network management, refusals of what the link does not take,
 * and notices of what it cannot read. Used by one thread; allocates nothing.
 */
final class LinkMessages {

    /** What a message that cannot be read is reported with: reason 600, unreadable (DE60 of 1987). */
    private static final int UNREADABLE = 600;

    private static final int ADMINISTRATIVE_ADVICE = 620;
    /** From the type of a request to the type of its response, which is never a repeat. */
    private static final int RESPONSE = 10;

    private static final int[] ECHOED_OF_NETWORK = {
        IsoFields.TRANSMISSION_DATE_TIME,
        IsoFields.STAN,
        IsoFields.LOCAL_TIME,
        IsoFields.FUNCTION_CODE,
        IsoFields.FORWARDING_INSTITUTION,
        IsoFields.RESPONSE_CODE,
        IsoFields.NETWORK_CODE,
        IsoFields.RECEIVING_INSTITUTION
    };

    /** What a refusal repeats: the key data and what tells the sender which of its messages is meant; no card data. */
    private static final int[] ECHOED_OF_REFUSED = {
        IsoFields.PROCESSING_CODE,
        IsoFields.AMOUNT,
        IsoFields.TRANSMISSION_DATE_TIME,
        IsoFields.STAN,
        IsoFields.LOCAL_TIME,
        IsoFields.FUNCTION_CODE,
        IsoFields.ACQUIRING_INSTITUTION,
        IsoFields.FORWARDING_INSTITUTION,
        IsoFields.RETRIEVAL_REFERENCE,
        IsoFields.RESPONSE_CODE,
        IsoFields.TERMINAL_ID,
        IsoFields.MERCHANT_ID,
        IsoFields.ADDITIONAL_RESPONSE_DATA,
        IsoFields.CURRENCY,
        IsoFields.RECEIVING_INSTITUTION
    };

    private final MessageFrame frame;
    private final IsoVersion version;
    private final KeyExchange keys;

    LinkMessages(final MessageFrame frame, final KeyExchange keys) {
        this.frame = frame;
        this.keys = keys;
        this.version = frame.version();
    }

    /** 0800, or 1804: network management request with a code of {@link io.turnout.gateway.iso.NetworkCode}. */
    int networkRequest(final int stan, final long nowNs, final int networkCode) {
        final IsoEncoder encoder = frame.begin(version.networkRequest());
        putKey(encoder, stan, nowNs, version.networkCode(networkCode));
        version.putNetworkCode(encoder, networkCode);
        frame.putReceiver();
        return frame.finish();
    }

    /** 0800 or 0820, or 1804: request for a new key. */
    int keyRequest(final int stan, final long nowNs, final KeyPurpose purpose) {
        final IsoEncoder encoder =
                frame.begin(version.hasFunctionCode() ? version.networkRequest() : keys.requestMti());
        putKey(encoder, stan, nowNs, version.networkCode(keys.requestCode()));
        keys.putRequest(encoder, purpose);
        version.putNetworkCode(encoder, keys.requestCode());
        frame.putReceiver();
        return frame.finish();
    }

    /** DE7 to DE33 of a message of the link's own. */
    private void putKey(final IsoEncoder encoder, final int stan, final long nowNs, final int function) {
        encoder.putLong(IsoFields.TRANSMISSION_DATE_TIME, TransmissionDateTime.of(nowNs))
                .putLong(IsoFields.STAN, stan);
        if (version.hasFunctionCode()) {
            version.putLocalDateTime(encoder, TransmissionDateTime.withYear(nowNs));
            version.putFunction(encoder, function);
        }
        frame.putForwarder();
    }

    /** The answer to a network management request: its key data and a canonical response code. */
    int networkResponse(final IsoDecoder request, final int resultCode) {
        return answer(request, resultCode, ECHOED_OF_NETWORK);
    }

    /** The answer to a request of a class that the link does not take. */
    int refusal(final IsoDecoder request, final int resultCode) {
        return answer(request, resultCode, ECHOED_OF_REFUSED);
    }

    private int answer(final IsoDecoder request, final int resultCode, final int[] echoed) {
        final int mti = responseTo(version.mtiOf1987(request.mti()));
        frame.begin(mti);
        for (final int field : echoed) {
            if (field == IsoFields.RESPONSE_CODE) {
                frame.putResponseCode(resultCode, mti);
            } else if (field == IsoFields.ADDITIONAL_RESPONSE_DATA) {
                frame.putFieldInError(request.errorField());
            } else if (isEchoed(field)) {
                frame.echo(request, field);
            }
        }
        return frame.finish();
    }

    /** DE12 and DE24 of a request of 1987 are nobody's business here; 1993 has no network code in DE70. */
    private boolean isEchoed(final int field) {
        return switch (field) {
            case IsoFields.LOCAL_TIME, IsoFields.FUNCTION_CODE -> version.hasFunctionCode();
            case IsoFields.NETWORK_CODE -> !version.hasFunctionCode();
            default -> true;
        };
    }

    /**
     * 0620, or 1620: the notice that a message could not be read, for issuers that want to hear of it. It says nothing
     * of the message.
     */
    int unreadable(final int stan, final long nowNs) {
        final IsoEncoder encoder = frame.begin(ADMINISTRATIVE_ADVICE);
        putKey(encoder, stan, nowNs, FunctionCode.UNABLE_TO_PARSE);
        if (!version.hasFunctionCode()) {
            encoder.putLong(IsoFields.PRIVATE_REASON, UNREADABLE);
        }
        frame.putReceiver();
        return frame.finish();
    }

    /** The type of the answer to a request or advice, whatever repeat it is. */
    static int responseTo(final int mti) {
        return (mti & ~1) + RESPONSE;
    }
}
