// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.layout.header.HeaderGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The C texts: the header of {@link StressRegion}, the scenarios, and the program that runs one of them by name. */
final class Sources {
    /** The files, without {@code .c}, each with a function {@code scenario_NAME}, and the scenarios besides that a file has. */
    static final List<String> FILES =
            List.of(
                    "cells",
                    "voice_states",
                    "counters",
                    "dirty_bits",
                    "triple_buffer",
                    "parameter_changes",
                    "snapshot",
                    "blob",
                    "event_queue",
                    "shared_event_queue",
                    "sysex",
                    "broadcast",
                    "meters",
                    "ring",
                    "doorbell",
                    "role_cell");

    private static final Pattern SCENARIO =
            Pattern.compile("^static void scenario_(\\w+)\\(void\\)$", Pattern.MULTILINE);
    private static final Pattern CONTROL =
            Pattern.compile(
                    "^/\\* control: (relaxed|plain) (\\w+)(?: in (\\w+))? \\*/$",
                    Pattern.MULTILINE);

    private Sources() {}

    /** The scenarios of a file, in its order. */
    static List<String> scenarios(final String file) {
        return SCENARIO.matcher(text(file + ".c")).results().map(r -> r.group(1)).toList();
    }

    /** By scenario, the change of the header that must be found out by it; by default the file's first. */
    static Map<String, Weakened> controls(final String file) {
        final Map<String, Weakened> controls = new LinkedHashMap<>();
        final Matcher found = CONTROL.matcher(text(file + ".c"));
        while (found.find()) {
            final String scenario =
                    found.group(3) == null ? scenarios(file).get(0) : found.group(3);
            if (!scenarios(file).contains(scenario)
                    || controls.put(
                                    scenario,
                                    new Weakened(found.group(1).equals("plain"), found.group(2)))
                            != null) {
                throw new IllegalStateException(
                        file
                                + ".c has a control of the scenario "
                                + scenario
                                + ", which is not there or has one already: give each scenario of"
                                + " the file at most one.");
            }
        }
        if (controls.isEmpty()) {
            throw new IllegalStateException(
                    file
                            + ".c has no line \"control: relaxed FUNCTION\" or \"control: plain"
                            + " FUNCTION\": say in a comment which function of the header is"
                            + " spoilt to show that this scenario can fail.");
        }
        return controls;
    }

    static String header() {
        return HeaderGenerator.generate(StressRegion.DECLARATION);
    }

    /** Writes what a program of these files is compiled from; the answer is its main file. */
    static Path write(final Path folder, final List<String> files, final String header)
            throws IOException {
        Files.writeString(folder.resolve("stress.h"), header);
        Files.writeString(folder.resolve("harness.h"), text("harness.h"));
        final StringBuilder main = new StringBuilder("#include \"harness.h\"\n");
        final StringBuilder table = new StringBuilder();
        for (final String file : files) {
            Files.writeString(folder.resolve(file + ".c"), text(file + ".c"));
            main.append("#include \"").append(file).append(".c\"\n");
            for (final String scenario : scenarios(file)) {
                table.append("    {\"%1$s\", scenario_%1$s},\n".formatted(scenario));
            }
        }
        main.append("static const named_scenario SCENARIOS[] = {\n")
                .append(table)
                .append("};\n")
                .append("int main(int argc, char **argv)\n{\n")
                .append("    return harness(argc, argv, SCENARIOS,")
                .append(" sizeof SCENARIOS / sizeof SCENARIOS[0]);\n}\n");
        return Files.writeString(folder.resolve("main.c"), main);
    }

    private static String text(final String name) {
        try (InputStream in = Sources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The C text " + name + " is missing in the jar.");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
