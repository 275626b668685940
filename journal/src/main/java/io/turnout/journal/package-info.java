/**
 * A journal of opaque records: append, flush, sync, replay. It knows no payment word and hides what stores the bytes.
 */
package io.turnout.journal;
