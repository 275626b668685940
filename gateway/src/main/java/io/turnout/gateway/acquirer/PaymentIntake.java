package io.turnout.gateway.acquirer;

import io.turnout.codecs.iso8583.Luhn;
import io.turnout.codecs.sbe.acquirer.PaymentRequestDecoder;
import io.turnout.gateway.ingress.CommandPublisher;
import io.turnout.gateway.vault.CardNumber;
import io.turnout.gateway.vault.CardReference;
import io.turnout.gateway.vault.CardVault;
import io.turnout.gateway.vault.SensitiveDataKind;
import io.turnout.gateway.vault.SensitiveDataSlots;
import org.agrona.DirectBuffer;

/**
 * Brings a payment request into the switch: checks its form, leaves the card data in the vault, offers the rest. Used
 * by one thread.
 */
public final class PaymentIntake {

    /** What became of an offer. */
    public enum Outcome {
        /** The switch has it. */
        OFFERED,
        /** The switch has no room now; nothing is left behind. */
        NO_ROOM,
        /** There is no slot for its sensitive data; nothing is left behind. */
        CARD_DATA_FULL
    }

    private static final SensitiveDataKind[] KINDS = SensitiveDataKind.values();

    private final CardVault vault;
    private final SensitiveDataSlots slots;
    private final CommandPublisher commands;
    private final PaymentRequestForm form = new PaymentRequestForm();
    private final CardReference card = new CardReference();

    /**
     * @param vault protects card numbers
     * @param slots keep sensitive data
     * @param commands the way into the switch
     */
    public PaymentIntake(final CardVault vault, final SensitiveDataSlots slots, final CommandPublisher commands) {
        this.vault = vault;
        this.slots = slots;
        this.commands = commands;
    }

    /** Id of the first field with a wrong form, or {@link PaymentRequestForm#VALID}. */
    public int check(final PaymentRequestDecoder request) {
        return form.check(request);
    }

    /** Offers the request checked last. */
    public Outcome offer(
            final long sessionId, final long acquirerId, final PaymentRequestDecoder request, final long nowNs) {
        protectCard(request.buffer());
        if (form.hasSensitiveData() && !fillSlot(request.buffer(), sessionId, nowNs)) {
            return Outcome.CARD_DATA_FULL;
        }
        if (commands.requestPayment(sessionId, acquirerId, request, card, vault.sealed())) {
            return Outcome.OFFERED;
        }
        slots.free(slots.incarnation(), card.slotIndex(), card.slotGeneration());
        return Outcome.NO_ROOM;
    }

    private void protectCard(final DirectBuffer buffer) {
        final int offset = form.pan().offset();
        final int length = form.pan().length();
        vault.protect(buffer, offset, length);
        card.card(
                vault,
                CardNumber.bin(buffer, offset, length),
                CardNumber.lastFour(buffer, offset, length),
                length,
                Luhn.isValid(buffer, offset, length) && form.isTrackOfCard());
    }

    private boolean fillSlot(final DirectBuffer buffer, final long sessionId, final long nowNs) {
        final int index = slots.allocate(card.tokenHigh(), card.tokenLow(), sessionId, nowNs);
        if (index == SensitiveDataSlots.NONE) {
            return false;
        }
        for (final SensitiveDataKind kind : KINDS) {
            final PaymentRequestForm.Span span = form.sensitive(kind);
            slots.put(index, kind, buffer, span.offset(), span.length());
        }
        card.slot(index, slots.generation(index));
        return true;
    }
}
