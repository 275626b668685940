package io.turnout.gateway.acquirer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The inputs that fuzzers begin with, and those they found something with, pass the targets of this package. */
final class AcquirerFuzzInputsTest {
    private interface Target {
        void run(byte[] input);
    }

    static Stream<Arguments> targets() {
        return Stream.of(target("AcquirerMessageFuzz", AcquirerMessageFuzz::fuzzerTestOneInput));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void shouldPass(final String name, final Target target) throws IOException, URISyntaxException {
        final List<Path> inputs;
        try (Stream<Path> files =
                Files.list(Path.of(getClass().getResource("/fuzz/" + name).toURI()))) {
            inputs = files.sorted().toList();
        }
        assertFalse(inputs.isEmpty());
        for (final Path input : inputs) {
            final byte[] bytes = Files.readAllBytes(input);
            try {
                target.run(bytes);
            } catch (final RuntimeException e) {
                fail(name + ": " + input.getFileName(), e);
            }
        }
    }

    private static Arguments target(final String name, final Target target) {
        return Arguments.of(name, target);
    }
}
