// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.jcstress;

import java.io.IOException;

/** jcstress in a process of its own, which ends with the one that started it: when its standard input does. */
public final class Fork {
    private Fork() {}

    /**
     * Runs jcstress.
     *
     * @param args those of jcstress
     * @throws Exception what jcstress throws
     */
    public static void main(final String[] args) throws Exception {
        final Thread watch = new Thread(Fork::endWithParent, "parent");
        watch.setDaemon(true);
        watch.start();
        org.openjdk.jcstress.Main.main(args);
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; what counts is the end.
            }
        } catch (final IOException e) {
            System.err.println("The standard input cannot be read: " + e.getMessage());
        }
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(1);
    }
}
