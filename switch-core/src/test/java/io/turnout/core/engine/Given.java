package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.function.Consumer;

/** What stands before a scenario begins. */
final class Given {
    private final Scenario scenario;

    Given(final Scenario scenario) {
        this.scenario = scenario;
    }

    Given configuration(final TestConfiguration configuration) {
        configuration.commands().forEach(scenario::apply);
        return this;
    }

    Given signedOn(final int... linkIds) {
        for (final int linkId : linkIds) {
            scenario.when().link(linkId, LinkState.SIGNED_ON);
        }
        return this;
    }

    Given down(final int... linkIds) {
        for (final int linkId : linkIds) {
            scenario.when().link(linkId, LinkState.DOWN);
        }
        return this;
    }

    Given pending(final String name) {
        scenario.when().payment(name);
        return this;
    }

    Given approved(final String name) {
        scenario.when().payment(name);
        scenario.when().issuerAnswers(name, 0);
        return this;
    }

    Given approved(final TransactionType type, final String name) {
        scenario.when().payment(type, name);
        scenario.when().issuerAnswers(name, 0);
        return this;
    }

    /** A pre-authorisation of 12.34, completed by another payment. */
    Given completed(final String completion, final String original) {
        approved(TransactionType.PRE_AUTHORISATION, original);
        scenario.when().complete(completion, original);
        scenario.when().issuerAnswers(completion, 0);
        return this;
    }

    /** An accomplished fact whose advice is with the issuer. */
    Given advised(final String name) {
        scenario.when().advice(TransactionType.PURCHASE, name);
        return this;
    }

    Given declined(final String name) {
        scenario.when().payment(name);
        scenario.when().issuerAnswers(name, 1016);
        return this;
    }

    /** A payment the issuer did not answer; its first reversal attempt is with the issuer. */
    Given timedOut(final String name) {
        scenario.when().payment(name);
        scenario.when().secondsPass(10);
        return this;
    }

    Given reversed(final String name) {
        timedOut(name);
        scenario.when().issuerAnswersReversal(name, 0);
        return this;
    }

    Given that(final Consumer<When> action) {
        action.accept(scenario.when());
        return this;
    }
}
