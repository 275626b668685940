package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.codecs.sbe.engine.AccountStatus;
import io.turnout.codecs.sbe.engine.ChangeAccountDecoder;
import io.turnout.codecs.sbe.engine.LedgerProblem;
import io.turnout.codecs.sbe.engine.OpenAccountDecoder;
import org.agrona.DirectBuffer;

/** Operators open and change wallets, merchant payables and prefunds. */
final class AccountFlow {
    private final Configurations configurations;
    private final LedgerTables tables;
    private final AccountTable accounts;
    private final LedgerEvents events;

    AccountFlow(final EngineState state, final LedgerEvents events) {
        this.configurations = state.configurations();
        this.tables = state.ledger();
        this.accounts = state.ledger().accounts();
        this.events = events;
    }

    void onOpenAccount(final OpenAccountDecoder command) {
        final LedgerProblem problem = check(command);
        if (problem == LedgerProblem.NONE) {
            events.accountOpened(open(command));
        } else {
            events.accountRefused(command.accountId(), OpenAccountDecoder.TEMPLATE_ID, problem);
        }
    }

    void onChangeAccount(final ChangeAccountDecoder command) {
        final int number = accounts.find(command.accountId());
        final LedgerProblem problem = check(command, number);
        if (problem == LedgerProblem.NONE) {
            change(number, command);
            events.accountChanged(number);
        } else {
            events.accountRefused(command.accountId(), ChangeAccountDecoder.TEMPLATE_ID, problem);
        }
    }

    /** First half of the alias of a merchant: who its acquirer is, and half of a hash of its number. */
    static long merchantHigh(final long acquirerId, final DirectBuffer buffer, final int offset) {
        final long front = buffer.getLong(offset, OpenAccountDecoder.BYTE_ORDER);
        return acquirerId << Integer.SIZE | Hash.fold(merchantLow(acquirerId, buffer, offset), front) >>> Integer.SIZE;
    }

    /** Second half: another hash of acquirer and number. */
    static long merchantLow(final long acquirerId, final DirectBuffer buffer, final int offset) {
        final int length = OpenAccountDecoder.merchantIdLength();
        final long front = buffer.getLong(offset, OpenAccountDecoder.BYTE_ORDER);
        final long back = buffer.getLong(offset + length - Long.BYTES, OpenAccountDecoder.BYTE_ORDER);
        return Hash.fold(Hash.fold(acquirerId, front), back);
    }

    private LedgerProblem check(final OpenAccountDecoder command) {
        final LedgerConfiguration configuration = configurations.active().ledger();
        if (!configuration.isDefined()) {
            return LedgerProblem.NO_LEDGER;
        }
        if (!isWellFormed(command)) {
            return LedgerProblem.INVALID_ACCOUNT;
        }
        if (configurations.active().exponent(command.currency()) == Configuration.NO_EXPONENT) {
            return LedgerProblem.OTHER_CURRENCY;
        }
        if (accounts.find(command.accountId()) != AccountTable.NONE) {
            return LedgerProblem.DUPLICATE_ACCOUNT;
        }
        if (command.kind() == AccountKind.PREFUND) {
            if (accounts.find(EngineAccounts.total(command.owner(), command.currency())) == AccountTable.NONE) {
                return LedgerProblem.UNKNOWN_PARTICIPANT;
            }
        } else if (accounts.findByAlias(command.kind(), aliasHigh(command), aliasLow(command)) != AccountTable.NONE) {
            return LedgerProblem.DUPLICATE_ALIAS;
        }
        return tables.operatorAccounts() < configuration.maximumAccounts()
                ? LedgerProblem.NONE
                : LedgerProblem.ACCOUNTS_FULL;
    }

    private static boolean isWellFormed(final OpenAccountDecoder command) {
        final int kind = command.kindRaw();
        if (command.accountId() < 1
                || command.accountId() > EngineAccounts.LAST_OPERATOR_ID
                || command.debitLimitMinor() < 0
                || command.maximumBalanceMinor() < 0) {
            return false;
        }
        if (kind == AccountKind.PREFUND.value()) {
            return command.owner() >= 1 && command.owner() <= EngineAccounts.LAST_PARTICIPANT;
        }
        if (kind == AccountKind.WALLET.value()) {
            return command.panToken().high() != 0 || command.panToken().low() != 0;
        }
        return kind == AccountKind.MERCHANT.value()
                && command.acquirerId() != 0
                && !Bytes.areBlank(command.buffer(), merchantOffset(command), OpenAccountDecoder.merchantIdLength());
    }

    private int open(final OpenAccountDecoder command) {
        final int number =
                accounts.open(command.accountId(), command.kind(), command.currency(), (int) command.owner());
        accounts.limits(number, command.debitLimitMinor(), command.maximumBalanceMinor());
        if (command.kind() == AccountKind.PREFUND) {
            accounts.total(number, accounts.find(EngineAccounts.total(command.owner(), command.currency())));
        } else {
            accounts.alias(number, aliasHigh(command), aliasLow(command));
        }
        tables.countOperatorAccount();
        return number;
    }

    private LedgerProblem check(final ChangeAccountDecoder command, final int number) {
        if (command.statusRaw() < AccountStatus.OPEN.value()
                || command.statusRaw() > AccountStatus.CLOSED.value()
                || command.debitLimitMinor() < 0
                || command.maximumBalanceMinor() < 0) {
            return LedgerProblem.INVALID_ACCOUNT;
        }
        if (number == AccountTable.NONE || command.accountId() > EngineAccounts.LAST_OPERATOR_ID) {
            return LedgerProblem.ACCOUNT_NOT_FOUND;
        }
        if (accounts.status(number) == AccountStatus.CLOSED) {
            return LedgerProblem.ACCOUNT_NOT_USABLE;
        }
        final boolean isEmpty = accounts.balanceMinor(number) == 0 && !accounts.hasPending(number);
        return command.status() != AccountStatus.CLOSED || isEmpty
                ? LedgerProblem.NONE
                : LedgerProblem.ACCOUNT_NOT_EMPTY;
    }

    /** A closed account is no longer found by its card or merchant, which may get another one. */
    private void change(final int number, final ChangeAccountDecoder command) {
        accounts.limits(number, command.debitLimitMinor(), command.maximumBalanceMinor());
        accounts.status(number, command.status());
        if (command.status() == AccountStatus.CLOSED) {
            accounts.dropAlias(number);
        }
    }

    private static long aliasHigh(final OpenAccountDecoder command) {
        return command.kind() == AccountKind.WALLET
                ? command.panToken().high()
                : merchantHigh(command.acquirerId(), command.buffer(), merchantOffset(command));
    }

    private static long aliasLow(final OpenAccountDecoder command) {
        return command.kind() == AccountKind.WALLET
                ? command.panToken().low()
                : merchantLow(command.acquirerId(), command.buffer(), merchantOffset(command));
    }

    private static int merchantOffset(final OpenAccountDecoder command) {
        return command.offset() + OpenAccountDecoder.merchantIdEncodingOffset();
    }
}
