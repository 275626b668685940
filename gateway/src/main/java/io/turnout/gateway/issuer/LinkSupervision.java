package io.turnout.gateway.issuer;

import io.turnout.gateway.iso.NetworkCode;

/**
 * Decides, for a link whose connections are open, when the issuer is asked what, and what its silence means. Says what
 * is to be done and does nothing. Reads no clock. Used by one thread.
 */
final class LinkSupervision {

    private static final int LARGEST_STAN = 999_999;
    private static final long NEVER = Long.MAX_VALUE;

    /** What is to be done. */
    enum Decision {
        /** Nothing. */
        NOTHING,
        /** Sign on. */
        SIGN_ON,
        /** Ask whether the issuer is alive. */
        ECHO,
        /** An echo was not answered, and another one shall be sent. */
        ECHO_MISSED,
        /** As many echoes were not answered as may be. */
        SILENT,
        /** The sign-on was refused or not answered; another one follows after a pause. */
        SIGN_ON_REFUSED,
        /** As many sign-ons were refused or not answered as may be. */
        SIGN_ON_GIVEN_UP,
        /** The sign-off was not answered. */
        SIGN_OFF_UNANSWERED
    }

    private final SignOn signOn;
    private final IssuerTimers timers;
    private boolean signedOn;
    private boolean issuerSignedOn;
    private boolean issuerSignedOff;
    private int signOns;
    private long signOnAtNs;
    private int awaitedCode;
    private int awaitedStan;
    private long awaitedSinceNs;
    private int networkStan;
    private int echoMisses;
    private long lastHeardNs;

    LinkSupervision(final SignOn signOn, final IssuerTimers timers) {
        this.signOn = signOn;
        this.timers = timers;
        connected(0);
    }

    /** The connections are open, and nobody has said anything. */
    void connected(final long nowNs) {
        signedOn = false;
        issuerSignedOn = false;
        issuerSignedOff = false;
        signOnAtNs = NEVER;
        awaitedCode = NetworkCode.NONE;
        echoMisses = 0;
        lastHeardNs = nowNs;
    }

    /** The link shall come up. */
    void signOn(final long nowNs) {
        signedOn = false;
        signOns = 0;
        signOnAtNs = signOn.isOurs() ? nowNs : NEVER;
    }

    /** The link shall stay down. */
    void signOff() {
        signedOn = false;
        signOnAtNs = NEVER;
    }

    /** Whether everybody has signed on who has to. */
    boolean isSignedOn() {
        return !issuerSignedOff && (signedOn || !signOn.isOurs()) && (issuerSignedOn || !signOn.isTheirs());
    }

    Decision onTick(final long nowNs) {
        if (awaitedCode != NetworkCode.NONE) {
            return nowNs - awaitedSinceNs < timers.responseTimeoutNs() ? Decision.NOTHING : unanswered(nowNs);
        }
        if (nowNs >= signOnAtNs) {
            return Decision.SIGN_ON;
        }
        return nowNs - lastHeardNs >= timers.echoIntervalNs() ? Decision.ECHO : Decision.NOTHING;
    }

    /** A network management request is sent now; answers its number. */
    int asked(final int networkCode, final long nowNs) {
        if (networkCode == NetworkCode.SIGN_ON) {
            signOnAtNs = NEVER;
            signOns++;
        }
        awaitedCode = networkCode;
        awaitedStan = nextStan();
        awaitedSinceNs = nowNs;
        return awaitedStan;
    }

    /** The number of the next network management message. */
    int nextStan() {
        networkStan = networkStan == LARGEST_STAN ? 1 : networkStan + 1;
        return networkStan;
    }

    /** Bytes came. */
    void onBytes(final long nowNs) {
        lastHeardNs = nowNs;
    }

    /** What the issuer says lies unread, so that its silence proves nothing. */
    void onHeld(final long nowNs) {
        lastHeardNs = nowNs;
        awaitedSinceNs = nowNs;
    }

    /** A message came: the issuer is alive. */
    void onMessage() {
        echoMisses = 0;
    }

    /** Whether an answer to a network management request is awaited. */
    boolean isAwaiting() {
        return awaitedCode != NetworkCode.NONE;
    }

    boolean awaits(final long stan) {
        return awaitedCode != NetworkCode.NONE && stan == awaitedStan;
    }

    /** The awaited answer came; says which request it answers. */
    int answered() {
        final int code = awaitedCode;
        awaitedCode = NetworkCode.NONE;
        return code;
    }

    void onSignOnAccepted() {
        signedOn = true;
        issuerSignedOff = false;
    }

    /** Answers {@link Decision#SIGN_ON_REFUSED} or {@link Decision#SIGN_ON_GIVEN_UP}. */
    Decision onSignOnRefused(final long nowNs) {
        if (signOns >= timers.maximumSignOns()) {
            return Decision.SIGN_ON_GIVEN_UP;
        }
        signOnAtNs = nowNs + (timers.signOnRetryNs() << Math.min(signOns - 1, Byte.SIZE));
        return Decision.SIGN_ON_REFUSED;
    }

    void onIssuerSignedOn() {
        issuerSignedOn = true;
        issuerSignedOff = false;
    }

    void onIssuerSignedOff() {
        issuerSignedOn = false;
        issuerSignedOff = true;
    }

    private Decision unanswered(final long nowNs) {
        return switch (answered()) {
            case NetworkCode.ECHO -> echoUnanswered();
            case NetworkCode.SIGN_ON -> onSignOnRefused(nowNs);
            default -> Decision.SIGN_OFF_UNANSWERED;
        };
    }

    private Decision echoUnanswered() {
        if (lastHeardNs >= awaitedSinceNs) {
            return Decision.NOTHING;
        }
        echoMisses++;
        return echoMisses >= timers.maximumEchoMisses() ? Decision.SILENT : Decision.ECHO_MISSED;
    }
}
