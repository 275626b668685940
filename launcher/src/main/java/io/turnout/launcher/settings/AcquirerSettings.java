package io.turnout.launcher.settings;

import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An acquirer that may log on.
 *
 * @param id number in Logon, from 1
 * @param name for people
 * @param institutionId ISO 8583 DE32, at most 11 digits
 * @param credential shared secret of the binary protocol, 16 to 128 bytes; none when it speaks ISO 8583 only
 * @param answerTimeoutNs the acquirer has its answer this long after its request was accepted
 * @param limitsMinor largest amount of one payment by currency; a currency without a limit is not permitted
 * @param transactions what it may ask for
 * @param statusInquiriesPerSecond answered at most, with bursts of as many; 0 = no limit
 * @param participant whose position its payments move; 0 = nobody's
 * @param fees what it pays, by currency
 * @param iso8583 where it connects if it speaks ISO 8583; empty = nowhere
 */
public record AcquirerSettings(
        int id,
        String name,
        long institutionId,
        Secret credential,
        long answerTimeoutNs,
        Map<Currency, Long> limitsMinor,
        Set<TransactionType> transactions,
        int statusInquiriesPerSecond,
        int participant,
        Map<Currency, LedgerSettings.Fee> fees,
        Optional<IsoAcquirerSettings> iso8583) {

    /** Takes copies of the collections. */
    public AcquirerSettings {
        limitsMinor = Map.copyOf(limitsMinor);
        transactions = Set.copyOf(transactions);
        fees = Map.copyOf(fees);
    }
}
