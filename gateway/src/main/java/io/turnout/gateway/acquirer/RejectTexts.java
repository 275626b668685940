package io.turnout.gateway.acquirer;

import io.turnout.codecs.sbe.acquirer.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/** One sentence per reason, for the acquirer's log. */
final class RejectTexts {

    private static final Map<RejectReason, byte[]> TEXTS = new EnumMap<>(RejectReason.class);

    static {
        put(RejectReason.UNKNOWN_TEMPLATE, "This message is not one an acquirer may send.");
        put(RejectReason.MALFORMED, "The bytes do not hold the message they announce.");
        put(RejectReason.INVALID_FIELD, "A field is out of range or holds an illegal value.");
        put(RejectReason.NOT_LOGGED_ON, "Log on first.");
        put(RejectReason.ALREADY_LOGGED_ON, "This session is logged on already.");
        put(RejectReason.FRAME_TOO_LONG, "The announced frame is longer than 4096 bytes.");
        put(RejectReason.BAD_FRAME, "The framing header is not ours.");
        put(RejectReason.SWITCH_BUSY, "Not accepted: send the same request again later.");
        put(
                RejectReason.SWITCH_UNAVAILABLE,
                "The switch does not admit requests now: send the same request again later.");
        put(RejectReason.STALE_REQUEST, "createdAtNs lies before the horizon.");
        put(RejectReason.CREATED_IN_FUTURE, "createdAtNs is further ahead of the switch's clock than allowed.");
        put(RejectReason.DUPLICATE_CONFLICT, "The key was used before with other content.");
        put(
                RejectReason.TABLE_FULL,
                "The switch remembers as many payments as it can: send the same request again later.");
        put(RejectReason.IN_FLIGHT_LIMIT, "Too many unanswered requests on this session.");
        put(RejectReason.FRAME_TIMEOUT, "A frame was begun and not completed in time.");
        put(RejectReason.CARD_DATA_FULL, "No room for sensitive card data: send the same request again later.");
        put(RejectReason.STATUS_RATE_LIMIT, "More status inquiries than agreed: ask again later.");
    }

    private RejectTexts() {}

    static byte[] of(final RejectReason reason) {
        return TEXTS.get(reason);
    }

    private static void put(final RejectReason reason, final String text) {
        TEXTS.put(reason, text.getBytes(StandardCharsets.US_ASCII));
    }
}
