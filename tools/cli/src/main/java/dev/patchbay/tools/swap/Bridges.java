// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.swap;

import dev.patchbay.layout.RuntimeFolder;
import dev.patchbay.tools.ToolException;
import java.nio.file.Path;
import java.util.List;

/**
 * The bridges of this user that play now, by their sockets in the runtime folder: one for each host process and plug-in. What is said there is
 * stated in ControlSocket of the bridge.
 */
public final class Bridges {
    private static final int ID_DIGITS = 32;

    private final RuntimeSockets sockets;

    /** Those whose sockets are in this folder. */
    public Bridges(final Path folder) {
        this.sockets = new RuntimeSockets(folder, "[0-9]+-[0-9a-f]+\\.sock");
    }

    /** Those of this user, wherever the environment puts them. */
    public static Bridges ofThisUser() {
        return new Bridges(RuntimeFolder.of(System.getenv()));
    }

    /**
     * Has instances go over to an engine with other jars, and waits until they have.
     *
     * @param target the id of an instance's region, or the pid of a host
     * @param jars to be put before those of the bundle
     * @return how many instances have gone over
     * @throws ToolException in the bridge's words, if one has not
     */
    public int swap(final String target, final List<Path> jars) {
        final boolean isId = target.matches("[0-9a-f]{" + ID_DIGITS + "}");
        final StringBuilder request = new StringBuilder("swap\n");
        if (isId) {
            request.append("instance ").append(target).append('\n');
        }
        jars.forEach(jar -> request.append("jar ").append(jar).append('\n'));
        request.append('\n');
        final List<Path> found = sockets.of(isId ? "" : target + "-");
        if (!isId && found.size() > 1) {
            throw new ToolException(
                    "The process "
                            + target
                            + " plays "
                            + found.size()
                            + " different Patchbay plug-ins, expected one: name an instance by its"
                            + " region's id, which \"patchbay inspect "
                            + target
                            + "\" lists.");
        }
        for (final Path socket : found) {
            final List<String> answer = RuntimeSockets.ask(socket, request.toString());
            if (!answer.isEmpty() && !answer.get(0).equals("unknown")) {
                return RuntimeSockets.result(answer);
            }
        }
        throw new ToolException(
                (isId ? "No instance " : "No Patchbay plug-in that plays in a process ")
                        + target
                        + " was found through "
                        + sockets.folder()
                        + ", expected "
                        + "a host that has activated one; \"patchbay inspect\" lists the regions.");
    }
}
