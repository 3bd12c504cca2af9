// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import dev.patchbay.layout.ProcessStart;
import dev.patchbay.layout.RegionException;
import dev.patchbay.tools.ToolException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is inspected: all regions of this user, those of one process, or one file. */
public final class Target {
    /**
     * What was found at one moment.
     *
     * @param regions the regions that could be read
     * @param failures a sentence for each that could not
     */
    record Frame(List<RegionReading> regions, List<String> failures) {
        Frame {
            regions = List.copyOf(regions);
            failures = List.copyOf(failures);
        }
    }

    private final String name;
    private final long pid;
    private final long startTime;
    private final Path file;
    private final SeenWindows seen = new SeenWindows();

    private Target(final String name, final long pid, final long startTime, final Path file) {
        this.name = name;
        this.pid = pid;
        this.startTime = startTime;
        this.file = file;
    }

    /** All regions of this user. */
    public static Target everything() {
        return new Target("regions of this user", 0, 0, null);
    }

    /**
     * The regions of a process, or a file.
     *
     * @param text a pid, or a path; where a number is both, the file is meant by {@code ./NUMBER}
     * @throws ToolException if there is neither
     */
    public static Target of(final String text) {
        if (text.matches("[1-9][0-9]{0,9}")) {
            final long pid = Long.parseLong(text);
            final long start = ProcessStart.of(pid);
            if (start == 0) {
                throw new ToolException(
                        "There is no process "
                                + text
                                + ", expected a pid or the file of a region; \"patchbay inspect\""
                                + " lists all regions.");
            }
            return new Target("process " + text, pid, start, null);
        }
        final Path file = Path.of(text);
        if (!Files.isRegularFile(file)) {
            throw new ToolException(
                    PlainText.line(text)
                            + " is no file, expected a pid or the file of a region; \"patchbay"
                            + " inspect\" lists all regions.");
        }
        return new Target(text, 0, 0, file);
    }

    /** Whether it is a list of whatever there is, and not one thing. */
    boolean isList() {
        return pid == 0 && file == null;
    }

    /** Whether it names one region. */
    boolean isFile() {
        return file != null;
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * Reads it.
     *
     * @throws ToolException in a sentence, if it is gone or is no region
     */
    Frame read() {
        if (isFile()) {
            return readFile();
        }
        if (pid != 0 && ProcessStart.of(pid) != startTime) {
            throw new ToolException("The process " + pid + " has ended.");
        }
        final List<RegionReading> regions = new ArrayList<>();
        final List<String> failures = new ArrayList<>();
        for (final RegionScan.Held held : pid == 0 ? RegionScan.all() : RegionScan.of(pid)) {
            try {
                regions.add(RegionInspector.read(held.file(), held.label(), seen));
            } catch (final RegionException e) {
                failures.add(PlainText.line(e.getMessage()));
            }
        }
        if (pid != 0 && regions.isEmpty() && failures.isEmpty()) {
            throw new ToolException(
                    ProcessStart.of(pid) == startTime
                            ? "The process "
                                    + pid
                                    + " ("
                                    + PlainText.line(ProcessFacts.command(pid))
                                    + ") holds no region that this user may read."
                            : "The process " + pid + " has ended.");
        }
        return new Frame(regions, failures);
    }

    private Frame readFile() {
        if (!Files.exists(file)) {
            throw new ToolException("The region " + PlainText.line(name) + " is gone.");
        }
        try {
            return new Frame(List.of(RegionInspector.read(file, name, seen)), List.of());
        } catch (final RegionException e) {
            throw new ToolException(PlainText.line(e.getMessage()), e);
        }
    }
}
