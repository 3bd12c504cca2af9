// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import dev.patchbay.layout.RegionHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the regions that processes of this user hold: files and memfds that they have open or mapped and that begin as a region
 * does. Names are not looked at. Processes and descriptors come and go meanwhile; what is gone is left out.
 */
final class RegionScan {
    private static final int PAGE = 4096;

    /**
     * A region that is held.
     *
     * @param file a path that opens it
     * @param label what the holder knows it as
     * @param pids who holds it
     */
    record Held(Path file, String label, Set<Long> pids) {}

    /** Which file it is, whatever it is called. */
    private record Identity(long device, long inode) {}

    private final Map<Identity, Held> regions = new LinkedHashMap<>();
    private final Set<Identity> others = new HashSet<>();

    private RegionScan() {}

    /** The regions of all processes of this user, but not this one's own. */
    static List<Held> all() {
        final RegionScan scan = new RegionScan();
        final List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> processes =
                Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
            processes.forEach(
                    process -> pids.add(Long.parseLong(process.getFileName().toString())));
        } catch (final IOException e) {
            return List.of();
        }
        pids.sort(null);
        pids.stream()
                .filter(pid -> pid != ProcessHandle.current().pid() && isOfThisUser(pid))
                .forEach(scan::process);
        return List.copyOf(scan.regions.values());
    }

    private static boolean isOfThisUser(final long pid) {
        try {
            return Files.getAttribute(Path.of("/proc", Long.toString(pid)), "unix:uid")
                    .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (final IOException e) {
            return false;
        }
    }

    /** The regions of one process. */
    static List<Held> of(final long pid) {
        final RegionScan scan = new RegionScan();
        scan.process(pid);
        return List.copyOf(scan.regions.values());
    }

    private void process(final long pid) {
        final Path process = Path.of("/proc", Long.toString(pid));
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (final Path descriptor : descriptors) {
                consider(pid, descriptor, target(descriptor));
            }
        } catch (final IOException e) {
            // Another user's process, or one that has just ended.
            return;
        }
        try {
            for (final String line : Files.readAllLines(process.resolve("maps"))) {
                mapping(pid, process, line);
            }
        } catch (final IOException e) {
            // It has just ended; what its descriptors told is kept.
            return;
        }
    }

    /** A line of maps: addresses, permissions, offset, device, inode and path, see proc(5). */
    private void mapping(final long pid, final Path process, final String line) {
        final String[] fields = line.split(" +", 6);
        if (fields.length < 6 || !fields[5].startsWith("/") || !fields[2].matches("0+")) {
            return;
        }
        // Opens what is mapped even where it has no name any more, if this user may.
        final Path mapped =
                process.resolve("map_files").resolve(fields[0].replaceAll("\\b0+(?=\\w)", ""));
        if (!consider(pid, mapped, fields[5])) {
            final Path named = Path.of(fields[5]);
            try {
                if (inode(named) == Long.parseLong(fields[4])) {
                    consider(pid, named, fields[5]);
                }
            } catch (final IOException e) {
                // It was unlinked, and then only its owner's descriptor leads to it.
                return;
            }
        }
    }

    /** Whether the file could be looked at. */
    private boolean consider(final long pid, final Path file, final String label) {
        try {
            if (!Files.isRegularFile(file)) {
                return false;
            }
            final Identity identity = new Identity(device(file), inode(file));
            if (others.contains(identity)) {
                return true;
            }
            if (!regions.containsKey(identity)) {
                if (!isRegion(file)) {
                    others.add(identity);
                    return true;
                }
                regions.put(identity, new Held(file, label, new TreeSet<>()));
            }
            regions.get(identity).pids().add(pid);
            return true;
        } catch (final IOException e) {
            return false;
        }
    }

    /** By its magic; a region is a whole number of pages, which spares opening most files. */
    private static boolean isRegion(final Path file) throws IOException {
        final long size = Files.size(file);
        if (size == 0 || size % PAGE != 0) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final ByteBuffer magic = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
            return channel.read(magic, 0) == Long.BYTES && magic.getLong(0) == RegionHeader.MAGIC;
        }
    }

    private static long inode(final Path file) throws IOException {
        return ((Number) Files.getAttribute(file, "unix:ino")).longValue();
    }

    private static long device(final Path file) throws IOException {
        return ((Number) Files.getAttribute(file, "unix:dev")).longValue();
    }

    private static String target(final Path descriptor) throws IOException {
        return Files.isSymbolicLink(descriptor)
                        && Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS)
                ? Files.readSymbolicLink(descriptor).toString()
                : descriptor.toString();
    }
}
