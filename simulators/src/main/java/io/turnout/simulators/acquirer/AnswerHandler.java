package io.turnout.simulators.acquirer;

import io.turnout.codecs.sbe.acquirer.PaymentResponseDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentStatusResponseDecoder;
import io.turnout.codecs.sbe.acquirer.RejectDecoder;
import io.turnout.codecs.sbe.acquirer.ReversalResponseDecoder;

/** What sessions tell about the switch's answers. Decoders are valid only during the call. */
interface AnswerHandler {

    void onPaymentResponse(PaymentResponseDecoder response, long nowNs);

    void onReversalResponse(ReversalResponseDecoder response, long nowNs);

    void onPaymentStatus(PaymentStatusResponseDecoder response, long nowNs);

    void onReject(RejectDecoder reject, long nowNs);

    /** What was in flight there will not be answered there. */
    void onSessionLost(AcquirerSession session, long nowNs);
}
