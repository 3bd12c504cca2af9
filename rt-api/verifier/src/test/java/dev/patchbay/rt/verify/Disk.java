// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Takes a file out of the kernel's cache, so that the next touch reads from the disk. */
@SuppressWarnings("restricted")
final class Disk {
    private static final int POSIX_FADV_DONTNEED = 4;
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
    private static final Linker LINKER = Linker.nativeLinker();

    private Disk() {}

    /** Whether files of a folder are on a disk at all. */
    static boolean holds(final Path folder) throws IOException {
        return !IN_MEMORY.contains(Files.getFileStore(folder).type());
    }

    static void evict(final Path file) {
        try (Arena arena = Arena.ofConfined()) {
            final MethodHandle open =
                    LINKER.downcallHandle(
                            LINKER.defaultLookup().findOrThrow("open"),
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
                            Linker.Option.firstVariadicArg(2));
            final MethodHandle advise =
                    LINKER.downcallHandle(
                            LINKER.defaultLookup().findOrThrow("posix_fadvise"),
                            FunctionDescriptor.of(
                                    JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
            final MethodHandle close =
                    LINKER.downcallHandle(
                            LINKER.defaultLookup().findOrThrow("close"),
                            FunctionDescriptor.of(JAVA_INT, JAVA_INT));
            final int fd = (int) open.invokeExact(arena.allocateFrom(file.toString()), 0);
            final int refused = (int) advise.invokeExact(fd, 0L, 0L, POSIX_FADV_DONTNEED);
            final int ignored = (int) close.invokeExact(fd);
            if (fd < 0 || refused != 0) {
                throw new IllegalStateException(
                        "posix_fadvise of " + file + " gave " + refused + ", expected 0.");
            }
        } catch (final RuntimeException e) {
            throw e;
        } catch (final Throwable e) {
            throw new AssertionError("C functions throw nothing", e);
        }
    }
}
