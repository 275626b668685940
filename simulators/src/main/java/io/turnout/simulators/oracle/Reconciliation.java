package io.turnout.simulators.oracle;

import io.turnout.simulators.acquirer.AcquirerField;
import io.turnout.simulators.bank.BookField;
import io.turnout.simulators.lines.LineReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the logs of acquirers with the books of banks, payment by payment, joined by retrieval reference. Reads
 * their files only, which may still grow: each {@link #refresh} reads on. For one thread, which need not be that of a
 * simulator.
 */
public final class Reconciliation {

    /** How much is finished. */
    public enum Mode {
        /**
         * The acquirers are done and all reversals have reached the banks: everything is checked. What is unfinished is
         * wrong.
         */
        SETTLED,
        /**
         * Payments are under way: only what can never become right again is wrong. Requests without an outcome, debits
         * still to be reversed, debits without a request and totals are not judged.
         */
        RUNNING
    }

    /** Payments an oracle has room for unless the constructor is told otherwise. */
    public static final int DEFAULT_CAPACITY = 50_000_000;

    /** How far a pre-authorisation may be collected unless the constructor is told otherwise. */
    private static final int DEFAULT_OVER_CAPTURE_PERCENT = 115;

    private static final int DEFAULT_EXAMPLES = 5;

    private final int overCapturePercent;
    private final int examplesPerCheck;
    private final Ledger ledger;
    private final List<LineReader> acquirerLogs = new ArrayList<>();
    private final List<LineReader> bankBooks = new ArrayList<>();
    private final List<WalletBalance> wallets = new ArrayList<>();

    /** An oracle without files. */
    public Reconciliation() {
        this(DEFAULT_CAPACITY, DEFAULT_OVER_CAPTURE_PERCENT, DEFAULT_EXAMPLES);
    }

    /**
     * An oracle without files.
     *
     * @param capacity payments at most
     * @param overCapturePercent how far a pre-authorisation may be collected, in percent of its amount
     * @param examplesPerCheck violations that are described
     */
    public Reconciliation(final int capacity, final int overCapturePercent, final int examplesPerCheck) {
        this.ledger = new Ledger(capacity);
        this.overCapturePercent = overCapturePercent;
        this.examplesPerCheck = examplesPerCheck;
    }

    /** Adds the log of an acquirer; it may appear later. */
    public Reconciliation addAcquirerLog(final Path file) {
        acquirerLogs.add(new LineReader(file, AcquirerField.all()));
        return this;
    }

    /** Adds the books of a bank; they may appear later. */
    public Reconciliation addBankBooks(final Path file) {
        bankBooks.add(new LineReader(file, BookField.all()));
        return this;
    }

    /** Adds what the switch says of a wallet, once all is settled. */
    public Reconciliation addWallet(final WalletBalance wallet) {
        wallets.add(wallet);
        return this;
    }

    /**
     * Reads what was written since the last time. Acquirers first: a bank's record is written before the answer it
     * leads to, so that an approval never appears here without its debit.
     *
     * @return how many records were read
     * @throws io.turnout.simulators.lines.LineFormatException when a file is damaged
     */
    public long refresh() {
        long lines = 0;
        for (final LineReader log : acquirerLogs) {
            lines += log.read(ledger::onAcquirerLine);
        }
        for (final LineReader books : bankBooks) {
            lines += books.read(ledger::onBankLine);
        }
        return lines;
    }

    /**
     * Payments of which a bank has still to hear: a reversal, whole or of a part, or an advice. Refreshes first. When
     * the switch has brought everything to the banks, this is 0.
     */
    public long pendingCount() {
        refresh();
        return countPending();
    }

    /** Refreshes, then checks. */
    public ReconciliationReport check(final Mode mode) {
        refresh();
        return new LedgerChecks(ledger, wallets, mode, overCapturePercent, examplesPerCheck).report(countPending());
    }

    private long countPending() {
        long count = 0;
        for (int payment = 0; payment < ledger.size(); payment++) {
            count += ledger.isPending(payment) ? 1 : 0;
        }
        return count;
    }
}
