// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With and without the flag that Agrona needs, on each Java that is found, on the class path and on the module path. */
class JvmFlagsTest {
    private static final String ALL = "create ok\nattach ok\nattach read-only ok\nscratch ok\n";

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void make() throws Exception {
        file = Files.write(folder.resolve("region"), Small.bytes(Small.image()));
    }

    private static String sentences(final String module) {
        final StringBuilder all = new StringBuilder();
        for (final String entry : List.of("create", "attach", "attach read-only", "scratch")) {
            all.append(entry)
                    .append(
                            ": Regions cannot be used in this VM, since Agrona may not use the"
                                    + " package jdk.internal.misc: start java with --add-exports"
                                    + " java.base/jdk.internal.misc=")
                    .append(module)
                    .append(".\n");
        }
        return all.toString();
    }

    private void check(final List<String> options, final String expected) throws Exception {
        int n = 0;
        for (final Path java : ForkedJvm.javas()) {
            final List<String> command = new ArrayList<>(List.of(java.toString()));
            command.addAll(options);
            command.add(folder.resolve("new-" + n++).toString());
            command.add(file.toString());
            assertEquals(
                    new ForkedJvm.Result(0, expected), ForkedJvm.run(command), java.toString());
        }
    }

    private static List<String> onTheClassPath(final String... flags) throws Exception {
        final List<String> options = new ArrayList<>(List.of(flags));
        options.addAll(
                List.of("-cp", ForkedJvm.joined(ForkedJvm.classPath()), Entries.class.getName()));
        return options;
    }

    private static List<String> onTheModulePath(final String... flags) throws Exception {
        final List<Path> path = ForkedJvm.classPath();
        final List<String> options = new ArrayList<>(List.of(flags));
        options.addAll(
                List.of(
                        "--patch-module",
                        "dev.patchbay.layout=" + path.get(0),
                        "-p",
                        ForkedJvm.joined(path.subList(1, 3)),
                        "-m",
                        "dev.patchbay.layout/" + Entries.class.getName()));
        return options;
    }

    @Test
    void onTheClassPathTheFlagIsNamedForAllUnnamed() throws Exception {
        check(onTheClassPath(), sentences("ALL-UNNAMED"));
    }

    @Test
    void onTheClassPathThatFlagSuffices() throws Exception {
        check(onTheClassPath("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED"), ALL);
    }

    @Test
    void onTheModulePathTheFlagIsNamedForAgrona() throws Exception {
        check(onTheModulePath(), sentences("org.agrona"));
        check(
                onTheModulePath("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED"),
                sentences("org.agrona"));
    }

    @Test
    void onTheModulePathThatFlagSuffices() throws Exception {
        check(onTheModulePath("--add-exports=java.base/jdk.internal.misc=org.agrona"), ALL);
    }

    /** Tries each way to a region, and says what came of it. */
    static final class Entries {
        private Entries() {}

        public static void main(final String[] args) {
            final RegionImage image = new RegionImage(Small.DECLARATION);
            attempt("create", () -> Region.create(Path.of(args[0]), image));
            attempt("attach", () -> Region.attach(Path.of(args[1])));
            attempt("attach read-only", () -> Region.attachReadOnly(Path.of(args[1])));
            attempt("scratch", () -> Region.scratch(image));
        }

        private static void attempt(final String name, final Supplier<Object> entry) {
            try {
                final Object region = entry.get();
                if (region instanceof AutoCloseable) {
                    ((AutoCloseable) region).close();
                }
                System.out.println(name + " ok");
            } catch (final RegionException e) {
                System.out.println(name + ": " + e.getMessage());
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
