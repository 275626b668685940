package io.turnout.launcher.admin;

import io.turnout.core.pipeline.EventRecord;
import io.turnout.journal.JournalReader;
import io.turnout.launcher.node.DataDirectory;
import io.turnout.launcher.node.Journals;
import io.turnout.launcher.text.MessageText;
import java.nio.file.Path;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Walks the event journal of a switch, which may be running. */
final class EventScan {
    private final MessageText text = new MessageText();
    private final EventRecord record = new EventRecord();

    /** Takes events one by one. */
    interface Handler {
        /**
         * @param name of the event
         * @param timestampNs when its command came, nanoseconds since the epoch
         * @param fields as text
         * @param buffer holds the event
         * @param offset of its SBE header
         */
        void onEvent(String name, long timestampNs, Map<String, String> fields, DirectBuffer buffer, int offset);
    }

    /** Walks all events whose template ids lie between two, both included. */
    void run(final Path dataDirectory, final int lowest, final int highest, final Handler handler) {
        try (JournalReader events = Journals.events(DataDirectory.existing(dataDirectory))) {
            events.replay(1, (sequence, timestampNs, buffer, offset, length) -> {
                record.wrap(buffer, offset, length);
                final int at = record.eventOffset();
                final int templateId = text.templateId(buffer, at);
                if (templateId >= lowest && templateId <= highest) {
                    final Map<String, String> fields = text.fields(buffer, at, record.eventLength());
                    handler.onEvent(text.name(buffer, at), timestampNs, fields, buffer, at);
                }
                return true;
            });
        }
    }

    MessageText text() {
        return text;
    }
}
