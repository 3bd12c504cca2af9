// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import dev.patchbay.stress.run.Part;
import dev.patchbay.stress.run.StressCommand;
import java.util.List;
import java.util.ServiceLoader;

/** The program {@code patchbay-stress.jar}. */
public final class StressMain {
    private StressMain() {}

    /**
     * Runs a command line and ends the JVM with its status.
     *
     * @param args see {@code --help}
     */
    public static void main(final String[] args) {
        final List<Part> parts =
                ServiceLoader.load(Part.class).stream().map(ServiceLoader.Provider::get).toList();
        System.exit(StressCommand.execute(parts, System.out, System.err, args));
    }
}
