package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.ResponseCodes;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.IssuerReconciliationEncoder;
import io.turnout.codecs.sbe.engine.IssuerReconciliationResponseEncoder;
import io.turnout.gateway.ingress.CommandPublisher;
import io.turnout.gateway.iso.IsoFields;
import io.turnout.gateway.iso.IsoVersion;

/**
 * Translates what an issuer says about totals into commands. Used by one thread; allocates nothing beyond the date of
 * today.
 */
final class ReconciliationAdapter {

    /** The message has all it must have. */
    static final int COMPLETE = 0;

    private static final int ABSENT = -1;
    private static final int LARGEST_STAN = 999_999;
    private static final long LARGEST_DATE_TIME = 1_231_235_959L;
    private static final int LARGEST_CURRENCY = 999;
    private static final long CENTURY = 20_000_000_000_000L;
    private static final long TIME = 1_000_000L;
    private static final int ADVICE = 520;

    private final IssuerLinkConfiguration configuration;
    private final CommandPublisher commands;
    private final IsoDecoder decoder;
    private final IsoVersion version;
    private final ResponseCodes responseCodes;

    ReconciliationAdapter(
            final IssuerLinkConfiguration configuration,
            final CommandPublisher commands,
            final IsoDecoder decoder,
            final IsoVersion version) {
        this.configuration = configuration;
        this.commands = commands;
        this.decoder = decoder;
        this.version = version;
        this.responseCodes = configuration.dialect().responseCodes();
    }

    /** The first data element that the message decoded last must have and does not, or {@link #COMPLETE}. */
    int firstMissing(final boolean answer) {
        if (!isWithin(IsoFields.TRANSMISSION_DATE_TIME, LARGEST_DATE_TIME)) {
            return IsoFields.TRANSMISSION_DATE_TIME;
        }
        if (!isWithin(IsoFields.STAN, LARGEST_STAN)) {
            return IsoFields.STAN;
        }
        return answer && responseCodes.canonical(decoder) == ResponseCodes.MISSING ? IsoFields.RESPONSE_CODE : COMPLETE;
    }

    /** 0500 or 0520; false when the switch has no room: nothing happened. */
    boolean onRequest(final int mti, final long nowNs) {
        final long today = TransmissionDateTime.withYear(nowNs) / TIME;
        final IssuerReconciliationEncoder command =
                commands.issuerReconciliation(configuration.issuerId(), configuration.linkId());
        command.localDateTime(localDateTime())
                .forwardingInstitution(institution(IsoFields.FORWARDING_INSTITUTION))
                .settlementInstitution(institution(IsoFields.SETTLEMENT_INSTITUTION))
                .receivingInstitution(institution(IsoFields.RECEIVING_INSTITUTION))
                .stan(decoder.getLong(IsoFields.STAN))
                .transmissionDateTime(decoder.getLong(IsoFields.TRANSMISSION_DATE_TIME))
                .businessDate(version.reconciliationDate(decoder, today))
                .currency(currency())
                .functionCode(version.hasFunctionCode() ? (int) number(IsoFields.FUNCTION_CODE) : 0)
                .advice(mti >= ADVICE ? BooleanType.TRUE : BooleanType.FALSE);
        ReconciliationMessages.read(decoder, command.totals());
        return commands.offerIssuerReconciliation();
    }

    /** 0510 or 0530; false when the switch has no room: nothing happened. */
    boolean onResponse() {
        final IssuerReconciliationResponseEncoder command =
                commands.issuerReconciliationResponse(configuration.issuerId(), configuration.linkId());
        command.stan(decoder.getLong(IsoFields.STAN))
                .transmissionDateTime(decoder.getLong(IsoFields.TRANSMISSION_DATE_TIME))
                .resultCode(responseCodes.canonical(decoder))
                .outcome(ReconciliationMessages.outcome(version.settlementCode(decoder, responseCodes)));
        ReconciliationMessages.read(decoder, command.totals());
        return commands.offerIssuerReconciliationResponse();
    }

    private long localDateTime() {
        return version.hasFunctionCode() && decoder.isPresent(IsoFields.LOCAL_TIME)
                ? CENTURY + number(IsoFields.LOCAL_TIME)
                : 0;
    }

    private int currency() {
        final long currency = number(IsoFields.SETTLEMENT_CURRENCY);
        return currency <= LARGEST_CURRENCY ? (int) currency : 0;
    }

    private long number(final int field) {
        return Math.max(0, decoder.getLong(field));
    }

    private long institution(final int field) {
        return decoder.isPresent(field) ? Math.max(ABSENT, decoder.getLong(field)) : ABSENT;
    }

    private boolean isWithin(final int field, final long largest) {
        final long value = decoder.getLong(field);
        return value > 0 && value <= largest;
    }
}
