// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.RoleCell;
import dev.patchbay.layout.EngineRegion;
import dev.patchbay.layout.EngineRegion.Command;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion.RoleState;
import dev.patchbay.layout.StructType;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The bridge's side of an engine process's own region, in Java: has it serve the regions of instances. For tests and tools that need an
 * engine and no host. One command at a time; all methods on one thread.
 */
public final class CommandSide {
    private static final StructType COMMAND = EngineRegion.COMMAND_STRUCT;
    private static final StructType ANSWER = EngineRegion.ANSWER_STRUCT;
    private static final long POLL_NANOS = 200_000;
    private static final String NO_ID = "0".repeat(32);

    private final Region region;
    private final BooleanSupplier engineLives;

    /**
     * The bridge's side of an engine's region.
     *
     * @param region stays open as long as this is used
     * @param engineLives tells whether there is still somebody who can answer
     */
    public CommandSide(final Region region, final BooleanSupplier engineLives) {
        this.region = region;
        this.engineLives = engineLives;
    }

    /**
     * Waits until the engine takes commands.
     *
     * @throws IllegalStateException if its process ends instead
     */
    public void awaitReady() {
        await(
                () ->
                        RoleCell.stateOf(region.loads(), section(EngineRegion.ROLES), Role.RT)
                                == RoleState.READY);
    }

    /**
     * Has the engine serve an instance.
     *
     * @param file the instance's region, which this process may read
     * @param id of that region
     * @throws IllegalStateException with the engine's words, if it refuses
     */
    public void add(final Path file, final String id) throws IOException {
        obeyed(tryAdd(file, id, 1));
    }

    /** The same for a region that has had engines before, where the generation is above 1; the answer is why not, or nothing. */
    String tryAdd(final Path file, final String id, final int generation) throws IOException {
        // Held open: the engine finds the file by this process's descriptor.
        try (RandomAccessFile held = new RandomAccessFile(file.toFile(), "r")) {
            held.length();
            return ask(
                    Command.ADD, id, ProcessHandle.current().pid(), descriptor(file), generation);
        }
    }

    /**
     * Prepares the engine to go on with an instance in another region; the answer is why not, or nothing.
     *
     * @param from the id of the region that the instance is in
     * @param file the region that it goes to, which this process may read
     * @param id of that region
     * @param generation the number of that region's engine
     */
    String tryMove(final String from, final Path file, final String id, final int generation)
            throws IOException {
        try (RandomAccessFile held = new RandomAccessFile(file.toFile(), "r")) {
            held.length();
            final long pid = ProcessHandle.current().pid();
            return ask(Command.MOVE, id, pid, descriptor(file), from, generation);
        }
    }

    /** Tells the engine's process to end. */
    public void quit() {
        obeyed(tryQuit());
    }

    /** The same; the answer is why not, or nothing. */
    String tryQuit() {
        return ask(Command.QUIT, NO_ID, 0, -1, 0);
    }

    private static void obeyed(final String refusal) {
        if (!refusal.isEmpty()) {
            throw new IllegalStateException("The engine refused: " + refusal);
        }
    }

    /** The number under which this process has a file open. */
    private static int descriptor(final Path file) throws IOException {
        final Path real = file.toRealPath();
        try (DirectoryStream<Path> open =
                Files.newDirectoryStream(
                        Path.of("/proc/self/fd"),
                        link ->
                                Files.isSymbolicLink(link)
                                        && Files.readSymbolicLink(link).equals(real))) {
            return Integer.parseInt(open.iterator().next().getFileName().toString());
        }
    }

    /**
     * Gives a command and waits for its answer.
     *
     * @param kind what to do
     * @param id of the instance's region
     * @param pid a process that has this region open
     * @param fd under this number
     * @param generation the number of the instance's engine, from 1; for {@link Command#ADD}
     * @return why not, or nothing
     */
    String ask(
            final int kind, final String id, final long pid, final int fd, final int generation) {
        return ask(kind, id, pid, fd, NO_ID, generation);
    }

    private String ask(
            final int kind,
            final String id,
            final long pid,
            final int fd,
            final String from,
            final int generation) {
        final AtomicBuffer buffer = region.buffer();
        final int request =
                section(EngineRegion.BRIDGE_BELL).elementOffset(0)
                        + EngineRegion.BRIDGE_BELL_STRUCT.offset("request");
        final int done =
                section(EngineRegion.RT_BELL).elementOffset(0)
                        + EngineRegion.RT_BELL_STRUCT.offset("done");
        final int number = buffer.getInt(request) + 1;
        final int slot = number % EngineRegion.SLOTS;
        final int at = section(EngineRegion.COMMANDS).elementOffset(slot);
        buffer.putInt(at + COMMAND.offset("number"), number);
        buffer.putInt(at + COMMAND.offset("kind"), kind);
        buffer.putInt(at + COMMAND.offset("region_pid"), (int) pid);
        buffer.putInt(at + COMMAND.offset("region_fd"), fd);
        putId(at + COMMAND.offset("region_id"), id);
        putId(at + COMMAND.offset("from_id"), from);
        buffer.putInt(at + COMMAND.offset("generation"), generation);
        // Sequentially consistent: the engine looks again after it has said that it sleeps.
        buffer.putIntVolatile(request, number);
        Kernel.futexWake(buffer.addressOffset() + request);
        await(() -> buffer.getIntVolatile(done) == number);
        final int answer = section(EngineRegion.ANSWERS).elementOffset(slot);
        if (buffer.getInt(answer + ANSWER.offset("status")) == 0) {
            return "";
        }
        final byte[] text = new byte[ANSWER.field("text").count()];
        buffer.getBytes(answer + ANSWER.offset("text"), text);
        final String sentence = new String(text, StandardCharsets.UTF_8);
        return sentence.substring(0, Math.max(0, sentence.indexOf(0)));
    }

    private void putId(final int at, final String id) {
        final AtomicBuffer buffer = region.buffer();
        buffer.putLong(at, Long.parseUnsignedLong(id.substring(0, 16), 16));
        buffer.putLong(at + Long.BYTES, Long.parseUnsignedLong(id.substring(16), 16));
    }

    private SectionEntry section(final String name) {
        return region.section(EngineRegion.declaration().section(name));
    }

    private void await(final BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (!engineLives.getAsBoolean() && !condition.getAsBoolean()) {
                throw new IllegalStateException("The engine's process has ended.");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
