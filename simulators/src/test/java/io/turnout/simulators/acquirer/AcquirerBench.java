package io.turnout.simulators.acquirer;

import io.turnout.simulators.acquirer.AcquirerConfiguration.Amount;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Arrivals;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Card;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Load;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Merchant;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Retries;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Session;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Shares;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An acquirer on a test bench: a switch in memory and a clock that the test moves, a duty cycle each millisecond. */
final class AcquirerBench implements AutoCloseable {

    static final long MS = 1_000_000L;
    static final long START_NS = 1_760_000_000_000_000_000L;
    static final Load TEN = load(Arrivals.UNIFORM, 1000, 10);

    final FakeSwitch network = new FakeSwitch();
    AcquirerConfiguration configuration;
    AcquirerClient client;
    long nowNs = START_NS;

    AcquirerBench(final AcquirerConfiguration configuration) {
        this.configuration = configuration;
        network.nowNs = nowNs;
        client = AcquirerClient.open(configuration, network, nowNs);
    }

    static Load load(final Arrivals arrivals, final long perSecond, final long payments) {
        return new Load(arrivals, perSecond, 8, payments, Long.MAX_VALUE / 4, 64);
    }

    static AcquirerConfiguration configuration(final Path folder, final Load load, final Shares shares) {
        return configuration(folder, load, shares, Mix.PURCHASES);
    }

    static AcquirerConfiguration configuration(final Path folder, final Load load, final Shares shares, final Mix mix) {
        return new AcquirerConfiguration(
                "acquirer",
                1,
                new Session(
                        new InetSocketAddress(0),
                        Optional.empty(),
                        7,
                        "a-secret-of-16-or-more",
                        2,
                        1000,
                        100 * MS,
                        10 * MS,
                        80 * MS,
                        Optional.empty()),
                load,
                List.of(new Card("411111", 16, 3012, 3), new Card("62260000", 19, 2811, 1)),
                List.of(new Amount(156, 2, 100, 999, 1), new Amount(392, 0, 1, 9, 1)),
                new Merchant("T1", "M1", "Shop", "Town", "CN", 5411),
                shares,
                mix,
                new Retries(50 * MS, 4 * MS, 1000 * MS, 5 * MS),
                folder.resolve("acquirer.jsonl"));
    }

    void pass(final long durationNs) {
        for (final long endNs = nowNs + durationNs; nowNs < endNs; ) {
            nowNs += MS;
            network.poll(nowNs);
            client.doWork(nowNs);
        }
    }

    /** Lets time pass until the acquirer is done; fails when that takes too long. */
    AcquirerResults passUntilDone() {
        for (int cycles = 0; !client.isDone(); cycles++) {
            if (cycles > 5_000) {
                throw new AssertionError("not done: " + client.results());
            }
            pass(MS);
        }
        network.poll(nowNs);
        return client.results();
    }

    /** The acquirer is killed: what it did not flush is lost. Another one goes on with a copy of its log. */
    void killAndResume() {
        network.connections.forEach(connection -> connection.disconnect(nowNs));
        final Path copy = Path.of(configuration.log() + ".copy");
        try {
            Files.copy(configuration.log(), copy);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
        client.close();
        configuration = new AcquirerConfiguration(
                configuration.name(),
                configuration.seed(),
                configuration.session(),
                configuration.load(),
                configuration.cards(),
                configuration.amounts(),
                configuration.merchant(),
                configuration.shares(),
                configuration.mix(),
                configuration.retries(),
                copy);
        client = AcquirerClient.open(configuration, network, nowNs);
    }

    List<String> log() {
        try {
            return Files.readAllLines(configuration.log());
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    List<String> log(final AcquirerEvent event) {
        return log().stream()
                .filter(line -> line.startsWith("{\"event\":\"" + event.key() + "\""))
                .toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
