package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BlockCardDecoder;
import io.turnout.codecs.sbe.engine.BlockMerchantDecoder;
import io.turnout.codecs.sbe.engine.BlockTerminalDecoder;
import io.turnout.codecs.sbe.engine.ChangeAccountDecoder;
import io.turnout.codecs.sbe.engine.CutOverDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.OpenAccountDecoder;
import io.turnout.codecs.sbe.engine.RequeueReversalDecoder;
import io.turnout.codecs.sbe.engine.ResolveManualReviewDecoder;
import io.turnout.codecs.sbe.engine.SetLinkServiceDecoder;
import io.turnout.codecs.sbe.engine.SubmitOperationDecoder;
import io.turnout.codecs.sbe.engine.SubmitTransfersDecoder;
import io.turnout.codecs.sbe.engine.UnblockCardDecoder;
import io.turnout.codecs.sbe.engine.UnblockMerchantDecoder;
import io.turnout.codecs.sbe.engine.UnblockTerminalDecoder;
import io.turnout.core.engine.OperatorCommands.Kind;
import org.agrona.DirectBuffer;

/**
 * Decodes the commands of operators, nested in an operation or by themselves, and hands each to the part of the engine
 * that knows what to do.
 */
final class OperatorAdapter {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RequeueReversalDecoder requeueReversal = new RequeueReversalDecoder();
    private final ResolveManualReviewDecoder resolveManualReview = new ResolveManualReviewDecoder();
    private final BlockCardDecoder blockCard = new BlockCardDecoder();
    private final UnblockCardDecoder unblockCard = new UnblockCardDecoder();
    private final BlockMerchantDecoder blockMerchant = new BlockMerchantDecoder();
    private final UnblockMerchantDecoder unblockMerchant = new UnblockMerchantDecoder();
    private final BlockTerminalDecoder blockTerminal = new BlockTerminalDecoder();
    private final UnblockTerminalDecoder unblockTerminal = new UnblockTerminalDecoder();
    private final OpenAccountDecoder openAccount = new OpenAccountDecoder();
    private final ChangeAccountDecoder changeAccount = new ChangeAccountDecoder();
    private final SubmitTransfersDecoder submitTransfers = new SubmitTransfersDecoder();
    private final CutOverDecoder cutOver = new CutOverDecoder();
    private final SetLinkServiceDecoder setLinkService = new SetLinkServiceDecoder();
    private final ManualReview manualReview;
    private final BlockFlow blocks;
    private final LinkServiceFlow linkService;
    private final LedgerFlows ledger;
    private final ConfigurationAdapter configuration;

    OperatorAdapter(
            final ManualReview manualReview,
            final BlockFlow blocks,
            final LinkServiceFlow linkService,
            final LedgerFlows ledger,
            final ConfigurationAdapter configuration) {
        this.manualReview = manualReview;
        this.blocks = blocks;
        this.linkService = linkService;
        this.ledger = ledger;
        this.configuration = configuration;
    }

    /** Whether the bytes are exactly one command that an operator may send. */
    boolean isWhole(final DirectBuffer buffer, final int offset, final int length) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH || length > SubmitOperationDecoder.commandLength()) {
            return false;
        }
        header.wrap(buffer, offset);
        return header.schemaId() == MessageHeaderDecoder.SCHEMA_ID
                && OperatorCommands.kindOf(header.templateId()) != Kind.NONE
                && header.blockLength() == CommandTemplates.blockLength(header.templateId(), header.version())
                && length == MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength();
    }

    /** Template id of the command last looked at. */
    int templateId() {
        return header.templateId();
    }

    /**
     * Applies one command.
     *
     * @param offset of the SBE header; the command is known to be whole
     */
    void onCommand(final DirectBuffer buffer, final int offset) {
        header.wrap(buffer, offset);
        final int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        final int length = header.blockLength();
        final int version = header.version();
        switch (header.templateId()) {
            case RequeueReversalDecoder.TEMPLATE_ID ->
                manualReview.onRequeueReversal(requeueReversal.wrap(buffer, block, length, version));
            case ResolveManualReviewDecoder.TEMPLATE_ID ->
                manualReview.onResolveManualReview(resolveManualReview.wrap(buffer, block, length, version));
            case BlockCardDecoder.TEMPLATE_ID -> blocks.onBlockCard(blockCard.wrap(buffer, block, length, version));
            case UnblockCardDecoder.TEMPLATE_ID ->
                blocks.onUnblockCard(unblockCard.wrap(buffer, block, length, version));
            case BlockMerchantDecoder.TEMPLATE_ID ->
                blocks.onBlockMerchant(blockMerchant.wrap(buffer, block, length, version));
            case UnblockMerchantDecoder.TEMPLATE_ID ->
                blocks.onUnblockMerchant(unblockMerchant.wrap(buffer, block, length, version));
            case BlockTerminalDecoder.TEMPLATE_ID ->
                blocks.onBlockTerminal(blockTerminal.wrap(buffer, block, length, version));
            case UnblockTerminalDecoder.TEMPLATE_ID ->
                blocks.onUnblockTerminal(unblockTerminal.wrap(buffer, block, length, version));
            case OpenAccountDecoder.TEMPLATE_ID ->
                ledger.accounts().onOpenAccount(openAccount.wrap(buffer, block, length, version));
            case ChangeAccountDecoder.TEMPLATE_ID ->
                ledger.accounts().onChangeAccount(changeAccount.wrap(buffer, block, length, version));
            case SubmitTransfersDecoder.TEMPLATE_ID ->
                ledger.transfers().onSubmitTransfers(submitTransfers.wrap(buffer, block, length, version));
            case CutOverDecoder.TEMPLATE_ID -> ledger.cutOver().onCutOver(cutOver.wrap(buffer, block, length, version));
            case SetLinkServiceDecoder.TEMPLATE_ID ->
                linkService.onSetLinkService(setLinkService.wrap(buffer, block, length, version));
            default -> configuration.onCommand(header, buffer, block);
        }
    }
}
