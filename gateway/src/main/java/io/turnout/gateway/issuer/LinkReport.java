package io.turnout.gateway.issuer;

/**
 * What a gateway knows of one of its links. Counts begin with the gateway.
 *
 * @param issuerId whose link
 * @param linkId number of the link
 * @param state where it stands
 * @param service whether operators let it carry messages: IN_SERVICE, DRAINING or DRAINED
 * @param signedOnSinceNs nanoseconds since the epoch; 0 when it is not signed on
 * @param inFlight messages sent and neither answered nor given up
 * @param sent requests, advices and reversals written
 * @param answered answers handed to the switch
 * @param unmatched answers that belong to nothing, or to what had been answered
 * @param mismatched answers that disagree with what they answer
 * @param late answers that came after the switch had given up
 * @param reconnects times the link was connected again
 */
public record LinkReport(
        int issuerId,
        int linkId,
        IssuerLinkState state,
        String service,
        long signedOnSinceNs,
        long inFlight,
        long sent,
        long answered,
        long unmatched,
        long mismatched,
        long late,
        long reconnects) {}
