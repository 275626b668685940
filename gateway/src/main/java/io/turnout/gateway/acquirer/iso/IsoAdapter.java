package io.turnout.gateway.acquirer.iso;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.net.FrameReader.Verdict;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decodes what an acquirer says and gives it to whoever is in charge of its type. Whatever has a trace number is
 * answered, unless it is an answer itself or a notification; whatever cannot be is counted and kept without its values.
 * Used by one thread for all sessions of an acquirer.
 */
final class IsoAdapter {

    private static final int HUNDRED = 100;
    private static final int NETWORK = 8;
    private static final int FUNCTIONS = 10;
    private static final int FIRST_NOTIFICATION = 40;
    private static final int CLASSES = 1000;

    private final IsoAcquirerEndpoint endpoint;
    private final GatewayCounters counters;
    private final IsoDecoder decoder;
    private final RequestReader reader;
    private final RequestDesk desk;
    private final int headerLength;
    private final UnsafeBuffer memory = new UnsafeBuffer(ByteBuffer.allocateDirect(Echo.CAPACITY));
    private final Echo echo = new Echo();

    IsoAdapter(final IsoAcquirerEndpoint endpoint) {
        this.endpoint = endpoint;
        this.counters = endpoint.counters();
        final Dialect dialect = endpoint.configuration().dialect();
        this.headerLength = dialect.headerLength();
        this.decoder = new IsoDecoder(dialect);
        this.reader = new RequestReader(decoder);
        this.desk = new RequestDesk(endpoint, decoder, reader);
    }

    Verdict onMessage(
            final IsoAcquirerSession session,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long nowNs) {
        if (length == 0 || isControl(buffer, offset)) {
            counters.increment(GatewayCounter.ISO_EMPTY_FRAMES);
            return Verdict.TAKEN;
        }
        final boolean decoded = decoder.decode(buffer, offset, length) == 0;
        final boolean believed = !decoded
                || endpoint.authenticator().verify(decoder, buffer, offset, length, nowNs)
                        == io.turnout.security.link.Verdict.BELIEVED;
        counters.add(GatewayCounter.ISO_MACS_REFUSED, believed ? 0 : 1);
        if (isAnswer(decoder.mti()) || !reader.isAnswerable()) {
            return decoded && believed && isAnswer(decoder.mti())
                    ? onAnswer(session, length, nowNs)
                    : unanswered(GatewayCounter.ISO_UNANSWERED, length, nowNs);
        }
        echo.wrap(memory, 0).copyHeader(buffer, offset, headerLength).copy(decoder, echoed());
        final Verdict verdict = !decoded
                ? formatError(session)
                : believed ? dispatch(session, length, nowNs) : answer(session, Answers.MAC_FAILED, Fields.NONE);
        memory.setMemory(0, Echo.CAPACITY, (byte) 0);
        return verdict;
    }

    private Verdict dispatch(final IsoAcquirerSession session, final int length, final long nowNs) {
        return switch (decoder.mti()) {
            case 100, 101, 200, 201 -> desk.onPayment(session, echo, false, nowNs);
            case 120, 121, 220, 221 -> desk.onPayment(session, echo, true, nowNs);
            case 400, 401, 420, 421 -> desk.onReversal(session, echo, nowNs);
            case 800, 801, 820, 821 -> onNetworkRequest(session);
            default -> onUnsupported(session, length, nowNs);
        };
    }

    /** Whether the acquirer answers with it. */
    private static boolean isAnswer(final int mti) {
        return mti / FUNCTIONS % 2 == 1;
    }

    private Verdict onAnswer(final IsoAcquirerSession session, final int length, final long nowNs) {
        final boolean awaited = decoder.mti() / HUNDRED == NETWORK && session.onNetworkResponse(reader.stan());
        return awaited ? Verdict.TAKEN : unanswered(GatewayCounter.ISO_UNMATCHED, length, nowNs);
    }

    private Verdict onNetworkRequest(final IsoAcquirerSession session) {
        final long institution = reader.institution();
        if (reader.transmissionDateTime() < 0) {
            return answer(session, Answers.FORMAT_ERROR, Fields.TRANSMISSION_DATE_TIME);
        }
        if (institution >= 0 && institution != endpoint.configuration().institutionId()) {
            return answer(session, Answers.ACQUIRER_NOT_SUPPORTED, Fields.NONE);
        }
        switch ((int) reader.numberOr(Fields.NETWORK_CODE, NetworkCode.NONE)) {
            case NetworkCode.NONE -> {
                return answer(session, Answers.FORMAT_ERROR, Fields.NETWORK_CODE);
            }
            case NetworkCode.SIGN_ON, NetworkCode.GROUP_SIGN_ON -> session.onSignedOn();
            case NetworkCode.SIGN_OFF, NetworkCode.GROUP_SIGN_OFF -> session.onSignedOff();
            case NetworkCode.ECHO, NetworkCode.OTHER_ECHO -> {}
            default -> {
                return answer(session, Answers.FUNCTION_NOT_SUPPORTED, Fields.NONE);
            }
        }
        return answer(session, Answers.APPROVED, Fields.NONE);
    }

    /** A notification wants no answer; everything else gets one. */
    private Verdict onUnsupported(final IsoAcquirerSession session, final int length, final long nowNs) {
        counters.increment(GatewayCounter.ISO_UNSUPPORTED);
        final int mti = decoder.mti();
        if (mti % HUNDRED >= FIRST_NOTIFICATION) {
            return unanswered(GatewayCounter.ISO_UNANSWERED, length, nowNs);
        }
        return answer(
                session, mti < CLASSES ? Answers.FUNCTION_NOT_SUPPORTED : Answers.INVALID_TRANSACTION, Fields.NONE);
    }

    private Verdict formatError(final IsoAcquirerSession session) {
        counters.increment(GatewayCounter.ISO_FORMAT_ERRORS);
        return answer(session, Answers.FORMAT_ERROR, Math.max(Fields.NONE, decoder.errorField()));
    }

    private Verdict answer(final IsoAcquirerSession session, final int resultCode, final int field) {
        session.answer(decoder.mti(), echo, resultCode, field);
        return Verdict.TAKEN;
    }

    private Verdict unanswered(final GatewayCounter counter, final int length, final long nowNs) {
        counters.increment(counter);
        endpoint.unanswered().add(endpoint.configuration().acquirerId(), decoder, decoder.errorField(), length, nowNs);
        return Verdict.TAKEN;
    }

    private int[] echoed() {
        final int mti = decoder.mti();
        if (mti / HUNDRED == NETWORK) {
            return Fields.ECHOED_TO_NETWORK;
        }
        return Answers.isFact(mti) ? Fields.ECHOED_TO_ADVICES : Fields.ECHOED_TO_REQUESTS;
    }

    private boolean isControl(final DirectBuffer buffer, final int offset) {
        return endpoint.configuration()
                .framing()
                .isControl(buffer, offset - endpoint.configuration().framing().headerLength());
    }
}
