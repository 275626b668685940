package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.ActivateConfigurationDecoder;
import io.turnout.codecs.sbe.engine.BeginConfigurationDecoder;
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

/** Decodes the commands that bring a configuration, from the journal or from a snapshot. */
final class ConfigurationAdapter {
    private final BeginConfigurationDecoder begin = new BeginConfigurationDecoder();
    private final DefineCurrencyDecoder currency = new DefineCurrencyDecoder();
    private final DefineAcquirerDecoder acquirer = new DefineAcquirerDecoder();
    private final DefineAmountLimitDecoder amountLimit = new DefineAmountLimitDecoder();
    private final DefineIssuerDecoder issuer = new DefineIssuerDecoder();
    private final DefineLinkDecoder link = new DefineLinkDecoder();
    private final DefineBinRangeDecoder binRange = new DefineBinRangeDecoder();
    private final DefineOperatorDecoder operator = new DefineOperatorDecoder();
    private final DefineLedgerDecoder ledger = new DefineLedgerDecoder();
    private final DefineParticipantDecoder participant = new DefineParticipantDecoder();
    private final DefineFeeDecoder fee = new DefineFeeDecoder();
    private final ActivateConfigurationDecoder activate = new ActivateConfigurationDecoder();
    private final MessageHeaderDecoder collected = new MessageHeaderDecoder();
    private final ConfigurationFlow flow;

    ConfigurationAdapter(final ConfigurationFlow flow) {
        this.flow = flow;
    }

    /**
     * Takes one command.
     *
     * @param header of the command; its template, length and version are known to belong together
     * @param offset of the block
     */
    void onCommand(final MessageHeaderDecoder header, final DirectBuffer buffer, final int offset) {
        final int blockLength = header.blockLength();
        final int version = header.version();
        switch (header.templateId()) {
            case BeginConfigurationDecoder.TEMPLATE_ID ->
                flow.onBegin(begin.wrap(buffer, offset, blockLength, version));
            case DefineCurrencyDecoder.TEMPLATE_ID ->
                flow.onDefineCurrency(currency.wrap(buffer, offset, blockLength, version));
            case DefineAcquirerDecoder.TEMPLATE_ID ->
                flow.onDefineAcquirer(acquirer.wrap(buffer, offset, blockLength, version));
            case DefineAmountLimitDecoder.TEMPLATE_ID ->
                flow.onDefineAmountLimit(amountLimit.wrap(buffer, offset, blockLength, version));
            case DefineIssuerDecoder.TEMPLATE_ID ->
                flow.onDefineIssuer(issuer.wrap(buffer, offset, blockLength, version));
            case DefineLinkDecoder.TEMPLATE_ID -> flow.onDefineLink(link.wrap(buffer, offset, blockLength, version));
            case DefineBinRangeDecoder.TEMPLATE_ID ->
                flow.onDefineBinRange(binRange.wrap(buffer, offset, blockLength, version));
            case DefineOperatorDecoder.TEMPLATE_ID ->
                flow.onDefineOperator(operator.wrap(buffer, offset, blockLength, version));
            case DefineLedgerDecoder.TEMPLATE_ID ->
                flow.onDefineLedger(ledger.wrap(buffer, offset, blockLength, version));
            case DefineParticipantDecoder.TEMPLATE_ID ->
                flow.onDefineParticipant(participant.wrap(buffer, offset, blockLength, version));
            case DefineFeeDecoder.TEMPLATE_ID -> flow.onDefineFee(fee.wrap(buffer, offset, blockLength, version));
            case ActivateConfigurationDecoder.TEMPLATE_ID -> {
                readCollected();
                flow.onActivate(activate.wrap(buffer, offset, blockLength, version));
            }
            default -> onRemove(header.templateId(), buffer, offset);
        }
    }

    /**
     * Takes one command of a snapshot other than ActivateConfiguration.
     *
     * @param inForce whether the configuration was activated
     */
    void restore(
            final MessageHeaderDecoder header, final DirectBuffer buffer, final int offset, final boolean inForce) {
        if (header.templateId() == BeginConfigurationDecoder.TEMPLATE_ID) {
            flow.restoreBegin(begin.wrap(buffer, offset, header.blockLength(), header.version()), inForce);
        } else if (flow.isAmending()) {
            flow.restoreCollected(buffer, offset);
        } else {
            onCommand(header, buffer, offset);
        }
    }

    /** Puts a configuration from a snapshot in force, without an event. */
    ConfigurationProblem activate(final DirectBuffer buffer, final int offset) {
        return flow.activate(
                activate.wrap(buffer, offset, ActivateConfigurationDecoder.BLOCK_LENGTH, CommandTemplates.VERSION));
    }

    private void onRemove(final int templateId, final DirectBuffer buffer, final int offset) {
        if (DefinitionKeys.definitionOf(templateId) == DefinitionKeys.NONE) {
            throw new IllegalArgumentException("not a configuration command: templateId=" + templateId);
        }
        flow.onRemove(templateId, buffer, offset);
    }

    /** Definitions of an amendment were only collected so far. */
    private void readCollected() {
        if (!flow.isAmending()) {
            return;
        }
        final CommandLog commands = flow.beginReading();
        for (int at = 0; at < commands.length(); at += commands.lengthAt(at)) {
            if (DefinitionKeys.offset(commands.templateIdAt(at)) != DefinitionKeys.NONE) {
                onCommand(collected.wrap(commands.buffer(), at), commands.buffer(), commands.blockAt(at));
            }
        }
        flow.endReading();
    }
}
