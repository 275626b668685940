package io.turnout.simulators.bank;

/**
 * One line of a bank's script. The first rule that fits a message decides; a message that no rule fits is posted,
 * approved and answered.
 *
 * @param on messages the rule is for
 * @param amountEndsWith last digits of DE4; empty = any
 * @param panEndsWith last digits of DE2; empty = any
 * @param fromMessage first message it is for, counted from 1 among those of its kind
 * @param toMessage last message it is for, inclusive
 * @param share of the messages that fit otherwise, from 0 to 1, drawn from the bank's seed
 * @param behaviour what is done
 * @param code DE39 of the answer as the dialect writes it; empty = approved. What is not approved is not debited and
 *     not reversed
 * @param delayNs added to the latency of the answer, or before its duplicate
 */
public record BankRule(
        MessageKind on,
        String amountEndsWith,
        String panEndsWith,
        long fromMessage,
        long toMessage,
        double share,
        Behaviour behaviour,
        String code,
        long delayNs) {

    /** A rule for all messages of a kind. */
    public static BankRule always(final MessageKind on, final Behaviour behaviour) {
        return new BankRule(on, "", "", 1, Long.MAX_VALUE, 1, behaviour, "", 0);
    }

    /** The same rule for a share of the messages. */
    public BankRule withShare(final double newShare) {
        return new BankRule(
                on, amountEndsWith, panEndsWith, fromMessage, toMessage, newShare, behaviour, code, delayNs);
    }

    /** The same rule with a response code. */
    public BankRule withCode(final String newCode) {
        return new BankRule(
                on, amountEndsWith, panEndsWith, fromMessage, toMessage, share, behaviour, newCode, delayNs);
    }

    /** The same rule with a delay. */
    public BankRule withDelayNs(final long newDelayNs) {
        return new BankRule(
                on, amountEndsWith, panEndsWith, fromMessage, toMessage, share, behaviour, code, newDelayNs);
    }

    /** The same rule for some of the messages only, counted from 1. */
    public BankRule forMessages(final long from, final long to) {
        return new BankRule(on, amountEndsWith, panEndsWith, from, to, share, behaviour, code, delayNs);
    }

    /** The same rule for amounts with these last digits. */
    public BankRule forAmountsEndingWith(final String digits) {
        return new BankRule(on, digits, panEndsWith, fromMessage, toMessage, share, behaviour, code, delayNs);
    }

    /** The same rule for card numbers with these last digits. */
    public BankRule forPansEndingWith(final String digits) {
        return new BankRule(on, amountEndsWith, digits, fromMessage, toMessage, share, behaviour, code, delayNs);
    }
}
