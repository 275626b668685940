package io.turnout.launcher.settings;

import io.turnout.configuration.YamlSection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what the configuration file says about accounts, participants and fees. */
final class LedgerReader {
    /** An acquirer or issuer whose payments move nobody's position. */
    static final int NO_PARTICIPANT = 0;

    private static final int MAXIMUM_MARGIN_PERCENT = 70;
    private static final int USUAL_MARGIN_PERCENT = 5;
    private static final int MAXIMUM_ID = 999;
    private static final int MAXIMUM_BASIS_POINTS = 10_000;
    private static final long MAXIMUM_AMOUNT_MINOR = 999_999_999_999L;
    private static final long MAXIMUM_CAP_MINOR = 1_000_000_000_000_000_000L;

    private final Set<Currency> currencies;
    private final Set<Integer> participantIds = new HashSet<>();
    private boolean kept;

    LedgerReader(final Set<Currency> currencies) {
        this.currencies = currencies;
    }

    LedgerSettings ledger(final YamlSection root) {
        kept = root.has("ledger");
        final YamlSection section = root.section("ledger");
        final List<LedgerSettings.Participant> participants = new ArrayList<>();
        for (final YamlSection participant : root.sections("participants")) {
            participants.add(participant(participant));
        }
        if (!participants.isEmpty() && !kept) {
            root.problem("participants", "there is no ledger to keep their positions in (expected a section ledger)");
        }
        return new LedgerSettings(
                kept ? section.integer("accounts", 1, 10_000_000, 10_000) : 0,
                section.integer("reservations", 1, 10_000_000, LedgerSettings.USUAL_RESERVATIONS),
                section.integer("submissions", 1, 1_000_000, LedgerSettings.USUAL_SUBMISSIONS),
                participants,
                section.integer("capWarningMargin", 0, MAXIMUM_MARGIN_PERCENT, USUAL_MARGIN_PERCENT));
    }

    /** Whose position an acquirer's or issuer's payments move. */
    int participant(final YamlSection section, final String key) {
        if (!section.has(key)) {
            return NO_PARTICIPANT;
        }
        final int id = section.integer(key, 1, MAXIMUM_ID);
        if (!participantIds.contains(id)) {
            section.problem(key, id + " is not among the participants");
        }
        return id;
    }

    boolean onUs(final YamlSection section) {
        final boolean onUs = section.flag("onUs", false);
        if (onUs && !kept) {
            section.problem("onUs", "there is no ledger to keep its wallets in (expected a section ledger)");
        }
        return onUs;
    }

    Map<Currency, LedgerSettings.Fee> fees(final YamlSection fees) {
        final Map<Currency, LedgerSettings.Fee> byCurrency = new HashMap<>();
        for (final String code : fees.keys()) {
            final YamlSection section = fees.section(code);
            final LedgerSettings.Fee fee = new LedgerSettings.Fee(
                    section.longInteger("fixedMinor", 0, MAXIMUM_AMOUNT_MINOR),
                    section.integer("basisPoints", 0, MAXIMUM_BASIS_POINTS, 0),
                    section.longInteger("maximumMinor", 0, MAXIMUM_AMOUNT_MINOR));
            if (isKnown(fees, code)) {
                byCurrency.put(Currency.all().get(code), fee);
            }
        }
        if (!byCurrency.isEmpty() && !kept) {
            fees.problem(fees.keys().get(0), "there is no ledger to book fees in (expected a section ledger)");
        }
        return byCurrency;
    }

    private LedgerSettings.Participant participant(final YamlSection section) {
        final int id = section.integer("id", 1, MAXIMUM_ID);
        if (!participantIds.add(id)) {
            section.problem("id", id + " stands there twice");
        }
        final YamlSection caps = section.section("netDebitCapsMinor");
        final Map<Currency, Long> byCurrency = new HashMap<>();
        for (final String code : caps.keys()) {
            final long capMinor = caps.longInteger(code, 0, MAXIMUM_CAP_MINOR);
            if (isKnown(caps, code)) {
                byCurrency.put(Currency.all().get(code), capMinor);
            }
        }
        return new LedgerSettings.Participant(id, section.string("name", "participant-" + id), byCurrency);
    }

    private boolean isKnown(final YamlSection section, final String code) {
        final Currency currency = Currency.all().get(code);
        final boolean known = currency != null && currencies.contains(currency);
        if (!known) {
            section.problem(code, "is not among the currencies of the switch");
        }
        return known;
    }
}
