package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.ResponseCodes;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.issuer.UndecodableMessage.Kind;
import io.turnout.gateway.net.FrameReader;
import io.turnout.gateway.net.FrameReader.Verdict;
import org.agrona.DirectBuffer;

/**
 * Decodes what an issuer says: answers become commands, network management goes to the link, and what nobody
 * understands is counted and kept without its values. Used by one thread.
 */
final class IssuerAdapter implements FrameReader.Handler {

    private static final int NO_FIELD = IsoDecoder.NO_FIELD;

    private final IssuerEdge edge;
    private final IssuerLinkConfiguration configuration;
    private final IssuerLink link;
    private final IsoDecoder decoder;
    private final IssuerResponseTranslator translator;

    IssuerAdapter(final IssuerEdge edge, final IssuerLinkConfiguration configuration, final IssuerLink link) {
        this.edge = edge;
        this.configuration = configuration;
        this.link = link;
        this.decoder = new IsoDecoder(configuration.dialect());
        this.translator = new IssuerResponseTranslator(
                decoder,
                configuration.dialect().responseCodes(),
                !configuration.rules().matchesByStan());
    }

    @Override
    public Verdict onMessage(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        link.onHeard();
        if (length == 0 || isControl(buffer, offset)) {
            edge.counters().increment(GatewayCounter.ISSUER_EMPTY_FRAMES);
            return Verdict.TAKEN;
        }
        if (decoder.decode(buffer, offset, length) != 0) {
            return drop(
                    GatewayCounter.ISSUER_UNDECODABLE,
                    Kind.UNDECODABLE,
                    decoder.errorField(),
                    buffer,
                    offset,
                    length,
                    nowNs);
        }
        final GatewayCounter refusal = link.security().refusal(decoder, buffer, offset, length, nowNs);
        if (refusal != null) {
            return drop(refusal, Kind.NOT_AUTHENTIC, NO_FIELD, buffer, offset, length, nowNs);
        }
        final Verdict verdict =
                switch (decoder.mti()) {
                    case 110, 111, 210, 211 -> onResponse(buffer, offset, length, nowNs);
                    case 130, 131, 230, 231 -> onAdviceResponse(buffer, offset, length, nowNs);
                    case 410, 411, 430, 431 -> onReversalResponse(buffer, offset, length, nowNs);
                    case 800, 801, 820, 821 -> onNetworkRequest(buffer, offset, length, nowNs);
                    case 810, 811, 830, 831 -> onNetworkResponse(buffer, offset, length, nowNs);
                    default ->
                        drop(
                                GatewayCounter.ISSUER_UNEXPECTED,
                                Kind.UNEXPECTED,
                                NO_FIELD,
                                buffer,
                                offset,
                                length,
                                nowNs);
                };
        return link.state() == IssuerLinkState.CLOSING ? Verdict.STOPPED : verdict;
    }

    /**
     * A message on a connection that only sends: an empty one keeps the connection alive, others do not belong there.
     */
    Verdict onMessageOnSendingSocket(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (length == 0 || isControl(buffer, offset)) {
            return onMessage(buffer, offset, length, nowNs);
        }
        decoder.decode(buffer, offset, length);
        return drop(GatewayCounter.ISSUER_UNEXPECTED, Kind.UNEXPECTED, NO_FIELD, buffer, offset, length, nowNs);
    }

    private Verdict onResponse(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        final int missing = translator.firstMissing();
        if (missing != IssuerResponseTranslator.COMPLETE) {
            return malformed(missing, buffer, offset, length, nowNs);
        }
        translator.translate(edge.commands().issuerResponse(configuration.issuerId(), configuration.linkId()));
        return offered(edge.commands().offerIssuerResponse(), GatewayCounter.ISSUER_RESPONSES);
    }

    private Verdict onAdviceResponse(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        final int missing = translator.firstMissing();
        if (missing != IssuerResponseTranslator.COMPLETE) {
            return malformed(missing, buffer, offset, length, nowNs);
        }
        translator.translate(edge.commands().issuerAdviceResponse(configuration.issuerId(), configuration.linkId()));
        return offered(edge.commands().offerIssuerAdviceResponse(), GatewayCounter.ISSUER_ADVICE_RESPONSES);
    }

    private Verdict onReversalResponse(
            final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        final int missing = translator.firstMissing();
        if (missing != IssuerResponseTranslator.COMPLETE) {
            return malformed(missing, buffer, offset, length, nowNs);
        }
        translator.translate(edge.commands().issuerReversalResponse(configuration.issuerId(), configuration.linkId()));
        return offered(edge.commands().offerIssuerReversalResponse(), GatewayCounter.ISSUER_REVERSAL_RESPONSES);
    }

    private Verdict offered(final boolean taken, final GatewayCounter counter) {
        if (!taken) {
            return Verdict.HELD;
        }
        edge.counters().increment(counter);
        link.traffic().onAnswered(decoder.getLong(IssuerFields.STAN));
        return Verdict.TAKEN;
    }

    private Verdict onNetworkRequest(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        final int missing = firstMissingOfNetworkRequest();
        if (missing != IssuerResponseTranslator.COMPLETE) {
            return malformed(missing, buffer, offset, length, nowNs);
        }
        final int networkCode = (int) decoder.getLong(IssuerFields.NETWORK_CODE);
        if (link.security().keys().isChange(networkCode)) {
            link.onKeyChange(decoder, nowNs);
            return Verdict.TAKEN;
        }
        if (!NetworkCode.isKnown(networkCode)) {
            drop(GatewayCounter.ISSUER_UNEXPECTED, Kind.UNEXPECTED, NO_FIELD, buffer, offset, length, nowNs);
        }
        if (link.state().isConnected()) {
            link.onNetworkRequest(networkCode, decoder);
        }
        return Verdict.TAKEN;
    }

    private int firstMissingOfNetworkRequest() {
        if (decoder.getLong(IssuerFields.TRANSMISSION_DATE_TIME) < 0) {
            return IssuerFields.TRANSMISSION_DATE_TIME;
        }
        if (decoder.getLong(IssuerFields.STAN) < 0) {
            return IssuerFields.STAN;
        }
        return decoder.getLong(IssuerFields.NETWORK_CODE) < 0
                ? IssuerFields.NETWORK_CODE
                : IssuerResponseTranslator.COMPLETE;
    }

    private Verdict onNetworkResponse(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (!link.awaits(decoder.getLong(IssuerFields.STAN))) {
            return drop(
                    GatewayCounter.ISSUER_NETWORK_UNMATCHED, Kind.UNMATCHED, NO_FIELD, buffer, offset, length, nowNs);
        }
        final int resultCode = translator.resultCode();
        if (resultCode == ResponseCodes.MISSING) {
            return malformed(IssuerFields.RESPONSE_CODE, buffer, offset, length, nowNs);
        }
        link.onNetworkResponse(resultCode < ResponseCodes.FIRST_DECLINE, decoder, nowNs);
        return Verdict.TAKEN;
    }

    private boolean isControl(final DirectBuffer buffer, final int offset) {
        return configuration
                .framing()
                .isControl(buffer, offset - configuration.framing().headerLength());
    }

    private Verdict malformed(
            final int field, final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        return drop(GatewayCounter.ISSUER_MALFORMED, Kind.MALFORMED, field, buffer, offset, length, nowNs);
    }

    private Verdict drop(
            final GatewayCounter counter,
            final Kind kind,
            final int field,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long nowNs) {
        edge.counters().increment(counter);
        edge.undecodable().add(configuration.linkId(), kind, decoder, field, buffer, offset, length, nowNs);
        return Verdict.TAKEN;
    }
}
