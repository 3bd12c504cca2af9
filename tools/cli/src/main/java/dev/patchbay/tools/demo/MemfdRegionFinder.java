// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds regions among the open files of a host: the bridge makes them by {@code memfd_create}, named {@code patchbay-…}. */
public final class MemfdRegionFinder implements RegionFinder {
    private static final String PREFIX = "/memfd:patchbay-";

    @Override
    public List<Path> candidates(final long hostPid) throws IOException {
        final List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> descriptors =
                Files.newDirectoryStream(Path.of("/proc", Long.toString(hostPid), "fd"))) {
            for (final Path descriptor : descriptors) {
                if (target(descriptor).startsWith(PREFIX)) {
                    found.add(descriptor);
                }
            }
        }
        found.sort(null);
        return found;
    }

    /** Descriptors come and go while the folder is read. */
    private static String target(final Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (final NoSuchFileException e) {
            return "";
        }
    }
}
