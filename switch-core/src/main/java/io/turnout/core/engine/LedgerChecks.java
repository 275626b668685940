package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.DefineAcquirerDecoder;
import io.turnout.codecs.sbe.engine.DefineFeeDecoder;
import io.turnout.codecs.sbe.engine.DefineIssuerDecoder;
import io.turnout.codecs.sbe.engine.DefineLedgerDecoder;
import io.turnout.codecs.sbe.engine.DefineParticipantDecoder;

/** The rules for what a configuration says about the ledger. Each names one problem or none. */
final class LedgerChecks {
    private static final int MAXIMUM_BASIS_POINTS = 10_000;
    private static final int MAXIMUM_MARGIN_PERCENT = 70;

    private final DefineAcquirerDecoder acquirer = new DefineAcquirerDecoder();
    private final DefineIssuerDecoder issuer = new DefineIssuerDecoder();
    private final DefineParticipantDecoder participant = new DefineParticipantDecoder();
    private final DefineFeeDecoder fee = new DefineFeeDecoder();

    static ConfigurationProblem of(final DefineLedgerDecoder definition, final Configuration staged) {
        return definition.maximumAccounts() == 0
                        || definition.maximumTransfers() == 0
                        || definition.maximumSubmissions() == 0
                        || staged.ledger().isDefined()
                        || (definition.actingVersion() >= DefineLedgerDecoder.capWarningMarginPercentSinceVersion()
                                && definition.capWarningMarginPercent() > MAXIMUM_MARGIN_PERCENT)
                ? ConfigurationProblem.INVALID_LEDGER
                : ConfigurationProblem.NONE;
    }

    static ConfigurationProblem of(final DefineParticipantDecoder definition, final Configuration staged) {
        if (definition.participantId() < 1
                || definition.participantId() > EngineAccounts.LAST_PARTICIPANT
                || definition.netDebitCapMinor() < 0
                || definition.netDebitCapMinor() == Ledger.NO_LIMIT) {
            return ConfigurationProblem.INVALID_PARTICIPANT;
        }
        return staged.ledger().hasParticipant(definition.participantId(), definition.currency())
                ? ConfigurationProblem.DUPLICATE_PARTICIPANT
                : ConfigurationProblem.NONE;
    }

    static ConfigurationProblem of(final DefineFeeDecoder definition, final Configuration staged) {
        if (definition.acquirerId() == 0
                || definition.fixedMinor() < 0
                || definition.fixedMinor() > PaymentRules.MAXIMUM_AMOUNT_MINOR
                || definition.maximumMinor() < 0
                || definition.maximumMinor() > PaymentRules.MAXIMUM_AMOUNT_MINOR
                || definition.basisPoints() > MAXIMUM_BASIS_POINTS) {
            return ConfigurationProblem.INVALID_FEE;
        }
        return staged.ledger().hasFee(definition.acquirerId(), definition.currency())
                ? ConfigurationProblem.DUPLICATE_FEE
                : ConfigurationProblem.NONE;
    }

    /** What definitions say of each other. */
    ConfigurationProblem ofWhole(final Configuration staged) {
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
        final int block = commands.blockAt(at);
        final int length = commands.blockLengthAt(at);
        final int version = commands.versionAt(at);
        return switch (commands.templateIdAt(at)) {
            case DefineAcquirerDecoder.TEMPLATE_ID ->
                ofParticipant(
                        staged,
                        LedgerConfiguration.participantOf(acquirer.wrap(commands.buffer(), block, length, version)));
            case DefineIssuerDecoder.TEMPLATE_ID ->
                ofIssuer(staged, issuer.wrap(commands.buffer(), block, length, version));
            case DefineParticipantDecoder.TEMPLATE_ID ->
                ofCurrency(
                        staged,
                        participant
                                .wrap(commands.buffer(), block, length, version)
                                .currency());
            case DefineFeeDecoder.TEMPLATE_ID -> ofFee(staged, fee.wrap(commands.buffer(), block, length, version));
            default -> ConfigurationProblem.NONE;
        };
    }

    private static ConfigurationProblem ofIssuer(final Configuration staged, final DefineIssuerDecoder issuer) {
        if (issuer.onUsRaw() == BooleanType.TRUE.value() && !staged.ledger().isDefined()) {
            return ConfigurationProblem.NO_LEDGER;
        }
        return ofParticipant(staged, LedgerConfiguration.participantOf(issuer));
    }

    private static ConfigurationProblem ofFee(final Configuration staged, final DefineFeeDecoder fee) {
        return staged.hasAcquirer(fee.acquirerId())
                ? ofCurrency(staged, fee.currency())
                : ConfigurationProblem.FEE_OF_UNKNOWN_ACQUIRER;
    }

    private static ConfigurationProblem ofParticipant(final Configuration staged, final long participantId) {
        return participantId == LedgerConfiguration.NO_PARTICIPANT
                        || staged.ledger().isParticipant(participantId)
                ? ConfigurationProblem.NONE
                : ConfigurationProblem.UNKNOWN_PARTICIPANT;
    }

    private static ConfigurationProblem ofCurrency(final Configuration staged, final int currency) {
        if (!staged.ledger().isDefined()) {
            return ConfigurationProblem.NO_LEDGER;
        }
        return staged.exponent(currency) == Configuration.NO_EXPONENT
                ? ConfigurationProblem.LEDGER_IN_UNKNOWN_CURRENCY
                : ConfigurationProblem.NONE;
    }
}
