package io.turnout.simulators.acquirer;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Framing;

/**
 * How an acquirer speaks ISO 8583:1987 with the switch.
 *
 * @param dialect of its messages
 * @param framing of its messages on TCP
 * @param institutionId DE32
 */
public record IsoForm(Dialect dialect, Framing framing, long institutionId) {}
