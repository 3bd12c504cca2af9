// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import dev.patchbay.bench.plan.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the measurements run on. */
public final class Machine {
    private Machine() {}

    /** {@return facts by name, in the order in which they are shown} */
    public static Map<String, String> facts() {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "processor",
                value("/proc/cpuinfo", "model name")
                        + ", "
                        + processors().size()
                        + " processors to this program");
        facts.put("memory", value("/proc/meminfo", "MemTotal"));
        facts.put(
                "system",
                System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + ", "
                        + System.getProperty("os.arch"));
        facts.put(
                "Java",
                System.getProperty("java.vm.vendor") + " " + System.getProperty("java.vm.version"));
        facts.put("JVM options", String.join(" ", JavaLaunch.FLAGS));
        facts.put("C", Toolchain.version("gcc"));
        facts.put("C++", Toolchain.version("g++"));
        facts.put("compiler options", Toolchain.flags());
        Versions.peers().forEach(facts::put);
        return facts;
    }

    /** {@return the numbers of the processors that this program may use} */
    public static List<Integer> processors() {
        final List<Integer> numbers = new ArrayList<>();
        for (final String range : value("/proc/self/status", "Cpus_allowed_list").split(",")) {
            final String[] ends = range.strip().split("-");
            final int last = Integer.parseInt(ends[ends.length - 1]);
            for (int number = Integer.parseInt(ends[0]); number <= last; number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private static String value(final String file, final String key) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (final IOException e) {
            throw new BenchException("This machine cannot be described: " + e + ".", e);
        }
    }
}
