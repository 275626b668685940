package io.turnout.gateway.acquirer;

import static io.turnout.gateway.support.AcquirerMessages.PAN;
import static io.turnout.gateway.support.AcquirerMessages.TRACK2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.acquirer.MessageHeaderDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentRequestDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentRequestEncoder;
import io.turnout.gateway.support.AcquirerMessages;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Field by field: the first wrong one is named, and every value the schema allows passes. */
class PaymentRequestFormTest {

    private final PaymentRequestForm form = new PaymentRequestForm();

    @Test
    void shouldAcceptAPaymentWithEverything() {
        assertEquals(
                PaymentRequestForm.VALID,
                check(AcquirerMessages.payment(1, PAN, TRACK2, new byte[16], "1234", new byte[] {(byte) 0x82, 1, 0})));
        assertTrue(form.hasSensitiveData());
        assertTrue(form.isTrackOfCard());
    }

    @Test
    void shouldKnowAPaymentWithoutSensitiveData() {
        assertEquals(PaymentRequestForm.VALID, check(AcquirerMessages.payment(1)));
        assertFalse(form.hasSensitiveData());
    }

    @ParameterizedTest(name = "{0} = {1}: field {2}")
    @CsvSource({
        "createdAtNs, 0, 2",
        "createdAtNs, -1, 2",
        "createdAtNs, 1, 0",
        "amountMinor, -9223372036854775808, 3",
        "amountMinor, 0, 0",
        "amountMinor, -1, 0",
        "amountMinor, 1000000000000, 0",
        "localDateTime, 0, 4",
        "localDateTime, 20231314221320, 4",
        "localDateTime, 20231100221320, 4",
        "localDateTime, 20230229221320, 4",
        "localDateTime, 20240229221320, 0",
        "localDateTime, 21000101000000, 4",
        "localDateTime, 20000229235959, 0",
        "localDateTime, 20231114241320, 4",
        "localDateTime, 20231114226020, 4",
        "localDateTime, 20231114221360, 4",
        "localDateTime, -20231114221320, 4",
        "currency, 0, 5",
        "currency, 1, 0",
        "currency, 999, 0",
        "currency, 1000, 5",
        "currency, 65535, 5",
        "currencyExponent, 0, 0",
        "currencyExponent, 254, 0",
        "currencyExponent, 255, 6",
        "transactionType, 0, 0",
        "transactionType, 254, 0",
        "transactionType, 255, 7",
        "expiry, 0, 0",
        "expiry, 1, 0",
        "expiry, 2900, 8",
        "expiry, 2913, 8",
        "expiry, 9912, 0",
        "expiry, 10001, 8",
        "expiry, 65535, 8",
        "cardSequence, 0, 0",
        "cardSequence, 99, 0",
        "cardSequence, 100, 9",
        "cardSequence, 254, 9",
        "cardSequence, 255, 0",
        "panEntryMode, 4, 10",
        "panEntryMode, 91, 0",
        "panEntryMode, 255, 10",
        "pinEntryCapability, 3, 11",
        "pinEntryCapability, 6, 0",
        "pinEntryCapability, 255, 11",
        "posCondition, 3, 12",
        "posCondition, 59, 0",
        "posCondition, 255, 12",
        "merchantCategory, 0, 13",
        "merchantCategory, 9999, 0",
        "merchantCategory, 10000, 13",
        "destinationAccountId, 1, 25",
        "advice, 1, 0",
        "advice, 2, 26",
        "advice, 255, 26",
    })
    void shouldCheckNumbers(final String field, final long value, final int expected) {
        final byte[] frame = AcquirerMessages.payment(1);
        set(frame, field, value);

        assertEquals(expected, check(frame));
    }

    @ParameterizedTest(name = "{0} = \"{1}\": field {2}")
    @CsvSource({
        "terminalId, '        ', 14",
        "terminalId, 'A       ', 0",
        "terminalId, 'TERM\t001', 14",
        "merchantId, '               ', 15",
        "merchantName, 'Caf\u00e9 X', 16",
        "merchantName, '                         ', 0",
        "merchantCity, '\u007f', 17",
        "merchantCountry, 'cn', 18",
        "merchantCountry, '  ', 18",
        "merchantCountry, 'C1', 18",
        "retrievalReference, '            ', 0",
        "retrievalReference, '\u0000', 19",
        "approvalCode, 'A12345', 27",
    })
    void shouldCheckTexts(final String field, final String value, final int expected) {
        final byte[] frame = AcquirerMessages.payment(1);
        final byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, frame, AcquirerMessages.offsetOf(offset(field)), bytes.length);

        assertEquals(expected, check(frame));
    }

    @ParameterizedTest
    @CsvSource({
        "40000000, 0",
        "4000000, 20",
        "6304000000000000000, 0",
        "63040000000000000000, 20",
        "'', 20",
        "411111111111111a, 20",
        "411111111111 111, 20",
    })
    void shouldCheckCardNumbers(final String pan, final int expected) {
        assertEquals(expected, check(AcquirerMessages.payment(1, pan, "")));
    }

    @ParameterizedTest
    @CsvSource({
        "4111111111111111=2912, 0",
        "4111111111111111D2912201, 0",
        "4111111111111111=29122011234567890123, 0",
        "4111111111111111=291220112345678901234, 21",
        "4111111111111111=291, 21",
        "4111111111111111, 21",
        "4111111111111111=2912=01, 21",
        "4111111111111111d2912, 21",
        "411111=2912, 21",
        "41111111111111111111=2912, 21",
        "=2912, 21",
        "=, 21",
        "';4111111111111111=2912?', 21",
    })
    void shouldCheckTracks(final String track2, final int expected) {
        assertEquals(expected, check(AcquirerMessages.payment(1, PAN, track2)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 22", "7, 22", "8, 0", "9, 22", "15, 22", "16, 0", "17, 22"})
    void shouldCheckPinBlocks(final int length, final int expected) {
        assertEquals(expected, check(AcquirerMessages.payment(1, PAN, "", new byte[length], "", new byte[0])));
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "12, 23", "123, 0", "1234, 0", "12345, 23", "12a, 23"})
    void shouldCheckSecurityCodes(final String code, final int expected) {
        assertEquals(expected, check(AcquirerMessages.payment(1, PAN, "", new byte[0], code, new byte[0])));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "9F2608112233445566778882025C00, 0",
        "8200, 0",
        "82, 24",
        "9F, 24",
        "9F26, 24",
        "9F260811, 24",
        "820100FF, 24",
        "5F2A020156, 0",
        "DF818001010A, 0",
        "57810101, 0",
        "5781, 24",
        "5782000101, 24",
        "5780, 24",
    })
    void shouldCheckIccData(final String hex, final int expected) {
        final byte[] icc = HexFormat.of().parseHex(hex);

        assertEquals(expected, check(AcquirerMessages.payment(1, PAN, "", new byte[0], "", icc)));
    }

    @ParameterizedTest
    @CsvSource({"1, 25", "2, 25", "3, 25", "4, 25", "5, 25", "6, 0", "7, 0", "8, 25"})
    void shouldTakeADestinationOfTransfersAndTopUpsOnly(final int type, final int expected) {
        final byte[] frame = AcquirerMessages.payment(1);
        set(frame, "transactionType", type);
        set(frame, "destinationAccountId", 77);

        assertEquals(expected, check(frame));
    }

    @ParameterizedTest
    @CsvSource({"1, 28", "2, 28", "3, 28", "4, 28", "5, 28", "6, 28", "7, 28", "8, 0"})
    void shouldTakeASourceOfWithdrawalsOnly(final int type, final int expected) {
        final byte[] frame = AcquirerMessages.payment(1);
        set(frame, "transactionType", type);
        set(frame, "sourceAccountId", 77);

        assertEquals(expected, check(frame));
    }

    @ParameterizedTest(name = "track {0}, PIN block {1}, code {2}, chip {3}: field {4}")
    @CsvSource({
        "'', 0, '', 0, 0",
        "4111111111111111=2912, 0, '', 0, 21",
        "'', 8, '', 0, 22",
        "'', 0, 123, 0, 23",
        "'', 0, '', 3, 24",
    })
    void shouldTakeNoSensitiveDataWithAnAdvice(
            final String track2, final int pinBlock, final String code, final int icc, final int expected) {
        final byte[] iccData = icc == 0 ? new byte[0] : new byte[] {(byte) 0x82, 1, 0};
        final byte[] frame = AcquirerMessages.payment(1, PAN, track2, new byte[pinBlock], code, iccData);
        assertEquals(PaymentRequestForm.VALID, check(frame), "as a request");
        set(frame, "advice", 1);

        assertEquals(expected, check(frame));
    }

    @ParameterizedTest
    @CsvSource({"'A12345', 0", "'A1    ', 0", "'      ', 0", "'A1234\u0000', 27"})
    void shouldTakeAnApprovalCodeWithAnAdvice(final String code, final int expected) {
        final byte[] frame = AcquirerMessages.payment(1);
        set(frame, "advice", 1);
        final byte[] bytes = code.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, frame, AcquirerMessages.offsetOf(offset("approvalCode")), bytes.length);

        assertEquals(expected, check(frame));
    }

    @Test
    void shouldAcceptARequestOfVersion0() {
        assertEquals(PaymentRequestForm.VALID, check(AcquirerMessages.PAYMENT_OF_VERSION_0));
        assertEquals(PAN.length(), form.pan().length());
        assertTrue(form.isTrackOfCard());
    }

    private int check(final byte[] frame) {
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        return form.check(new PaymentRequestDecoder()
                .wrapAndApplyHeader(buffer, SofhFrameFormat.HEADER_LENGTH, new MessageHeaderDecoder()));
    }

    private static void set(final byte[] frame, final String field, final long value) {
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        final int offset = AcquirerMessages.offsetOf(offset(field));
        switch (field) {
            case "createdAtNs", "amountMinor", "localDateTime", "destinationAccountId", "sourceAccountId" ->
                buffer.putLong(offset, value);
            case "currency", "expiry", "merchantCategory" -> buffer.putShort(offset, (short) value);
            default -> buffer.putByte(offset, (byte) value);
        }
    }

    private static int offset(final String field) {
        return switch (field) {
            case "createdAtNs" -> PaymentRequestEncoder.createdAtNsEncodingOffset();
            case "amountMinor" -> PaymentRequestEncoder.amountMinorEncodingOffset();
            case "localDateTime" -> PaymentRequestEncoder.localDateTimeEncodingOffset();
            case "currency" -> PaymentRequestEncoder.currencyEncodingOffset();
            case "currencyExponent" -> PaymentRequestEncoder.currencyExponentEncodingOffset();
            case "transactionType" -> PaymentRequestEncoder.transactionTypeEncodingOffset();
            case "expiry" -> PaymentRequestEncoder.expiryEncodingOffset();
            case "cardSequence" -> PaymentRequestEncoder.cardSequenceEncodingOffset();
            case "panEntryMode" -> PaymentRequestEncoder.panEntryModeEncodingOffset();
            case "pinEntryCapability" -> PaymentRequestEncoder.pinEntryCapabilityEncodingOffset();
            case "posCondition" -> PaymentRequestEncoder.posConditionEncodingOffset();
            case "merchantCategory" -> PaymentRequestEncoder.merchantCategoryEncodingOffset();
            case "terminalId" -> PaymentRequestEncoder.terminalIdEncodingOffset();
            case "merchantId" -> PaymentRequestEncoder.merchantIdEncodingOffset();
            case "merchantName" -> PaymentRequestEncoder.merchantNameEncodingOffset();
            case "merchantCity" -> PaymentRequestEncoder.merchantCityEncodingOffset();
            case "merchantCountry" -> PaymentRequestEncoder.merchantCountryEncodingOffset();
            case "retrievalReference" -> PaymentRequestEncoder.retrievalReferenceEncodingOffset();
            case "destinationAccountId" -> PaymentRequestEncoder.destinationAccountIdEncodingOffset();
            case "sourceAccountId" -> PaymentRequestEncoder.sourceAccountIdEncodingOffset();
            case "advice" -> PaymentRequestEncoder.adviceEncodingOffset();
            case "approvalCode" -> PaymentRequestEncoder.approvalCodeEncodingOffset();
            default -> throw new IllegalArgumentException(field);
        };
    }
}
