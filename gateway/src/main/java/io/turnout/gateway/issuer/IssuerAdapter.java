package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.ResponseCodes;
import io.turnout.codecs.sbe.engine.TransactionType;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.iso.IsoFields;
import io.turnout.gateway.iso.IsoVersion;
import io.turnout.gateway.iso.NetworkCode;
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
    private static final int FUNCTION_NOT_SUPPORTED = 1015;
    private static final int FORMAT_ERROR = 9100;
    private static final int FIRST_CLASS = 100;
    private static final int LAST_CLASS_END = 900;
    private static final int REQUEST = 0;
    private static final int ADVICE = 2;

    private final IssuerEdge edge;
    private final IssuerLinkConfiguration configuration;
    private final IssuerLink link;
    private final IsoDecoder decoder;
    private final IssuerResponseTranslator translator;
    private final IsoVersion version;
    private final ReconciliationAdapter reconciliation;
    private final boolean voidsAreReversals;

    IssuerAdapter(final IssuerEdge edge, final IssuerLinkConfiguration configuration, final IssuerLink link) {
        this.edge = edge;
        this.configuration = configuration;
        this.link = link;
        this.decoder = new IsoDecoder(configuration.dialect());
        this.translator = new IssuerResponseTranslator(
                decoder,
                configuration.dialect().responseCodes(),
                !configuration.rules().matchesByStan());
        this.version = IsoVersion.of(configuration.dialect()).orElseThrow();
        this.reconciliation = new ReconciliationAdapter(configuration, edge.commands(), decoder, version);
        this.voidsAreReversals = configuration.dialect().transactions().isReversal(TransactionType.VOID.value());
    }

    @Override
    public Verdict onMessage(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        link.onHeard();
        if (length == 0 || isControl(buffer, offset)) {
            edge.counters().increment(GatewayCounter.ISSUER_EMPTY_FRAMES);
            return Verdict.TAKEN;
        }
        final Verdict verdict = decoder.decode(buffer, offset, length) == 0
                ? onDecoded(buffer, offset, length, nowNs)
                : onUndecodable(buffer, offset, length, nowNs);
        return link.state() == IssuerLinkState.CLOSING ? Verdict.STOPPED : verdict;
    }

    private Verdict onDecoded(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        final GatewayCounter refusal = link.security().refusal(decoder, buffer, offset, length, nowNs);
        if (refusal != null) {
            return drop(refusal, Kind.NOT_AUTHENTIC, NO_FIELD, buffer, offset, length, nowNs);
        }
        final int mti = version.mtiOf1987(decoder.mti());
        return switch (mti) {
            case 110, 111, 210, 211 -> onResponse(buffer, offset, length, nowNs);
            case 130, 131, 230, 231 -> onAdviceResponse(buffer, offset, length, nowNs);
            case 410, 411 ->
                voidsAreReversals
                        ? onResponse(buffer, offset, length, nowNs)
                        : onReversalResponse(buffer, offset, length, nowNs);
            case 430, 431 -> onReversalResponse(buffer, offset, length, nowNs);
            case 500, 501, 520, 521 -> onReconciliation(mti, buffer, offset, length, nowNs);
            case 510, 511, 530, 531 -> onReconciliationResponse(buffer, offset, length, nowNs);
            case 800, 801, 804, 805, 820, 821, 824, 825 -> onNetworkRequest(buffer, offset, length, nowNs);
            case 810, 811, 814, 815, 830, 831, 834, 835 -> onNetworkResponse(buffer, offset, length, nowNs);
            default -> onUnexpected(mti, buffer, offset, length, nowNs);
        };
    }

    /** A message that a link takes from no issuer; who expects an answer is told so. */
    private Verdict onUnexpected(
            final int mti, final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (link.state().isConnected() && isAnswerable(mti)) {
            edge.counters().increment(GatewayCounter.ISSUER_UNSUPPORTED);
            link.requests().refuse(decoder, FUNCTION_NOT_SUPPORTED);
        }
        return drop(GatewayCounter.ISSUER_UNEXPECTED, Kind.UNEXPECTED, NO_FIELD, buffer, offset, length, nowNs);
    }

    /**
     * A request that could be read as far as its trace number is answered; of anything else the issuer hears only where
     * its dialect asks for it.
     */
    private Verdict onUndecodable(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        final Verdict verdict = drop(
                GatewayCounter.ISSUER_UNDECODABLE,
                Kind.UNDECODABLE,
                decoder.errorField(),
                buffer,
                offset,
                length,
                nowNs);
        if (!link.state().isConnected()) {
            return verdict;
        }
        if (isAnswerable(version.mtiOf1987(decoder.mti()))) {
            link.requests().refuse(decoder, FORMAT_ERROR);
        } else if (configuration.dialect().reportsUnreadable() && decoder.getLong(IsoFields.STAN) < 0) {
            link.requests().reportUnreadable(nowNs);
        }
        return verdict;
    }

    /** Whether a message is a request or an advice of a class that has answers, with the trace number they need. */
    private boolean isAnswerable(final int mti) {
        final int function = mti / 10 % 10;
        return mti >= FIRST_CLASS
                && mti < LAST_CLASS_END
                && (function == REQUEST || function == ADVICE)
                && decoder.getLong(IsoFields.STAN) >= 0;
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

    private Verdict onReconciliation(
            final int mti, final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        final int missing = reconciliation.firstMissing(false);
        if (missing != ReconciliationAdapter.COMPLETE) {
            return malformed(missing, buffer, offset, length, nowNs);
        }
        return counted(reconciliation.onRequest(mti, nowNs), GatewayCounter.ISSUER_RECONCILIATIONS);
    }

    private Verdict onReconciliationResponse(
            final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        final int missing = reconciliation.firstMissing(true);
        if (missing != ReconciliationAdapter.COMPLETE) {
            return malformed(missing, buffer, offset, length, nowNs);
        }
        return counted(reconciliation.onResponse(), GatewayCounter.ISSUER_RECONCILIATION_RESPONSES);
    }

    private Verdict offered(final boolean taken, final GatewayCounter counter) {
        if (taken) {
            link.traffic().onAnswered(decoder.getLong(IsoFields.STAN));
        }
        return counted(taken, counter);
    }

    private Verdict counted(final boolean taken, final GatewayCounter counter) {
        if (!taken) {
            return Verdict.HELD;
        }
        edge.counters().increment(counter);
        return Verdict.TAKEN;
    }

    private Verdict onNetworkRequest(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        final int missing = firstMissingOfNetworkRequest();
        if (missing != IssuerResponseTranslator.COMPLETE) {
            return malformed(missing, buffer, offset, length, nowNs);
        }
        final int networkCode = version.networkCode(decoder);
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
        if (decoder.getLong(IsoFields.TRANSMISSION_DATE_TIME) < 0) {
            return IsoFields.TRANSMISSION_DATE_TIME;
        }
        if (decoder.getLong(IsoFields.STAN) < 0) {
            return IsoFields.STAN;
        }
        if (version.networkCode(decoder) >= 0) {
            return IssuerResponseTranslator.COMPLETE;
        }
        return version.hasFunctionCode() ? IsoFields.FUNCTION_CODE : IsoFields.NETWORK_CODE;
    }

    private Verdict onNetworkResponse(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (!link.awaits(decoder.getLong(IsoFields.STAN))) {
            return drop(
                    GatewayCounter.ISSUER_NETWORK_UNMATCHED, Kind.UNMATCHED, NO_FIELD, buffer, offset, length, nowNs);
        }
        final int resultCode = translator.resultCode();
        if (resultCode == ResponseCodes.MISSING) {
            return malformed(IsoFields.RESPONSE_CODE, buffer, offset, length, nowNs);
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
