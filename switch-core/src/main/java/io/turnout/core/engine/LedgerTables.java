package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.AccountKind;

/** Everything the ledger remembers. */
final class LedgerTables {
    private final BusinessDates dates = new BusinessDates();
    private final AccountTable accounts;
    private final Positions positions;
    private final CapWatch caps;
    private final Ledger ledger;
    private final TransferTable transfers;
    private final SubmissionTable submissions;
    private int operatorAccounts;

    LedgerTables(final LedgerCapacity capacity) {
        this.accounts = new AccountTable(capacity.accounts());
        this.positions = new Positions(accounts, dates, capacity.accounts());
        this.caps = new CapWatch(accounts);
        this.ledger = new Ledger(accounts, dates, caps);
        this.transfers = new TransferTable(capacity.transfers());
        this.submissions = new SubmissionTable(capacity.submissions());
    }

    AccountTable accounts() {
        return accounts;
    }

    Positions positions() {
        return positions;
    }

    /** Tells how far caps are used. */
    CapWatch caps() {
        return caps;
    }

    Ledger ledger() {
        return ledger;
    }

    TransferTable transfers() {
        return transfers;
    }

    SubmissionTable submissions() {
        return submissions;
    }

    BusinessDates dates() {
        return dates;
    }

    /** Accounts that were opened by command; the others the engine opened itself. */
    int operatorAccounts() {
        return operatorAccounts;
    }

    /** Counts one more account opened by command. */
    void countOperatorAccount() {
        operatorAccounts++;
    }

    /** The account that takes fees in a currency, opened when it is new. */
    int feeAccount(final int currency) {
        return engineAccount(EngineAccounts.fee(currency), AccountKind.FEE, currency, 0);
    }

    /** The outside world in a currency, opened when it is new. */
    int settlementAccount(final int currency) {
        return engineAccount(EngineAccounts.settlement(currency), AccountKind.SETTLEMENT, currency, 0);
    }

    /** A participant's total in a currency, opened when it is new; its cap is set anew. */
    int total(final int participant, final int currency, final long netDebitCapMinor) {
        final int number =
                engineAccount(EngineAccounts.total(participant, currency), AccountKind.TOTAL, currency, participant);
        accounts.limits(number, netDebitCapMinor, Ledger.NO_LIMIT);
        caps.touch(number);
        return number;
    }

    private int engineAccount(final long id, final AccountKind kind, final int currency, final int participant) {
        final int known = accounts.find(id);
        if (known != AccountTable.NONE) {
            return known;
        }
        final int number = accounts.open(id, kind, currency, participant);
        if (kind == AccountKind.TOTAL) {
            caps.add(number, 0);
        }
        accounts.limits(number, Ledger.NO_LIMIT, Ledger.NO_LIMIT);
        return number;
    }
}
