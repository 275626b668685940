package io.turnout.gateway.counters;

import io.turnout.codecs.sbe.acquirer.RejectReason;

/** Everything the gateway counts; the label is the name operators see. */
public enum GatewayCounter {
    /** Connections of acquirers opened. */
    ACQUIRER_CONNECTIONS("acquirer connections opened"),
    /** Logons accepted. */
    LOGONS_ACCEPTED("acquirer logons accepted"),
    /** Logons refused: unknown acquirer or wrong credential. */
    LOGONS_BAD_CREDENTIAL("acquirer logons refused: bad credential"),
    /** Logons refused: the acquirer has as many sessions as it may. */
    LOGONS_TOO_MANY_SESSIONS("acquirer logons refused: too many sessions"),
    /** Connections closed because no Logon came in time. */
    LOGON_TIMEOUTS("acquirer logons not made in time"),
    /** Sessions open now. */
    SESSIONS_ACTIVE("acquirer sessions active"),
    /** Sessions closed because nothing was heard. */
    SESSIONS_IDLE("acquirer sessions closed: idle"),
    /** Sessions closed because the acquirer does not read its answers. */
    SESSIONS_OUTPUT_FULL("acquirer sessions closed: output full"),
    /** Requests offered to the switch. */
    REQUESTS_OFFERED("acquirer requests offered"),
    /** Times a session was not read any more because the switch was busy. */
    SESSIONS_HELD("acquirer sessions held back"),
    /** Answers sent to acquirers. */
    ANSWERS_SENT("acquirer answers sent"),
    /** Answers kept for the repeat because their session is gone. */
    ANSWERS_UNDELIVERED("acquirer answers not delivered"),

    /** Rejects by reason. */
    REJECTED_UNKNOWN_TEMPLATE("acquirer rejects: unknown template"),
    /** Rejects by reason. */
    REJECTED_MALFORMED("acquirer rejects: malformed"),
    /** Rejects by reason. */
    REJECTED_INVALID_FIELD("acquirer rejects: invalid field"),
    /** Rejects by reason. */
    REJECTED_NOT_LOGGED_ON("acquirer rejects: not logged on"),
    /** Rejects by reason. */
    REJECTED_ALREADY_LOGGED_ON("acquirer rejects: already logged on"),
    /** Rejects by reason. */
    REJECTED_FRAME_TOO_LONG("acquirer rejects: frame too long"),
    /** Rejects by reason. */
    REJECTED_BAD_FRAME("acquirer rejects: bad frame"),
    /** Rejects by reason. */
    REJECTED_SWITCH_BUSY("acquirer rejects: switch busy"),
    /** Rejects by reason. */
    REJECTED_SWITCH_UNAVAILABLE("acquirer rejects: switch unavailable"),
    /** Rejects by reason. */
    REJECTED_STALE_REQUEST("acquirer rejects: stale request"),
    /** Rejects by reason. */
    REJECTED_CREATED_IN_FUTURE("acquirer rejects: created in future"),
    /** Rejects by reason. */
    REJECTED_DUPLICATE_CONFLICT("acquirer rejects: duplicate conflict"),
    /** Rejects by reason. */
    REJECTED_TABLE_FULL("acquirer rejects: table full"),
    /** Rejects by reason. */
    REJECTED_IN_FLIGHT_LIMIT("acquirer rejects: in-flight limit"),
    /** Rejects by reason. */
    REJECTED_FRAME_TIMEOUT("acquirer rejects: frame time-out"),
    /** Rejects by reason. */
    REJECTED_CARD_DATA_FULL("acquirer rejects: card data full"),
    /** Rejects by reason. */
    REJECTED_STATUS_RATE_LIMIT("acquirer rejects: status rate limit"),

    /** Slots of sensitive data wiped because their session was lost. */
    SLOTS_FREED_BY_SESSION_LOSS("card data slots freed: session lost"),
    /** Slots of sensitive data wiped because their time was over. */
    SLOTS_EXPIRED("card data slots freed: expired"),
    /** Slots of sensitive data in use now. */
    SLOTS_USED("card data slots in use"),

    /** Connections to issuers opened. */
    LINK_CONNECTS("issuer link connects"),
    /** Attempts to connect that failed. */
    LINK_CONNECT_FAILURES("issuer link connect failures"),
    /** Connections to issuers lost or closed. */
    LINK_DISCONNECTS("issuer link disconnects"),
    /** Sign-ons the issuer accepted. */
    LINK_SIGN_ONS("issuer link sign-ons"),
    /** Sign-ons the issuer refused or did not answer. */
    LINK_SIGN_ONS_REFUSED("issuer link sign-ons refused or not answered"),
    /** Echoes not answered in time. */
    LINK_ECHO_MISSES("issuer link echo misses"),
    /** Connections closed because too many echoes were missed. */
    LINK_ECHO_FAILURES("issuer links closed: echo not answered"),
    /** Links signed on now. */
    LINKS_SIGNED_ON("issuer links signed on"),
    /** Times a link was not read any more because the ring was full. */
    LINKS_HELD("issuer links held back"),
    /** Payment requests written to issuers. */
    ISSUER_REQUESTS_SENT("issuer requests sent"),
    /** Advices written to issuers. */
    ISSUER_ADVICES_SENT("issuer advices sent"),
    /** Reversals written to issuers. */
    ISSUER_REVERSALS_SENT("issuer reversals sent"),
    /** Requests and reversals not written: the link is not signed on. */
    NOT_SENT_LINK("issuer messages not sent: link not signed on"),
    /** Requests and reversals not written: too late. */
    NOT_SENT_LATE("issuer messages not sent: past send-before"),
    /** Requests and reversals not written: the card data is gone or does not agree. */
    NOT_SENT_CARD_DATA("issuer messages not sent: card data unavailable"),
    /** Requests and reversals not written: the connection's output is full. */
    NOT_SENT_CHANNEL("issuer messages not sent: channel full"),
    /** Requests and reversals not written: the dialect cannot carry them. */
    NOT_SENT_ENCODING("issuer messages not sent: not encodable"),
    /** Answers to payment requests handed to the switch. */
    ISSUER_RESPONSES("issuer responses"),
    /** Answers to advices handed to the switch. */
    ISSUER_ADVICE_RESPONSES("issuer advice responses"),
    /** Answers to reversals handed to the switch. */
    ISSUER_REVERSAL_RESPONSES("issuer reversal responses"),
    /** Messages without a field they must have; not believed. */
    ISSUER_MALFORMED("issuer messages malformed"),
    /** Messages that could not be decoded. */
    ISSUER_UNDECODABLE("issuer messages undecodable"),
    /** Messages of a type the gateway does not take from an issuer. */
    ISSUER_UNEXPECTED("issuer messages unexpected"),
    /** Totals that issuers sent. */
    ISSUER_RECONCILIATIONS("issuer totals received"),
    /** Answers of issuers to totals of the switch. */
    ISSUER_RECONCILIATION_RESPONSES("issuer totals answered"),
    /** Totals of the switch sent to issuers, repeats included. */
    ISSUER_RECONCILIATIONS_SENT("issuer totals sent"),
    /** Requests of issuers that the gateway does not take, answered so. */
    ISSUER_UNSUPPORTED("issuer requests not supported"),
    /** Notices to issuers that something of theirs could not be read. */
    ISSUER_UNREADABLE_REPORTED("issuer unreadable messages reported"),
    /** Network management answers that answer nothing. */
    ISSUER_NETWORK_UNMATCHED("issuer network answers unmatched"),
    /** Empty frames, used by some issuers to keep a connection alive. */
    ISSUER_EMPTY_FRAMES("issuer empty frames"),
    /** Connections to issuers closed because of a frame that is not one. */
    ISSUER_BAD_FRAMES("issuer links closed: bad frame"),
    /** Connections to issuers closed because a frame was begun and not completed. */
    ISSUER_FRAME_TIMEOUTS("issuer links closed: frame time-out"),

    /** Connections of operators opened. */
    ADMIN_CONNECTIONS("admin connections opened"),
    /** Logons of operators accepted. */
    ADMIN_LOGONS_ACCEPTED("admin logons accepted"),
    /** Logons of operators refused: unknown operator or wrong credential. */
    ADMIN_LOGONS_BAD_CREDENTIAL("admin logons refused: bad credential"),
    /** Requests of operators offered to the switch. */
    ADMIN_REQUESTS_OFFERED("admin requests offered"),
    /** Requests of operators that the switch has not seen. */
    ADMIN_REJECTS("admin rejects"),

    /** Events of this gateway taken from the switch. */
    EVENTS_HANDLED("gateway events handled"),
    /** Commands that had to wait for room in the ingress ring. */
    COMMANDS_DEFERRED("gateway commands deferred"),
    /** The longest duty cycle in nanoseconds. */
    LONGEST_CYCLE_NS("gateway longest cycle ns"),
    /** Duty cycles longer than the configured stall threshold. */
    STALLS("gateway stalls");

    private static final GatewayCounter[] REJECTS = rejects();

    private final String label;

    GatewayCounter(final String label) {
        this.label = label;
    }

    /** The name operators see. */
    public String label() {
        return label;
    }

    /** The counter of rejects with a reason. */
    public static GatewayCounter rejected(final RejectReason reason) {
        return REJECTS[reason.value()];
    }

    private static GatewayCounter[] rejects() {
        int highest = 0;
        for (final RejectReason reason : RejectReason.values()) {
            if (reason != RejectReason.NULL_VAL) {
                highest = Math.max(highest, reason.value());
            }
        }
        final GatewayCounter[] counters = new GatewayCounter[highest + 1];
        for (final RejectReason reason : RejectReason.values()) {
            if (reason != RejectReason.NULL_VAL) {
                counters[reason.value()] = valueOf("REJECTED_" + reason.name());
            }
        }
        return counters;
    }
}
