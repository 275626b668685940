package io.turnout.gateway.acquirer.iso;

/** The network management codes (DE70) that acquirers and the switch use between them. */
final class NetworkCode {

    /** None. */
    static final int NONE = 0;

    static final int SIGN_ON = 1;
    static final int SIGN_OFF = 2;
    /** Sign-on and sign-off of a group. */
    static final int GROUP_SIGN_ON = 61;

    static final int GROUP_SIGN_OFF = 62;
    static final int ECHO = 301;
    /** The echo of some networks. */
    static final int OTHER_ECHO = 270;

    private NetworkCode() {}
}
