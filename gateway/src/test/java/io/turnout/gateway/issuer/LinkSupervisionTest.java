package io.turnout.gateway.issuer;

import static io.turnout.gateway.issuer.IssuerFixture.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.gateway.iso.NetworkCode;
import io.turnout.gateway.issuer.LinkSupervision.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When a link is signed on, and what silence means. */
class LinkSupervisionTest {

    /** o = the issuer accepts our sign-on, t = it signs on, x = it signs off. */
    @ParameterizedTest(name = "{0} after \"{1}\": {2}")
    @CsvSource({
        "OURS, '', false",
        "OURS, o, true",
        "OURS, t, false",
        "OURS, ox, false",
        "OURS, oxt, true",
        "OURS, xo, true",
        "THEIRS, '', false",
        "THEIRS, o, false",
        "THEIRS, t, true",
        "THEIRS, tx, false",
        "THEIRS, txt, true",
        "BOTH, o, false",
        "BOTH, t, false",
        "BOTH, ot, true",
        "BOTH, to, true",
        "BOTH, otx, false",
        "BOTH, otxt, true",
        "BOTH, xto, true",
        "NONE, '', true",
        "NONE, x, false",
        "NONE, xt, true"
    })
    void shouldBeSignedOnWhenEverybodyIsWhoHasTo(final SignOn signOn, final String steps, final boolean signedOn) {
        final LinkSupervision supervision = started(signOn);

        steps.chars().forEach(step -> {
            switch (step) {
                case 'o' -> supervision.onSignOnAccepted();
                case 't' -> supervision.onIssuerSignedOn();
                default -> supervision.onIssuerSignedOff();
            }
        });

        assertEquals(signedOn, supervision.isSignedOn());
    }

    @ParameterizedTest
    @EnumSource(SignOn.class)
    void shouldSignOnAtOnceWhereItHasTo(final SignOn signOn) {
        final Decision decision = started(signOn).onTick(0);

        assertEquals(signOn.isOurs() ? Decision.SIGN_ON : Decision.NOTHING, decision);
    }

    @Test
    void shouldForgetWhoHadSignedOnWithTheConnection() {
        final LinkSupervision supervision = started(SignOn.BOTH);
        supervision.onSignOnAccepted();
        supervision.onIssuerSignedOn();

        supervision.connected(SECOND);

        assertFalse(supervision.isSignedOn());
    }

    @Test
    void shouldKeepInMindThatTheIssuerHasSignedOnWhileItSignsOffAndOnAgain() {
        final LinkSupervision supervision = started(SignOn.BOTH);
        supervision.onSignOnAccepted();
        supervision.onIssuerSignedOn();
        supervision.signOff();
        assertFalse(supervision.isSignedOn());
        supervision.signOn(SECOND);
        supervision.onSignOnAccepted();

        assertTrue(supervision.isSignedOn());
    }

    @Test
    void shouldPauseLongerAfterEachRefusalAndGiveUpAfterTheLast() {
        final LinkSupervision supervision = started(SignOn.OURS);
        supervision.asked(NetworkCode.SIGN_ON, 0);
        supervision.answered();
        assertEquals(Decision.SIGN_ON_REFUSED, supervision.onSignOnRefused(0));
        assertEquals(Decision.NOTHING, supervision.onTick(5 * SECOND - 1));
        assertEquals(Decision.SIGN_ON, supervision.onTick(5 * SECOND));
        supervision.asked(NetworkCode.SIGN_ON, 5 * SECOND);
        assertEquals(Decision.NOTHING, supervision.onTick(15 * SECOND - 1));
        assertEquals(Decision.SIGN_ON_REFUSED, supervision.onTick(15 * SECOND), "not answered");
        assertEquals(Decision.SIGN_ON, supervision.onTick(25 * SECOND));
        supervision.asked(NetworkCode.SIGN_ON, 25 * SECOND);
        supervision.answered();

        assertEquals(Decision.SIGN_ON_GIVEN_UP, supervision.onSignOnRefused(26 * SECOND));
    }

    @Test
    void shouldCountEchoesThatAreNotAnswered() {
        final LinkSupervision supervision = started(SignOn.NONE);
        assertEquals(Decision.NOTHING, supervision.onTick(30 * SECOND - 1));
        assertEquals(Decision.ECHO, supervision.onTick(30 * SECOND));
        supervision.asked(NetworkCode.ECHO, 30 * SECOND);
        assertEquals(Decision.ECHO_MISSED, supervision.onTick(40 * SECOND));
        supervision.asked(NetworkCode.ECHO, 40 * SECOND);
        assertEquals(Decision.ECHO_MISSED, supervision.onTick(50 * SECOND));
        supervision.asked(NetworkCode.ECHO, 50 * SECOND);

        assertEquals(Decision.SILENT, supervision.onTick(60 * SECOND));
    }

    @Test
    void shouldCountFromTheBeginningAfterAnyMessage() {
        final LinkSupervision supervision = started(SignOn.NONE);
        supervision.asked(NetworkCode.ECHO, 30 * SECOND);
        assertEquals(Decision.ECHO_MISSED, supervision.onTick(40 * SECOND));
        supervision.asked(NetworkCode.ECHO, 40 * SECOND);
        assertEquals(Decision.ECHO_MISSED, supervision.onTick(50 * SECOND));
        supervision.onBytes(51 * SECOND);
        supervision.onMessage();
        supervision.asked(NetworkCode.ECHO, 81 * SECOND);

        assertEquals(Decision.ECHO_MISSED, supervision.onTick(91 * SECOND));
    }

    @Test
    void shouldSayWhenASignOffIsNotAnswered() {
        final LinkSupervision supervision = started(SignOn.OURS);
        supervision.asked(NetworkCode.SIGN_OFF, 0);

        assertEquals(Decision.SIGN_OFF_UNANSWERED, supervision.onTick(10 * SECOND));
    }

    @Test
    void shouldKnowTheAnswerItAwaits() {
        final LinkSupervision supervision = started(SignOn.OURS);
        assertFalse(supervision.awaits(1));
        final int stan = supervision.asked(NetworkCode.ECHO, 0);
        assertTrue(supervision.awaits(stan));
        assertFalse(supervision.awaits(stan + 1));

        assertEquals(NetworkCode.ECHO, supervision.answered());
        assertFalse(supervision.awaits(stan));
    }

    private static LinkSupervision started(final SignOn signOn) {
        final LinkSupervision supervision = new LinkSupervision(signOn, IssuerTimers.DEFAULT);
        supervision.connected(0);
        supervision.signOn(0);
        return supervision;
    }
}
