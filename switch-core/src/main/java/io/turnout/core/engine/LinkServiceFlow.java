package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.CommandProblem;
import io.turnout.codecs.sbe.engine.LinkService;
import io.turnout.codecs.sbe.engine.SetLinkServiceDecoder;

/**
 * Operators take links out of service and put them back.
 *
 * <pre>
 *   IN_SERVICE ──▶ DRAINING ──▶ DRAINED
 *       ▲             │ ▲          │ │
 *       └─────────────┴─┼──────────┘ │ put back
 *                       └────────────┘ its gateway has signed it on all the same
 * </pre>
 *
 * Nothing new is sent on a link out of service; what is in flight is answered, or given up, as on any other. Once
 * nothing is, the gateway is told to sign the link off.
 */
final class LinkServiceFlow {
    private final Network network;
    private final HostEvents events;

    LinkServiceFlow(final EngineState state, final HostEvents events) {
        this.network = state.network();
        this.events = events;
    }

    void onSetLinkService(final SetLinkServiceDecoder command) {
        final CommandProblem problem = problemOf(command);
        if (problem != null) {
            events.commandIgnored(SetLinkServiceDecoder.TEMPLATE_ID, 0, problem);
            return;
        }
        final Link link = network.link(command.linkId());
        network.service(link, isBack(command) ? LinkService.IN_SERVICE : LinkService.DRAINING);
        events.linkService(link);
    }

    /** Whether a link is to be said to be drained. */
    boolean isDue() {
        return network.firstDrained() != null;
    }

    /** Says of one link that it is drained, if one is. */
    void runDue() {
        final Link link = network.firstDrained();
        if (link != null) {
            network.service(link, LinkService.DRAINED);
            events.linkDrained(link);
        }
    }

    private CommandProblem problemOf(final SetLinkServiceDecoder command) {
        final Link link = network.link(command.linkId());
        if (link == null || !link.isConfigured()) {
            return CommandProblem.UNKNOWN_LINK;
        }
        if (!isBack(command) && command.inServiceRaw() != BooleanType.FALSE.value()) {
            return CommandProblem.MALFORMED;
        }
        return isBack(command) == (link.service() == LinkService.IN_SERVICE)
                ? CommandProblem.LINK_SERVICE_UNCHANGED
                : null;
    }

    private static boolean isBack(final SetLinkServiceDecoder command) {
        return command.inServiceRaw() == BooleanType.TRUE.value();
    }
}
