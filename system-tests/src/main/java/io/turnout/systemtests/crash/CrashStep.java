package io.turnout.systemtests.crash;

import java.util.Locale;

/** Where a switch dies. */
enum CrashStep {
    /** A command is in the journal's memory and not yet with the operating system. */
    AFTER_APPEND,
    /** Commands are with the operating system and applied, and not yet on the device. */
    BEFORE_SYNC,
    /** A payment request has been written to a bank. */
    AFTER_BANK_WRITE,
    /** An event has left and is not yet in the event journal. */
    BEFORE_EVENT_JOURNAL,
    /** Commands are being replayed. */
    DURING_RECOVERY;

    static CrashStep of(final String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
