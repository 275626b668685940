package io.turnout.launcher.admin;

import io.turnout.codecs.sbe.engine.ActivateConfigurationDecoder;
import io.turnout.codecs.sbe.engine.BeginConfigurationDecoder;
import io.turnout.codecs.sbe.engine.OperationExecutedDecoder;
import io.turnout.codecs.sbe.engine.OperationProposedDecoder;
import io.turnout.codecs.sbe.engine.OperationState;
import io.turnout.core.engine.OperatorCommands;
import io.turnout.core.engine.OperatorCommands.Kind;
import io.turnout.launcher.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.agrona.DirectBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout admin pending}: the operations that wait. */
@Command(
        name = "pending",
        description = {
            "Lists the operations that wait for approval or for their sequence.",
            "Read from the event journal: who proposed what and why, until when it can be approved, and, "
                    + "of a configuration, every change in it."
        },
        mixinStandardHelpOptions = true)
final class AdminPendingCommand implements Callable<Integer> {
    private static final int FIRST = OperationProposedDecoder.TEMPLATE_ID;
    private static final int LAST = OperationExecutedDecoder.TEMPLATE_ID;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    @Option(names = "--data", required = true, paramLabel = "DIRECTORY", description = "Data directory of the switch.")
    private Path dataDirectory;

    @Option(names = "--output", defaultValue = "table", description = "table or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat output;

    @Spec
    private CommandSpec spec;

    private final EventScan scan = new EventScan();
    private final Map<UUID, Pending> pending = new LinkedHashMap<>();
    private List<String> staged = new ArrayList<>();
    private String lastStaged = "";

    /** An operation that waits. */
    private static final class Pending {
        private final UUID id;
        private final Map<String, String> fields;
        private final String command;
        private final List<String> changes;
        private String state;

        Pending(final UUID id, final Map<String, String> fields, final String command, final List<String> changes) {
            this.id = id;
            this.fields = fields;
            this.command = command;
            this.changes = changes;
            this.state = fields.get("state");
        }
    }

    @Override
    public Integer call() {
        scan.run(dataDirectory, FIRST, LAST, this::onEvent);
        final PrintWriter out = spec.commandLine().getOut();
        pending.values().forEach(operation -> {
            if (output == OutputFormat.JSON) {
                json(out, operation);
            } else {
                table(out, operation);
            }
        });
        if (pending.isEmpty() && output == OutputFormat.TABLE) {
            out.println("No operation waits.");
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private void onEvent(
            final String name,
            final long timestampNs,
            final Map<String, String> fields,
            final DirectBuffer buffer,
            final int offset) {
        final UUID id =
                new UUID(Long.parseLong(fields.get("operationId.high")), Long.parseLong(fields.get("operationId.low")));
        switch (name) {
            case "OperationProposed" -> onProposed(id, fields, buffer, offset);
            case "OperationApproved" -> {
                if (pending.containsKey(id)) {
                    pending.get(id).state = OperationState.SCHEDULED.name();
                }
            }
            case "OperationExecuted" -> {
                pending.remove(id);
                onExecuted(fields);
            }
            default -> pending.remove(id);
        }
    }

    private void onProposed(
            final UUID id, final Map<String, String> fields, final DirectBuffer buffer, final int offset) {
        final int at = offset + 8 + OperationProposedDecoder.commandEncodingOffset();
        final String command = scan.text().json(buffer, at, Integer.parseInt(fields.get("nestedLength")));
        final int templateId = Integer.parseInt(fields.get("refTemplateId"));
        if (fields.get("state").equals(OperationState.EXECUTED.name())) {
            lastStaged = OperatorCommands.kindOf(templateId) == Kind.STAGING ? command : "";
        } else {
            final boolean isActivation = templateId == ActivateConfigurationDecoder.TEMPLATE_ID;
            pending.put(id, new Pending(id, fields, command, isActivation ? staged : List.of()));
        }
    }

    /** What was staged by operators since the last beginning of a configuration. */
    private void onExecuted(final Map<String, String> fields) {
        final int templateId = Integer.parseInt(fields.get("refTemplateId"));
        if (templateId == BeginConfigurationDecoder.TEMPLATE_ID) {
            staged = new ArrayList<>();
        }
        if (OperatorCommands.kindOf(templateId) == Kind.STAGING && !lastStaged.isEmpty()) {
            staged.add(lastStaged);
        }
    }

    private static void table(final PrintWriter out, final Pending operation) {
        out.printf("operation  %s%n", operation.id);
        out.printf("state      %s%n", operation.state.toLowerCase(Locale.ROOT).replace('_', ' '));
        out.printf("operator   %s%n", operation.fields.get("operatorId"));
        out.printf("reason     %s%n", operation.fields.get("reason").strip());
        out.printf("proposed   %s%n", instant(operation.fields.get("createdAtNs")));
        out.printf("expires    %s%n", instant(operation.fields.get("expiresAtNs")));
        if (!operation.fields.get("effectiveSequence").equals("0")) {
            out.printf("at         command %s%n", operation.fields.get("effectiveSequence"));
        }
        out.printf("command    %s%n", operation.command);
        operation.changes.forEach(change -> out.printf("           %s%n", change));
        out.println();
    }

    private static void json(final PrintWriter out, final Pending operation) {
        out.printf(
                "{\"operationId\":\"%s\",\"state\":\"%s\",\"operatorId\":%s,\"reason\":\"%s\",\"createdAtNs\":%s,"
                        + "\"expiresAtNs\":%s,\"effectiveSequence\":%s,\"command\":%s,\"changes\":[%s]}%n",
                operation.id,
                operation.state,
                operation.fields.get("operatorId"),
                operation.fields.get("reason").strip(),
                operation.fields.get("createdAtNs"),
                operation.fields.get("expiresAtNs"),
                operation.fields.get("effectiveSequence"),
                operation.command,
                String.join(",", operation.changes));
    }

    private static Instant instant(final String ns) {
        final long value = Long.parseLong(ns);
        return Instant.ofEpochSecond(value / NS_PER_SECOND, value % NS_PER_SECOND);
    }
}
