package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.ActivateConfigurationDecoder;
import io.turnout.codecs.sbe.engine.BeginConfigurationDecoder;
import io.turnout.codecs.sbe.engine.BlockCardDecoder;
import io.turnout.codecs.sbe.engine.BlockMerchantDecoder;
import io.turnout.codecs.sbe.engine.BlockTerminalDecoder;
import io.turnout.codecs.sbe.engine.ChangeAccountDecoder;
import io.turnout.codecs.sbe.engine.ClockTickDecoder;
import io.turnout.codecs.sbe.engine.CutOverDecoder;
import io.turnout.codecs.sbe.engine.DecideOperationDecoder;
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
import io.turnout.codecs.sbe.engine.HostStartedDecoder;
import io.turnout.codecs.sbe.engine.IssuerAdviceResponseDecoder;
import io.turnout.codecs.sbe.engine.IssuerReconciliationDecoder;
import io.turnout.codecs.sbe.engine.IssuerReconciliationResponseDecoder;
import io.turnout.codecs.sbe.engine.IssuerRequestNotSentDecoder;
import io.turnout.codecs.sbe.engine.IssuerResponseDecoder;
import io.turnout.codecs.sbe.engine.IssuerReversalResponseDecoder;
import io.turnout.codecs.sbe.engine.LinkStateChangedDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.OpenAccountDecoder;
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
import io.turnout.codecs.sbe.engine.RequestFollowUpDecoder;
import io.turnout.codecs.sbe.engine.RequestPaymentDecoder;
import io.turnout.codecs.sbe.engine.RequestPaymentStatusDecoder;
import io.turnout.codecs.sbe.engine.RequestReversalDecoder;
import io.turnout.codecs.sbe.engine.RequeueReversalDecoder;
import io.turnout.codecs.sbe.engine.ResolveManualReviewDecoder;
import io.turnout.codecs.sbe.engine.SetLinkServiceDecoder;
import io.turnout.codecs.sbe.engine.SubmitOperationDecoder;
import io.turnout.codecs.sbe.engine.SubmitTransfersDecoder;
import io.turnout.codecs.sbe.engine.UnblockCardDecoder;
import io.turnout.codecs.sbe.engine.UnblockMerchantDecoder;
import io.turnout.codecs.sbe.engine.UnblockTerminalDecoder;

/** The block length of each command in each schema version, and the versions there are. */
final class CommandTemplates {
    static final int VERSION = MessageHeaderDecoder.SCHEMA_VERSION;
    static final int UNKNOWN = -1;

    private CommandTemplates() {}

    /**
     * Bytes of a command's block as that version writes it, or {@link #UNKNOWN} when that version has no such command.
     */
    static int blockLength(final int templateId, final int version) {
        return switch (version) {
            case 0 -> blockLengthOfVersion0(templateId);
            case 1 -> blockLengthOfVersion1(templateId);
            case VERSION -> blockLength(templateId);
            default -> UNKNOWN;
        };
    }

    /** Whether a command is one of those that bring a configuration. */
    static boolean isConfiguration(final int templateId) {
        return configurationBlockLength(templateId) != UNKNOWN;
    }

    /** Commands and fields that version 2 brought are not there. */
    private static int blockLengthOfVersion1(final int templateId) {
        return switch (templateId) {
            case IssuerReconciliationDecoder.TEMPLATE_ID, IssuerReconciliationResponseDecoder.TEMPLATE_ID -> UNKNOWN;
            case RequestReversalDecoder.TEMPLATE_ID -> RequestReversalDecoder.binEncodingOffset();
            case RequestFollowUpDecoder.TEMPLATE_ID -> RequestFollowUpDecoder.binEncodingOffset();
            case DefineIssuerDecoder.TEMPLATE_ID -> DefineIssuerDecoder.breakerEncodingOffset();
            case DefineLinkDecoder.TEMPLATE_ID -> DefineLinkDecoder.maximumRateEncodingOffset();
            case DefineLedgerDecoder.TEMPLATE_ID -> DefineLedgerDecoder.capWarningMarginPercentEncodingOffset();
            case RequestPaymentDecoder.TEMPLATE_ID -> RequestPaymentDecoder.sourceAccountIdEncodingOffset();
            case IssuerResponseDecoder.TEMPLATE_ID -> IssuerResponseDecoder.terminalIdEncodingOffset();
            case IssuerReversalResponseDecoder.TEMPLATE_ID ->
                IssuerReversalResponseDecoder.retrievalReferenceEncodingOffset();
            case IssuerAdviceResponseDecoder.TEMPLATE_ID ->
                IssuerAdviceResponseDecoder.retrievalReferenceEncodingOffset();
            case SetLinkServiceDecoder.TEMPLATE_ID -> UNKNOWN;
            default -> blockLength(templateId);
        };
    }

    private static int blockLengthOfVersion0(final int templateId) {
        return switch (templateId) {
            case RequestPaymentDecoder.TEMPLATE_ID -> RequestPaymentDecoder.destinationAccountIdEncodingOffset();
            case RequestReversalDecoder.TEMPLATE_ID -> RequestReversalDecoder.replacementAmountMinorEncodingOffset();
            case IssuerResponseDecoder.TEMPLATE_ID -> IssuerResponseDecoder.balanceMinorEncodingOffset();
            case BeginConfigurationDecoder.TEMPLATE_ID ->
                BeginConfigurationDecoder.originalsRetentionNsEncodingOffset();
            case DefineAcquirerDecoder.TEMPLATE_ID -> DefineAcquirerDecoder.transactionTypesEncodingOffset();
            case DefineIssuerDecoder.TEMPLATE_ID -> DefineIssuerDecoder.preAuthorisationValidityNsEncodingOffset();
            case RequestFollowUpDecoder.TEMPLATE_ID,
                    IssuerAdviceResponseDecoder.TEMPLATE_ID,
                    ResolveManualReviewDecoder.TEMPLATE_ID -> UNKNOWN;
            default -> isOperation(templateId) ? UNKNOWN : blockLengthOfVersion1(templateId);
        };
    }

    /** The commands of operators that version 1 brought. */
    private static boolean isOperation(final int templateId) {
        return operationBlockLength(templateId) != UNKNOWN
                || DefinitionKeys.definitionOf(templateId) != DefinitionKeys.NONE
                || templateId == DefineOperatorDecoder.TEMPLATE_ID
                || templateId == DefineLedgerDecoder.TEMPLATE_ID
                || templateId == DefineParticipantDecoder.TEMPLATE_ID
                || templateId == DefineFeeDecoder.TEMPLATE_ID;
    }

    private static int blockLength(final int templateId) {
        return switch (templateId) {
            case RequestPaymentDecoder.TEMPLATE_ID -> RequestPaymentDecoder.BLOCK_LENGTH;
            case RequestReversalDecoder.TEMPLATE_ID -> RequestReversalDecoder.BLOCK_LENGTH;
            case RequestPaymentStatusDecoder.TEMPLATE_ID -> RequestPaymentStatusDecoder.BLOCK_LENGTH;
            case IssuerResponseDecoder.TEMPLATE_ID -> IssuerResponseDecoder.BLOCK_LENGTH;
            case IssuerReversalResponseDecoder.TEMPLATE_ID -> IssuerReversalResponseDecoder.BLOCK_LENGTH;
            case IssuerRequestNotSentDecoder.TEMPLATE_ID -> IssuerRequestNotSentDecoder.BLOCK_LENGTH;
            case LinkStateChangedDecoder.TEMPLATE_ID -> LinkStateChangedDecoder.BLOCK_LENGTH;
            case ClockTickDecoder.TEMPLATE_ID -> ClockTickDecoder.BLOCK_LENGTH;
            case HostStartedDecoder.TEMPLATE_ID -> HostStartedDecoder.BLOCK_LENGTH;
            case RequeueReversalDecoder.TEMPLATE_ID -> RequeueReversalDecoder.BLOCK_LENGTH;
            case RequestFollowUpDecoder.TEMPLATE_ID -> RequestFollowUpDecoder.BLOCK_LENGTH;
            case IssuerAdviceResponseDecoder.TEMPLATE_ID -> IssuerAdviceResponseDecoder.BLOCK_LENGTH;
            case ResolveManualReviewDecoder.TEMPLATE_ID -> ResolveManualReviewDecoder.BLOCK_LENGTH;
            case IssuerReconciliationDecoder.TEMPLATE_ID -> IssuerReconciliationDecoder.BLOCK_LENGTH;
            case IssuerReconciliationResponseDecoder.TEMPLATE_ID -> IssuerReconciliationResponseDecoder.BLOCK_LENGTH;
            default -> Math.max(configurationBlockLength(templateId), operationBlockLength(templateId));
        };
    }

    private static int operationBlockLength(final int templateId) {
        return switch (templateId) {
            case SubmitOperationDecoder.TEMPLATE_ID -> SubmitOperationDecoder.BLOCK_LENGTH;
            case DecideOperationDecoder.TEMPLATE_ID -> DecideOperationDecoder.BLOCK_LENGTH;
            case BlockCardDecoder.TEMPLATE_ID -> BlockCardDecoder.BLOCK_LENGTH;
            case UnblockCardDecoder.TEMPLATE_ID -> UnblockCardDecoder.BLOCK_LENGTH;
            case BlockMerchantDecoder.TEMPLATE_ID -> BlockMerchantDecoder.BLOCK_LENGTH;
            case UnblockMerchantDecoder.TEMPLATE_ID -> UnblockMerchantDecoder.BLOCK_LENGTH;
            case BlockTerminalDecoder.TEMPLATE_ID -> BlockTerminalDecoder.BLOCK_LENGTH;
            case UnblockTerminalDecoder.TEMPLATE_ID -> UnblockTerminalDecoder.BLOCK_LENGTH;
            case OpenAccountDecoder.TEMPLATE_ID -> OpenAccountDecoder.BLOCK_LENGTH;
            case ChangeAccountDecoder.TEMPLATE_ID -> ChangeAccountDecoder.BLOCK_LENGTH;
            case SubmitTransfersDecoder.TEMPLATE_ID -> SubmitTransfersDecoder.BLOCK_LENGTH;
            case CutOverDecoder.TEMPLATE_ID -> CutOverDecoder.BLOCK_LENGTH;
            case SetLinkServiceDecoder.TEMPLATE_ID -> SetLinkServiceDecoder.BLOCK_LENGTH;
            default -> UNKNOWN;
        };
    }

    static int configurationBlockLength(final int templateId) {
        return switch (templateId) {
            case BeginConfigurationDecoder.TEMPLATE_ID -> BeginConfigurationDecoder.BLOCK_LENGTH;
            case DefineCurrencyDecoder.TEMPLATE_ID -> DefineCurrencyDecoder.BLOCK_LENGTH;
            case DefineAcquirerDecoder.TEMPLATE_ID -> DefineAcquirerDecoder.BLOCK_LENGTH;
            case DefineAmountLimitDecoder.TEMPLATE_ID -> DefineAmountLimitDecoder.BLOCK_LENGTH;
            case DefineIssuerDecoder.TEMPLATE_ID -> DefineIssuerDecoder.BLOCK_LENGTH;
            case DefineLinkDecoder.TEMPLATE_ID -> DefineLinkDecoder.BLOCK_LENGTH;
            case DefineBinRangeDecoder.TEMPLATE_ID -> DefineBinRangeDecoder.BLOCK_LENGTH;
            case ActivateConfigurationDecoder.TEMPLATE_ID -> ActivateConfigurationDecoder.BLOCK_LENGTH;
            case DefineOperatorDecoder.TEMPLATE_ID -> DefineOperatorDecoder.BLOCK_LENGTH;
            case DefineLedgerDecoder.TEMPLATE_ID -> DefineLedgerDecoder.BLOCK_LENGTH;
            case DefineParticipantDecoder.TEMPLATE_ID -> DefineParticipantDecoder.BLOCK_LENGTH;
            case DefineFeeDecoder.TEMPLATE_ID -> DefineFeeDecoder.BLOCK_LENGTH;
            default -> removalBlockLength(templateId);
        };
    }

    private static int removalBlockLength(final int templateId) {
        return switch (templateId) {
            case RemoveCurrencyDecoder.TEMPLATE_ID -> RemoveCurrencyDecoder.BLOCK_LENGTH;
            case RemoveAcquirerDecoder.TEMPLATE_ID -> RemoveAcquirerDecoder.BLOCK_LENGTH;
            case RemoveAmountLimitDecoder.TEMPLATE_ID -> RemoveAmountLimitDecoder.BLOCK_LENGTH;
            case RemoveIssuerDecoder.TEMPLATE_ID -> RemoveIssuerDecoder.BLOCK_LENGTH;
            case RemoveLinkDecoder.TEMPLATE_ID -> RemoveLinkDecoder.BLOCK_LENGTH;
            case RemoveBinRangeDecoder.TEMPLATE_ID -> RemoveBinRangeDecoder.BLOCK_LENGTH;
            case RemoveOperatorDecoder.TEMPLATE_ID -> RemoveOperatorDecoder.BLOCK_LENGTH;
            case RemoveLedgerDecoder.TEMPLATE_ID -> RemoveLedgerDecoder.BLOCK_LENGTH;
            case RemoveParticipantDecoder.TEMPLATE_ID -> RemoveParticipantDecoder.BLOCK_LENGTH;
            case RemoveFeeDecoder.TEMPLATE_ID -> RemoveFeeDecoder.BLOCK_LENGTH;
            default -> UNKNOWN;
        };
    }
}
