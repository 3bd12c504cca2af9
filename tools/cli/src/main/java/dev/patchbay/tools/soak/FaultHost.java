// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.soak;

import dev.patchbay.layout.ProcessStart;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.RoleState;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.demo.MemfdRegionFinder;
import dev.patchbay.tools.demo.RegionView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A host that plays until it is ended, seen from outside. Closing it leaves none of its processes behind. */
final class FaultHost implements AutoCloseable {
    static final int BLOCK = 256;
    private static final int PLAYING_SECONDS = 120;
    private static final int END_SECONDS = 30;
    private static final int LEFT_SECONDS = 10;
    private static final int FIRST_BLOCKS = 50;
    private static final String ENGINE = "EngineMain";

    /** To look through all processes of the machine costs some milliseconds. */
    private static final long NOTE_NANOS = 100_000_000L;

    private final Path folder;
    private final Process process;
    private final Map<Long, Long> seen = new HashMap<>();
    private RegionView region;
    private long noted = System.nanoTime();

    /** Starts it; what it writes goes to a folder that exists. */
    FaultHost(final FaultOptions options, final Path folder, final Path song, final Path state)
            throws IOException {
        this.folder = folder;
        final List<String> command =
                new ArrayList<>(List.of(options.host().toString(), "render", "--quiet", "--keep"));
        command.addAll(List.of("--plugin", options.plugin().toAbsolutePath().toString()));
        command.addAll(List.of("--midi", song.toString(), "--realtime"));
        command.addAll(List.of("--seconds", Integer.toString(FaultSong.SECONDS)));
        command.addAll(List.of("--rate", Integer.toString(options.rate())));
        command.addAll(List.of("--block", Integer.toString(BLOCK)));
        command.addAll(List.of("--out", wav().toString(), "--state-out", state().toString()));
        command.addAll(List.of("--json", folder.resolve("host.json").toString()));
        if (state != null) {
            command.addAll(List.of("--state-in", state.toString()));
        }
        final ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PATCHBAY_LOG_DIR", folder.resolve("logs").toString());
        builder.environment().put("PATCHBAY_RUNTIME_DIR", folder.resolve("run").toString());
        process = builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
    }

    /**
     * Waits until it plays and control is ready.
     *
     * @throws ToolException with what it has said, if that takes too long or it ends
     */
    void awaitPlaying() throws InterruptedException {
        final boolean plays = await(PLAYING_SECONDS, () -> !process.isAlive() || plays());
        if (!plays || !process.isAlive()) {
            throw new ToolException(
                    "The host "
                            + (process.isAlive() ? "does not play" : "ended before it played")
                            + ", which is no broken promise but a run that cannot be made: "
                            + said().strip());
        }
    }

    private boolean plays() {
        if (region == null) {
            region = attach();
        }
        return region != null
                && blocks() >= FIRST_BLOCKS
                && region.participant(Role.CONTROL).state() == RoleState.READY;
    }

    private RegionView attach() {
        try {
            for (final Path candidate : new MemfdRegionFinder().candidates(process.pid())) {
                try {
                    return new RegionView(candidate);
                } catch (final RegionException e) {
                    // Not complete yet, or the engine's: the next look tells.
                    continue;
                }
            }
        } catch (final IOException e) {
            // The host has just ended: the caller sees that next.
            return null;
        }
        return null;
    }

    /** Waits, and notes which processes there are; false where that takes longer. */
    boolean await(final int seconds, final BooleanSupplier condition) throws InterruptedException {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            if (System.nanoTime() - noted > NOTE_NANOS) {
                note();
            }
            Thread.sleep(2);
        }
        return true;
    }

    /** Notes which processes there are; each has to end with the host. */
    private void note() {
        noted = System.nanoTime();
        process.descendants().forEach(one -> seen.computeIfAbsent(one.pid(), ProcessStart::of));
    }

    RegionView region() {
        return region;
    }

    long pid(final Role role) {
        return region.participant(role).pid();
    }

    boolean ready(final Role role) {
        return region.participant(role).state() == RoleState.READY;
    }

    /** The pid of an engine that serves nobody yet; 0 where there is none. */
    long sparePid() {
        if (counter("rt_spares_ready") == 0) {
            return 0;
        }
        return process.children()
                .filter(one -> one.pid() != pid(Role.RT) && commandLine(one).contains(ENGINE))
                .mapToLong(ProcessHandle::pid)
                .findFirst()
                .orElse(0);
    }

    private static String commandLine(final ProcessHandle one) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(one.pid()), "cmdline"));
        } catch (final IOException e) {
            // It has just ended.
            return "";
        }
    }

    long counter(final String name) {
        return region.counter(StandardRegion.BRIDGE_COUNTERS, name);
    }

    long blocks() {
        return counter("blocks");
    }

    long missed() {
        return counter("missed_deadlines");
    }

    /** Blocks that the host has asked for, answered or not: the position in the song. */
    long total() {
        return blocks() + missed();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Ends it in order; false where it does not end, or not with status 0. */
    boolean end() throws InterruptedException {
        note();
        process.destroy();
        return process.waitFor(END_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    void kill() throws InterruptedException {
        note();
        process.destroyForcibly().waitFor();
    }

    /** The pids of processes that live although the host has ended. */
    List<Long> left() throws InterruptedException {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEFT_SECONDS);
        List<Long> left = living();
        while (!left.isEmpty() && System.nanoTime() - end < 0) {
            Thread.sleep(20);
            left = living();
        }
        return left;
    }

    private List<Long> living() {
        return seen.entrySet().stream()
                .filter(one -> ProcessStart.of(one.getKey()) == one.getValue())
                .filter(one -> lives(one.getKey()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** One that has ended and that its parent has not asked after yet is there, but does nothing any more. */
    private static boolean lives(final long pid) {
        try {
            final String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
            return !status.contains("\nState:\tZ") && !status.contains("\nState:\tX");
        } catch (final IOException e) {
            return false;
        }
    }

    /** What host and bridge have said so far. */
    String said() {
        try {
            return Files.readString(log());
        } catch (final IOException e) {
            throw new ToolException("The host's log " + log() + " cannot be read: " + e + ".", e);
        }
    }

    Path log() {
        return folder.resolve("host.log");
    }

    Path wav() {
        return folder.resolve("out.wav");
    }

    Path json() {
        return folder.resolve("host.json");
    }

    Path state() {
        return folder.resolve("out.state");
    }

    /** Where logs and sockets are. */
    List<Path> ownFolders() {
        return List.of(folder.resolve("logs"), folder.resolve("run"));
    }

    @Override
    public void close() {
        note();
        process.destroyForcibly().onExit().join();
        living().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        if (region != null) {
            region.close();
        }
    }
}
