package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BlockCardDecoder;
import io.turnout.codecs.sbe.engine.BlockKind;
import io.turnout.codecs.sbe.engine.BlockMerchantDecoder;
import io.turnout.codecs.sbe.engine.BlockTerminalDecoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.CommandProblem;
import io.turnout.codecs.sbe.engine.UnblockCardDecoder;
import io.turnout.codecs.sbe.engine.UnblockMerchantDecoder;
import io.turnout.codecs.sbe.engine.UnblockTerminalDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Operators block cards, merchants and terminals, and let them in again. */
final class BlockFlow {
    private final BlockList blocks;
    private final Configurations configurations;
    private final EventPublisher publisher;
    private final OperationEvents events;
    private final HostEvents hostEvents;

    BlockFlow(final EngineState state, final OperationEvents events, final HostEvents hostEvents) {
        this.blocks = state.blocks();
        this.configurations = state.configurations();
        this.publisher = state.publisher();
        this.events = events;
        this.hostEvents = hostEvents;
    }

    void onBlockCard(final BlockCardDecoder command) {
        final UnsafeBuffer key =
                blocks.card(command.panToken().high(), command.panToken().low());
        block(BlockCardDecoder.TEMPLATE_ID, BlockKind.CARD, key);
    }

    void onUnblockCard(final UnblockCardDecoder command) {
        final UnsafeBuffer key =
                blocks.card(command.panToken().high(), command.panToken().low());
        unblock(UnblockCardDecoder.TEMPLATE_ID, BlockKind.CARD, key);
    }

    void onBlockMerchant(final BlockMerchantDecoder command) {
        final int merchantAt = command.offset() + BlockMerchantDecoder.merchantIdEncodingOffset();
        final UnsafeBuffer key = blocks.merchant(command.acquirerId(), command.buffer(), merchantAt);
        block(BlockMerchantDecoder.TEMPLATE_ID, BlockKind.MERCHANT, key);
    }

    void onUnblockMerchant(final UnblockMerchantDecoder command) {
        final int merchantAt = command.offset() + UnblockMerchantDecoder.merchantIdEncodingOffset();
        final UnsafeBuffer key = blocks.merchant(command.acquirerId(), command.buffer(), merchantAt);
        unblock(UnblockMerchantDecoder.TEMPLATE_ID, BlockKind.MERCHANT, key);
    }

    void onBlockTerminal(final BlockTerminalDecoder command) {
        final int merchantAt = command.offset() + BlockTerminalDecoder.merchantIdEncodingOffset();
        final int terminalAt = command.offset() + BlockTerminalDecoder.terminalIdEncodingOffset();
        final UnsafeBuffer key = blocks.terminal(command.acquirerId(), command.buffer(), merchantAt, terminalAt);
        block(BlockTerminalDecoder.TEMPLATE_ID, BlockKind.TERMINAL, key);
    }

    void onUnblockTerminal(final UnblockTerminalDecoder command) {
        final int merchantAt = command.offset() + UnblockTerminalDecoder.merchantIdEncodingOffset();
        final int terminalAt = command.offset() + UnblockTerminalDecoder.terminalIdEncodingOffset();
        final UnsafeBuffer key = blocks.terminal(command.acquirerId(), command.buffer(), merchantAt, terminalAt);
        unblock(UnblockTerminalDecoder.TEMPLATE_ID, BlockKind.TERMINAL, key);
    }

    private void block(final int templateId, final BlockKind kind, final UnsafeBuffer key) {
        if (blocks.contains(key)) {
            hostEvents.commandIgnored(templateId, 0, CommandProblem.ALREADY_BLOCKED);
        } else if (blocks.count() >= configurations.active().maximumBlocked()) {
            hostEvents.commandIgnored(templateId, 0, CommandProblem.BLOCK_LIST_FULL);
        } else if (blocks.count() == blocks.capacity()) {
            throw new EngineCapacityException("blocked", blocks.capacity());
        } else {
            blocks.add(key, publisher.eventSequence() + 1);
            events.blockListChanged(key, kind, BooleanType.TRUE);
        }
    }

    private void unblock(final int templateId, final BlockKind kind, final UnsafeBuffer key) {
        if (blocks.contains(key)) {
            blocks.remove(key);
            events.blockListChanged(key, kind, BooleanType.FALSE);
        } else {
            hostEvents.commandIgnored(templateId, 0, CommandProblem.NOT_BLOCKED);
        }
    }
}
