// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.uistate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looking into the process of a UI-state module: {@code PATCHBAY_DEBUG} and {@code PATCHBAY_JFR} with {@code ui} among the roles that they name, as
 * the bridge reads them for its own processes.
 */
final class UiStateDiagnosis {
    /** The folder for logs; the bridge fills it in. */
    static final String LOGS = "patchbay.logs";

    private static final String ROLE = "ui";

    /** What a JVM says that listens for a debugger. */
    private static final Pattern LISTENS =
            Pattern.compile("Listening for transport dt_socket at address: (.*)");

    private UiStateDiagnosis() {}

    /** Options of the JVM. */
    static List<String> options(
            final Map<String, String> environment, final String instanceId, final int generation) {
        final List<String> options = new ArrayList<>();
        if (names(environment.get("PATCHBAY_DEBUG"))) {
            options.add(
                    "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0");
        }
        final String logs = System.getProperty(LOGS, "");
        if (names(environment.get("PATCHBAY_JFR"))) {
            record(System.getProperty(LOGS, ""), instanceId, generation, options);
        }
        return options;
    }

    private static void record(
            final String logs,
            final String instanceId,
            final int generation,
            final List<String> options) {
        if (logs.isEmpty()) {
            System.err.println(
                    "patchbay control: no flight recording of the ui process is made, since there"
                            + " is no folder for logs; set PATCHBAY_LOG_DIR to one.");
            return;
        }
        final String file =
                logs
                        + "/ui-"
                        + ProcessHandle.current().pid()
                        + "-"
                        + instanceId
                        + "-"
                        + generation
                        + ".jfr";
        // What a process that is killed has recorded so far lies there as well, and not among
        // everybody's files.
        options.add("-XX:FlightRecorderOptions:repository=" + logs);
        options.add("-XX:StartFlightRecording:filename=" + file + ",dumponexit=true");
        System.err.println(
                "patchbay control: a flight recording of the ui process is written to "
                        + file
                        + " when it ends.");
    }

    private static boolean names(final String list) {
        return list != null && Arrays.asList(list.split(",")).contains(ROLE);
    }

    /** Tells what the JVM has said before it began, such as where it listens. */
    static void tell(final String before) {
        for (final String line : before.lines().toList()) {
            final Matcher listens = LISTENS.matcher(line);
            if (listens.matches()) {
                final String at = listens.group(1);
                System.err.println(
                        "patchbay control: the ui process listens for a debugger: attach to "
                                + (at.contains(":") ? at : "127.0.0.1:" + at)
                                + ". A debugger stops threads: what is measured now are not the"
                                + " figures of production.");
            } else if (!line.isBlank()) {
                System.err.println("patchbay ui: " + line);
            }
        }
    }
}
