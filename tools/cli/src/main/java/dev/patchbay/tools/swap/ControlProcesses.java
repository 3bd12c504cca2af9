// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.swap;

import dev.patchbay.layout.RuntimeFolder;
import dev.patchbay.tools.ToolException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The control processes of this user's hosts, by their sockets in the runtime folder: one for each instance of a plug-in. What is said there is stated
 * in ReloadSocket of the control API.
 */
public final class ControlProcesses {
    private static final int ID_DIGITS = 32;

    /** So many digits of an instance's id are in the name of its socket. */
    private static final int NAME_DIGITS = 8;

    private final RuntimeSockets sockets;

    /** Those whose sockets are in this folder. */
    public ControlProcesses(final Path folder) {
        this.sockets = new RuntimeSockets(folder, "[0-9]+-[0-9a-f]{8}\\.control");
    }

    /** Those of this user, wherever the environment puts them. */
    public static ControlProcesses ofThisUser() {
        return new ControlProcesses(RuntimeFolder.of(System.getenv()));
    }

    /**
     * Has control modules replaced by other code, one after the other, and waits until it serves.
     *
     * @param target the id of an instance's region, or the pid of a host for all of its instances
     * @param jars to be put before those of the bundle; without any, the bundle's as they are now
     * @return how many instances have the other code
     * @throws ToolException in the control process's words, if one has not; others may have it
     */
    public int reload(final String target, final List<Path> jars) {
        final boolean isId = target.matches("[0-9a-f]{" + ID_DIGITS + "}");
        final StringBuilder request = new StringBuilder("reload\n");
        if (isId) {
            request.append("instance ").append(target).append('\n');
        }
        jars.forEach(jar -> request.append("jar ").append(jar).append('\n'));
        request.append('\n');
        int reloaded = 0;
        final List<String> failures = new ArrayList<>();
        for (final Path socket : sockets.of(isId ? "" : target + "-")) {
            final String name = socket.getFileName().toString();
            if (isId && !name.contains("-" + target.substring(0, NAME_DIGITS) + ".")) {
                continue;
            }
            final List<String> answer = RuntimeSockets.ask(socket, request.toString());
            if (answer.isEmpty() || answer.get(0).equals("unknown")) {
                continue;
            }
            try {
                reloaded += RuntimeSockets.result(answer);
            } catch (final ToolException e) {
                failures.add(e.getMessage());
            }
        }
        if (!failures.isEmpty()) {
            throw new ToolException(String.join(System.lineSeparator(), failures));
        }
        if (reloaded == 0) {
            throw new ToolException(
                    (isId
                                    ? "No control process of an instance "
                                    : "No control process of a plug-in in a process ")
                            + target
                            + " was found through "
                            + sockets.folder()
                            + ", expected a host that has activated one; \"patchbay inspect\" lists"
                            + " the regions, and tells whether their control processes live.");
        }
        return reloaded;
    }
}
