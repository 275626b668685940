package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.CommandIgnoredEncoder;
import io.turnout.codecs.sbe.engine.CommandProblem;
import io.turnout.codecs.sbe.engine.ConfigurationActivatedEncoder;
import io.turnout.codecs.sbe.engine.ConfigurationRefusedEncoder;
import io.turnout.codecs.sbe.engine.GapDetectedEncoder;
import io.turnout.codecs.sbe.engine.HostRecoveredEncoder;
import io.turnout.codecs.sbe.engine.LinkDrainedEncoder;
import io.turnout.codecs.sbe.engine.LinkServiceChangedEncoder;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.LinkStateChangedDecoder;
import io.turnout.codecs.sbe.engine.LinkStateRecordedEncoder;

/** Encodes the events about links, the host and the configuration. Decides nothing. */
final class HostEvents {
    private static final long UNKNOWN_SEQUENCE = -1;

    private final EventPublisher publisher;
    private final GapDetectedEncoder gapDetected = new GapDetectedEncoder();
    private final LinkStateRecordedEncoder linkState = new LinkStateRecordedEncoder();
    private final LinkServiceChangedEncoder linkService = new LinkServiceChangedEncoder();
    private final LinkDrainedEncoder linkDrained = new LinkDrainedEncoder();
    private final HostRecoveredEncoder hostRecovered = new HostRecoveredEncoder();
    private final ConfigurationActivatedEncoder configurationActivated = new ConfigurationActivatedEncoder();
    private final ConfigurationRefusedEncoder configurationRefused = new ConfigurationRefusedEncoder();
    private final CommandIgnoredEncoder commandIgnored = new CommandIgnoredEncoder();

    HostEvents(final EventPublisher publisher) {
        this.publisher = publisher;
    }

    void linkState(final LinkStateChangedDecoder command, final LinkState state) {
        linkState
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .gatewayId(command.gatewayId())
                .issuerId(command.issuerId())
                .linkId(command.linkId())
                .state(state);
        publisher.commit(LinkStateRecordedEncoder.BLOCK_LENGTH);
    }

    /** An operator took the link out of service or put it back. */
    void linkService(final Link link) {
        linkService
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .gatewayId(link.gatewayId())
                .issuerId(link.issuer().issuerId())
                .linkId(link.linkId())
                .service(link.service());
        publisher.commit(LinkServiceChangedEncoder.BLOCK_LENGTH);
    }

    void linkDrained(final Link link) {
        linkDrained
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .gatewayId(link.gatewayId())
                .issuerId(link.issuer().issuerId())
                .linkId(link.linkId());
        publisher.commit(LinkDrainedEncoder.BLOCK_LENGTH);
    }

    /**
     * Commands were lost: what they caused cannot be derived again, and no sequence of it is used again.
     *
     * @param takenSequence last event sequence known to have been used
     */
    void gapDetected(final long takenSequence) {
        final long firstMissing = publisher.eventSequence() + 1;
        publisher.skipTo(takenSequence);
        gapDetected
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .firstMissing(firstMissing)
                .lastMissing(takenSequence < firstMissing ? UNKNOWN_SEQUENCE : takenSequence);
        publisher.commit(GapDetectedEncoder.BLOCK_LENGTH);
    }

    void hostRecovered(final int pendingPayments, final int openReversals) {
        hostRecovered
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .pendingPayments(pendingPayments)
                .openReversals(openReversals);
        publisher.commit(HostRecoveredEncoder.BLOCK_LENGTH);
    }

    void configurationActivated(final long configurationHash) {
        configurationActivated
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .configurationHash(configurationHash);
        publisher.commit(ConfigurationActivatedEncoder.BLOCK_LENGTH);
    }

    void configurationRefused(final long configurationHash, final ConfigurationProblem problem) {
        publisher.outcome().configurationRefused(problem);
        configurationRefused
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .configurationHash(configurationHash)
                .problem(problem.code());
        publisher.commit(ConfigurationRefusedEncoder.BLOCK_LENGTH);
    }

    void commandIgnored(final int templateId, final long paymentId, final CommandProblem problem) {
        publisher.outcome().ignored(problem);
        commandIgnored
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(paymentId)
                .refTemplateId(templateId)
                .problem(problem);
        publisher.commit(CommandIgnoredEncoder.BLOCK_LENGTH);
    }
}
