package io.turnout.simulators.bank;

import io.turnout.codecs.iso8583.ResponseCodes;
import io.turnout.simulators.RandomSequence;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The rules of a bank, ready to be applied. Counts messages and draws from the bank's seed, so that the same messages
 * in the same order meet the same fate.
 */
final class BankScript {

    private final ResponseCodes codes;
    private final RandomSequence random;
    private final long[] counts = new long[MessageKind.values().length];

    private List<BankRule> source = List.of();
    private Prepared[] rules = new Prepared[0];
    private Behaviour behaviour = Behaviour.ANSWER;
    private int code;
    private boolean approving;
    private long delayNs;

    BankScript(final ResponseCodes codes, final long seed) {
        this.codes = codes;
        this.random = new RandomSequence(seed);
    }

    /** Puts other rules in force, if they are others; counts and the random sequence go on. */
    void rules(final List<BankRule> newRules) {
        if (newRules != source) {
            source = newRules;
            rules = newRules.stream().map(rule -> new Prepared(rule, codes)).toArray(Prepared[]::new);
        }
    }

    /** Decides about a message; the decision is read with the other methods. */
    void decide(final MessageKind kind, final BankMessage message) {
        final long count = count(kind);
        for (final Prepared rule : rules) {
            if (rule.fits(kind, count, message) && (rule.rule.share() >= 1 || random.happens(rule.rule.share()))) {
                behaviour = rule.rule.behaviour();
                code = rule.code;
                delayNs = rule.rule.delayNs();
                approving = codes.canonical(code) < ResponseCodes.FIRST_DECLINE;
                return;
            }
        }
        behaviour = Behaviour.ANSWER;
        code = codes.packed(0);
        delayNs = 0;
        approving = true;
    }

    Behaviour behaviour() {
        return behaviour;
    }

    /** DE39, packed. */
    int code() {
        return code;
    }

    /** Whether the code is an approval. */
    boolean isApproving() {
        return approving;
    }

    long delayNs() {
        return delayNs;
    }

    /** The sequence that latencies are drawn from as well. */
    RandomSequence random() {
        return random;
    }

    @SuppressWarnings("EnumOrdinal") // An index within this process, never stored.
    private long count(final MessageKind kind) {
        return ++counts[kind.ordinal()];
    }

    /** A rule with its texts turned into what is compared. */
    private static final class Prepared {
        private final BankRule rule;
        private final int code;
        private final long amountModulus;
        private final long amountRemainder;
        private final byte[] panSuffix;

        Prepared(final BankRule rule, final ResponseCodes codes) {
            this.rule = rule;
            code = rule.code().isEmpty() ? codes.packed(0) : ResponseCodes.pack(rule.code());
            panSuffix = rule.panEndsWith().getBytes(StandardCharsets.US_ASCII);
            amountRemainder = rule.amountEndsWith().isEmpty() ? 0 : Long.parseLong(rule.amountEndsWith());
            long modulus = 1;
            for (int i = 0; i < rule.amountEndsWith().length(); i++) {
                modulus *= 10;
            }
            amountModulus = modulus;
        }

        boolean fits(final MessageKind kind, final long count, final BankMessage message) {
            return rule.on() == kind
                    && count >= rule.fromMessage()
                    && count <= rule.toMessage()
                    && message.amountMinor % amountModulus == amountRemainder
                    && panFits(message);
        }

        private boolean panFits(final BankMessage message) {
            final int start = message.panLength - panSuffix.length;
            for (int i = 0; i < panSuffix.length; i++) {
                if (start < 0 || message.pan[start + i] != panSuffix[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
