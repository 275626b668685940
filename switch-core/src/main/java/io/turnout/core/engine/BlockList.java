package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BlockKind;
import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.RequestPaymentDecoder;
import io.turnout.codecs.sbe.engine.SnapshotBlockedDecoder;
import io.turnout.codecs.sbe.engine.SnapshotBlockedEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Cards, merchants and terminals whose payments are declined. Each is kept as the block of {@code SnapshotBlocked}, and
 * found by all of it but the event sequence. An empty list costs a payment three comparisons.
 */
final class BlockList {
    private static final int RECORD_LENGTH = SnapshotBlockedEncoder.BLOCK_LENGTH;
    private static final int KEY_OFFSET = SnapshotBlockedEncoder.panTokenEncodingOffset();
    private static final int KEY_LENGTH = RECORD_LENGTH - KEY_OFFSET;
    private static final int NONE = SlotIndex.NONE;
    private static final byte BLANK = ' ';

    private final UnsafeBuffer records;
    private final SlotIndex index;
    private final int[] free;
    private final int[] counts = new int[BlockKind.TERMINAL.value() + 1];
    private final UnsafeBuffer card = probe(BlockKind.CARD);
    private final UnsafeBuffer merchant = probe(BlockKind.MERCHANT);
    private final UnsafeBuffer terminal = probe(BlockKind.TERMINAL);
    private int freeCount;
    private int used;

    BlockList(final int capacity) {
        this.records = new UnsafeBuffer(new byte[capacity * RECORD_LENGTH]);
        this.index = new SlotIndex(capacity);
        this.free = new int[capacity];
    }

    static long bytes(final int capacity) {
        return SlotIndex.bytes(capacity) + (long) capacity * (RECORD_LENGTH + Integer.BYTES);
    }

    int count() {
        return index.size();
    }

    int capacity() {
        return free.length;
    }

    /** Why a payment must be declined, or NONE. */
    DeclineReason check(final RequestPaymentDecoder request) {
        if (count(BlockKind.CARD) > 0
                && contains(card(request.panToken().high(), request.panToken().low()))) {
            return DeclineReason.CARD_BLOCKED;
        }
        final DirectBuffer buffer = request.buffer();
        final int merchantAt = request.offset() + RequestPaymentDecoder.merchantIdEncodingOffset();
        if (count(BlockKind.MERCHANT) > 0 && contains(merchant(request.acquirerId(), buffer, merchantAt))) {
            return DeclineReason.MERCHANT_BLOCKED;
        }
        final int terminalAt = request.offset() + RequestPaymentDecoder.terminalIdEncodingOffset();
        if (count(BlockKind.TERMINAL) > 0 && contains(terminal(request.acquirerId(), buffer, merchantAt, terminalAt))) {
            return DeclineReason.TERMINAL_BLOCKED;
        }
        return DeclineReason.NONE;
    }

    /** The key of a card, valid until the next key of a card. */
    UnsafeBuffer card(final long tokenHigh, final long tokenLow) {
        card.putLong(KEY_OFFSET, tokenHigh, SnapshotBlockedEncoder.BYTE_ORDER);
        card.putLong(KEY_OFFSET + Long.BYTES, tokenLow, SnapshotBlockedEncoder.BYTE_ORDER);
        return card;
    }

    /** The key of a merchant, valid until the next key of a merchant. */
    UnsafeBuffer merchant(final long acquirerId, final DirectBuffer source, final int merchantAt) {
        putMerchant(merchant, acquirerId, source, merchantAt);
        return merchant;
    }

    /** The key of a terminal, valid until the next key of a terminal. */
    UnsafeBuffer terminal(
            final long acquirerId, final DirectBuffer source, final int merchantAt, final int terminalAt) {
        putMerchant(terminal, acquirerId, source, merchantAt);
        terminal.putBytes(
                SnapshotBlockedEncoder.terminalIdEncodingOffset(),
                source,
                terminalAt,
                SnapshotBlockedEncoder.terminalIdEncodingLength());
        return terminal;
    }

    boolean contains(final UnsafeBuffer key) {
        return find(key) != NONE;
    }

    /** Adds what is not in the list; there must be room. */
    void add(final UnsafeBuffer key, final long eventSequence) {
        final int slot = freeCount == 0 ? used++ : free[--freeCount];
        final int at = slot * RECORD_LENGTH;
        records.putBytes(at, key, 0, RECORD_LENGTH);
        records.putLong(at, eventSequence, SnapshotBlockedEncoder.BYTE_ORDER);
        index.add(hash(key), slot);
        counts[kind(key)]++;
    }

    /** Takes out what is in the list. */
    void remove(final UnsafeBuffer key) {
        final int slot = find(key);
        index.remove(hash(key), slot);
        counts[kind(key)]--;
        records.setMemory(slot * RECORD_LENGTH, RECORD_LENGTH, (byte) 0);
        free[freeCount++] = slot;
    }

    /** Adds a record of a snapshot, in any order. Answers false when it is of no known kind or there twice. */
    boolean restore(final DirectBuffer buffer, final int block) {
        final int kind = buffer.getByte(block + SnapshotBlockedDecoder.kindEncodingOffset());
        final UnsafeBuffer key =
                switch (BlockKind.get((short) kind)) {
                    case CARD -> card;
                    case MERCHANT -> merchant;
                    default -> terminal;
                };
        key.putBytes(0, buffer, block, RECORD_LENGTH);
        final boolean isNew = !contains(key);
        if (isNew) {
            add(key, buffer.getLong(block, SnapshotBlockedDecoder.BYTE_ORDER));
        }
        return isNew;
    }

    /** The records in the order in which they came. Allocates: for snapshots and hashes only. */
    SlotOrder inOrder() {
        final SlotOrder order = new SlotOrder(count());
        for (int slot = 0; slot < used; slot++) {
            if (records.getByte(slot * RECORD_LENGTH + SnapshotBlockedEncoder.kindEncodingOffset()) != 0) {
                order.add(records.getLong(slot * RECORD_LENGTH, SnapshotBlockedEncoder.BYTE_ORDER), slot);
            }
        }
        order.sort();
        return order;
    }

    void copy(final int slot, final UnsafeBuffer destination, final int offset) {
        destination.putBytes(offset, records, slot * RECORD_LENGTH, RECORD_LENGTH);
    }

    private int count(final BlockKind kind) {
        return counts[kind.value()];
    }

    private int find(final UnsafeBuffer key) {
        final int hash = hash(key);
        for (int position = index.first(hash); position != NONE; position = index.next(position, hash)) {
            final int slot = index.slotAt(position);
            if (isSame(key, slot * RECORD_LENGTH + KEY_OFFSET)) {
                return slot;
            }
        }
        return NONE;
    }

    private boolean isSame(final UnsafeBuffer key, final int at) {
        for (int i = 0; i < KEY_LENGTH; i++) {
            if (key.getByte(KEY_OFFSET + i) != records.getByte(at + i)) {
                return false;
            }
        }
        return true;
    }

    private static int hash(final UnsafeBuffer key) {
        long hash = 0;
        int at = KEY_OFFSET;
        for (; at + Long.BYTES <= RECORD_LENGTH; at += Long.BYTES) {
            hash = Hash.fold(hash, key.getLong(at, SnapshotBlockedEncoder.BYTE_ORDER));
        }
        for (; at < RECORD_LENGTH; at++) {
            hash = Hash.fold(hash, key.getByte(at));
        }
        return (int) hash;
    }

    private static int kind(final UnsafeBuffer key) {
        return key.getByte(SnapshotBlockedEncoder.kindEncodingOffset());
    }

    private static void putMerchant(
            final UnsafeBuffer key, final long acquirerId, final DirectBuffer source, final int merchantAt) {
        key.putInt(
                SnapshotBlockedEncoder.acquirerIdEncodingOffset(), (int) acquirerId, SnapshotBlockedEncoder.BYTE_ORDER);
        key.putBytes(
                SnapshotBlockedEncoder.merchantIdEncodingOffset(),
                source,
                merchantAt,
                SnapshotBlockedEncoder.merchantIdEncodingLength());
    }

    private static UnsafeBuffer probe(final BlockKind kind) {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[RECORD_LENGTH]);
        key.putByte(SnapshotBlockedEncoder.kindEncodingOffset(), (byte) kind.value());
        final int texts = SnapshotBlockedEncoder.merchantIdEncodingOffset();
        key.setMemory(texts, RECORD_LENGTH - texts, BLANK);
        return key;
    }
}
