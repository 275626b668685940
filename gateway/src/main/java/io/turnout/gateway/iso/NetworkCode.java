package io.turnout.gateway.iso;

/** What a network management message is for, as the codes of 1987 (DE70) number it. */
public final class NetworkCode {

    /** No message is awaited. */
    public static final int NONE = 0;

    public static final int SIGN_ON = 1;
    public static final int SIGN_OFF = 2;
    public static final int KEY_CHANGE = 161;
    public static final int CUT_OVER = 201;
    /** The echo of some networks. */
    public static final int OTHER_ECHO = 270;

    public static final int ECHO = 301;
    /** A function that 1987 has no code for. */
    public static final int OTHER = 999;

    private NetworkCode() {}

    /** Whether a link does what the code asks for. */
    public static boolean isKnown(final int code) {
        return code == SIGN_ON || code == SIGN_OFF || code == ECHO || code == OTHER_ECHO;
    }
}
