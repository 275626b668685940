package io.turnout.gateway.iso;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.codecs.iso8583.ResponseCodes;
import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * Where a version of ISO 8583 keeps what every version knows. Amounts, keys and texts that lie in the same data element
 * in all of them are not here.
 *
 * <p>Message types are numbers as in 1987, 100 to 899, on this side; {@link #mti} and {@link #mtiOf1987} translate. The
 * put methods stand in the order of the data elements they write: an encoder takes them in that order only. A value of
 * 0 is not written where it means that nothing is known. Used by one thread; allocates nothing.
 */
public interface IsoVersion {

    /** The message is of another version. */
    int NOT_OF_VERSION = -1;

    /** The version that a dialect follows, which shows in its local date and time (DE12); nothing for 2003. */
    static Optional<IsoVersion> of(final Dialect dialect) {
        return switch (dialect.maximumLength(IsoFields.LOCAL_TIME)) {
            case Iso1987.LOCAL_TIME_LENGTH -> Optional.of(new Iso1987());
            case Iso1993.LOCAL_TIME_LENGTH -> Optional.of(new Iso1993());
            default -> Optional.empty();
        };
    }

    /** The first data element that a dialect lacks or gives another length than the standard, or 0. */
    static int firstMissing(final Dialect dialect) {
        final IsoVersion version = of(dialect).orElse(null);
        if (version == null) {
            return IsoFields.LOCAL_TIME;
        }
        for (final NeededField field : version.needed()) {
            if (dialect.maximumLength(field.number()) != field.length()) {
                return field.number();
            }
        }
        return 0;
    }

    /** Whether DE24 says what a message is for. */
    boolean hasFunctionCode();

    /** What a dialect must have for the messages of a link. */
    NeededField[] needed();

    /** The message type as it is written: 200 is 0200, or 1200. */
    int mti(int mtiOf1987);

    /** The message type as 1987 numbers it, or {@link #NOT_OF_VERSION}. */
    int mtiOf1987(int mti);

    /** The type of the network management requests that this side makes, as 1987 numbers it. */
    int networkRequest();

    /** DE4 of a reversal that leaves something standing (0 = nothing). */
    long reversalAmount(long amountMinor, long replacementAmountMinor);

    /** DE12 and, in 1987, DE13. */
    void putLocalDateTime(IsoEncoder encoder, long ccyymmddhhmmss);

    /** DE15; not written when 0. */
    void putSettlementDate(IsoEncoder encoder, long ccyymmdd);

    /** The merchant's category, where it comes in front of the entry mode: DE18 of 1987. */
    void putMerchantType(IsoEncoder encoder, int merchantCategory);

    /** DE22. */
    void putEntryMode(
            IsoEncoder encoder, int panEntryMode, int pinEntryCapability, int posCondition, boolean hasPinBlock);

    /** DE25 of 1987; DE24, DE25 and DE26 of 1993. */
    void putCircumstances(IsoEncoder encoder, int function, int reason, int posCondition, int merchantCategory);

    /** DE24 of 1993. */
    void putFunction(IsoEncoder encoder, int function);

    /** DE28 of 1993; 1987 has the date of a reconciliation in DE15. */
    void putReconciliationDate(IsoEncoder encoder, long ccyymmdd);

    /** DE30 of 1993: the amount of the original of which a part is undone; not written when 0. */
    void putOriginalAmount(IsoEncoder encoder, long amountMinor);

    /** DE43, from 40 characters in the form of 1987. */
    void putNameAndPlace(IsoEncoder encoder, DirectBuffer source, int offset);

    /** DE66 of 1987: the outcome of a reconciliation. */
    void putSettlementCode(IsoEncoder encoder, int settlementCode);

    /** DE70 of 1987. */
    void putNetworkCode(IsoEncoder encoder, int networkCode);

    /** DE90, or DE56 in 1993. */
    void putOriginalData(
            IsoEncoder encoder,
            int mtiOf1987,
            long stan,
            long transmissionDateTime,
            long localDateTime,
            long institutionId,
            long forwardingInstitutionId);

    /** DE95 of 1987: what shall stand of the amount; not written when 0. */
    void putReplacementAmount(IsoEncoder encoder, long amountMinor);

    /** DE39 of a message, packed. */
    int responseCode(ResponseCodes codes, int canonical, int mtiOf1987);

    /** DE39 of an answer to a reconciliation, packed. */
    int reconciliationCode(ResponseCodes codes, int settlementCode);

    /** What a network management message is for, numbered as {@link NetworkCode}; negative when it does not say. */
    int networkCode(IsoDecoder decoder);

    /** The code of {@link NetworkCode} as the version writes it. */
    int networkCode(int networkCode);

    /** The date that a reconciliation is about, CCYYMMDD, of the century and year nearest to another; 0 when absent. */
    long reconciliationDate(IsoDecoder decoder, long nearCcyymmdd);

    /** The outcome of a reconciliation in an answer, as {@link SettlementCode}; 0 when it does not say. */
    int settlementCode(IsoDecoder decoder, ResponseCodes codes);
}
