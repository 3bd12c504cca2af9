// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.soak;

import dev.patchbay.layout.Role;
import dev.patchbay.layout.header.CText;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.stress.run.OwnClassPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a process of the soak is written in, and how it is started. */
enum Language {
    /** {@link SoakWorker} in a JVM like this one. */
    JAVA("Java") {
        @Override
        List<String> command(final Path program, final int lives) {
            final List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC"));
            if (lives % 2 == 0) {
                // Every other life in code of the first compiler, which is there sooner.
                command.add("-XX:TieredStopAtLevel=1");
            }
            command.add("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");
            command.addAll(List.of("-cp", OwnClassPath.text(), SoakWorker.class.getName()));
            return command;
        }
    },
    /** soak.c. */
    C("C") {
        @Override
        List<String> command(final Path program, final int lives) {
            return new ArrayList<>(List.of(program.toString()));
        }
    };

    private static final List<String> SOURCES =
            List.of(
                    "soak.c",
                    "soak_common.h",
                    "soak_receipt.h",
                    "soak_events.h",
                    "soak_records.h",
                    "soak_newest.h",
                    "soak_numbered.h");

    private final String label;

    Language(final String label) {
        this.label = label;
    }

    abstract List<String> command(Path program, int lives);

    @Override
    public String toString() {
        return label;
    }

    /** Starts a process in a role. What it says goes to a file, which a killed process cannot leave half read. */
    final Process start(
            final Path folder,
            final Role role,
            final int lives,
            final long seed,
            final boolean isBroken)
            throws IOException {
        final List<String> command = command(folder.resolve("soak"), lives);
        command.addAll(List.of(region(folder).toString(), role.name(), Long.toString(seed)));
        if (isBroken) {
            command.add("broken");
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said(folder, role).toFile())
                .start();
    }

    static Path region(final Path folder) {
        return folder.resolve("region");
    }

    static Path said(final Path folder, final Role role) {
        return folder.resolve(role.name() + ".txt");
    }

    /** Compiles soak.c against the header of the region into the folder: null, or what is wrong. */
    static String compile(final Path folder) throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve("soak.h"), HeaderGenerator.generate(SoakRegion.DECLARATION));
        Files.writeString(folder.resolve("soak_numbers.h"), SoakRegion.numbers());
        for (final String name : SOURCES) {
            Files.writeString(
                    folder.resolve(name),
                    CText.read(name, Language.class.getResourceAsStream(name)));
        }
        final File said = folder.resolve("compiler.txt").toFile();
        final Process compiler;
        try {
            compiler =
                    new ProcessBuilder(
                                    "gcc",
                                    "-std=c11",
                                    "-O2",
                                    "-Wall",
                                    "-Wextra",
                                    "-Werror",
                                    "-o",
                                    folder.resolve("soak").toString(),
                                    folder.resolve("soak.c").toString())
                            .redirectErrorStream(true)
                            .redirectOutput(said)
                            .start();
        } catch (final IOException e) {
            return "gcc could not be started: "
                    + e.getMessage()
                    + ". Install it; on Debian: apt install gcc";
        }
        return compiler.waitFor() == 0
                ? null
                : "gcc could not compile soak.c: " + Files.readString(said.toPath());
    }
}
