// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Knows where the regions of a host may be. */
@FunctionalInterface
public interface RegionFinder {
    /**
     * Files that may be regions of plug-ins in this host; the caller checks whether they are, and asks again later.
     *
     * @param hostPid the host's process
     * @return paths that can be opened for reading, perhaps none
     * @throws IOException if the host has ended or is not to be looked into
     */
    List<Path> candidates(long hostPid) throws IOException;
}
