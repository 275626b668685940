package io.turnout.simulators.bank;

/** What the books made of a request. */
enum Posting {
    /** Done now. */
    POSTED,
    /** Declined as the bank wished. */
    DECLINED,
    /** The same payment request is already in the books; nothing happened. */
    DUPLICATE,
    /** The same advice is already in the books; nothing happened. */
    ADVICE_REPEATED,
    /** Declined: it names a request that has not arrived. */
    ORIGINAL_NOT_FOUND,
    /** Declined: the request it names is not one to be completed or voided, or no longer. */
    ORIGINAL_STATE,
    /** Its reversal came first; declined. */
    LATE_ORIGINAL,
    /** A request was undone now, whole or in part. */
    REVERSED,
    /** The payment had been undone or had not moved money. */
    NOTHING_TO_REVERSE,
    /** No such payment request; it will be declined if it arrives. */
    UNKNOWN_ORIGINAL,
    /** It names a request with another amount or currency; nothing happened, and a request is declined. */
    AMOUNT_DIFFERS,
    /** The books are full; nothing happened and nothing is remembered. */
    FULL
}
