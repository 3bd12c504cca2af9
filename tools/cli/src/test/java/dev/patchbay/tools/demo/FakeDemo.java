// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/** A demo whose host is {@link FakeHost}. */
final class FakeDemo {
    final Path folder;
    final StringWriter progress = new StringWriter();
    private final Path host;

    /**
     * Prepares one.
     *
     * @param work an empty folder
     * @param wrong what goes wrong
     */
    FakeDemo(final Path work, final String wrong) throws IOException {
        folder = work.resolve("demo");
        final Path bundle =
                Files.createDirectories(work.resolve("Mini.vst3/Contents/x86_64-linux/runtime"));
        Files.writeString(bundle.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
        host = work.resolve("host");
        // exec: the process that the demo starts is the one that the logs are named after.
        Files.writeString(
                host,
                "#!/bin/sh\nexec '"
                        + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"
                        + " --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED -cp '"
                        + System.getProperty("java.class.path")
                        + "' "
                        + FakeHost.class.getName()
                        + " "
                        + wrong
                        + " '"
                        + work.resolve("region")
                        + "' \"$@\"\n");
        Files.setPosixFilePermissions(host, PosixFilePermissions.fromString("rwx------"));
    }

    Demo demo() {
        final DemoOptions options =
                new DemoOptions(
                        folder.resolveSibling("song.mid"),
                        folder.resolve("out.wav"),
                        folder,
                        folder.resolveSibling("Mini.vst3"),
                        host,
                        false,
                        Optional.of(0.6),
                        480,
                        48_000,
                        300,
                        4,
                        Diagnosis.NONE);
        final Path region = folder.resolveSibling("region");
        return new Demo(options, pid -> List.of(region), new PrintWriter(progress, true));
    }
}
