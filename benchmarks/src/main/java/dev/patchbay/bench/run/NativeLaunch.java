// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import dev.patchbay.bench.plan.Launch;
import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.plan.Workbench;
import java.util.ArrayList;
import java.util.List;

/** A contender in C or C++, a program of its own. */
final class NativeLaunch implements Launch {
    private final Program program;
    private final String what;

    NativeLaunch(final Program program, final String what) {
        this.program = program;
        this.what = what;
    }

    Program program() {
        return program;
    }

    @Override
    public Receipt measure(final Workbench bench) throws InterruptedException {
        return Processes.run(
                bench, command(bench, program, what, bench.effort().nativeWarmMillis()), List.of());
    }

    /** The command line, to which the region's file may be added. */
    static List<String> command(
            final Workbench bench, final Program program, final String what, final int warmMillis) {
        return new ArrayList<>(
                List.of(
                        bench.programs().resolve(program.file()).toString(),
                        what,
                        Integer.toString(warmMillis),
                        Integer.toString(bench.effort().measureMillis()),
                        Integer.toString(bench.firstProcessor()),
                        Integer.toString(bench.secondProcessor())));
    }
}
