package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.SnapshotAccountDecoder;
import io.turnout.codecs.sbe.engine.SnapshotBeginDecoder;
import io.turnout.codecs.sbe.engine.SnapshotBlockedDecoder;
import io.turnout.codecs.sbe.engine.SnapshotEndDecoder;
import io.turnout.codecs.sbe.engine.SnapshotIssuerDecoder;
import io.turnout.codecs.sbe.engine.SnapshotLinkDecoder;
import io.turnout.codecs.sbe.engine.SnapshotOperationDecoder;
import io.turnout.codecs.sbe.engine.SnapshotOriginalDecoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import io.turnout.codecs.sbe.engine.SnapshotStatusInquirerDecoder;
import io.turnout.codecs.sbe.engine.SnapshotTotalsDecoder;

/** The block length of each snapshot record in each schema version. */
final class SnapshotTemplates {
    private static final int OLDEST_EXACT_VERSION = 1;

    private SnapshotTemplates() {}

    /**
     * Bytes of a record's block as that version writes it, or {@link CommandTemplates#UNKNOWN} when that version has no
     * such record, or cannot be read exactly. The commands among the records may be of any version that was current
     * when they came.
     *
     * <p>A record that is read must give the very state that a replay gives. Version 0 kept neither the BIN nor the
     * last four digits of a payment, which events of today tell.
     */
    static int blockLength(final int templateId, final int version) {
        if (CommandTemplates.isConfiguration(templateId)) {
            return CommandTemplates.blockLength(templateId, version);
        }
        return switch (version) {
            case 1 -> blockLengthOfVersion1(templateId);
            case CommandTemplates.VERSION -> blockLength(templateId);
            default -> CommandTemplates.UNKNOWN;
        };
    }

    /** Whether the records of a version give the very state that a replay of its commands gives. */
    static boolean isExact(final int version) {
        return version >= OLDEST_EXACT_VERSION && version <= CommandTemplates.VERSION;
    }

    /** Records and fields that version 2 brought are not there. */
    private static int blockLengthOfVersion1(final int templateId) {
        return switch (templateId) {
            case SnapshotBeginDecoder.TEMPLATE_ID -> SnapshotBeginDecoder.totalsEncodingOffset();
            case SnapshotTotalsDecoder.TEMPLATE_ID -> CommandTemplates.UNKNOWN;
            case SnapshotIssuerDecoder.TEMPLATE_ID -> SnapshotIssuerDecoder.breakerEncodingOffset();
            case SnapshotLinkDecoder.TEMPLATE_ID -> SnapshotLinkDecoder.latencyNsEncodingOffset();
            case SnapshotAccountDecoder.TEMPLATE_ID -> SnapshotAccountDecoder.capStepEncodingOffset();
            default -> blockLength(templateId);
        };
    }

    private static int blockLength(final int templateId) {
        return switch (templateId) {
            case SnapshotBeginDecoder.TEMPLATE_ID -> SnapshotBeginDecoder.BLOCK_LENGTH;
            case SnapshotIssuerDecoder.TEMPLATE_ID -> SnapshotIssuerDecoder.BLOCK_LENGTH;
            case SnapshotLinkDecoder.TEMPLATE_ID -> SnapshotLinkDecoder.BLOCK_LENGTH;
            case SnapshotPaymentDecoder.TEMPLATE_ID -> SnapshotPaymentDecoder.BLOCK_LENGTH;
            case SnapshotOriginalDecoder.TEMPLATE_ID -> SnapshotOriginalDecoder.BLOCK_LENGTH;
            case SnapshotStatusInquirerDecoder.TEMPLATE_ID -> SnapshotStatusInquirerDecoder.BLOCK_LENGTH;
            case SnapshotOperationDecoder.TEMPLATE_ID -> SnapshotOperationDecoder.BLOCK_LENGTH;
            case SnapshotBlockedDecoder.TEMPLATE_ID -> SnapshotBlockedDecoder.BLOCK_LENGTH;
            case SnapshotEndDecoder.TEMPLATE_ID -> SnapshotEndDecoder.BLOCK_LENGTH;
            case SnapshotTotalsDecoder.TEMPLATE_ID -> SnapshotTotalsDecoder.BLOCK_LENGTH;
            default -> LedgerSnapshot.blockLength(templateId);
        };
    }
}
