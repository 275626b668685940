package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.ActivateConfigurationDecoder;
import io.turnout.codecs.sbe.engine.BeginConfigurationDecoder;
import io.turnout.codecs.sbe.engine.CommandProblem;
import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.DefineAcquirerDecoder;
import io.turnout.codecs.sbe.engine.DefineAmountLimitDecoder;
import io.turnout.codecs.sbe.engine.DefineBinRangeDecoder;
import io.turnout.codecs.sbe.engine.DefineCurrencyDecoder;
import io.turnout.codecs.sbe.engine.DefineFeeDecoder;
import io.turnout.codecs.sbe.engine.DefineIssuerDecoder;
import io.turnout.codecs.sbe.engine.DefineLedgerDecoder;
import io.turnout.codecs.sbe.engine.DefineLinkDecoder;
import io.turnout.codecs.sbe.engine.DefineOperatorDecoder;
import io.turnout.codecs.sbe.engine.DefineParticipantDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import org.agrona.DirectBuffer;

/**
 * A configuration comes piece by piece, is checked piece by piece and then as a whole, and is put in force in one
 * command or not at all. One that amends the configuration in force starts from its definitions: they are collected,
 * replaced and removed by their keys, and read when all changes have come. Payments in flight keep their issuers and
 * links; a link that is gone, or that leads elsewhere, is lost.
 */
final class ConfigurationFlow {
    private final ConfigurationChecks checks = new ConfigurationChecks();
    private final DefineIssuerDecoder issuerDefinition = new DefineIssuerDecoder();
    private final DefineLinkDecoder linkDefinition = new DefineLinkDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Configurations configurations;
    private final Network network;
    private final PaymentTable payments;
    private final LinkFlow linkFlow;
    private final LedgerAccounts accounts;
    private final HostEvents events;
    private boolean reading;

    ConfigurationFlow(final EngineState state, final LinkFlow linkFlow, final HostEvents events) {
        this.configurations = state.configurations();
        this.network = state.network();
        this.payments = state.payments();
        this.linkFlow = linkFlow;
        this.accounts = new LedgerAccounts(state.ledger());
        this.events = events;
    }

    void onBegin(final BeginConfigurationDecoder command) {
        final Configuration staged = configurations.staged();
        begin(command);
        if (staged.isAmending()) {
            final Configuration base = configurations.active();
            staged.problem(
                    base.isBegun() && base.hash() == command.baseHash()
                            ? ConfigurationProblem.NONE
                            : ConfigurationProblem.BASE_NOT_IN_FORCE);
            staged.commands().appendDefinitions(base.commands());
        }
    }

    /**
     * As {@link #onBegin}, from a snapshot: all definitions follow, also those that an amendment left as they were.
     *
     * @param inForce whether the configuration was activated, so that it amends nothing any more
     */
    void restoreBegin(final BeginConfigurationDecoder command, final boolean inForce) {
        begin(command);
        if (inForce) {
            configurations.staged().amended();
        }
    }

    /** A definition of a staged amendment, from a snapshot. */
    void restoreCollected(final DirectBuffer buffer, final int blockOffset) {
        append(buffer, blockOffset);
    }

    boolean isAmending() {
        return configurations.staged().isAmending();
    }

    /** The changes to the configuration in force are complete: its definitions are read from here on. */
    CommandLog beginReading() {
        configurations.staged().amended();
        reading = true;
        return configurations.staged().commands();
    }

    void endReading() {
        reading = false;
    }

    void onDefineCurrency(final DefineCurrencyDecoder definition) {
        if (isWanted(DefineCurrencyDecoder.TEMPLATE_ID, ConfigurationChecks.of(definition, configurations.staged()))) {
            if (!isAmending()) {
                configurations.staged().add(definition);
            }
            keep(definition.buffer(), definition.offset());
        }
    }

    void onDefineAcquirer(final DefineAcquirerDecoder definition) {
        if (isWanted(DefineAcquirerDecoder.TEMPLATE_ID, ConfigurationChecks.of(definition, configurations.staged()))) {
            if (!isAmending()) {
                configurations.staged().add(definition);
            }
            keep(definition.buffer(), definition.offset());
        }
    }

    void onDefineAmountLimit(final DefineAmountLimitDecoder definition) {
        if (isWanted(
                DefineAmountLimitDecoder.TEMPLATE_ID, ConfigurationChecks.of(definition, configurations.staged()))) {
            if (!isAmending()) {
                configurations.staged().add(definition);
            }
            keep(definition.buffer(), definition.offset());
        }
    }

    void onDefineIssuer(final DefineIssuerDecoder definition) {
        if (isWanted(DefineIssuerDecoder.TEMPLATE_ID, ConfigurationChecks.of(definition, configurations.staged()))) {
            if (!isAmending()) {
                configurations.staged().add(definition);
            }
            keep(definition.buffer(), definition.offset());
        }
    }

    void onDefineLink(final DefineLinkDecoder definition) {
        if (isWanted(DefineLinkDecoder.TEMPLATE_ID, ConfigurationChecks.of(definition, configurations.staged()))) {
            if (!isAmending()) {
                configurations.staged().add(definition);
            }
            keep(definition.buffer(), definition.offset());
        }
    }

    void onDefineBinRange(final DefineBinRangeDecoder definition) {
        if (isWanted(DefineBinRangeDecoder.TEMPLATE_ID, ConfigurationChecks.of(definition))) {
            if (!isAmending()) {
                configurations.staged().add(definition);
            }
            keep(definition.buffer(), definition.offset());
        }
    }

    void onDefineOperator(final DefineOperatorDecoder definition) {
        if (isWanted(DefineOperatorDecoder.TEMPLATE_ID, ConfigurationChecks.of(definition, configurations.staged()))) {
            if (!isAmending()) {
                configurations.staged().add(definition);
            }
            keep(definition.buffer(), definition.offset());
        }
    }

    void onDefineLedger(final DefineLedgerDecoder definition) {
        if (isWanted(DefineLedgerDecoder.TEMPLATE_ID, LedgerChecks.of(definition, configurations.staged()))) {
            if (!isAmending()) {
                configurations.staged().ledger().add(definition);
            }
            keep(definition.buffer(), definition.offset());
        }
    }

    void onDefineParticipant(final DefineParticipantDecoder definition) {
        if (isWanted(DefineParticipantDecoder.TEMPLATE_ID, LedgerChecks.of(definition, configurations.staged()))) {
            if (!isAmending()) {
                configurations.staged().ledger().add(definition);
            }
            keep(definition.buffer(), definition.offset());
        }
    }

    void onDefineFee(final DefineFeeDecoder definition) {
        if (isWanted(DefineFeeDecoder.TEMPLATE_ID, LedgerChecks.of(definition, configurations.staged()))) {
            if (!isAmending()) {
                configurations.staged().ledger().add(definition);
            }
            keep(definition.buffer(), definition.offset());
        }
    }

    /** The block of a removal is the key of what it removes. */
    void onRemove(final int templateId, final DirectBuffer buffer, final int blockOffset) {
        if (isWanted(templateId, isAmending() ? ConfigurationProblem.NONE : ConfigurationProblem.NOT_AMENDING)) {
            final CommandLog commands = configurations.staged().commands();
            final int at = commands.find(DefinitionKeys.definitionOf(templateId), buffer, blockOffset);
            if (at == DefinitionKeys.NONE) {
                configurations.staged().problem(ConfigurationProblem.NOTHING_TO_REMOVE);
            } else {
                commands.remove(at);
            }
        }
    }

    void onActivate(final ActivateConfigurationDecoder command) {
        final ConfigurationProblem problem = activate(command);
        if (problem == ConfigurationProblem.NONE) {
            accounts.open(configurations.active());
            events.configurationActivated(command.configurationHash());
        } else {
            events.configurationRefused(command.configurationHash(), problem);
        }
    }

    /** Puts the staged configuration in force unless it has a problem; either way nothing is staged afterwards. */
    ConfigurationProblem activate(final ActivateConfigurationDecoder command) {
        final Configuration staged = configurations.staged();
        final ConfigurationProblem problem = problemOf(staged, command.configurationHash());
        if (problem != ConfigurationProblem.NONE) {
            staged.clear();
            return problem;
        }
        requireRoom(staged);
        append(command.buffer(), command.offset());
        configurations.activate();
        loseLinksNotIn(configurations.active());
        applyIssuers(configurations.active().commands());
        applyLinks(configurations.active().commands());
        network.relink();
        return ConfigurationProblem.NONE;
    }

    private ConfigurationProblem problemOf(final Configuration staged, final long hash) {
        if (!staged.isBegun()) {
            return ConfigurationProblem.NOT_BEGUN;
        }
        if (staged.hash() != hash) {
            return ConfigurationProblem.OTHER_HASH;
        }
        staged.bins().sort();
        return checks.ofWhole(staged);
    }

    private boolean isWanted(final int templateId, final ConfigurationProblem problem) {
        final Configuration staged = configurations.staged();
        if (!staged.isBegun()) {
            events.commandIgnored(templateId, 0, CommandProblem.NO_CONFIGURATION_BEGUN);
            return false;
        }
        staged.problem(problem);
        return staged.problem() == ConfigurationProblem.NONE;
    }

    private void begin(final BeginConfigurationDecoder command) {
        configurations.staged().begin(command);
        configurations.staged().problem(ConfigurationChecks.of(command));
        append(command.buffer(), command.offset());
    }

    /** Keeps a definition; in an amendment it takes the place of the one with the same key. */
    private void keep(final DirectBuffer buffer, final int blockOffset) {
        if (reading) {
            return;
        }
        if (isAmending()) {
            header.wrap(buffer, blockOffset - MessageHeaderDecoder.ENCODED_LENGTH);
            final int templateId = header.templateId();
            final CommandLog commands = configurations.staged().commands();
            final int at = commands.find(templateId, buffer, blockOffset + DefinitionKeys.offset(templateId));
            if (at != DefinitionKeys.NONE) {
                commands.remove(at);
            }
        }
        append(buffer, blockOffset);
    }

    private void append(final DirectBuffer buffer, final int blockOffset) {
        configurations.staged().commands().append(buffer, blockOffset - MessageHeaderDecoder.ENCODED_LENGTH);
    }

    private void requireRoom(final Configuration staged) {
        int newIssuers = 0;
        int newLinks = 0;
        final CommandLog commands = staged.commands();
        for (int at = 0; at < commands.length(); at += commands.lengthAt(at)) {
            newIssuers += isIssuer(commands, at) && network.issuer(issuerDefinition.issuerId()) == null ? 1 : 0;
            newLinks += isLink(commands, at) && network.link(linkDefinition.linkId()) == null ? 1 : 0;
        }
        if (newIssuers > network.freeIssuers()) {
            throw new EngineCapacityException("issuers", network.issuerCount() + network.freeIssuers());
        }
        if (newLinks > network.freeLinks()) {
            throw new EngineCapacityException("links", network.linkCount() + network.freeLinks());
        }
    }

    private void loseLinksNotIn(final Configuration configuration) {
        for (int i = 0; i < network.linkCount(); i++) {
            final Link link = network.linkAt(i);
            if (link.isConfigured()) {
                if (!configuration.hasLink(link.linkId(), link.issuer().issuerId(), link.gatewayId())) {
                    linkFlow.lose(link, DeclineReason.LINK_LOST);
                }
                link.unconfigure();
            }
        }
    }

    private void applyIssuers(final CommandLog commands) {
        for (int at = 0; at < commands.length(); at += commands.lengthAt(at)) {
            if (isIssuer(commands, at)) {
                final Issuer issuer = network.addIssuer(issuerDefinition.issuerId());
                issuer.configure(issuerDefinition);
                payments.matchByStan(issuer.issuerId(), issuer.matchesByStan());
            }
        }
    }

    private void applyLinks(final CommandLog commands) {
        for (int at = 0; at < commands.length(); at += commands.lengthAt(at)) {
            if (isLink(commands, at)) {
                final Issuer issuer = network.issuer(linkDefinition.issuerId());
                network.addLink(linkDefinition.linkId()).configure(issuer, linkDefinition);
            }
        }
    }

    private boolean isIssuer(final CommandLog commands, final int at) {
        if (commands.templateIdAt(at) != DefineIssuerDecoder.TEMPLATE_ID) {
            return false;
        }
        issuerDefinition.wrap(
                commands.buffer(), commands.blockAt(at), commands.blockLengthAt(at), commands.versionAt(at));
        return true;
    }

    private boolean isLink(final CommandLog commands, final int at) {
        if (commands.templateIdAt(at) != DefineLinkDecoder.TEMPLATE_ID) {
            return false;
        }
        linkDefinition.wrap(
                commands.buffer(), commands.blockAt(at), commands.blockLengthAt(at), commands.versionAt(at));
        return true;
    }
}
