package io.turnout.systemtests;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A payment as an acquirer of ISO 8583 asks for it, and the messages about it. */
final class IsoPayment {
    static final String PAN = "4111111111111111";
    static final String TRACK2 = "4111111111111111=30122011234567890";

    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("MMddHHmmss").withZone(ZoneOffset.UTC);
    private static final AtomicInteger NEXT_STAN = new AtomicInteger();

    private final int mti;
    private final Map<Integer, String> fields = new TreeMap<>();

    private IsoPayment(final int mti, final String processingCode, final String amount) {
        final String dateTime = DATE_TIME.format(Instant.now());
        final int stan = NEXT_STAN.incrementAndGet();
        this.mti = mti;
        with(2, PAN).with(3, processingCode).with(4, amount).with(7, dateTime);
        with(11, String.format("%06d", stan)).with(12, dateTime.substring(4)).with(13, dateTime.substring(0, 4));
        with(14, "3012").with(18, "5411").with(22, "051").with(25, "00").with(32, "10000001");
        with(37, String.format("RRN%09d", stan)).with(41, "TERM0001").with(42, "MERCHANT0000001");
        with(43, "ACME STORE               SHANGHAI     CN").with(49, "156");
    }

    /** 0200, 12.34. */
    static IsoPayment purchase() {
        return new IsoPayment(200, "000000", "000000001234");
    }

    /** 0100, 12.34. */
    static IsoPayment preAuthorisation() {
        return new IsoPayment(100, "000000", "000000001234").with(25, "06");
    }

    static IsoPayment balanceInquiry() {
        return new IsoPayment(100, "310000", "000000000000");
    }

    static IsoPayment refund() {
        return new IsoPayment(200, "200000", "000000001234");
    }

    /** A completion of this payment. */
    IsoPayment completion(final String amount) {
        return new IsoPayment(200, "000000", amount).with(90, originalData());
    }

    /** A void of this payment. */
    IsoPayment cancellation() {
        return new IsoPayment(200, "200000", fields.get(4)).with(90, originalData());
    }

    /** The fields of a reversal of this payment, 0400 or 0420. */
    Map<Integer, String> reversal() {
        final IsoPayment reversal = new IsoPayment(420, fields.get(3), fields.get(4));
        reversal.with(37, fields.get(37)).with(12, fields.get(12)).with(13, fields.get(13));
        reversal.fields.remove(43);
        reversal.fields.remove(14);
        return reversal.with(90, originalData()).fields();
    }

    /** As {@link #reversal}, of a part: this shall stand. */
    Map<Integer, String> reversal(final String replacementAmount) {
        final Map<Integer, String> reversal = reversal();
        reversal.put(95, replacementAmount + "0".repeat(30));
        return reversal;
    }

    /** Network management with a code of DE70. */
    static Map<Integer, String> network(final String code) {
        final Map<Integer, String> fields = new TreeMap<>();
        fields.put(7, DATE_TIME.format(Instant.now()));
        fields.put(11, String.format("%06d", NEXT_STAN.incrementAndGet()));
        fields.put(70, code);
        return fields;
    }

    IsoPayment with(final int field, final String value) {
        fields.put(field, value);
        return this;
    }

    IsoPayment without(final int field) {
        fields.remove(field);
        return this;
    }

    int mti() {
        return mti;
    }

    /** The message type of the advice of such a payment. */
    int adviceMti() {
        return mti + 20;
    }

    Map<Integer, String> fields() {
        return new TreeMap<>(fields);
    }

    String field(final int number) {
        return fields.get(number);
    }

    String originalData() {
        return String.format("%04d%s%s%011d%011d", mti, fields.get(11), fields.get(7), 10000001, 0);
    }
}
