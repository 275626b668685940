package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.codecs.sbe.engine.AccountStatus;
import io.turnout.codecs.sbe.engine.SnapshotAccountDecoder;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * All accounts, known by number, and found by id or by what stands for them: the card of a wallet, the merchant of a
 * payable. Knows nothing of debits and credits but where they lie.
 *
 * <pre>
 *   record, 64 bytes = 1 cache line, the first fields of SnapshotAccount
 *   +-----------+----------+----------+----------+----------+--------+---------+-------+----------+------+--------+
 *   | accountId | debits   | debits   | credits  | credits  | debit  | maximum | owner | currency | kind | status |
 *   |           | pending  | posted   | pending  | posted   | limit  | balance |       |          |      |        |
 *   | int64     | int64    | int64    | int64    | int64    | int64  | int64   | int32 | int16    | int8 | int8   |
 *   +-----------+----------+----------+----------+----------+--------+---------+-------+----------+------+--------+
 * </pre>
 *
 * What a booking does not need, the alias, the total it belongs to and the business date, lies apart.
 */
final class AccountTable {
    static final int NONE = NumberPool.NONE;
    static final int RECORD_LENGTH = SnapshotAccountDecoder.aliasEncodingOffset();

    private static final ByteOrder BYTE_ORDER = SnapshotAccountDecoder.BYTE_ORDER;
    private static final int ACCOUNT_ID = SnapshotAccountDecoder.accountIdEncodingOffset();
    private static final int DEBITS_PENDING = SnapshotAccountDecoder.debitsPendingMinorEncodingOffset();
    private static final int DEBITS_POSTED = SnapshotAccountDecoder.debitsPostedMinorEncodingOffset();
    private static final int CREDITS_PENDING = SnapshotAccountDecoder.creditsPendingMinorEncodingOffset();
    private static final int CREDITS_POSTED = SnapshotAccountDecoder.creditsPostedMinorEncodingOffset();
    private static final int DEBIT_LIMIT = SnapshotAccountDecoder.debitLimitMinorEncodingOffset();
    private static final int MAXIMUM_BALANCE = SnapshotAccountDecoder.maximumBalanceMinorEncodingOffset();
    private static final int OWNER = SnapshotAccountDecoder.ownerEncodingOffset();
    private static final int CURRENCY = SnapshotAccountDecoder.currencyEncodingOffset();
    private static final int KIND = SnapshotAccountDecoder.kindEncodingOffset();
    private static final int STATUS = SnapshotAccountDecoder.statusEncodingOffset();
    private static final int CACHE_LINE_LENGTH = 64;
    private static final int CHUNK_SHIFT = 20;
    private static final int CHUNK_RECORDS = 1 << CHUNK_SHIFT;
    private static final int CHUNK_MASK = CHUNK_RECORDS - 1;

    private final UnsafeBuffer[] chunks;
    private final NumberPool numbers;
    private final SlotIndex byId;
    private final SlotIndex byAlias;
    private final long[] aliasHigh;
    private final long[] aliasLow;
    private final int[] total;
    private final int[] businessDate;
    private final int capacity;
    private int last;

    AccountTable(final int capacity) {
        this.capacity = capacity;
        final int records = capacity + 1;
        this.chunks = new UnsafeBuffer[(records + CHUNK_MASK) >>> CHUNK_SHIFT];
        for (int i = 0; i < chunks.length; i++) {
            final int inChunk = Math.min(CHUNK_RECORDS, records - (i << CHUNK_SHIFT));
            chunks[i] = new UnsafeBuffer(BufferUtil.allocateDirectAligned(inChunk * RECORD_LENGTH, CACHE_LINE_LENGTH));
        }
        this.numbers = new NumberPool(capacity);
        this.byId = new SlotIndex(capacity);
        this.byAlias = new SlotIndex(capacity);
        this.aliasHigh = new long[records];
        this.aliasLow = new long[records];
        this.total = new int[records];
        this.businessDate = new int[records];
    }

    static long bytes(final int capacity) {
        return (RECORD_LENGTH + 2L * Long.BYTES + 2L * Integer.BYTES) * capacity
                + 2 * SlotIndex.bytes(capacity)
                + NumberPool.bytes(capacity);
    }

    int capacity() {
        return capacity;
    }

    int count() {
        return numbers.count();
    }

    /** Numbers above this one have never been used. */
    int last() {
        return last;
    }

    boolean isInUse(final int number) {
        return number >= 1 && number <= capacity && !numbers.isFree(number);
    }

    /**
     * Opens an account, all totals 0, with the lowest free number.
     *
     * @throws EngineCapacityException when there is no free number
     */
    int open(final long accountId, final AccountKind kind, final int currency, final int owner) {
        final int number = numbers.take();
        if (number == NONE) {
            throw new EngineCapacityException("accounts", capacity);
        }
        final UnsafeBuffer chunk = chunk(number);
        final int at = at(number);
        chunk.setMemory(at, RECORD_LENGTH, (byte) 0);
        chunk.putLong(at + ACCOUNT_ID, accountId, BYTE_ORDER);
        chunk.putInt(at + OWNER, owner, BYTE_ORDER);
        chunk.putShort(at + CURRENCY, (short) currency, BYTE_ORDER);
        chunk.putByte(at + KIND, (byte) kind.value());
        chunk.putByte(at + STATUS, (byte) AccountStatus.OPEN.value());
        aliasHigh[number] = 0;
        aliasLow[number] = 0;
        total[number] = NONE;
        businessDate[number] = 0;
        enter(number);
        return number;
    }

    /** Takes in a record of a snapshot at its number, which is free. */
    void restore(final SnapshotAccountDecoder record) {
        final int number = record.accountNumber();
        numbers.take(number);
        chunk(number).putBytes(at(number), record.buffer(), record.offset(), RECORD_LENGTH);
        total[number] = record.total();
        businessDate[number] = (int) record.businessDate();
        aliasHigh[number] = 0;
        aliasLow[number] = 0;
        enter(number);
        if (record.alias().high() != 0 || record.alias().low() != 0) {
            alias(number, record.alias().high(), record.alias().low());
        }
    }

    /** Forgets an account that has no alias; its number is free again. */
    void remove(final int number) {
        byId.remove(idHash(accountId(number)), number);
        numbers.release(number);
    }

    /** Makes an account found by what stands for it. */
    void alias(final int number, final long high, final long low) {
        aliasHigh[number] = high;
        aliasLow[number] = low;
        byAlias.add(aliasHash(high, low), number);
    }

    /** Makes an account no longer found by what stood for it. */
    void dropAlias(final int number) {
        if (aliasHigh[number] != 0 || aliasLow[number] != 0) {
            byAlias.remove(aliasHash(aliasHigh[number], aliasLow[number]), number);
            aliasHigh[number] = 0;
            aliasLow[number] = 0;
        }
    }

    int find(final long accountId) {
        final int hash = idHash(accountId);
        for (int i = byId.first(hash); i != SlotIndex.NONE; i = byId.next(i, hash)) {
            final int number = byId.slotAt(i);
            if (accountId(number) == accountId) {
                return number;
            }
        }
        return NONE;
    }

    int findByAlias(final AccountKind kind, final long high, final long low) {
        final int hash = aliasHash(high, low);
        for (int i = byAlias.first(hash); i != SlotIndex.NONE; i = byAlias.next(i, hash)) {
            final int number = byAlias.slotAt(i);
            if (aliasHigh[number] == high && aliasLow[number] == low && kind(number) == kind) {
                return number;
            }
        }
        return NONE;
    }

    /** Copies the block that {@code SnapshotAccount} begins with. */
    void copy(final int number, final MutableDirectBuffer target, final int offset) {
        target.putBytes(offset, chunk(number), at(number), RECORD_LENGTH);
    }

    /** Memory of the record, for tests and copies. */
    DirectBuffer buffer(final int number) {
        return chunk(number);
    }

    long aliasHigh(final int number) {
        return aliasHigh[number];
    }

    long aliasLow(final int number) {
        return aliasLow[number];
    }

    /** The participant's total that an account belongs to, or {@link #NONE}. */
    int total(final int number) {
        return total[number];
    }

    void total(final int number, final int totalNumber) {
        total[number] = totalNumber;
    }

    /** Of a position: CCYYMMDD; else 0. */
    int businessDate(final int number) {
        return businessDate[number];
    }

    void businessDate(final int number, final int date) {
        businessDate[number] = date;
    }

    long accountId(final int number) {
        return getLong(number, ACCOUNT_ID);
    }

    long debitsPendingMinor(final int number) {
        return getLong(number, DEBITS_PENDING);
    }

    void debitsPendingMinor(final int number, final long value) {
        putLong(number, DEBITS_PENDING, value);
    }

    long debitsPostedMinor(final int number) {
        return getLong(number, DEBITS_POSTED);
    }

    void debitsPostedMinor(final int number, final long value) {
        putLong(number, DEBITS_POSTED, value);
    }

    long creditsPendingMinor(final int number) {
        return getLong(number, CREDITS_PENDING);
    }

    void creditsPendingMinor(final int number, final long value) {
        putLong(number, CREDITS_PENDING, value);
    }

    long creditsPostedMinor(final int number) {
        return getLong(number, CREDITS_POSTED);
    }

    void creditsPostedMinor(final int number, final long value) {
        putLong(number, CREDITS_POSTED, value);
    }

    long debitLimitMinor(final int number) {
        return getLong(number, DEBIT_LIMIT);
    }

    long maximumBalanceMinor(final int number) {
        return getLong(number, MAXIMUM_BALANCE);
    }

    void limits(final int number, final long debitLimitMinor, final long maximumBalanceMinor) {
        putLong(number, DEBIT_LIMIT, debitLimitMinor);
        putLong(number, MAXIMUM_BALANCE, maximumBalanceMinor);
    }

    int owner(final int number) {
        return chunk(number).getInt(at(number) + OWNER, BYTE_ORDER);
    }

    int currency(final int number) {
        return chunk(number).getShort(at(number) + CURRENCY, BYTE_ORDER) & 0xFFFF;
    }

    AccountKind kind(final int number) {
        return AccountKind.get(chunk(number).getByte(at(number) + KIND));
    }

    AccountStatus status(final int number) {
        return AccountStatus.get(chunk(number).getByte(at(number) + STATUS));
    }

    void status(final int number, final AccountStatus status) {
        chunk(number).putByte(at(number) + STATUS, (byte) status.value());
    }

    boolean hasPending(final int number) {
        return debitsPendingMinor(number) != 0 || creditsPendingMinor(number) != 0;
    }

    /** Posted credits less posted debits. */
    long balanceMinor(final int number) {
        return creditsPostedMinor(number) - debitsPostedMinor(number);
    }

    private void enter(final int number) {
        byId.add(idHash(accountId(number)), number);
        last = Math.max(last, number);
    }

    private long getLong(final int number, final int field) {
        return chunk(number).getLong(at(number) + field, BYTE_ORDER);
    }

    private void putLong(final int number, final int field, final long value) {
        chunk(number).putLong(at(number) + field, value, BYTE_ORDER);
    }

    private UnsafeBuffer chunk(final int number) {
        return chunks[number >>> CHUNK_SHIFT];
    }

    private static int at(final int number) {
        return (number & CHUNK_MASK) * RECORD_LENGTH;
    }

    private static int idHash(final long accountId) {
        return (int) Hash.mix(accountId);
    }

    private static int aliasHash(final long high, final long low) {
        return (int) Hash.fold(high, low);
    }
}
