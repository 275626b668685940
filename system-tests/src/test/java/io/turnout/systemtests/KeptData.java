package io.turnout.systemtests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The data directories that are kept of each released schema version. */
final class KeptData {

    private KeptData() {}

    /**
     * Unpacks one.
     *
     * @param name of the archive, such as schema-0
     * @param directory where to
     * @return the data directory in it
     */
    static Path unpack(final String name, final Path directory) throws IOException {
        try (InputStream stream = KeptData.class.getResourceAsStream("/journals/" + name + ".zip");
                ZipInputStream zip = new ZipInputStream(stream)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                final Path target = directory.resolve(entry.getName()).normalize();
                if (!target.startsWith(directory)) {
                    throw new IOException("entry outside of the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target);
                }
            }
        }
        return directory.resolve("data");
    }
}
