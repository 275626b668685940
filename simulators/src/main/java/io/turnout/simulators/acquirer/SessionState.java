package io.turnout.simulators.acquirer;

/** Where a session with the switch stands. */
enum SessionState {
    /** No connection; the next attempt has an instant. */
    DISCONNECTED,
    /** Waiting for the connection. */
    CONNECTING,
    /** Waiting for the answer to the Logon. */
    LOGGING_ON,
    /** Requests may be sent. */
    ACTIVE,
    /** Waiting for the connection to be gone. */
    CLOSING,
    /** Ended for good. */
    CLOSED
}
