package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.ActivateConfigurationDecoder;
import io.turnout.codecs.sbe.engine.BeginConfigurationDecoder;
import io.turnout.codecs.sbe.engine.BlockCardDecoder;
import io.turnout.codecs.sbe.engine.BlockMerchantDecoder;
import io.turnout.codecs.sbe.engine.BlockTerminalDecoder;
import io.turnout.codecs.sbe.engine.ChangeAccountDecoder;
import io.turnout.codecs.sbe.engine.CutOverDecoder;
import io.turnout.codecs.sbe.engine.OpenAccountDecoder;
import io.turnout.codecs.sbe.engine.RequeueReversalDecoder;
import io.turnout.codecs.sbe.engine.ResolveManualReviewDecoder;
import io.turnout.codecs.sbe.engine.SetLinkServiceDecoder;
import io.turnout.codecs.sbe.engine.SubmitTransfersDecoder;
import io.turnout.codecs.sbe.engine.UnblockCardDecoder;
import io.turnout.codecs.sbe.engine.UnblockMerchantDecoder;
import io.turnout.codecs.sbe.engine.UnblockTerminalDecoder;

/** Which commands an operator may send, and which of them need a second operator under change control DUAL. */
public final class OperatorCommands {

    /** What an operator's command does. */
    public enum Kind {
        /** It is not an operator's. */
        NONE,
        /** It does no harm, or prevents some: one operator is enough. */
        ROUTINE,
        /** It prepares a configuration, which changes nothing before its activation: one operator is enough. */
        STAGING,
        /** It moves money, or what decides about money: two operators under change control DUAL. */
        DANGEROUS
    }

    private OperatorCommands() {}

    /** The kind of a command by its template id. */
    public static Kind kindOf(final int templateId) {
        return switch (templateId) {
            // The issuer is only told again what it was told before.
            case RequeueReversalDecoder.TEMPLATE_ID -> Kind.ROUTINE;
            // To stop fraud must not wait for anybody; to let it in again may.
            case BlockCardDecoder.TEMPLATE_ID, BlockMerchantDecoder.TEMPLATE_ID, BlockTerminalDecoder.TEMPLATE_ID ->
                Kind.ROUTINE;
            case UnblockCardDecoder.TEMPLATE_ID,
                    UnblockMerchantDecoder.TEMPLATE_ID,
                    UnblockTerminalDecoder.TEMPLATE_ID -> Kind.DANGEROUS;
            case OpenAccountDecoder.TEMPLATE_ID, ChangeAccountDecoder.TEMPLATE_ID, SubmitTransfersDecoder.TEMPLATE_ID ->
                Kind.DANGEROUS;
            // The clock of the business: the same every day, and it never goes back.
            case CutOverDecoder.TEMPLATE_ID -> Kind.ROUTINE;
            // Payments go round a link that is out of service, and none is lost: maintenance must not wait.
            case SetLinkServiceDecoder.TEMPLATE_ID -> Kind.ROUTINE;
            case ActivateConfigurationDecoder.TEMPLATE_ID, ResolveManualReviewDecoder.TEMPLATE_ID -> Kind.DANGEROUS;
            case BeginConfigurationDecoder.TEMPLATE_ID -> Kind.STAGING;
            default -> DefinitionKeys.isDefinitionOrRemoval(templateId) ? Kind.STAGING : Kind.NONE;
        };
    }
}
