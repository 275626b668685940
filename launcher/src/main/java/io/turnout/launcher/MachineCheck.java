package io.turnout.launcher;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** The readings behind {@code turnout doctor}. Each check reads one thing and knows what to do about it. */
final class MachineCheck {
    private static final int SYNC_COUNT = 200;
    private static final int SYNC_BLOCK_LENGTH_BYTES = 4096;
    private static final long GIB = 1L << 30;

    /** How a reading is judged. */
    enum Grade {
        PASS,
        WARN,
        FAIL
    }

    /**
     * One reading.
     *
     * @param grade how it is judged
     * @param subject what was looked at
     * @param reading what was seen
     * @param advice what to do; empty when nothing
     */
    record Finding(Grade grade, String subject, String reading, String advice) {

        static Finding of(final boolean pass, final Grade otherwise, final String subject, final String... texts) {
            return new Finding(pass ? Grade.PASS : otherwise, subject, texts[0], pass ? "" : texts[1]);
        }
    }

    private MachineCheck() {}

    static List<Finding> all(final Path dataDirectory) {
        final List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(internals());
        findings.add(cores());
        findings.add(memory());
        findings.add(openFiles());
        findings.add(clockSource());
        findings.add(hugePages());
        findings.add(space(dataDirectory));
        findings.add(syncLatency(dataDirectory));
        return findings;
    }

    private static Finding java() {
        final int feature = Runtime.version().feature();
        return Finding.of(feature >= 17, Grade.FAIL, "Java", Runtime.version().toString(), "install JDK 17 or later");
    }

    private static Finding internals() {
        boolean open;
        try {
            new UnsafeBuffer(ByteBuffer.allocateDirect(8)).putLong(0, 1);
            open = true;
        } catch (final IllegalAccessError error) {
            open = false;
        }
        return Finding.of(
                open,
                Grade.FAIL,
                "Java internals",
                open ? "off-heap memory is open to us" : "jdk.internal.misc is closed",
                "start with ./turnout, or add --add-opens java.base/jdk.internal.misc=ALL-UNNAMED");
    }

    private static Finding cores() {
        final int cores = Runtime.getRuntime().availableProcessors();
        return Finding.of(
                cores >= 4,
                Grade.WARN,
                "Processors",
                cores + " available",
                "with fewer than 4 use layout: fused and an idle strategy that does not spin");
    }

    private static Finding memory() {
        final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        final long total = system.getTotalMemorySize();
        return Finding.of(
                total >= 4 * GIB,
                Grade.WARN,
                "Memory",
                total / GIB + " GiB",
                "engine.payments takes about 0.5 KiB each; keep it well below the memory");
    }

    private static Finding openFiles() {
        final UnixOperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
        final long limit = system.getMaxFileDescriptorCount();
        return Finding.of(
                limit >= 4096,
                Grade.WARN,
                "Open files",
                limit + " allowed",
                "raise it: ulimit -n 65536, or LimitNOFILE");
    }

    private static Finding clockSource() {
        final String source = read("/sys/devices/system/clocksource/clocksource0/current_clocksource");
        return Finding.of(
                source.equals("tsc") || source.equals("kvm-clock") || source.equals("arch_sys_counter"),
                Grade.WARN,
                "Clock source",
                source,
                "reading the clock is slow; boot with clocksource=tsc where the processor allows it");
    }

    private static Finding hugePages() {
        final String setting = read("/sys/kernel/mm/transparent_hugepage/enabled");
        return Finding.of(
                !setting.contains("[always]"),
                Grade.WARN,
                "Huge pages",
                setting,
                "compaction stalls processes: echo madvise > /sys/kernel/mm/transparent_hugepage/enabled");
    }

    private static Finding space(final Path directory) {
        try {
            final long usable = Files.getFileStore(directory).getUsableSpace();
            return Finding.of(
                    usable >= 10 * GIB,
                    usable >= GIB ? Grade.WARN : Grade.FAIL,
                    "Free space",
                    usable / GIB + " GiB at " + directory,
                    "a payment takes about 1.5 KiB in the journals; give the data directory more room");
        } catch (final IOException exception) {
            return new Finding(Grade.FAIL, "Free space", directory + ": " + exception, "create the directory");
        }
    }

    private static Finding syncLatency(final Path directory) {
        try {
            final long[] latenciesNs = measureSync(directory);
            final long medianUs = latenciesNs[latenciesNs.length / 2] / 1000;
            final long tailUs = latenciesNs[latenciesNs.length * 99 / 100] / 1000;
            return Finding.of(
                    medianUs < 2000,
                    Grade.WARN,
                    "Disk sync",
                    "p50 " + medianUs + " µs, p99 " + tailUs + " µs for " + SYNC_BLOCK_LENGTH_BYTES + " bytes",
                    "durability: sync costs two of these for a payment; use a disk with a protected write cache");
        } catch (final IOException exception) {
            return new Finding(Grade.FAIL, "Disk sync", directory + ": " + exception, "make the directory writable");
        }
    }

    private static long[] measureSync(final Path directory) throws IOException {
        final Path file = Files.createTempFile(directory, "turnout-doctor", ".tmp");
        final long[] latenciesNs = new long[SYNC_COUNT];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            final ByteBuffer block = ByteBuffer.allocateDirect(SYNC_BLOCK_LENGTH_BYTES);
            for (int i = 0; i < SYNC_COUNT; i++) {
                block.clear();
                final long startNs = System.nanoTime();
                channel.write(block, 0);
                channel.force(false);
                latenciesNs[i] = System.nanoTime() - startNs;
            }
        } finally {
            Files.delete(file);
        }
        Arrays.sort(latenciesNs);
        return latenciesNs;
    }

    private static String read(final String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (final IOException exception) {
            return "not known";
        }
    }
}
