package io.turnout.simulators.bank;

/** What the books made of a request. */
enum Posting {
    /** Debited now. */
    DEBITED,
    /** Declined as the bank wished. */
    DECLINED,
    /** The same payment request is already in the books; nothing happened. */
    DUPLICATE,
    /** Its reversal came first; declined. */
    LATE_ORIGINAL,
    /** A debit was undone now. */
    REVERSED,
    /** The payment had been undone or had not moved money. */
    NOTHING_TO_REVERSE,
    /** No such payment request; it will be declined if it arrives. */
    UNKNOWN_ORIGINAL,
    /** The reversal asks for another amount or currency than was debited; nothing happened. */
    AMOUNT_DIFFERS,
    /** The books are full; nothing happened and nothing is remembered. */
    FULL
}
