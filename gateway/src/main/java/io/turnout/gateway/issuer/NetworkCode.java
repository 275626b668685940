package io.turnout.gateway.issuer;

/** The network management codes (DE70) a link knows. */
final class NetworkCode {

    static final int NONE = 0;
    static final int SIGN_ON = 1;
    static final int SIGN_OFF = 2;
    static final int ECHO = 301;
    /** The echo of some networks. */
    static final int OTHER_ECHO = 270;

    private NetworkCode() {}

    /** Whether a link does what the code asks for. */
    static boolean isKnown(final int code) {
        return code == SIGN_ON || code == SIGN_OFF || code == ECHO || code == OTHER_ECHO;
    }
}
