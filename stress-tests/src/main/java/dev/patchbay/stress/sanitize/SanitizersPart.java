// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.sanitize;

import dev.patchbay.stress.run.Part;
import dev.patchbay.stress.run.Plan;
import dev.patchbay.stress.run.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * Each scenario in C11 and in C++17, by gcc and by clang, under ThreadSanitizer and under AddressSanitizer with
 * UndefinedBehaviorSanitizer; and for each file a control, a header that is spoilt and must be found out.
 */
public final class SanitizersPart implements Part {
    /** For the service loader. */
    public SanitizersPart() {}

    @Override
    public String name() {
        return "sanitizers";
    }

    @Override
    public String summary() {
        return "The generated header in C11 and C++17, used by several threads of one process under"
                + " ThreadSanitizer, AddressSanitizer and UndefinedBehaviorSanitizer."
                + " ThreadSanitizer sees a missing release or acquire where plain data depend on"
                + " it, also on x86; not one that only orders atomic accesses among each other,"
                + " and nothing that did not run.";
    }

    @Override
    public List<Unit> units(final Plan plan) {
        final List<Unit> units = new ArrayList<>();
        for (final Build build : Build.all()) {
            for (final String file : Sources.FILES) {
                for (final String scenario : Sources.scenarios(file)) {
                    units.add(new ScenarioUnit(scenario, build, plan.mode()));
                }
                if (build.sanitizer() == Build.Sanitizer.THREAD) {
                    for (final String scenario : Sources.controls(file).keySet()) {
                        units.add(new ControlUnit(file, scenario, build));
                    }
                }
            }
        }
        return units;
    }
}
