package io.turnout.core.pipeline;

import io.turnout.codecs.sbe.engine.ActivateConfigurationDecoder;
import io.turnout.codecs.sbe.engine.BeginConfigurationDecoder;
import io.turnout.codecs.sbe.engine.BeginConfigurationEncoder;
import io.turnout.codecs.sbe.engine.ConfigurationMode;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.core.engine.DefinitionKeys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The difference between two configurations, and the commands that make the one of the other. Definitions are told
 * apart by their keys and compared byte by byte.
 */
public final class ConfigurationAmendment {
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

    private final List<Change> changes = new ArrayList<>();
    private final long baseHash;
    private final ConfigurationCommands wanted;

    /**
     * One difference.
     *
     * @param before the definition in the first configuration, or null when it lacks it
     * @param after the definition in the second configuration, or null when it lacks it
     */
    public record Change(DirectBuffer before, DirectBuffer after) {}

    private ConfigurationAmendment(final long baseHash, final ConfigurationCommands wanted) {
        this.baseHash = baseHash;
        this.wanted = wanted;
    }

    /** Compares two whole configurations: Begin to Activate. */
    public static ConfigurationAmendment between(final ConfigurationCommands base, final ConfigurationCommands wanted) {
        final ConfigurationAmendment amendment = new ConfigurationAmendment(base.configurationHash(), wanted);
        final Map<ByteBuffer, DirectBuffer> before = byKey(base.commands());
        final Map<ByteBuffer, DirectBuffer> after = byKey(wanted.commands());
        before.forEach((key, definition) -> {
            if (!after.containsKey(key)) {
                amendment.changes.add(new Change(definition, null));
            }
        });
        after.forEach((key, definition) -> {
            final DirectBuffer former = before.get(key);
            if (former == null || !isSame(former, definition)) {
                amendment.changes.add(new Change(former, definition));
            }
        });
        return amendment;
    }

    /** What differs: removals first, then changes and additions in the order of the second configuration. */
    public List<Change> changes() {
        return List.copyOf(changes);
    }

    /** BeginConfiguration with AMEND, a removal or a definition for each change, ActivateConfiguration. */
    public List<DirectBuffer> commands() {
        final List<DirectBuffer> commands = new ArrayList<>();
        commands.add(beginning());
        for (final Change change : changes) {
            if (change.after() == null) {
                commands.add(removal(change.before()));
            } else if (templateId(change.after()) != BeginConfigurationDecoder.TEMPLATE_ID) {
                commands.add(change.after());
            }
        }
        commands.add(wanted.commands().get(wanted.commands().size() - 1));
        return commands;
    }

    private DirectBuffer beginning() {
        final UnsafeBuffer begin = copy(wanted.commands().get(0));
        new BeginConfigurationEncoder().wrap(begin, HEADER).baseHash(baseHash).mode(ConfigurationMode.AMEND);
        return begin;
    }

    private static DirectBuffer removal(final DirectBuffer definition) {
        final int templateId = templateId(definition);
        final int length = DefinitionKeys.length(templateId);
        final UnsafeBuffer removal = new UnsafeBuffer(new byte[HEADER + length]);
        new MessageHeaderEncoder()
                .wrap(removal, 0)
                .blockLength(length)
                .templateId(DefinitionKeys.removalOf(templateId))
                .schemaId(MessageHeaderEncoder.SCHEMA_ID)
                .version(MessageHeaderEncoder.SCHEMA_VERSION);
        removal.putBytes(HEADER, definition, HEADER + DefinitionKeys.offset(templateId), length);
        return removal;
    }

    /** Definitions by template and key; the beginning by its template alone, the activation left out. */
    private static Map<ByteBuffer, DirectBuffer> byKey(final List<DirectBuffer> commands) {
        final Map<ByteBuffer, DirectBuffer> definitions = new LinkedHashMap<>();
        for (final DirectBuffer command : commands) {
            final int templateId = templateId(command);
            if (templateId == BeginConfigurationDecoder.TEMPLATE_ID) {
                definitions.put(key(templateId, command, HEADER, 0), nameless(command));
            } else if (templateId != ActivateConfigurationDecoder.TEMPLATE_ID) {
                final int offset = HEADER + DefinitionKeys.offset(templateId);
                definitions.put(key(templateId, command, offset, DefinitionKeys.length(templateId)), command);
            }
        }
        return definitions;
    }

    /** What a beginning says, without the names of the configuration and of its base, and how it came. */
    private static DirectBuffer nameless(final DirectBuffer begin) {
        final UnsafeBuffer copy = copy(begin);
        final BeginConfigurationEncoder encoder = new BeginConfigurationEncoder().wrap(copy, HEADER);
        encoder.configurationHash(0);
        if (copy.capacity() >= HEADER + BeginConfigurationEncoder.BLOCK_LENGTH) {
            encoder.baseHash(0).mode(ConfigurationMode.REPLACE);
        }
        return copy;
    }

    private static ByteBuffer key(final int templateId, final DirectBuffer source, final int offset, final int length) {
        final byte[] key = new byte[Short.BYTES + length];
        key[0] = (byte) templateId;
        key[1] = (byte) (templateId >>> Byte.SIZE);
        source.getBytes(offset, key, Short.BYTES, length);
        return ByteBuffer.wrap(key);
    }

    private static boolean isSame(final DirectBuffer a, final DirectBuffer b) {
        return copy(a).equals(copy(b));
    }

    private static UnsafeBuffer copy(final DirectBuffer source) {
        final byte[] bytes = new byte[source.capacity()];
        source.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }

    private static int templateId(final DirectBuffer command) {
        return command.getShort(MessageHeaderDecoder.templateIdEncodingOffset(), MessageHeaderDecoder.BYTE_ORDER)
                & 0xFFFF;
    }
}
