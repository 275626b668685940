package io.turnout.core.engine;

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
import io.turnout.codecs.sbe.engine.RemoveAcquirerDecoder;
import io.turnout.codecs.sbe.engine.RemoveAmountLimitDecoder;
import io.turnout.codecs.sbe.engine.RemoveBinRangeDecoder;
import io.turnout.codecs.sbe.engine.RemoveCurrencyDecoder;
import io.turnout.codecs.sbe.engine.RemoveFeeDecoder;
import io.turnout.codecs.sbe.engine.RemoveIssuerDecoder;
import io.turnout.codecs.sbe.engine.RemoveLedgerDecoder;
import io.turnout.codecs.sbe.engine.RemoveLinkDecoder;
import io.turnout.codecs.sbe.engine.RemoveOperatorDecoder;
import io.turnout.codecs.sbe.engine.RemoveParticipantDecoder;

/**
 * What names a definition of a configuration: some bytes in one piece of its block. The command that removes it holds
 * these bytes and nothing else, so that definitions can be compared, replaced and removed without decoding them.
 */
public final class DefinitionKeys {
    /** There is none. */
    public static final int NONE = -1;

    private DefinitionKeys() {}

    /** Where the key stands in the block of a definition; {@link #NONE} when the template is not a definition's. */
    public static int offset(final int defineTemplateId) {
        return switch (defineTemplateId) {
            case DefineCurrencyDecoder.TEMPLATE_ID -> DefineCurrencyDecoder.currencyEncodingOffset();
            case DefineAcquirerDecoder.TEMPLATE_ID -> DefineAcquirerDecoder.acquirerIdEncodingOffset();
            case DefineAmountLimitDecoder.TEMPLATE_ID -> DefineAmountLimitDecoder.acquirerIdEncodingOffset();
            case DefineIssuerDecoder.TEMPLATE_ID -> DefineIssuerDecoder.issuerIdEncodingOffset();
            case DefineLinkDecoder.TEMPLATE_ID -> DefineLinkDecoder.linkIdEncodingOffset();
            case DefineBinRangeDecoder.TEMPLATE_ID -> DefineBinRangeDecoder.lowEncodingOffset();
            case DefineOperatorDecoder.TEMPLATE_ID -> DefineOperatorDecoder.operatorIdEncodingOffset();
            case DefineLedgerDecoder.TEMPLATE_ID -> DefineLedgerDecoder.maximumAccountsEncodingOffset();
            case DefineParticipantDecoder.TEMPLATE_ID -> DefineParticipantDecoder.participantIdEncodingOffset();
            case DefineFeeDecoder.TEMPLATE_ID -> DefineFeeDecoder.acquirerIdEncodingOffset();
            default -> NONE;
        };
    }

    /** Bytes of the key: the block length of the command that removes the definition. */
    public static int length(final int defineTemplateId) {
        return CommandTemplates.configurationBlockLength(removalOf(defineTemplateId));
    }

    /** The template that removes what another one defines; {@link #NONE} when that is not a definition's. */
    public static int removalOf(final int defineTemplateId) {
        return switch (defineTemplateId) {
            case DefineCurrencyDecoder.TEMPLATE_ID -> RemoveCurrencyDecoder.TEMPLATE_ID;
            case DefineAcquirerDecoder.TEMPLATE_ID -> RemoveAcquirerDecoder.TEMPLATE_ID;
            case DefineAmountLimitDecoder.TEMPLATE_ID -> RemoveAmountLimitDecoder.TEMPLATE_ID;
            case DefineIssuerDecoder.TEMPLATE_ID -> RemoveIssuerDecoder.TEMPLATE_ID;
            case DefineLinkDecoder.TEMPLATE_ID -> RemoveLinkDecoder.TEMPLATE_ID;
            case DefineBinRangeDecoder.TEMPLATE_ID -> RemoveBinRangeDecoder.TEMPLATE_ID;
            case DefineOperatorDecoder.TEMPLATE_ID -> RemoveOperatorDecoder.TEMPLATE_ID;
            case DefineLedgerDecoder.TEMPLATE_ID -> RemoveLedgerDecoder.TEMPLATE_ID;
            case DefineParticipantDecoder.TEMPLATE_ID -> RemoveParticipantDecoder.TEMPLATE_ID;
            case DefineFeeDecoder.TEMPLATE_ID -> RemoveFeeDecoder.TEMPLATE_ID;
            default -> NONE;
        };
    }

    /** The template that defines what another one removes; {@link #NONE} when that is not a removal's. */
    public static int definitionOf(final int removeTemplateId) {
        return switch (removeTemplateId) {
            case RemoveCurrencyDecoder.TEMPLATE_ID -> DefineCurrencyDecoder.TEMPLATE_ID;
            case RemoveAcquirerDecoder.TEMPLATE_ID -> DefineAcquirerDecoder.TEMPLATE_ID;
            case RemoveAmountLimitDecoder.TEMPLATE_ID -> DefineAmountLimitDecoder.TEMPLATE_ID;
            case RemoveIssuerDecoder.TEMPLATE_ID -> DefineIssuerDecoder.TEMPLATE_ID;
            case RemoveLinkDecoder.TEMPLATE_ID -> DefineLinkDecoder.TEMPLATE_ID;
            case RemoveBinRangeDecoder.TEMPLATE_ID -> DefineBinRangeDecoder.TEMPLATE_ID;
            case RemoveOperatorDecoder.TEMPLATE_ID -> DefineOperatorDecoder.TEMPLATE_ID;
            case RemoveLedgerDecoder.TEMPLATE_ID -> DefineLedgerDecoder.TEMPLATE_ID;
            case RemoveParticipantDecoder.TEMPLATE_ID -> DefineParticipantDecoder.TEMPLATE_ID;
            case RemoveFeeDecoder.TEMPLATE_ID -> DefineFeeDecoder.TEMPLATE_ID;
            default -> NONE;
        };
    }

    static boolean isDefinitionOrRemoval(final int templateId) {
        return offset(templateId) != NONE || definitionOf(templateId) != NONE;
    }
}
