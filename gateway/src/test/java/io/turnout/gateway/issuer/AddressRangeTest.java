package io.turnout.gateway.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From where issuers may connect. */
class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "10.1.2.3/32, 10.1.2.3, true",
        "10.1.0.0/16, 10.1.255.255, true",
        "10.1.0.0/16, 10.2.0.0, false",
        "10.1.2.128/25, 10.1.2.127, false",
        "10.1.2.128/25, 10.1.2.200, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "::1, ::1, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false"
    })
    void shouldHoldAddressesThatBeginWithTheSameBits(final String range, final String address, final boolean contained)
            throws Exception {
        assertEquals(contained, AddressRange.parse(range).orElseThrow().contains(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "bank.example",
                "10.1.2.3/33",
                "10.1.2.3/-1",
                "10.1.2.3/x",
                "10.1.2.300",
                "::/129",
                "/8",
                "10"
            })
    void shouldTakeNothingElse(final String text) {
        assertTrue(AddressRange.parse(text).isEmpty());
    }

    @Test
    void shouldCheckThePrefix() {
        assertThrows(IllegalArgumentException.class, () -> new AddressRange(InetAddress.getLoopbackAddress(), 33));
    }
}
