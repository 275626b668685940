package io.turnout.simulators.acquirer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.Luhn;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Shares;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class PaymentPlanTest {

    private static final long SEED = 1;

    @Test
    void shouldMakeValidCardNumbersOfTheWantedCards() {
        final PaymentPlan plan = plan(Shares.NONE);
        int long19 = 0;
        for (long number = 0; number < 10_000; number++) {
            plan.make(number);
            final String pan = new String(plan.pan, 0, plan.panLength, StandardCharsets.US_ASCII);
            assertTrue(Luhn.isValid(new UnsafeBuffer(plan.pan), 0, plan.panLength), pan);
            assertTrue(pan.startsWith(plan.bin));
            assertEquals(plan.bin.equals("411111") ? 16 : 19, plan.panLength);
            assertEquals(Integer.parseInt(pan.substring(pan.length() - 4)), plan.lastFour());
            long19 += plan.panLength == 19 ? 1 : 0;
        }
        assertTrue(long19 > 2_300 && long19 < 2_700, "seed=" + SEED + " long19=" + long19);
    }

    @Test
    void shouldKeepAmountsWithinTheirRanges() {
        final PaymentPlan plan = plan(Shares.NONE);
        for (long number = 0; number < 10_000; number++) {
            plan.make(number);
            if (plan.currency == 156) {
                assertTrue(plan.amountMinor >= 100 && plan.amountMinor <= 999, "amount=" + plan.amountMinor);
                assertEquals(2, plan.exponent);
            } else {
                assertEquals(392, plan.currency);
                assertTrue(plan.amountMinor >= 1 && plan.amountMinor <= 9, "amount=" + plan.amountMinor);
                assertEquals(0, plan.exponent);
            }
        }
    }

    @Test
    void shouldGiveEachPaymentItsOwnReferences() {
        final PaymentPlan plan = plan(Shares.NONE);
        final Set<Long> references = new HashSet<>();
        final Set<String> rrns = new HashSet<>();
        for (long number = 0; number < 100_000; number++) {
            plan.make(number);
            references.add(plan.reference);
            final String rrn = new String(plan.rrn, StandardCharsets.US_ASCII);
            rrns.add(rrn);
            assertEquals(number, plan.number(rrn));
        }
        assertEquals(100_000, references.size());
        assertEquals(100_000, rrns.size());
        assertEquals(-1, plan.number("000000000000"));
        assertEquals(-1, plan.number(new String(plan.rrn, 0, 11, StandardCharsets.US_ASCII) + "!"));
    }

    @Test
    void shouldMakeTheSamePaymentFromTheSameNumber() {
        final PaymentPlan plan = plan(new Shares(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5));
        plan.make(17);
        final String first = text(plan);
        plan.make(18);
        assertNotEquals(first, text(plan));
        plan.make(17);
        assertEquals(first, text(plan));
    }

    @Test
    void shouldSpoilExactlyWhatTheFaultSays() {
        final PaymentPlan plan = plan(new Shares(0, 0, 0, 0, 0, 0, 0, 1));
        for (long number = 0; number < 1_000; number++) {
            plan.make(number);
            final boolean valid = Luhn.isValid(new UnsafeBuffer(plan.pan), 0, plan.panLength);
            assertEquals(plan.fault != Fault.WRONG_CHECK_DIGIT, valid, plan.fault.name());
            assertEquals(plan.fault == Fault.ZERO_AMOUNT, plan.amountMinor == 0, plan.fault.name());
            assertEquals(plan.fault == Fault.UNKNOWN_CURRENCY, plan.currency == 998, plan.fault.name());
            assertEquals(plan.fault == Fault.UNROUTED_CARD, plan.bin.equals("00000000"), plan.fault.name());
            assertNotEquals(Fault.NONE, plan.fault);
            assertFalse(plan.conflicting);
        }
    }

    private static PaymentPlan plan(final Shares shares) {
        return new PaymentPlan(
                AcquirerBench.configuration(Path.of("unused"), AcquirerBench.TEN, shares), AcquirerBench.START_NS);
    }

    private static String text(final PaymentPlan plan) {
        return plan.reference + " " + new String(plan.pan, StandardCharsets.US_ASCII) + " " + plan.amountMinor + " "
                + plan.fault + " " + plan.reversed + plan.repeated + plan.conflicting + plan.hasPinBlock + " "
                + new String(plan.track2, 0, plan.track2Length, StandardCharsets.US_ASCII);
    }
}
