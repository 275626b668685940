package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.core.engine.EngineCapacity;
import io.turnout.core.ports.Admission;
import io.turnout.journal.Journal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/** A whole standalone host on the test's thread, with a clock that the test moves and a bank. */
final class Node implements AutoCloseable {
    static final long START_NS = 1_790_000_000_000_000_000L;
    static final EngineCapacity CAPACITY = new EngineCapacity(1_000, 4, 8, 4, 8, 16);

    /** Parts that {@link #step} knows. */
    static final int PARTS = 4;

    private final StandaloneHost host;
    private final Bank bank;
    private final Clock clock;
    private final List<String> failures;

    /** Time of a node. */
    static final class Clock {
        private long nowNs = START_NS;

        long nowNs() {
            return nowNs;
        }

        void advance(final long byNs) {
            nowNs += byNs;
        }
    }

    private Node(final StandaloneHost host, final Clock clock, final List<String> failures) {
        this.host = host;
        this.bank = new Bank(host.ingress(), host.events(0));
        this.clock = clock;
        this.failures = failures;
    }

    static Node start(
            final Path directory,
            final PipelineConfiguration pipeline,
            final ConfigurationCommands configuration,
            final Clock clock,
            final Journal commands,
            final Journal events) {
        final List<String> failures = new ArrayList<>();
        final HostConfiguration hostConfiguration =
                new HostConfiguration(CAPACITY, pipeline, directory, 1, 0x1234, configuration, 1);
        final HostEnvironment environment = new HostEnvironment(
                clock::nowNs,
                clock::nowNs,
                Fixtures.countersManager(),
                (component, cause) -> failures.add(component + ": " + cause.getMessage()),
                RecoveryProgress.NONE);
        return new Node(StandaloneHost.recover(hostConfiguration, environment, commands, events), clock, failures);
    }

    void signOn() {
        offer(Commands.linkSignedOn());
        run();
    }

    /** Asks for payments and works until everything is answered. Every fifth is declined by the bank. */
    void pay(final int count) {
        for (int i = 0; i < count; i++) {
            request(i % 5 == 4 ? Commands.DECLINED_AMOUNT_MINOR : 10_00);
            run();
        }
    }

    /** Asks for a payment; it lies in the ingress ring. */
    void request(final long amountMinor) {
        clock.advance(1_000_000);
        offer(Commands.requestPayment(clock.nowNs(), clock.nowNs(), amountMinor));
    }

    void offer(final DirectBuffer command) {
        assertTrue(host.ingress().offer(Admission.CONTINUATION, command, 0, command.capacity()));
    }

    /** Works until nothing is left to do. */
    void run() {
        int workCount;
        do {
            workCount = 0;
            for (int part = 0; part < PARTS; part++) {
                workCount += step(part);
            }
        } while (workCount > 0);
    }

    /** Lets one part of the node do one duty cycle. */
    int step(final int part) {
        return switch (part) {
            case 0 -> work(host.agents().pipeline());
            case 1 -> host.agents().journalSync().map(Node::work).orElse(0);
            case 2 -> bank.doWork();
            case 3 -> work(host.agents().eventJournal());
            default -> throw new IllegalArgumentException("part=" + part);
        };
    }

    static int work(final Agent agent) {
        try {
            return agent.doWork();
        } catch (final RuntimeException ex) {
            throw ex;
        } catch (final Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    StandaloneHost host() {
        return host;
    }

    Bank bank() {
        return bank;
    }

    Clock clock() {
        return clock;
    }

    List<String> failures() {
        return failures;
    }

    @Override
    public void close() {
        host.close();
    }
}
