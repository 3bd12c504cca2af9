// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** Prints what the JVM that runs it has made of its options: each argument's value, a VM option or a property. */
final class SeenByTheJvm {
    private SeenByTheJvm() {}

    public static void main(final String[] names) {
        final HotSpotDiagnosticMXBean vm =
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        for (final String name : names) {
            System.out.println(
                    name
                            + "="
                            + (name.contains(".")
                                    ? System.getProperty(name)
                                    : vm.getVMOption(name).getValue()));
        }
        System.out.println(
                "collector=" + ManagementFactory.getGarbageCollectorMXBeans().get(0).getName());
    }
}
