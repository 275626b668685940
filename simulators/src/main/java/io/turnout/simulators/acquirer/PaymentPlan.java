package io.turnout.simulators.acquirer;

import io.turnout.codecs.sbe.acquirer.TransactionType;
import io.turnout.simulators.RandomSequence;
import io.turnout.simulators.RrnTable;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Amount;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Card;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Shares;
import io.turnout.simulators.acquirer.Mix.Transaction;
import io.turnout.simulators.acquirer.Mix.Wallet;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Everything about the payment with a given number, computed from the seed and the number alone. A payment is therefore
 * never stored: a repeat, even by a later process, is made from its number again, byte for byte. Reused for every
 * payment.
 *
 * <p>A payment and what follows it up are a chain: the steps after payment n have the numbers n + {@link #STEP}, n + 2
 * {@link #STEP} and so on.
 *
 * <p>Retrieval reference: 5 characters that name the run, then the number in 7 base-36 digits.
 */
final class PaymentPlan {

    /** From the number of a payment to that of its first follow-up; payments have smaller numbers. */
    static final long STEP = 10_000_000_000L;

    static final int PIN_BLOCK_BYTES = 8;
    static final int SECURITY_CODE_DIGITS = 3;
    static final int LONGEST_TRACK2 = 37;

    private static final int RUN_CHARACTERS = 5;
    private static final int BASE = 36;
    private static final byte[] BASE_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".getBytes(StandardCharsets.US_ASCII);
    private static final String UNROUTED_BIN = "00000000";
    private static final byte[] UNROUTED_DIGITS = UNROUTED_BIN.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SERVICE_CODE = "101".getBytes(StandardCharsets.US_ASCII);
    private static final int DISCRETIONARY_DIGITS = 5;
    /** A completion collects from 50 to 110 percent. */
    private static final int LEAST_COLLECTED = 50;

    private static final int COLLECTED_SPREAD = 61;
    /** More than any over-capture factor allows. */
    private static final int ABOVE_ORIGINAL = 11;

    private static final int UNKNOWN_CURRENCY = 998;
    private static final int WALLET_BIN_DIGITS = 6;

    /** Names the run. First half of every client reference. */
    final long runKey;

    /** Second half of the client reference. */
    long reference;

    final byte[] rrn = new byte[RrnTable.RRN_LENGTH];
    final byte[] pan = new byte[19];
    final byte[] track2 = new byte[LONGEST_TRACK2];
    final byte[] pinBlock = new byte[PIN_BLOCK_BYTES];
    final byte[] securityCode = new byte[SECURITY_CODE_DIGITS];
    String bin = "";
    int panLength;
    int expiry;
    int track2Length;
    boolean hasPinBlock;
    boolean hasSecurityCode;
    long amountMinor;
    int currency;
    int exponent;
    Fault fault = Fault.NONE;
    boolean repeated;
    boolean repeatedConcurrently;
    boolean conflicting;
    boolean reversed;
    boolean inquired;
    boolean advice;
    long replacementMinor;
    long destinationAccountId;
    long sourceAccountId;

    /** Whether the switch's ledger settles it and no bank hears of it. */
    boolean onUs;

    /** The wallet that pays, or 0. */
    long fromAccountId;

    /** The wallet that receives, or 0. */
    long toAccountId;

    TransactionType type = TransactionType.PURCHASE;

    /** Whether another step follows once this one is approved. */
    boolean followed;

    /** Of a follow-up: second half of the client reference of the payment it names. */
    long originalReference;

    /** Of a follow-up: what the payment is that it names. */
    TransactionType originalType = TransactionType.NULL_VAL;

    /** Of a follow-up: the number of the payment it names. */
    long originalNumber;

    final byte[] originalRrn = new byte[RrnTable.RRN_LENGTH];

    private final long contentKey;
    private final Card[] cards;
    private final byte[][] bins;
    private final Amount[] amounts;
    private final int cardWeight;
    private final int amountWeight;
    private final Shares shares;
    private final Mix mix;
    private final Transaction[] transactions;
    private final Wallet[] wallets;
    private final int transactionWeight;
    private TransactionType firstFollowUp = TransactionType.NULL_VAL;
    private TransactionType secondFollowUp = TransactionType.NULL_VAL;
    private boolean followUp;
    private long number;
    private final RandomSequence random = new RandomSequence(0);

    /** @param startedAtNs when the run began; keys and references of two runs differ, their payments are the same */
    PaymentPlan(final AcquirerConfiguration configuration, final long startedAtNs) {
        cards = configuration.cards().toArray(new Card[0]);
        bins = configuration.cards().stream()
                .map(card -> card.bin().getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
        amounts = configuration.amounts().toArray(new Amount[0]);
        cardWeight = configuration.cards().stream().mapToInt(Card::weight).sum();
        amountWeight = configuration.amounts().stream().mapToInt(Amount::weight).sum();
        shares = configuration.shares();
        mix = configuration.mix();
        transactions = mix.transactions().toArray(new Transaction[0]);
        wallets = mix.wallets().toArray(new Wallet[0]);
        transactionWeight =
                mix.transactions().stream().mapToInt(Transaction::weight).sum();
        contentKey = RandomSequence.mix(RandomSequence.mix(configuration.seed())
                + configuration.session().acquirerId());
        runKey = RandomSequence.mix(contentKey + startedAtNs);
        long rest = runKey >>> 1;
        for (int i = 0; i < RUN_CHARACTERS; i++) {
            rrn[i] = BASE_36[(int) (rest % BASE)];
            rest /= BASE;
        }
    }

    /** Fingerprint of what payments are made from. */
    static long fingerprint(final AcquirerConfiguration configuration) {
        final List<Object> made = List.of(
                configuration.cards(),
                configuration.amounts(),
                configuration.merchant(),
                configuration.shares(),
                configuration.mix());
        long hash = RandomSequence.mix(configuration.seed())
                + configuration.session().acquirerId();
        for (final char character : made.toString().toCharArray()) {
            hash = hash * 31 + character;
        }
        return RandomSequence.mix(hash);
    }

    /** The payment that a chain begins with. */
    static long firstOf(final long number) {
        return number % STEP;
    }

    /** Makes the payment or follow-up with this number, from 0. */
    void make(final long number) {
        final long first = firstOf(number);
        this.number = number;
        reference = referenceOf(number);
        random.seed(RandomSequence.mix(first + contentKey));
        writeRrn(rrn, number);
        chooseDeeds();
        chooseAmount();
        chooseCard();
        chooseTransaction();
        chooseFollowUps();
        chooseReversal();
        chooseWallets();
        followUp = number != first;
        if (followUp) {
            makeFollowUp(number, first);
        }
    }

    /** The number of the payment or follow-up made last. */
    long number() {
        return number;
    }

    /** Second half of the client reference of the payment with this number. */
    long referenceOf(final long ofNumber) {
        return RandomSequence.mix(ofNumber ^ runKey);
    }

    boolean isFollowUp() {
        return followUp;
    }

    /** Last four digits of the card. */
    int lastFour() {
        int digits = 0;
        for (int i = panLength - 4; i < panLength; i++) {
            digits = digits * 10 + pan[i] - '0';
        }
        return digits;
    }

    /** The number of a payment from its retrieval reference, or -1 when it is not of this run. */
    long number(final String reference) {
        if (reference.length() != RrnTable.RRN_LENGTH) {
            return -1;
        }
        long found = 0;
        for (int i = 0; i < RrnTable.RRN_LENGTH; i++) {
            final char character = reference.charAt(i);
            if (i < RUN_CHARACTERS && character != rrn[i]) {
                return -1;
            }
            final int digit = Character.digit(character, BASE);
            found = i < RUN_CHARACTERS ? 0 : found * BASE + digit;
            if (digit < 0) {
                return -1;
            }
        }
        return found;
    }

    private static void writeRrn(final byte[] target, final long number) {
        long rest = number;
        for (int i = RrnTable.RRN_LENGTH - 1; i >= RUN_CHARACTERS; i--) {
            target[i] = BASE_36[(int) (rest % BASE)];
            rest /= BASE;
        }
    }

    private void chooseDeeds() {
        final boolean invalid = random.happens(shares.invalid());
        final int kind = (int) random.nextLong(Fault.count() - 1L);
        fault = invalid ? Fault.of(1 + kind) : Fault.NONE;
        repeated = random.happens(shares.repeats());
        repeatedConcurrently = random.happens(shares.concurrentRepeats());
        conflicting = random.happens(shares.conflicts()) && !invalid && !repeated && !repeatedConcurrently;
        reversed = random.happens(shares.reversals());
    }

    private void chooseTransaction() {
        int rest = (int) random.nextLong(transactionWeight);
        int i = 0;
        while (rest >= transactions[i].weight()) {
            rest -= transactions[i++].weight();
        }
        type = transactions[i].type();
        final boolean early = random.happens(mix.earlyReversals());
        final boolean fact = random.happens(mix.advices());
        inquired = random.happens(mix.statusInquiries());
        if (fault == Fault.NONE && early) {
            fault = Fault.REVERSED_FIRST;
        }
        advice = fact && fault == Fault.NONE && mayBeAdvice(type);
        if (type == TransactionType.BALANCE_INQUIRY) {
            amountMinor = 0;
            conflicting = false;
            fault = fault == Fault.ZERO_AMOUNT ? Fault.NONE : fault;
        }
        if (advice) {
            track2Length = 0;
            hasPinBlock = false;
            hasSecurityCode = false;
        }
    }

    /** Decides about the whole chain, whichever step is made. */
    private void chooseFollowUps() {
        final boolean completed = random.happens(mix.completions());
        final boolean voided = random.happens(mix.voids());
        final boolean refunded = random.happens(mix.refunds());
        final boolean refundedAgain = random.happens(mix.refunds());
        firstFollowUp = TransactionType.NULL_VAL;
        secondFollowUp = TransactionType.NULL_VAL;
        if (type == TransactionType.PRE_AUTHORISATION && completed) {
            firstFollowUp = TransactionType.COMPLETION;
            secondFollowUp = refunded ? TransactionType.REFUND : TransactionType.NULL_VAL;
        } else if (isVoidable(type) && voided) {
            firstFollowUp = TransactionType.VOID;
        } else if (type == TransactionType.PURCHASE && refunded) {
            firstFollowUp = TransactionType.REFUND;
            secondFollowUp = refundedAgain ? TransactionType.REFUND : TransactionType.NULL_VAL;
        }
        followed = firstFollowUp != TransactionType.NULL_VAL;
    }

    private void chooseReversal() {
        final boolean partially = random.happens(mix.partialReversals());
        final boolean reducible = isReducible(type) && amountMinor > 1;
        replacementMinor = 0;
        if (followed || type == TransactionType.BALANCE_INQUIRY || fault == Fault.REVERSED_FIRST) {
            reversed = false;
        } else if (partially && reducible) {
            reversed = true;
            replacementMinor = amountMinor / 2;
        }
    }

    private void makeFollowUp(final long number, final long first) {
        final int step = (int) (number / STEP);
        final long paidMinor = amountMinor;
        final long collectedMinor =
                Math.max(1, paidMinor * (LEAST_COLLECTED + random.nextLong(COLLECTED_SPREAD)) / 100);
        final boolean completed = firstFollowUp == TransactionType.COMPLETION;
        originalType = completed && step > 1 ? TransactionType.COMPLETION : type;
        type = step == 1 ? firstFollowUp : secondFollowUp;
        originalNumber = step == 1 || !completed ? first : first + STEP;
        originalReference = referenceOf(originalNumber);
        System.arraycopy(rrn, 0, originalRrn, 0, RUN_CHARACTERS);
        writeRrn(originalRrn, originalNumber);
        random.seed(RandomSequence.mix(number + contentKey));
        chooseDeeds();
        amountMinor = switch (type) {
            case COMPLETION -> collectedMinor;
            case REFUND -> Math.max(1, (completed ? collectedMinor : paidMinor) / (step + 1));
            default -> paidMinor;
        };
        followed = step == 1 && secondFollowUp != TransactionType.NULL_VAL;
        reversed &= !followed && type != TransactionType.VOID;
        inquired = random.happens(mix.statusInquiries());
        advice = random.happens(mix.advices()) && type != TransactionType.VOID;
        replacementMinor = 0;
        destinationAccountId = 0;
        sourceAccountId = 0;
        toAccountId = type == TransactionType.COMPLETION ? 0 : fromAccountId;
        fromAccountId = 0;
        if (fault != Fault.NONE) {
            fault = Fault.ABOVE_ORIGINAL;
            amountMinor = ABOVE_ORIGINAL * Math.max(collectedMinor, paidMinor);
        }
    }

    private static boolean isReducible(final TransactionType type) {
        return type == TransactionType.PURCHASE || type == TransactionType.CASH_WITHDRAWAL || isOfWallets(type);
    }

    private static boolean isOfWallets(final TransactionType type) {
        return type == TransactionType.TRANSFER || type == TransactionType.TOP_UP || type == TransactionType.WITHDRAWAL;
    }

    /** Last of all, so that plans without wallets are what they were. Wallets have the currency of the first amount. */
    private void chooseWallets() {
        onUs = false;
        fromAccountId = 0;
        toAccountId = 0;
        sourceAccountId = 0;
        destinationAccountId = 0;
        if (wallets.length == 0) {
            return;
        }
        final int chosen = (int) random.nextLong(wallets.length);
        final int other = (int) ((chosen + 1 + random.nextLong(wallets.length - 1L)) % wallets.length);
        final boolean paysItself = type == TransactionType.TRANSFER
                || (type == TransactionType.PURCHASE && random.happens(mix.walletPurchases()));
        if (type == TransactionType.TRANSFER || type == TransactionType.TOP_UP) {
            destinationAccountId = wallets[other].accountId();
            toAccountId = destinationAccountId;
        } else if (type == TransactionType.WITHDRAWAL) {
            sourceAccountId = wallets[chosen].accountId();
            fromAccountId = sourceAccountId;
        }
        if (paysItself && fault != Fault.UNROUTED_CARD && fault != Fault.WRONG_CHECK_DIGIT) {
            payWith(wallets[chosen]);
        }
        if (toAccountId != 0 || fromAccountId != 0) {
            currency = fault == Fault.UNKNOWN_CURRENCY ? currency : amounts[0].currency();
            exponent = fault == Fault.WRONG_EXPONENT ? (amounts[0].exponent() + 1) % 5 : amounts[0].exponent();
        }
    }

    private void payWith(final Wallet wallet) {
        onUs = true;
        fromAccountId = wallet.accountId();
        panLength = wallet.card().length();
        for (int digit = 0; digit < panLength; digit++) {
            pan[digit] = (byte) wallet.card().charAt(digit);
        }
        bin = wallet.card().substring(0, WALLET_BIN_DIGITS);
        track2Length = 0;
    }

    private static boolean mayBeAdvice(final TransactionType type) {
        return isVoidable(type) || type == TransactionType.CASH_WITHDRAWAL || type == TransactionType.REFUND;
    }

    private static boolean isVoidable(final TransactionType type) {
        return type == TransactionType.PURCHASE || type == TransactionType.PRE_AUTHORISATION;
    }

    private void chooseAmount() {
        int rest = (int) random.nextLong(amountWeight);
        int i = 0;
        while (rest >= amounts[i].weight()) {
            rest -= amounts[i++].weight();
        }
        final Amount amount = amounts[i];
        final long spread = amount.maximumMinor() - amount.minimumMinor() + 1;
        amountMinor = fault == Fault.ZERO_AMOUNT ? 0 : amount.minimumMinor() + random.nextLong(spread);
        currency = fault == Fault.UNKNOWN_CURRENCY ? UNKNOWN_CURRENCY : amount.currency();
        exponent = fault == Fault.WRONG_EXPONENT ? (amount.exponent() + 1) % 5 : amount.exponent();
    }

    private void chooseCard() {
        int rest = (int) random.nextLong(cardWeight);
        int i = 0;
        while (rest >= cards[i].weight()) {
            rest -= cards[i++].weight();
        }
        bin = fault == Fault.UNROUTED_CARD ? UNROUTED_BIN : cards[i].bin();
        panLength = cards[i].panLength();
        expiry = cards[i].expiry();
        final byte[] leading = fault == Fault.UNROUTED_CARD ? UNROUTED_DIGITS : bins[i];
        System.arraycopy(leading, 0, pan, 0, leading.length);
        for (int digit = leading.length; digit < panLength - 1; digit++) {
            pan[digit] = digit();
        }
        final int check = checkDigit(pan, panLength - 1);
        pan[panLength - 1] = (byte) ('0' + (fault == Fault.WRONG_CHECK_DIGIT ? (check + 1) % 10 : check));
        writeTrack2(random.happens(shares.track2()));
        hasSecurityCode = random.happens(shares.securityCode());
        for (int digit = 0; digit < SECURITY_CODE_DIGITS; digit++) {
            securityCode[digit] = digit();
        }
        hasPinBlock = random.happens(shares.pinBlock());
        final long block = random.nextLong();
        for (int octet = 0; octet < PIN_BLOCK_BYTES; octet++) {
            pinBlock[octet] = (byte) (block >>> (8 * octet));
        }
    }

    private void writeTrack2(final boolean present) {
        if (!present) {
            track2Length = 0;
            return;
        }
        System.arraycopy(pan, 0, track2, 0, panLength);
        int length = panLength;
        track2[length++] = '=';
        for (int divisor = 1000; divisor > 0; divisor /= 10) {
            track2[length++] = (byte) ('0' + expiry / divisor % 10);
        }
        System.arraycopy(SERVICE_CODE, 0, track2, length, SERVICE_CODE.length);
        length += SERVICE_CODE.length;
        for (int i = 0; i < DISCRETIONARY_DIGITS; i++) {
            track2[length++] = digit();
        }
        track2Length = length;
    }

    private byte digit() {
        return (byte) ('0' + random.nextLong(10));
    }

    /** The Luhn check digit of the digits before it (ISO/IEC 7812-1, annex B). */
    static int checkDigit(final byte[] digits, final int length) {
        int sum = 0;
        for (int i = length - 1, position = 0; i >= 0; i--, position++) {
            final int digit = digits[i] - '0';
            final int doubled = digit * 2;
            sum += (position & 1) == 1 ? digit : doubled > 9 ? doubled - 9 : doubled;
        }
        return (10 - sum % 10) % 10;
    }
}
