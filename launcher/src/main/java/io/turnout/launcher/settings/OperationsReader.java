package io.turnout.launcher.settings;

import io.turnout.configuration.YamlSection;
import io.turnout.core.engine.EngineCapacity;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads what the configuration file says about operators and what they may change. */
final class OperationsReader {
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3_600 * SECOND;
    private static final int MAXIMUM_ID = 999;
    private static final int MAXIMUM_OPERATORS = 256;
    private static final int MAXIMUM_BLOCKED = EngineCapacity.DEFAULT_BLOCKED;

    private OperationsReader() {}

    static SwitchSettings.AdminEdge adminEdge(final YamlSection section) {
        final String host = section.string("host", "127.0.0.1");
        if (!isLoopback(host) && !section.has("tls")) {
            section.problem(
                    "host",
                    "'" + host + "' is no loopback address (expected 127.0.0.1, or tls: credentials pass in clear)");
        }
        return new SwitchSettings.AdminEdge(host, section.integer("port", 0, 65_535, 7002));
    }

    static SwitchSettings.ChangeControl changeControl(final YamlSection section) {
        return new SwitchSettings.ChangeControl(
                section.enumeration("mode", ChangeControlMode.class, ChangeControlMode.SINGLE),
                section.durationNs("expiry", SECOND, 31 * 24 * HOUR, 24 * HOUR),
                section.integer("operations", 1, 1024, 256),
                section.integer("blocked", 0, MAXIMUM_BLOCKED, MAXIMUM_BLOCKED));
    }

    static List<OperatorSettings> operators(
            final YamlSection root, final Environment environment, final SwitchSettings.ChangeControl control) {
        final List<OperatorSettings> operators = new ArrayList<>();
        final Set<Integer> ids = new HashSet<>();
        for (final YamlSection section : root.sections("operators")) {
            operators.add(operator(section, environment, ids));
        }
        if (operators.size() > MAXIMUM_OPERATORS) {
            root.problem("operators", operators.size() + " operators (expected at most " + MAXIMUM_OPERATORS + ")");
        }
        final boolean isTwo = operators.size() > 1
                && operators.stream().anyMatch(OperatorSettings::propose)
                && operators.stream().anyMatch(OperatorSettings::approve);
        if (control.mode() == ChangeControlMode.DUAL && !isTwo) {
            root.problem(
                    root.has("operators") ? "operators" : "changeControl",
                    "mode dual needs an operator who may propose and another one who may approve");
        }
        return operators;
    }

    private static OperatorSettings operator(
            final YamlSection section, final Environment environment, final Set<Integer> ids) {
        final int id = section.integer("id", 1, MAXIMUM_ID);
        if (!ids.add(id)) {
            section.problem("id", id + " stands there twice");
        }
        boolean propose = false;
        boolean approve = false;
        for (final String right : section.strings("rights")) {
            switch (right) {
                case "propose" -> propose = true;
                case "approve" -> approve = true;
                default -> section.problem("rights", "'" + right + "' is no right (expected propose or approve)");
            }
        }
        if (!propose && !approve) {
            section.problem("rights", "no right (expected propose, approve or both)");
        }
        return new OperatorSettings(
                id,
                section.string("name", "operator-" + id),
                Secret.read(section, "credential", environment),
                propose,
                approve);
    }

    static boolean isLoopback(final String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (final UnknownHostException exception) {
            return false;
        }
    }
}
