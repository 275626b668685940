package io.turnout.core.engine;

/** Why a configuration was not put in force: the first problem found, as in {@code ConfigurationRefused.problem}. */
public enum ConfigurationProblem {
    /** There is none. */
    NONE(0),
    /** ActivateConfiguration came without a BeginConfiguration. */
    NOT_BEGUN(1),
    /** ActivateConfiguration names another configuration than BeginConfiguration. */
    OTHER_HASH(2),
    /** AMEND names another configuration than the one in force. */
    BASE_NOT_IN_FORCE(8),
    /** The staged configuration is not the one whose activation was proposed. */
    STAGED_CHANGED(9),
    /** The horizon is not within 1 second to 31 days. */
    INVALID_HORIZON(3),
    /** The clock skew is not within 0 to 1 hour. */
    INVALID_CLOCK_SKEW(4),
    /** The number of payments remembered is not within 1 to 100,000,000. */
    INVALID_MAXIMUM_PAYMENTS(5),
    /** The horizon is shorter than an answer may take: an acquirer's time-out or an issuer's late-answer window. */
    HORIZON_TOO_SHORT(6),
    /** The retention of originals is not within 0 to 400 days, or their number not within 1 to 100,000,000. */
    INVALID_ORIGINALS(7),
    /** A currency code is not within 1 to 999, or an exponent not within 0 to 4. */
    INVALID_CURRENCY(10),
    /** A currency is defined twice. */
    DUPLICATE_CURRENCY(11),
    /** There is no currency. */
    NO_CURRENCY(12),
    /** An acquirer has no number, an institution id of other than 1 to 11 digits, or a time-out over an hour. */
    INVALID_ACQUIRER(20),
    /** An acquirer is defined twice. */
    DUPLICATE_ACQUIRER(21),
    /** There is no acquirer. */
    NO_ACQUIRER(22),
    /** An amount limit is not within 1 to 999,999,999,999. */
    INVALID_AMOUNT_LIMIT(30),
    /** An acquirer has two limits in one currency. */
    DUPLICATE_AMOUNT_LIMIT(31),
    /** A limit is for an acquirer that is not defined. */
    LIMIT_OF_UNKNOWN_ACQUIRER(32),
    /** A limit is in a currency that is not defined. */
    LIMIT_IN_UNKNOWN_CURRENCY(33),
    /** An issuer has no number, or a timer, window, number of attempts or match rule out of range. */
    INVALID_ISSUER(40),
    /** An issuer is defined twice. */
    DUPLICATE_ISSUER(41),
    /** There is no issuer. */
    NO_ISSUER(42),
    /** An issuer has no link. */
    ISSUER_WITHOUT_LINK(43),
    /**
     * A breaker's pause, probes, percentage or number of outcomes is out of range, or there is one without the other.
     */
    INVALID_BREAKER(44),
    /** A link has no number or no window, or its rate is over 1,000,000. */
    INVALID_LINK(50),
    /** A link is defined twice. */
    DUPLICATE_LINK(51),
    /** A link leads to an issuer that is not defined. */
    LINK_OF_UNKNOWN_ISSUER(52),
    /** A card range is not within 8 digits, or ends before it begins. */
    INVALID_BIN_RANGE(60),
    /** Two card ranges share a prefix. */
    OVERLAPPING_BIN_RANGES(61),
    /** A card range leads to an issuer that is not defined. */
    BIN_RANGE_OF_UNKNOWN_ISSUER(62),
    /** There is no card range. */
    NO_BIN_RANGE(63),
    /** A limit of the ledger is 0, the margin of its cap warnings over 70, or the ledger is defined twice. */
    INVALID_LEDGER(80),
    /** A participant's number is not within 1 to 65535, or its cap is negative. */
    INVALID_PARTICIPANT(81),
    /** A participant is defined twice in a currency. */
    DUPLICATE_PARTICIPANT(82),
    /** A participant, or a fee, is in a currency that is not defined. */
    LEDGER_IN_UNKNOWN_CURRENCY(83),
    /** An acquirer or an issuer is a participant that is not defined. */
    UNKNOWN_PARTICIPANT(84),
    /** A fee is out of range. */
    INVALID_FEE(85),
    /** An acquirer has two fees in a currency. */
    DUPLICATE_FEE(86),
    /** A fee is for an acquirer that is not defined. */
    FEE_OF_UNKNOWN_ACQUIRER(87),
    /** There are participants, fees or on-us issuers, but no ledger. */
    NO_LEDGER(88),
    /** An operator has no number, or rights that do not exist. */
    INVALID_OPERATOR(70),
    /** An operator is defined twice. */
    DUPLICATE_OPERATOR(71),
    /** Change control DUAL needs an operator who may propose and another one who may approve. */
    DUAL_WITHOUT_TWO_OPERATORS(72),
    /** The mode or the change control is none, or a number of operations, of blocked or a time is out of range. */
    INVALID_CHANGE_CONTROL(73),
    /** There are operators and no room for their operations. */
    NO_ROOM_FOR_OPERATIONS(74),
    /** There are more operators than may be: 256. */
    TOO_MANY_OPERATORS(75),
    /** A removal in a configuration that does not amend another one. */
    NOT_AMENDING(76),
    /** A removal of something that is not defined. */
    NOTHING_TO_REMOVE(77);

    private final int code;

    ConfigurationProblem(final int code) {
        this.code = code;
    }

    /** The number in the event. Never reused. */
    public int code() {
        return code;
    }

    /**
     * The problem with a number.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static ConfigurationProblem of(final int code) {
        for (final ConfigurationProblem problem : values()) {
            if (problem.code == code) {
                return problem;
            }
        }
        throw new IllegalArgumentException("no such configuration problem: code=" + code);
    }
}
