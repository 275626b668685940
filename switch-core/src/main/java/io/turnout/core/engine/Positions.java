package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.AccountKind;

/** The positions of participants: opened when the first payment of a business date moves them, listed by number. */
final class Positions {
    private final AccountTable accounts;
    private final BusinessDates dates;
    private final int[] numbers;
    private int count;

    Positions(final AccountTable accounts, final BusinessDates dates, final int capacity) {
        this.accounts = accounts;
        this.dates = dates;
        this.numbers = new int[capacity];
    }

    /** The participant's position of the current date, or NONE when it has no total or there is no date. */
    int current(final long participant, final int currency) {
        final int date = dates.current();
        return date == BusinessDates.NONE ? AccountTable.NONE : of(participant, currency, date);
    }

    /** The participant's position of a date, opened when it is new; NONE when it has no total. */
    int of(final long participant, final int currency, final int date) {
        final int number = accounts.find(EngineAccounts.position(participant, currency, date));
        return number == AccountTable.NONE ? open(participant, currency, date) : number;
    }

    /** Takes in a position of a snapshot; they come in the order of their numbers. */
    void restore(final int number) {
        insert(number);
    }

    void remove(final int number) {
        final int index = indexOf(number);
        System.arraycopy(numbers, index + 1, numbers, index, count - index - 1);
        count--;
    }

    /** The first position with that number or a higher one, or NONE. */
    int next(final int number) {
        final int index = indexOf(number);
        return index < count ? numbers[index] : AccountTable.NONE;
    }

    private int open(final long participant, final int currency, final int date) {
        final int total = accounts.find(EngineAccounts.total(participant, currency));
        if (total == AccountTable.NONE) {
            return AccountTable.NONE;
        }
        final int number = accounts.open(
                EngineAccounts.position(participant, currency, date), AccountKind.POSITION, currency, (int)
                        participant);
        accounts.limits(number, Ledger.NO_LIMIT, Ledger.NO_LIMIT);
        accounts.total(number, total);
        accounts.businessDate(number, date);
        insert(number);
        return number;
    }

    private void insert(final int number) {
        final int index = indexOf(number);
        System.arraycopy(numbers, index, numbers, index + 1, count - index);
        numbers[index] = number;
        count++;
    }

    private int indexOf(final int number) {
        int low = 0;
        int high = count;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (numbers[middle] < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
