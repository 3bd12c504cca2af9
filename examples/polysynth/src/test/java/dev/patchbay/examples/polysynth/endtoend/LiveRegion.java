// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import dev.patchbay.layout.ReadOnlyRegion;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The region of a plug-in that plays in a host, seen from outside, and the processes that take part. */
final class LiveRegion implements AutoCloseable {
    private static final RegionDeclaration SHAPES =
            StandardRegion.declare(StandardRegion.Counts.DEFAULT);
    private static final long LIMIT_NANOS = 60_000_000_000L;

    private final ReadOnlyRegion region;

    private LiveRegion(final ReadOnlyRegion region) {
        this.region = region;
    }

    /** Waits until the host's plug-in has made its region, and maps it. */
    static LiveRegion of(final HostRun run) throws IOException {
        final long start = System.nanoTime();
        while (System.nanoTime() - start < LIMIT_NANOS) {
            final Optional<Path> found = find(run.process.pid());
            if (found.isPresent()) {
                try {
                    return new LiveRegion(Region.attachReadOnly(found.get()));
                } catch (final RegionException e) {
                    // Found before it was complete.
                    Thread.onSpinWait();
                }
            }
            if (!run.process.isAlive()) {
                throw new IllegalStateException("the host ended: " + run.text());
            }
        }
        throw new IllegalStateException("no region appeared: " + run.text());
    }

    /** Waits until the host's plug-in has made this many regions, and maps them. */
    static List<LiveRegion> all(final HostRun run, final int count) throws IOException {
        // One after the other, each with the time that one may take.
        for (int i = 1; i <= count; i++) {
            final int some = i;
            await("region " + i, () -> findAll(run.process.pid()).size() >= some);
        }
        final List<LiveRegion> all = new ArrayList<>();
        for (final Path found : findAll(run.process.pid())) {
            await("a complete region", () -> isComplete(found));
            all.add(new LiveRegion(Region.attachReadOnly(found)));
        }
        return all;
    }

    private static boolean isComplete(final Path found) {
        try {
            Region.attachReadOnly(found).close();
            return true;
        } catch (final RegionException e) {
            return false;
        }
    }

    private static Optional<Path> find(final long pid) {
        return findAll(pid).stream().findFirst();
    }

    private static List<Path> findAll(final long pid) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return descriptors.filter(LiveRegion::isRegion).toList();
        } catch (final IOException e) {
            return List.of();
        }
    }

    private static boolean isRegion(final Path descriptor) {
        try {
            final String name = Files.readSymbolicLink(descriptor).toString();
            return name.startsWith("/memfd:patchbay-")
                    && !name.startsWith("/memfd:patchbay-engine-");
        } catch (final IOException e) {
            return false;
        }
    }

    int pid(final Role role) {
        return region.loads().int32(cell(role) + StandardStructs.ROLE.offset("pid"));
    }

    int state(final Role role) {
        return region.loads().int32(cell(role) + StandardStructs.ROLE.offset("state"));
    }

    private int cell(final Role role) {
        return section(StandardRegion.ROLES).elementOffset(role.code());
    }

    long counter(final String section, final String name) {
        final int index = SHAPES.section(section).names().indexOf(name);
        return region.loads().int64(section(section).elementOffset(index));
    }

    /** What the engine plays, normalized. */
    float parameter(final int index) {
        return region.loads().float32(section(StandardRegion.PARAMETERS).elementOffset(index));
    }

    private SectionEntry section(final String name) {
        return region.section(SHAPES.section(name));
    }

    /** Waits for something to be seen in the region. */
    static void await(final String what, final BooleanSupplier condition) {
        final long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new IllegalStateException("waited in vain for " + what);
            }
            // The processor is for what is waited for.
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        region.close();
    }
}
