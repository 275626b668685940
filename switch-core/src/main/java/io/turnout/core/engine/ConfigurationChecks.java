package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BeginConfigurationDecoder;
import io.turnout.codecs.sbe.engine.BreakerRuleDecoder;
import io.turnout.codecs.sbe.engine.ChangeControl;
import io.turnout.codecs.sbe.engine.ConfigurationMode;
import io.turnout.codecs.sbe.engine.DefineAcquirerDecoder;
import io.turnout.codecs.sbe.engine.DefineAmountLimitDecoder;
import io.turnout.codecs.sbe.engine.DefineBinRangeDecoder;
import io.turnout.codecs.sbe.engine.DefineCurrencyDecoder;
import io.turnout.codecs.sbe.engine.DefineIssuerDecoder;
import io.turnout.codecs.sbe.engine.DefineLinkDecoder;
import io.turnout.codecs.sbe.engine.DefineOperatorDecoder;
import io.turnout.codecs.sbe.engine.LinkPreference;
import io.turnout.codecs.sbe.engine.MatchKey;
import io.turnout.codecs.sbe.engine.ReconciliationMode;

/** The rules for each definition by itself, and for a configuration as a whole. Each names one problem or none. */
final class ConfigurationChecks {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MILLISECOND_NS = 1_000_000L;
    private static final long HOUR_NS = 3_600 * SECOND_NS;
    private static final long DAY_NS = 24 * HOUR_NS;
    private static final long MAXIMUM_PAYMENTS = 100_000_000;
    private static final long MAXIMUM_INSTITUTION_ID = 99_999_999_999L;
    private static final long MAXIMUM_ATTEMPTS = 1_000_000;
    private static final long MAXIMUM_PREFIX = 99_999_999;
    private static final int MAXIMUM_EXPONENT = 4;
    private static final long MAXIMUM_BLOCKED = 10_000_000;
    private static final int ALL_RIGHTS = 3;
    private static final long MAXIMUM_RETENTION_NS = 400 * DAY_NS;
    private static final long MAXIMUM_STATUS_RATE = 1_000_000;
    private static final long MAXIMUM_LINK_RATE = 1_000_000;
    private static final int WHOLE_PERCENT = 100;
    private static final int MAXIMUM_CAPTURE_PERCENT = 1_000;

    private final DefineAmountLimitDecoder amountLimit = new DefineAmountLimitDecoder();
    private final DefineAcquirerDecoder acquirer = new DefineAcquirerDecoder();
    private final DefineIssuerDecoder issuer = new DefineIssuerDecoder();
    private final DefineLinkDecoder link = new DefineLinkDecoder();
    private final DefineBinRangeDecoder binRange = new DefineBinRangeDecoder();
    private final LedgerChecks ledger = new LedgerChecks();
    private final DefineOperatorDecoder operator = new DefineOperatorDecoder();

    static ConfigurationProblem of(final BeginConfigurationDecoder begin) {
        if (isOutside(begin.horizonNs(), SECOND_NS, 31 * DAY_NS)) {
            return ConfigurationProblem.INVALID_HORIZON;
        }
        if (isOutside(begin.maximumClockSkewNs(), 0, HOUR_NS)) {
            return ConfigurationProblem.INVALID_CLOCK_SKEW;
        }
        if (isOutside(begin.maximumPayments(), 1, MAXIMUM_PAYMENTS)) {
            return ConfigurationProblem.INVALID_MAXIMUM_PAYMENTS;
        }
        return begin.actingVersion() < BeginConfigurationDecoder.modeSinceVersion()
                ? ConfigurationProblem.NONE
                : ofVersion1(begin);
    }

    private static ConfigurationProblem ofVersion1(final BeginConfigurationDecoder begin) {
        if (isOutside(begin.originalsRetentionNs(), 0, MAXIMUM_RETENTION_NS)
                || isOutside(begin.maximumOriginals(), begin.originalsRetentionNs() == 0 ? 0 : 1, MAXIMUM_PAYMENTS)) {
            return ConfigurationProblem.INVALID_ORIGINALS;
        }
        return ofChangeControl(begin);
    }

    private static ConfigurationProblem ofChangeControl(final BeginConfigurationDecoder begin) {
        final long shortestExpiryNs = begin.maximumOperations() == 0 ? 0 : SECOND_NS;
        return begin.modeRaw() > ConfigurationMode.AMEND.value()
                        || begin.changeControlRaw() > ChangeControl.DUAL.value()
                        || begin.maximumOperations() > OperationTable.CAPACITY
                        || begin.maximumBlocked() > MAXIMUM_BLOCKED
                        || isOutside(begin.operationExpiryNs(), shortestExpiryNs, 31 * DAY_NS)
                ? ConfigurationProblem.INVALID_CHANGE_CONTROL
                : ConfigurationProblem.NONE;
    }

    static ConfigurationProblem of(final DefineCurrencyDecoder definition, final Configuration staged) {
        if (isOutside(definition.currency(), 1, Configuration.MAXIMUM_CURRENCY)
                || definition.exponent() > MAXIMUM_EXPONENT) {
            return ConfigurationProblem.INVALID_CURRENCY;
        }
        return staged.exponent(definition.currency()) == Configuration.NO_EXPONENT
                ? ConfigurationProblem.NONE
                : ConfigurationProblem.DUPLICATE_CURRENCY;
    }

    static ConfigurationProblem of(final DefineAcquirerDecoder definition, final Configuration staged) {
        if (definition.acquirerId() == 0
                || isOutside(definition.institutionId(), 1, MAXIMUM_INSTITUTION_ID)
                || isOutside(definition.answerTimeoutNs(), MILLISECOND_NS, HOUR_NS)) {
            return ConfigurationProblem.INVALID_ACQUIRER;
        }
        if (definition.actingVersion() >= DefineAcquirerDecoder.transactionTypesSinceVersion()
                && ((definition.transactionTypes() & ~TransactionTypes.ALL) != 0
                        || definition.statusInquiriesPerSecond() > MAXIMUM_STATUS_RATE)) {
            return ConfigurationProblem.INVALID_ACQUIRER;
        }
        return staged.hasAcquirer(definition.acquirerId())
                ? ConfigurationProblem.DUPLICATE_ACQUIRER
                : ConfigurationProblem.NONE;
    }

    static ConfigurationProblem of(final DefineAmountLimitDecoder definition, final Configuration staged) {
        if (definition.acquirerId() == 0
                || isOutside(definition.maximumAmountMinor(), 1, PaymentRules.MAXIMUM_AMOUNT_MINOR)) {
            return ConfigurationProblem.INVALID_AMOUNT_LIMIT;
        }
        return staged.hasAmountLimit(definition.acquirerId(), definition.currency())
                ? ConfigurationProblem.DUPLICATE_AMOUNT_LIMIT
                : ConfigurationProblem.NONE;
    }

    static ConfigurationProblem of(final DefineIssuerDecoder definition, final Configuration staged) {
        if (definition.issuerId() == 0
                || isOutside(definition.responseTimeoutNs(), MILLISECOND_NS, HOUR_NS)
                || isOutside(definition.reversalTimeoutNs(), MILLISECOND_NS, HOUR_NS)
                || isOutside(definition.reversalBackoffNs(), MILLISECOND_NS, DAY_NS)
                || isOutside(definition.reversalBackoffMaximumNs(), definition.reversalBackoffNs(), DAY_NS)
                || isOutside(definition.lateAnswerWindowNs(), 0, DAY_NS)
                || isOutside(definition.reversalMaximumAttempts(), 1, MAXIMUM_ATTEMPTS)
                || definition.reversalWindow() == 0) {
            return ConfigurationProblem.INVALID_ISSUER;
        }
        if (definition.actingVersion() >= DefineIssuerDecoder.transactionTypesSinceVersion()
                && isPaymentRuleOutside(definition)) {
            return ConfigurationProblem.INVALID_ISSUER;
        }
        if (definition.actingVersion() >= DefineIssuerDecoder.breakerSinceVersion()) {
            final ConfigurationProblem ofVersion2 = ofVersion2(definition);
            if (ofVersion2 != ConfigurationProblem.NONE) {
                return ofVersion2;
            }
        }
        return staged.hasIssuer(definition.issuerId())
                ? ConfigurationProblem.DUPLICATE_ISSUER
                : ConfigurationProblem.NONE;
    }

    private static ConfigurationProblem ofVersion2(final DefineIssuerDecoder definition) {
        if (definition.linkPreferenceRaw() > LinkPreference.LEAST_COST.value()
                || definition.answersOnSiblingsRaw() > 1
                || definition.exactExpiryRaw() > 1
                || definition.matchKeyRaw() > MatchKey.STAN.value()
                || (definition.matchChecks().getRaw() & ~IssuerMatching.ALL_CHECKS) != 0
                || definition.reconciliationRaw() > ReconciliationMode.SEND.value()) {
            return ConfigurationProblem.INVALID_ISSUER;
        }
        return unless(isWithin(definition.breaker()), ConfigurationProblem.INVALID_BREAKER);
    }

    private static boolean isWithin(final BreakerRuleDecoder rule) {
        if (rule.unknowns() == 0 && rule.failurePercent() == 0) {
            return rule.pauseNs() == 0 && rule.probes() == 0 && rule.outcomes() == 0;
        }
        final boolean hasShare = rule.failurePercent() != 0;
        return rule.failurePercent() <= WHOLE_PERCENT
                && !isOutside(rule.outcomes(), hasShare ? 1 : 0, hasShare ? Breaker.MAXIMUM_OUTCOMES : 0)
                && !isOutside(rule.pauseNs(), MILLISECOND_NS, DAY_NS)
                && rule.probes() >= 1;
    }

    private static boolean isPaymentRuleOutside(final DefineIssuerDecoder definition) {
        return (definition.transactionTypes() & ~TransactionTypes.ALL) != 0
                || isOutside(definition.preAuthorisationValidityNs(), 0, MAXIMUM_RETENTION_NS)
                || (definition.overCapturePercent() != 0
                        && isOutside(definition.overCapturePercent(), WHOLE_PERCENT, MAXIMUM_CAPTURE_PERCENT))
                || definition.onUsRaw() > 1;
    }

    static ConfigurationProblem of(final DefineLinkDecoder definition, final Configuration staged) {
        final boolean hasRate = definition.actingVersion() >= DefineLinkDecoder.maximumRateSinceVersion();
        if (definition.linkId() == 0
                || definition.window() == 0
                || (hasRate && definition.maximumRate() > MAXIMUM_LINK_RATE)) {
            return ConfigurationProblem.INVALID_LINK;
        }
        return staged.hasLink(definition.linkId()) ? ConfigurationProblem.DUPLICATE_LINK : ConfigurationProblem.NONE;
    }

    static ConfigurationProblem of(final DefineBinRangeDecoder definition) {
        return definition.low() > definition.high() || definition.high() > MAXIMUM_PREFIX
                ? ConfigurationProblem.INVALID_BIN_RANGE
                : ConfigurationProblem.NONE;
    }

    static ConfigurationProblem of(final DefineOperatorDecoder definition, final Configuration staged) {
        if (definition.operatorId() == 0 || isOutside(definition.rights().getRaw(), 1, ALL_RIGHTS)) {
            return ConfigurationProblem.INVALID_OPERATOR;
        }
        if (staged.hasOperator(definition.operatorId())) {
            return ConfigurationProblem.DUPLICATE_OPERATOR;
        }
        return unless(staged.operators() < Configuration.MAXIMUM_OPERATORS, ConfigurationProblem.TOO_MANY_OPERATORS);
    }

    /** Checks a staged configuration as a whole; its card ranges are sorted. */
    ConfigurationProblem ofWhole(final Configuration staged) {
        if (staged.problem() != ConfigurationProblem.NONE) {
            return staged.problem();
        }
        if (staged.currencies() == 0) {
            return ConfigurationProblem.NO_CURRENCY;
        }
        if (staged.acquirers() == 0) {
            return ConfigurationProblem.NO_ACQUIRER;
        }
        if (staged.issuers() == 0) {
            return ConfigurationProblem.NO_ISSUER;
        }
        if (staged.bins().count() == 0) {
            return ConfigurationProblem.NO_BIN_RANGE;
        }
        if (staged.bins().overlaps()) {
            return ConfigurationProblem.OVERLAPPING_BIN_RANGES;
        }
        final ConfigurationProblem ofOperators = ofOperators(staged);
        if (ofOperators != ConfigurationProblem.NONE) {
            return ofOperators;
        }
        final ConfigurationProblem ofReferences = ofReferences(staged);
        return ofReferences == ConfigurationProblem.NONE ? ledger.ofWhole(staged) : ofReferences;
    }

    private ConfigurationProblem ofOperators(final Configuration staged) {
        if (staged.operators() > 0 && staged.maximumOperations() == 0) {
            return ConfigurationProblem.NO_ROOM_FOR_OPERATIONS;
        }
        int proposers = 0;
        int approvers = 0;
        final CommandLog commands = staged.commands();
        for (int at = 0; at < commands.length(); at += commands.lengthAt(at)) {
            if (commands.templateIdAt(at) == DefineOperatorDecoder.TEMPLATE_ID) {
                operator.wrap(
                        commands.buffer(), commands.blockAt(at), commands.blockLengthAt(at), commands.versionAt(at));
                proposers += operator.rights().propose() ? 1 : 0;
                approvers += operator.rights().approve() ? 1 : 0;
            }
        }
        final boolean isTwo = proposers > 0 && approvers > 0 && staged.operators() > 1;
        return unless(isTwo || !staged.isDual(), ConfigurationProblem.DUAL_WITHOUT_TWO_OPERATORS);
    }

    private ConfigurationProblem ofReferences(final Configuration staged) {
        final CommandLog commands = staged.commands();
        for (int at = 0; at < commands.length(); at += commands.lengthAt(at)) {
            final ConfigurationProblem problem = ofReference(staged, commands, at);
            if (problem != ConfigurationProblem.NONE) {
                return problem;
            }
        }
        return ConfigurationProblem.NONE;
    }

    private ConfigurationProblem ofReference(final Configuration staged, final CommandLog commands, final int at) {
        return switch (commands.templateIdAt(at)) {
            case DefineAcquirerDecoder.TEMPLATE_ID -> {
                acquirer.wrap(
                        commands.buffer(), commands.blockAt(at), commands.blockLengthAt(at), commands.versionAt(at));
                yield horizonCovers(staged, acquirer.answerTimeoutNs());
            }
            case DefineAmountLimitDecoder.TEMPLATE_ID -> {
                amountLimit.wrap(
                        commands.buffer(), commands.blockAt(at), commands.blockLengthAt(at), commands.versionAt(at));
                yield ofReference(staged, amountLimit);
            }
            case DefineIssuerDecoder.TEMPLATE_ID -> {
                issuer.wrap(
                        commands.buffer(), commands.blockAt(at), commands.blockLengthAt(at), commands.versionAt(at));
                yield staged.hasLinkTo(issuer.issuerId()) || staged.ledger().isOnUs(issuer.issuerId())
                        ? horizonCovers(staged, issuer.lateAnswerWindowNs())
                        : ConfigurationProblem.ISSUER_WITHOUT_LINK;
            }
            case DefineLinkDecoder.TEMPLATE_ID -> {
                link.wrap(commands.buffer(), commands.blockAt(at), commands.blockLengthAt(at), commands.versionAt(at));
                yield unless(staged.hasIssuer(link.issuerId()), ConfigurationProblem.LINK_OF_UNKNOWN_ISSUER);
            }
            case DefineBinRangeDecoder.TEMPLATE_ID -> {
                binRange.wrap(
                        commands.buffer(), commands.blockAt(at), commands.blockLengthAt(at), commands.versionAt(at));
                yield unless(staged.hasIssuer(binRange.issuerId()), ConfigurationProblem.BIN_RANGE_OF_UNKNOWN_ISSUER);
            }
            default -> ConfigurationProblem.NONE;
        };
    }

    private static ConfigurationProblem ofReference(
            final Configuration staged, final DefineAmountLimitDecoder amountLimit) {
        if (!staged.hasAcquirer(amountLimit.acquirerId())) {
            return ConfigurationProblem.LIMIT_OF_UNKNOWN_ACQUIRER;
        }
        return staged.exponent(amountLimit.currency()) == Configuration.NO_EXPONENT
                ? ConfigurationProblem.LIMIT_IN_UNKNOWN_CURRENCY
                : ConfigurationProblem.NONE;
    }

    private static ConfigurationProblem horizonCovers(final Configuration staged, final long timeNs) {
        return unless(staged.horizonNs() >= timeNs, ConfigurationProblem.HORIZON_TOO_SHORT);
    }

    private static ConfigurationProblem unless(final boolean right, final ConfigurationProblem problem) {
        return right ? ConfigurationProblem.NONE : problem;
    }

    private static boolean isOutside(final long value, final long minimum, final long maximum) {
        return value < minimum || value > maximum;
    }
}
