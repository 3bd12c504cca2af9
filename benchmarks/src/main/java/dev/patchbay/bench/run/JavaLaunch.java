// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import dev.patchbay.bench.fork.ForkMain;
import dev.patchbay.bench.plan.Launch;
import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.plan.Workbench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A contender in a JVM of its own. */
final class JavaLaunch implements Launch {
    /** The same for all: a heap that need not be collected, and the collector whose barriers cost those least that pass references. */
    static final List<String> FLAGS =
            List.of(
                    "-Xms256m",
                    "-Xmx256m",
                    "-XX:+UseParallelGC",
                    "-XX:-UsePerfData",
                    "--enable-native-access=ALL-UNNAMED",
                    "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");

    /** For those peers whose users turn these checks off. */
    static final String UNCHECKED = "-Dagrona.disable.bounds.checks=true";

    private final String what;
    private final String contender;
    private final List<String> flags;

    /** What to do and who, as {@link ForkMain} has them, and further flags of the JVM. */
    JavaLaunch(final String what, final String contender, final String... flags) {
        this.what = what;
        this.contender = contender;
        this.flags = List.of(flags);
    }

    @Override
    public Receipt measure(final Workbench bench) throws InterruptedException {
        return Processes.run(
                bench,
                command(bench, what, contender, bench.effort().javaWarmMillis(), flags),
                List.of());
    }

    /** The command line, to which the region's file may be added. */
    static List<String> command(
            final Workbench bench,
            final String what,
            final String contender,
            final int warmMillis,
            final List<String> flags) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(
                List.of(
                        ForkMain.class.getName(),
                        what,
                        contender,
                        Integer.toString(warmMillis),
                        Integer.toString(bench.effort().measureMillis()),
                        Integer.toString(bench.firstProcessor()),
                        Integer.toString(bench.secondProcessor())));
        return command;
    }
}
