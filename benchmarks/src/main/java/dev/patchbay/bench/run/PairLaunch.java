// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.bench.plan.Launch;
import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.plan.Workbench;
import dev.patchbay.bench.queue.BenchRegion;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A contender in two processes over one region in shared memory: one sends, the other receives. */
final class PairLaunch implements Launch {
    private final Side sender;
    private final Side receiver;
    private final String what;

    /** What one of the two processes runs: a contender in Java, with flags, or a program. */
    record Side(String contender, Program program, String... flags) {
        static Side java(final String contender, final String... flags) {
            return new Side(contender, null, flags);
        }

        static Side program(final Program program) {
            return new Side(null, program);
        }

        List<String> command(
                final Workbench bench, final String what, final int warmMillis, final Path region) {
            final List<String> command =
                    program == null
                            ? JavaLaunch.command(bench, what, contender, warmMillis, List.of(flags))
                            : NativeLaunch.command(bench, program, what, warmMillis);
            command.add(region.toString());
            return command;
        }
    }

    /** The two sides; what is measured is {@code single}, {@code batch} or {@code latency}. */
    PairLaunch(final String what, final Side sender, final Side receiver) {
        this.what = what;
        this.sender = sender;
        this.receiver = receiver;
    }

    List<Program> programs() {
        return Stream.of(sender.program(), receiver.program()).filter(Objects::nonNull).toList();
    }

    @Override
    public Receipt measure(final Workbench bench) throws InterruptedException {
        Path folder = null;
        try {
            folder = Files.createTempDirectory(bench.memory(), "region-");
            final Path file = folder.resolve("region");
            Region.create(file, new RegionImage(BenchRegion.DECLARATION)).close();
            // Where one side is in Java, the other waits until that one is compiled.
            final int warm =
                    sender.program() == null || receiver.program() == null
                            ? bench.effort().javaWarmMillis()
                            : bench.effort().nativeWarmMillis();
            if (what.equals("latency")) {
                return Processes.run(
                        bench,
                        sender.command(bench, "ping", warm, file),
                        List.of(receiver.command(bench, "echo", warm, file)));
            }
            return Processes.run(
                    bench,
                    receiver.command(bench, "receive-" + what, warm, file),
                    List.of(sender.command(bench, "send-" + what, warm, file)));
        } catch (final IOException e) {
            throw new BenchException("The region could not be made: " + e + ".", e);
        } finally {
            Folders.delete(folder);
        }
    }
}
