package io.turnout.launcher;

import io.turnout.core.engine.DefinitionKeys;
import io.turnout.core.pipeline.ConfigurationAmendment;
import io.turnout.launcher.text.MessageText;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Prints what differs between two configurations, one line for each definition. */
final class ConfigurationChanges {
    private final MessageText text = new MessageText();
    private final PrintWriter out;

    ConfigurationChanges(final PrintWriter out) {
        this.out = out;
    }

    void print(final ConfigurationAmendment amendment) {
        for (final ConfigurationAmendment.Change change : amendment.changes()) {
            if (change.before() == null) {
                out.printf("+ %s %s%n", name(change.after()), fields(change.after()));
            } else if (change.after() == null) {
                out.printf("- %s %s%n", name(change.before()), fields(change.before()));
            } else {
                out.printf("~ %s %s%n", name(change.after()), differences(change.before(), change.after()));
            }
        }
    }

    private String name(final DirectBuffer command) {
        final String name = text.name(command, 0);
        return name.startsWith("Define") ? name.substring("Define".length()) : "Settings";
    }

    private Map<String, String> fields(final DirectBuffer command) {
        return text.fields(command, 0, command.capacity());
    }

    /** The fields that name the definition, and those that changed. */
    private String differences(final DirectBuffer before, final DirectBuffer after) {
        final Map<String, String> former = fields(before);
        final Map<String, String> shown = new LinkedHashMap<>();
        fields(after).forEach((field, value) -> {
            final String old = former.getOrDefault(field, "absent");
            if (!old.equals(value)) {
                shown.put(field, old + " → " + value);
            } else if (isKey(after, field)) {
                shown.put(field, value);
            }
        });
        return shown.toString();
    }

    private boolean isKey(final DirectBuffer definition, final String field) {
        final int templateId = text.templateId(definition, 0);
        final int removal = DefinitionKeys.removalOf(templateId);
        return removal != DefinitionKeys.NONE && text.fieldNames(removal).contains(field);
    }
}
