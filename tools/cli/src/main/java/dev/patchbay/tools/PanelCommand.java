// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.tools.panel.Panel;
import dev.patchbay.tools.panel.Panels;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells where the panels of plug-ins are that play. */
@Command(
        name = "panel",
        description = {
            "Prints the address of a plug-in's panel: a page that shows and moves it, in any"
                    + " browser on this machine.",
            "Whoever has the address has the plug-in; it is good for as long as the instance lives."
                + " With several instances, each line has the host's pid, the instance's id and the"
                + " address."
        })
final class PanelCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--instance",
            paramLabel = "ID|PID",
            converter = InstanceConverter.class,
            description =
                    "One instance, by its region's id as \"patchbay inspect\" shows it, or those in"
                            + " a host, by the host's pid [all of this user].")
    private String instance = "";

    @Option(names = "--open", description = "Open the page in the browser as well.")
    private boolean open;

    @Override
    public Integer call() {
        final List<Panel> found = Panels.ofThisUser().find(instance);
        final PrintWriter out = spec.commandLine().getOut();
        for (final Panel panel : found) {
            out.println(
                    found.size() == 1
                            ? panel.address()
                            : panel.pid() + "  " + panel.instance() + "  " + panel.address());
        }
        out.flush();
        if (open && found.size() > 1) {
            throw new ToolException(
                    "There are "
                            + found.size()
                            + " panels, expected one to open: name it with --instance.");
        }
        if (open) {
            found.get(0).open();
        }
        return 0;
    }
}
