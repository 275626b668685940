package io.turnout.gateway.acquirer.iso;

import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.sbe.acquirer.RejectReason;
import io.turnout.gateway.acquirer.FollowUpRequestForm;
import io.turnout.gateway.acquirer.PaymentIntake;
import io.turnout.gateway.acquirer.ReversalRequestForm;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.ingress.OriginalStatement;
import io.turnout.gateway.net.FrameReader.Verdict;
import io.turnout.gateway.vault.CardNumber;

/**
 * Brings the requests of an acquirer into the switch: translated, checked as those of the binary protocol are, offered
 * the same way. A request that waits for its answer already is not offered again. Used by one thread.
 */
final class RequestDesk {

    private final IsoAcquirerEndpoint endpoint;
    private final GatewayCounters counters;
    private final OpenRequests open;
    private final IsoDecoder decoder;
    private final RequestReader reader;
    private final RequestTranslator translator;
    private final OriginalStatement statement = new OriginalStatement();

    RequestDesk(final IsoAcquirerEndpoint endpoint, final IsoDecoder decoder, final RequestReader reader) {
        this.endpoint = endpoint;
        this.counters = endpoint.counters();
        this.open = endpoint.open();
        this.decoder = decoder;
        this.reader = reader;
        this.translator = new RequestTranslator(
                endpoint.configuration().dialect(),
                decoder,
                reader,
                endpoint.configuration().exponents());
    }

    /** 0100, 0200: a request; 0120, 0220: an advice. */
    Verdict onPayment(final IsoAcquirerSession session, final Echo echo, final boolean advice, final long nowNs) {
        if (!advice && session.state() != IsoSessionState.SIGNED_ON) {
            return refuse(session, echo, RejectReason.NOT_LOGGED_ON, Answers.INOPERATIVE);
        }
        if (advice) {
            countSensitiveData();
        }
        final int problem = translator.payment(advice, nowNs);
        final Verdict verdict = isOfAnother(problem)
                ? refuse(session, echo, RejectReason.NOT_LOGGED_ON, Answers.ACQUIRER_NOT_SUPPORTED)
                : problem != RequestTranslator.TRANSLATED
                        ? refuse(session, echo, problem)
                        : translator.isFollowUp() ? onFollowUp(session, echo, nowNs) : onPayment(session, echo, nowNs);
        translator.wipe();
        return verdict;
    }

    /** 0400, 0420. */
    Verdict onReversal(final IsoAcquirerSession session, final Echo echo, final long nowNs) {
        countSensitiveData();
        final int problem = translator.reversal(nowNs);
        final Verdict verdict = isOfAnother(problem)
                ? refuse(session, echo, RejectReason.NOT_LOGGED_ON, Answers.ACQUIRER_NOT_SUPPORTED)
                : problem != RequestTranslator.TRANSLATED
                        ? refuse(session, echo, problem)
                        : onTranslatedReversal(session, echo, nowNs);
        translator.wipe();
        return verdict;
    }

    private Verdict onPayment(final IsoAcquirerSession session, final Echo echo, final long nowNs) {
        if (isOpen()) {
            return onRepeatInFlight(session, echo);
        }
        final RejectReason refusal = refusal(session);
        if (refusal != null) {
            return refuse(session, echo, refusal);
        }
        final PaymentIntake intake = endpoint.intake();
        final int invalidField = intake.check(translator.paymentRequest());
        if (invalidField != FollowUpRequestForm.VALID) {
            return refuse(session, echo, Answers.fieldOfPayment(invalidField));
        }
        final int slot = keep(session, echo);
        if (slot == OpenRequests.NONE) {
            return refuse(session, echo, RejectReason.IN_FLIGHT_LIMIT);
        }
        return switch (intake.offer(
                session.sessionId(), endpoint.configuration().acquirerId(), translator.paymentRequest(), nowNs)) {
            case OFFERED -> offered();
            case CARD_DATA_FULL -> {
                open.close(slot);
                yield refuse(session, echo, RejectReason.CARD_DATA_FULL);
            }
            default -> holdBack(session, echo, slot, nowNs);
        };
    }

    private Verdict onFollowUp(final IsoAcquirerSession session, final Echo echo, final long nowNs) {
        if (isOpen()) {
            return onRepeatInFlight(session, echo);
        }
        final RejectReason refusal = refusal(session);
        if (refusal != null) {
            return refuse(session, echo, refusal);
        }
        final int invalidField = FollowUpRequestForm.check(translator.followUpRequest());
        if (invalidField != FollowUpRequestForm.VALID) {
            final int field = Answers.fieldOfFollowUp(invalidField);
            return refuse(session, echo, field == Fields.PROCESSING_CODE ? Answers.INVALID_TRANSACTION : field);
        }
        final int slot = keep(session, echo);
        if (slot == OpenRequests.NONE) {
            return refuse(session, echo, RejectReason.IN_FLIGHT_LIMIT);
        }
        final boolean taken = endpoint.commands()
                .requestFollowUp(
                        session.sessionId(),
                        endpoint.configuration().acquirerId(),
                        translator.followUpRequest(),
                        statement());
        return taken ? offered() : holdBack(session, echo, slot, nowNs);
    }

    private Verdict onTranslatedReversal(final IsoAcquirerSession session, final Echo echo, final long nowNs) {
        if (isOpen()) {
            return onRepeatInFlight(session, echo);
        }
        final RejectReason refusal = refusal(session);
        if (refusal != null) {
            return refuse(session, echo, refusal);
        }
        final int invalidField = ReversalRequestForm.check(translator.reversalRequest());
        if (invalidField != ReversalRequestForm.VALID) {
            return refuse(session, echo, Answers.fieldOfReversal(invalidField));
        }
        final int slot = keep(session, echo);
        if (slot == OpenRequests.NONE) {
            return refuse(session, echo, RejectReason.IN_FLIGHT_LIMIT);
        }
        final boolean taken = endpoint.commands()
                .requestReversal(
                        session.sessionId(),
                        endpoint.configuration().acquirerId(),
                        translator.reversalRequest(),
                        ReversalRequestForm.replacementAmountMinor(translator.reversalRequest()),
                        statement());
        return taken ? offered() : holdBack(session, echo, slot, nowNs);
    }

    /** What the message says of its original. */
    private OriginalStatement statement() {
        final PaymentWriter card = translator.card();
        return statement.set(
                CardNumber.bin(card.pan(), 0, card.panLength()),
                CardNumber.lastFour(card.pan(), 0, card.panLength()),
                reader.currency(),
                reader.amountMinor());
    }

    private boolean isOpen() {
        return open.find(translator.key().high(), translator.key().low()) != OpenRequests.NONE;
    }

    /** The first answer serves, on the session that asked last; other content is a conflict. */
    private Verdict onRepeatInFlight(final IsoAcquirerSession session, final Echo echo) {
        final int slot = open.find(translator.key().high(), translator.key().low());
        if (!open.hasContent(slot, translator.content())) {
            return refuse(session, echo, RejectReason.DUPLICATE_CONFLICT);
        }
        counters.increment(GatewayCounter.ISO_REPEATS_IN_FLIGHT);
        open.move(slot, session);
        return Verdict.TAKEN;
    }

    private int keep(final IsoAcquirerSession session, final Echo echo) {
        return open.open(
                session, translator.key().high(), translator.key().low(), decoder.mti(), translator.content(), echo);
    }

    /** Why no request can be taken now, or null. */
    private RejectReason refusal(final IsoAcquirerSession session) {
        if (!endpoint.admits()) {
            return RejectReason.SWITCH_UNAVAILABLE;
        }
        return session.inFlight() >= endpoint.configuration().maximumInFlight() ? RejectReason.IN_FLIGHT_LIMIT : null;
    }

    private Verdict offered() {
        counters.increment(GatewayCounter.REQUESTS_OFFERED);
        return Verdict.TAKEN;
    }

    private Verdict holdBack(final IsoAcquirerSession session, final Echo echo, final int slot, final long nowNs) {
        open.close(slot);
        return session.mayWait(nowNs) ? Verdict.HELD : refuse(session, echo, RejectReason.SWITCH_BUSY);
    }

    /** Whether a message that is otherwise whole says that it is of another institution. */
    private boolean isOfAnother(final int problem) {
        final boolean isWhole = problem == RequestTranslator.TRANSLATED || problem >= Answers.FUNCTION_NOT_SUPPORTED;
        return isWhole && reader.institution() != endpoint.configuration().institutionId();
    }

    /** @param problem data element, or canonical response code from 1000 */
    private Verdict refuse(final IsoAcquirerSession session, final Echo echo, final int problem) {
        final boolean isField = problem < Answers.FUNCTION_NOT_SUPPORTED;
        counters.increment(isField ? GatewayCounter.ISO_FORMAT_ERRORS : GatewayCounter.ISO_UNSUPPORTED);
        session.answer(decoder.mti(), echo, isField ? Answers.FORMAT_ERROR : problem, isField ? problem : Fields.NONE);
        return Verdict.TAKEN;
    }

    private Verdict refuse(final IsoAcquirerSession session, final Echo echo, final RejectReason reason) {
        return refuse(session, echo, reason, Answers.of(reason, decoder.mti()));
    }

    private Verdict refuse(
            final IsoAcquirerSession session, final Echo echo, final RejectReason reason, final int resultCode) {
        counters.rejected(reason);
        session.answer(decoder.mti(), echo, resultCode, Answers.fieldOf(reason));
        return Verdict.TAKEN;
    }

    /** An advice or a reversal must bring none; it is answered all the same, and what it brings is left behind. */
    private void countSensitiveData() {
        boolean brought = false;
        for (final int field : Fields.SENSITIVE) {
            brought |= decoder.isPresent(field);
        }
        counters.add(GatewayCounter.ISO_SENSITIVE_DATA_LEFT, brought ? 1 : 0);
    }
}
