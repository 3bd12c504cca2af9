// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Doorbell;
import dev.patchbay.atomics.Participant;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.layout.EngineRegion;
import dev.patchbay.layout.EngineRegion.Command;
import dev.patchbay.layout.Field;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion.RoleState;
import dev.patchbay.layout.StructType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.agrona.concurrent.AtomicBuffer;

/** Takes the bridge's commands one after the other and answers each. On the process's main thread, which sleeps in between. */
final class EngineCommands {
    private static final StructType COMMAND = EngineRegion.COMMAND_STRUCT;
    private static final StructType ANSWER = EngineRegion.ANSWER_STRUCT;
    private static final Field TEXT = ANSWER.field("text");
    private static final int REFUSED = EngineInstances.counter("commands_refused");

    private final AtomicBuffer buffer;
    private final RoleCell role;
    private final EngineInstances instances;
    private final SectionEntry commands;
    private final SectionEntry answers;
    private final Counters counters;
    private final Doorbell requests;
    private final Doorbell done;

    EngineCommands(final Participant process, final EngineInstances instances) {
        this.buffer = process.buffer();
        this.role = process.role();
        this.instances = instances;
        this.commands = process.section(EngineRegion.COMMANDS);
        this.answers = process.section(EngineRegion.ANSWERS);
        this.counters = Counters.over(buffer, process.section(EngineRegion.COUNTERS));
        final int bridge = process.section(EngineRegion.BRIDGE_BELL).elementOffset(0);
        final int rt = process.section(EngineRegion.RT_BELL).elementOffset(0);
        this.requests =
                new Doorbell(
                        buffer,
                        bridge + EngineRegion.BRIDGE_BELL_STRUCT.offset("request"),
                        rt + EngineRegion.RT_BELL_STRUCT.offset("rt_asleep"));
        this.done =
                new Doorbell(
                        buffer,
                        rt + EngineRegion.RT_BELL_STRUCT.offset("done"),
                        bridge + EngineRegion.BRIDGE_BELL_STRUCT.offset("bridge_asleep"));
    }

    /** Serves until it is told to quit. */
    void serve() {
        boolean running = true;
        for (int answered = done.value(); running; answered++) {
            await(answered);
            running = answer(answered + 1);
            if (done.ring(answered + 1)) {
                Kernel.futexWake(buffer.addressOffset() + done.wordOffset());
            }
        }
    }

    /** Sleeps until there is a command behind the last one that was answered. */
    private void await(final int answered) {
        while (requests.value() == answered) {
            if (requests.mayWait(answered)) {
                Kernel.futexWait(buffer.addressOffset() + requests.wordOffset(), answered);
            }
            requests.awake();
        }
    }

    /** Does what a command asks for and fills its answer in; false for the last. */
    private boolean answer(final int number) {
        final int at = commands.elementOffset(number & commands.count() - 1);
        final int kind = buffer.getInt(at + COMMAND.offset("kind"));
        String refusal = "";
        try {
            if (buffer.getInt(at + COMMAND.offset("number")) != number) {
                throw new IllegalArgumentException(
                        "The command in slot "
                                + (number & commands.count() - 1)
                                + " is number "
                                + buffer.getInt(at + COMMAND.offset("number"))
                                + ", expected "
                                + number
                                + ".");
            }
            obey(kind, at);
        } catch (final RegionException | IllegalArgumentException | IllegalStateException e) {
            refusal = String.valueOf(e.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            refusal = "The engine was interrupted.";
        } catch (final RuntimeException | Error e) {
            // Whatever it is: it must not end the process, which is that of all instances.
            refusal = unforeseen(e);
            e.printStackTrace();
        }
        if (!refusal.isEmpty()) {
            System.err.println("patchbay rt: " + refusal);
            counters.add(REFUSED, 1);
        }
        fill(number, refusal);
        return kind != Command.QUIT;
    }

    /** What is no sentence by itself: a class that cannot be loaded, a thread that the system refuses. */
    private static String unforeseen(final Throwable thrown) {
        return "The engine threw "
                + thrown
                + " over this command; its other instances play on. "
                + (thrown instanceof OutOfMemoryError
                        ? "Raise the limit that it names (heap: modules.rt.heap in build.yaml;"
                                + " threads: \"ulimit -u\" or the container's limit of processes),"
                                + " or remove an instance."
                        : "Its log has the stack trace; if the bundle is not whole, make it anew.");
    }

    private void obey(final int kind, final int at) throws InterruptedException {
        switch (kind) {
            case Command.ADD -> instances.add(path(at), id(at), generation(at));
            case Command.REMOVE -> instances.remove(id(at));
            case Command.QUIT -> role.state(RoleState.LEAVING);
            default ->
                    throw new IllegalArgumentException(
                            "The command "
                                    + kind
                                    + " is unknown to this engine: rebuild the bundle.");
        }
    }

    private Path path(final int at) {
        return Path.of(
                "/proc",
                Integer.toString(buffer.getInt(at + COMMAND.offset("region_pid"))),
                "fd",
                Integer.toString(buffer.getInt(at + COMMAND.offset("region_fd"))));
    }

    private String id(final int at) {
        final int words = at + COMMAND.offset("region_id");
        return String.format(
                Locale.ROOT,
                "%016x%016x",
                buffer.getLong(words),
                buffer.getLong(words + Long.BYTES));
    }

    private int generation(final int at) {
        return buffer.getInt(at + COMMAND.offset("generation"));
    }

    private void fill(final int number, final String refusal) {
        final int at = answers.elementOffset(number & answers.count() - 1);
        final byte[] text = Arrays.copyOf(refusal.getBytes(UTF_8), TEXT.count());
        // What does not fit is cut, and the text ends with a 0.
        text[TEXT.count() - 1] = 0;
        buffer.putInt(at + ANSWER.offset("number"), number);
        buffer.putInt(at + ANSWER.offset("status"), refusal.isEmpty() ? 0 : 1);
        buffer.putBytes(at + TEXT.offset(), text);
    }
}
