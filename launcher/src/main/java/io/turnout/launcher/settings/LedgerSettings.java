package io.turnout.launcher.settings;

import java.util.List;
import java.util.Map;

/**
 * The accounts that the switch keeps.
 *
 * @param accounts wallets, merchants' and other accounts opened by operators, at most; 0 = no ledger is kept
 * @param reservations reservations and holds open at once
 * @param submissions chains of transfers remembered at once
 * @param participants whose positions the payments move
 * @param capWarningMarginPercent how far the use of a cap must fall below a step that was told before it is told again;
 *     0 = nothing is told
 */
public record LedgerSettings(
        int accounts, int reservations, int submissions, List<Participant> participants, int capWarningMarginPercent) {

    /** Reservations and holds open at once, unless said otherwise. */
    public static final int USUAL_RESERVATIONS = 100_000;

    /** Chains of transfers remembered, unless said otherwise. */
    public static final int USUAL_SUBMISSIONS = 10_000;

    /** Takes a copy of the participants. */
    public LedgerSettings {
        participants = List.copyOf(participants);
    }

    /** Whether the switch keeps accounts at all. */
    public boolean isKept() {
        return accounts > 0;
    }

    /**
     * A participant of the settlement.
     *
     * @param id number, from 1
     * @param name for people
     * @param netDebitCapsMinor by currency: how far its debits may exceed its credits
     */
    public record Participant(int id, String name, Map<Currency, Long> netDebitCapsMinor) {

        /** Takes a copy of the caps. */
        public Participant {
            netDebitCapsMinor = Map.copyOf(netDebitCapsMinor);
        }
    }

    /**
     * What an acquirer pays for a payment in a currency: fixed part + basis points of the amount, at most the maximum.
     *
     * @param fixedMinor fixed part
     * @param basisPoints hundredths of a percent of the amount, rounded half up
     * @param maximumMinor largest fee
     */
    public record Fee(long fixedMinor, int basisPoints, long maximumMinor) {}
}
