package io.turnout.gateway.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.Framing;
import io.turnout.gateway.support.AcquirerMessages;
import io.turnout.gateway.support.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a bank sends, the link counts it or closes; it never throws. */
class IssuerLinkFuzzTest {

    private static final String[] DIALECTS = {"iso87-ascii", "iso87-bcd", "iso87-ebcdic-binbitmap"};

    @Test
    void shouldNeverThrowNorOfferACommandForRandomBytes() {
        final Random random = new Random(Seeds.next("issuer random bytes"));
        for (int round = 0; round < 300; round++) {
            final IssuerFixture link = anyLink(random);
            for (int i = 0; i < 10; i++) {
                link.receive(randomBytes(random, 1 + random.nextInt(300)));
                link.pass(random.nextInt(1_000_000_000));
            }

            assertEquals(0, link.ingress.count());
        }
    }

    @Test
    void shouldNeverThrowNorOfferACommandForRandomMessagesInGoodFrames() {
        final Random random = new Random(Seeds.next("issuer random messages"));
        for (int round = 0; round < 300; round++) {
            final IssuerFixture link = anyLink(random);
            for (int i = 0; i < 20; i++) {
                link.receive(link.bank.frame(randomBytes(random, 1 + random.nextInt(300))));
            }

            assertEquals(0, link.ingress.count());
            assertTrue(link.connection.isOpen(), "a bad message does not cost the link");
        }
    }

    @Test
    void shouldNeverThrowForDamagedAnswers() {
        final Random random = new Random(Seeds.next("issuer damaged answers"));
        int offered = 0;
        for (int round = 0; round < 500; round++) {
            final IssuerFixture link = anyLink(random);
            final byte[] damaged = AcquirerMessages.join(
                    link.bank.response(210, "00"),
                    link.bank.networkRequest(800, 3, 301),
                    link.bank.response(430, "25"));
            for (int i = random.nextInt(3); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            int at = 0;
            while (at < damaged.length) {
                final int to = Math.min(damaged.length, at + 1 + random.nextInt(100));
                link.receive(Arrays.copyOfRange(damaged, at, to));
                at = to;
            }
            offered += link.ingress.count();
            assertTrue(link.ingress.count() <= 2);
        }
        assertTrue(offered > 50, "the test must reach the commands, offered=" + offered);
    }

    private static IssuerFixture anyLink(final Random random) {
        final String dialect = DIALECTS[random.nextInt(DIALECTS.length)];
        final Framing[] framings = Framing.values();
        return new IssuerFixture(dialect, framings[random.nextInt(framings.length)]).signedOn();
    }

    private static byte[] randomBytes(final Random random, final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
