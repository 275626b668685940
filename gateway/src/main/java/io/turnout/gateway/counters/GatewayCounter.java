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
    /** Logons refused: the certificate of the connection is not the acquirer's. */
    LOGONS_WRONG_CERTIFICATE("acquirer logons refused: certificate of somebody else"),
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

    /** Connections of ISO 8583 acquirers opened. */
    ISO_CONNECTIONS("iso acquirer connections opened"),
    /** Connections closed at once because they come from an address that is not the acquirer's. */
    ISO_PEERS_REFUSED("iso acquirer connections refused: address"),
    /** Sign-ons of ISO 8583 acquirers. */
    ISO_SIGN_ONS("iso acquirer sign-ons"),
    /** Sessions of ISO 8583 acquirers signed on now. */
    ISO_SESSIONS_SIGNED_ON("iso acquirer sessions signed on"),
    /** Echoes an acquirer did not answer in time. */
    ISO_ECHO_MISSES("iso acquirer echo misses"),
    /** Connections closed because too many echoes were missed. */
    ISO_ECHO_FAILURES("iso acquirer sessions closed: echo not answered"),
    /** Empty frames, used by some acquirers to keep a connection alive. */
    ISO_EMPTY_FRAMES("iso acquirer empty frames"),
    /** Connections closed because of a frame that is not one. */
    ISO_BAD_FRAMES("iso acquirer sessions closed: bad frame"),
    /** Connections closed because a frame was begun and not completed. */
    ISO_FRAME_TIMEOUTS("iso acquirer sessions closed: frame time-out"),
    /** Messages answered as format errors (30). */
    ISO_FORMAT_ERRORS("iso acquirer format errors"),
    /** Messages answered because nobody takes them: type, transaction or original. */
    ISO_UNSUPPORTED("iso acquirer messages unsupported"),
    /** Messages that could not be answered: no trace number, or not a message at all. */
    ISO_UNANSWERED("iso acquirer messages not answerable"),
    /** Answers of acquirers that answer nothing. */
    ISO_UNMATCHED("iso acquirer answers unmatched"),
    /** Repeats of requests in flight: the first answer serves. */
    ISO_REPEATS_IN_FLIGHT("iso acquirer repeats in flight"),
    /** Answers withheld because the acquirer has reversed the payment meanwhile. */
    ISO_ANSWERS_WITHHELD("iso acquirer answers withheld: reversed"),
    /** Answers that lack something because the dialect cannot carry it. */
    ISO_ANSWERS_INCOMPLETE("iso acquirer answers incomplete"),
    /** Answers that the dialect cannot carry. */
    ISO_NOT_ENCODABLE("iso acquirer answers not encodable"),
    /** Messages whose MAC is wrong or missing; not believed. */
    ISO_MACS_REFUSED("iso acquirer messages not authentic"),
    /** Advices and reversals that brought sensitive data, which was left behind. */
    ISO_SENSITIVE_DATA_LEFT("iso acquirer sensitive data left behind"),

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
    /** Connections of issuers closed at once. */
    LINK_CONNECTIONS_REFUSED("issuer connections refused: no link lacks one, or address not allowed"),
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
    /** Requests and reversals not written: no MAC can be made. */
    NOT_SENT_MAC("issuer messages not sent: no MAC"),
    /** Requests not written: the PIN cannot be translated. */
    NOT_SENT_PIN("issuer messages not sent: PIN not translated"),
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
    /** Answers that belong to nothing, or to what had been answered. */
    ISSUER_UNMATCHED("issuer answers unmatched"),
    /** Answers that disagree with what they answer; not believed. */
    ISSUER_MISMATCHED("issuer answers mismatched"),
    /** Answers that came after the switch had given up. */
    ISSUER_LATE("issuer answers late"),
    /** Messages without a MAC, or not verifiable for want of a key; not believed. */
    ISSUER_MAC_MISSING("issuer messages without a MAC that can be verified"),
    /** Messages with a wrong MAC; not believed. */
    ISSUER_MAC_WRONG("issuer messages with a wrong MAC"),
    /** Requests for a new key made. */
    KEYS_REQUESTED("keys requested"),
    /** Requests for a new key that the peer refused. */
    KEY_REQUESTS_REFUSED("key requests refused"),
    /** New keys taken. */
    KEYS_ACCEPTED("keys accepted"),
    /** New keys refused: damaged, for another use, or in use before. */
    KEYS_REFUSED("keys refused"),
    /** Times a key became the one in use. */
    KEYS_CHANGED("keys changed"),
    /** Times wrong MACs in a row made a key doubtful. */
    KEYS_DISTRUSTED("keys distrusted"),
    /** Times the security module could not do what time demanded of a key. */
    KEY_FAILURES("key failures"),
    /** Connections to issuers closed because no key came in time. */
    KEY_EXCHANGE_TIMEOUTS("issuer links closed: no key in time"),
    /** PIN blocks translated for an issuer. */
    PINS_TRANSLATED("PINs translated"),
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

    /** Handshakes done with a peer that is who it must be. */
    TLS_HANDSHAKES("tls handshakes"),
    /** Connections ended by TLS, by reason. */
    TLS_NOT_TLS("tls refusals: not tls"),
    /** Connections ended by TLS, by reason. */
    TLS_TIMEOUT("tls refusals: handshake time-out"),
    /** Connections ended by TLS, by reason. */
    TLS_PROTOCOL("tls refusals: no common version or cipher, or broken protocol"),
    /** Connections ended by TLS, by reason. */
    TLS_NO_CERTIFICATE("tls refusals: no certificate"),
    /** Connections ended by TLS, by reason. */
    TLS_UNTRUSTED("tls refusals: certificate not trusted"),
    /** Connections ended by TLS, by reason. */
    TLS_EXPIRED("tls refusals: certificate expired"),
    /** Connections ended by TLS, by reason. */
    TLS_NOT_YET_VALID("tls refusals: certificate not valid yet"),
    /** Connections ended by TLS, by reason. */
    TLS_WRONG_NAME("tls refusals: certificate of somebody else"),
    /** Connections ended by TLS, by reason. */
    TLS_RENEGOTIATION("tls refusals: renegotiation"),
    /** Connections ended by TLS, by reason. */
    TLS_PEER_ALERT("tls refusals: the peer refuses us"),
    /** Connections ended by TLS, by reason. */
    TLS_CLOSED("tls refusals: closed in the handshake"),
    /** Connections ended by TLS, by reason. */
    TLS_OTHER("tls refusals: other"),
    /** Times new files were taken into use; written by the thread that looks for them. */
    TLS_RELOADS("tls reloads"),
    /** Times new files were refused, and the old stayed; written by the thread that looks for them. */
    TLS_RELOADS_REFUSED("tls reloads refused"),
    /** Days left of the certificate that ends first; written by the thread that looks for new files. */
    TLS_DAYS_LEFT("tls days left of the first certificate to end"),

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
