package io.turnout.security.link;

/**
 * What a link knows of one of its keys.
 *
 * <pre>
 *            new key                  new key                first message under it, or delay over
 *   ABSENT ──────────▶ STEADY ──────────────────▶ CHANGING ─────────────────────────────────────▶ STEADY
 *                        │                            │
 *                        └── wrong MACs in a row ─────┴──▶ DISTRUSTED ── right MAC, or new key ──▶ STEADY
 *                                                               └── new session, and keys come by messages ──▶ ABSENT
 * </pre>
 */
public enum LinkKeyState {
    /** There is none: nothing can be believed, and nothing that needs it can be sent. */
    ABSENT(0),
    /** In use. */
    STEADY(1),
    /** In use, and its successor is there: both are good for what comes in. */
    CHANGING(2),
    /** In use, but the peer seems to have another: a new one is asked for. */
    DISTRUSTED(3);

    private final int code;

    LinkKeyState(final int code) {
        this.code = code;
    }

    /** The number for counters. */
    public int code() {
        return code;
    }
}
