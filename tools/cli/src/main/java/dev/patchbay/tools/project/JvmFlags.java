// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import dev.patchbay.tools.project.BuildFile.Located;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The options that an author adds to those of a module's JVM. What build.yaml has a key for is set by that key alone, and what holds the
 * process together, its class path, its runtime's archives, is the bundle's. Whether a JVM knows an option is asked of the
 * runtime itself, when the bundle is made.
 */
final class JvmFlags {
    /** Forms of options that a module may have. */
    private static final Pattern ALLOWED =
            Pattern.compile(
                    "-XX:.+|-X(int|comp|mixed|batch|rs|ss.+|log:.+)|-D[^=]+(=.*)?"
                            + "|-(ea|enableassertions|da|disableassertions)(:.*)?"
                            + "|-(esa|enablesystemassertions|dsa|disablesystemassertions)"
                            + "|--add-(opens|exports|modules|reads)=.+|--enable-preview"
                            + "|--(enable-native-access|sun-misc-unsafe-memory-access)=.+");

    /** Options of an allowed form that are not the author's to give, and whose they are. */
    private static final Map<Pattern, String> TAKEN =
            Map.of(
                    Pattern.compile("-XX:[+-]Use[A-Za-z0-9]*GC(=.*)?"),
                    "chooses the collector: set gc instead",
                    Pattern.compile(
                            "-XX:(MaxHeapSize|InitialHeapSize|MinHeapSize|SoftMaxHeapSize"
                                    + "|(Max|Min|Initial)?RAM(Percentage|Fraction)?)=.*"),
                    "sets the heap: set heap instead",
                    Pattern.compile("-XX:(Flags|VMOptionsFile)=.*"),
                    "reads options from a file, which the bundle does not hold: list them here",
                    Pattern.compile(
                            "-XX:([+-]?AOT.*|[+-]?CDS.*|SharedArchiveFile=.*|ArchiveClassesAtExit=.*"
                                + "|[+-]AutoCreateSharedArchive)"),
                    "chooses an archive of classes, which is made for the bundle as a whole",
                    Pattern.compile(
                            "-D(jna\\.boot\\.library\\.path|jna\\.nounpack|java\\.class\\.path)=.*"),
                    "sets a property that the bundle sets",
                    Pattern.compile("-Xlog:disable.*"),
                    "ends the log by which a real-time process is judged");

    static final String EXPECTED =
            "an option of the JVM that has no key of its own, such as"
                    + " -XX:ReservedCodeCacheSize=64m, -Dname=value or"
                    + " --add-opens=module/package=ALL-UNNAMED";

    private JvmFlags() {}

    /** Refuses an option that is not the author's to give. */
    static void check(final Located flag) {
        final String text = flag.text();
        if (text.codePoints().anyMatch(Character::isISOControl) || text.matches(".*[{}].*")) {
            throw flag.place()
                    .error(
                            "names \""
                                    + text.replaceAll("\\p{Cntrl}", "?")
                                    + "\", expected no control characters and no braces, which the"
                                    + " bridge replaces");
        }
        if (!ALLOWED.matcher(text).matches()) {
            throw flag.place().error("names \"" + text + "\", " + reason(text));
        }
        for (final Map.Entry<Pattern, String> taken : TAKEN.entrySet()) {
            if (taken.getKey().matcher(text).matches()) {
                throw flag.place().error("names \"" + text + "\", which " + taken.getValue());
            }
        }
    }

    private static String reason(final String text) {
        if (text.matches("-Xm[sxn].*")) {
            return "which sets the heap: set heap instead";
        }
        if (text.matches("-(javaagent|agentlib|agentpath|Xrun|Xdebug).*")) {
            return "which loads an agent: such code runs in the process that plays, and can hold it"
                    + " up";
        }
        if (text.matches("-(cp|classpath|jar|m|p)|--(class-path|module|module-path)(=.*)?")) {
            return "which sets what is run: the bundle's jars are, from class";
        }
        return "expected " + EXPECTED;
    }
}
