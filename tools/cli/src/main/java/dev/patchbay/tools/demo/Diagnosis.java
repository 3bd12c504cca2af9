// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run is looked into with, beyond what costs nothing. The bridge takes it from the environment, so a run in any other host
 * can have the same.
 *
 * @param debug roles whose processes listen for a debugger
 * @param flightRecorder roles whose processes make a flight recording
 * @param profile whether RT measures what a block's time goes into
 */
public record Diagnosis(List<String> debug, List<String> flightRecorder, boolean profile) {
    /** Nothing of it: a run as in production. */
    public static final Diagnosis NONE = new Diagnosis(List.of(), List.of(), false);

    /** Copies the lists. */
    public Diagnosis {
        debug = List.copyOf(debug);
        flightRecorder = List.copyOf(flightRecorder);
    }

    /** Whether the figures of this run are not those of production. */
    public boolean disturbs() {
        return !debug.isEmpty() || !flightRecorder.isEmpty();
    }

    Map<String, String> environment() {
        final Map<String, String> environment = new TreeMap<>();
        put(environment, "PATCHBAY_DEBUG", debug);
        put(environment, "PATCHBAY_JFR", flightRecorder);
        if (profile) {
            environment.put("PATCHBAY_PROFILE", "on");
        }
        return environment;
    }

    private static void put(
            final Map<String, String> environment,
            final String name,
            final Collection<String> roles) {
        if (!roles.isEmpty()) {
            environment.put(name, String.join(",", roles));
        }
    }
}
