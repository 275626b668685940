/** ISO 8583 messages by hand and in batches: what the {@code iso8583} and {@code dialect} commands do. */
package io.turnout.launcher.iso;
