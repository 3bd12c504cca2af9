// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import dev.patchbay.layout.EngineRegion.Share;
import dev.patchbay.layout.ModuleAbi;
import dev.patchbay.layout.Role;
import dev.patchbay.tools.project.BuildFile.Located;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The keys of {@code modules} in {@code build.yaml}, for each kind of module. */
final class ModuleKeys {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private static final TextShape PATH = TextShape.of("a jar or a folder of classes");

    /** The key that says which others a module has. */
    private static final String KIND = "kind";

    private static final String OWN = "own";
    private static final String JVM = "jvm";
    private static final String NATIVE = "native";

    private static final Key<String> JVM_KIND =
            Key.optional(
                    KIND,
                    ChoiceShape.of(List.of(JVM), kind -> kind),
                    "What the module is: a class that runs in a JVM of its own.",
                    JVM);
    private static final Key<String> NATIVE_KIND =
            Key.required(
                    KIND,
                    ChoiceShape.of(List.of(NATIVE), kind -> kind),
                    "What the module is: a shared library with the functions of"
                            + " patchbay/module.h.");
    static final Key<Located> LIBRARY =
            Key.required(
                    "library",
                    TextShape.of("the path of a shared library").matching("(.*/)?[^/]*[^/.][^/]*"),
                    "The shared library that is the module, beside this file.");
    static final Key<List<String>> RT_FUNCTIONS = functions(Role.RT);
    static final Key<List<String>> CONTROL_FUNCTIONS = functions(Role.CONTROL);
    static final Key<List<String>> UI_FUNCTIONS = functions(Role.UI);
    static final Key<Located> CLASS =
            Key.required("class", BuildFileKeys.CLASS_NAME, "The class that is the module.");
    static final Key<List<Located>> PATHS =
            Key.optional(
                    "path",
                    ListShape.of(PATH, "jars and folders of classes").orOneAlone(),
                    "Where classes are that this module alone needs: jars or folders, beside this"
                            + " file. What both need is on the class path.",
                    List.of());
    static final Key<Collector> RT_GC =
            gc(List.of(Collector.values()), "disabled has none: real-time code frees nothing.");

    /** A control module allocates by nature, so it cannot do without a collector. */
    static final Key<Collector> CONTROL_GC =
            gc(
                    Arrays.stream(Collector.values())
                            .filter(collector -> collector != Collector.DISABLED)
                            .toList(),
                    "normal is ZGC, whose pauses do not grow with the heap.");

    static final Key<Long> HEAP =
            Key.optional(
                    "heap",
                    new SizeShape(16 * MIB, 64 * GIB),
                    "The most heap that its JVM may have.",
                    256 * MIB);
    static final Key<Long> UI_HEAP =
            Key.optional(
                    "heap",
                    new SizeShape(16 * MIB, 64 * GIB),
                    "The most heap that its JVM may have.",
                    64 * MIB);
    private static final String PROCESS_NAME = "process";
    static final Key<String> PROCESS =
            Key.optional(
                    PROCESS_NAME,
                    ChoiceShape.of(List.of("control", OWN), name -> name),
                    "control: it shares the process of the control module. own: it has one of its"
                            + " own, and what it does wrong ends only that.",
                    "control");
    private static final Key<String> OWN_PROCESS =
            Key.optional(
                    PROCESS_NAME,
                    ChoiceShape.of(List.of(OWN), name -> name),
                    "A class has a process of its own. One that is to share control's is the"
                            + " control module itself, which then implements UiModule.",
                    OWN);
    static final Key<List<Located>> EXPORTS =
            Key.required(
                    "exports",
                    ListShape.of(TextShape.of("the name of a method"), "method names"),
                    "The methods of the module's interface that it implements.");
    static final Key<List<Located>> JVM_FLAGS =
            Key.optional(
                    "jvm_flags",
                    ListShape.of(
                            TextShape.of(JvmFlags.EXPECTED).checkedBy(JvmFlags::check),
                            "options of the JVM"),
                    "Further options of its JVM, for which there is no key.",
                    List.of());
    static final Key<Share> SHARE =
            Key.optional(
                    "share",
                    ChoiceShape.of(
                            List.of(Share.values()),
                            share -> share.name().toLowerCase(Locale.ROOT)),
                    "bundle: all instances in a host play in one process. instance: each has its"
                            + " own.",
                    Share.BUNDLE);
    static final Key<Boolean> SPARE =
            Key.optional(
                    "spare",
                    new TruthShape(),
                    "Whether a second engine process is kept warm, for when the first one dies.",
                    false);
    static final Key<Boolean> AOT =
            Key.optional(
                    "aot",
                    new TruthShape(),
                    "Whether the bundle has an AOT cache; without this key, where one can be"
                            + " made.");

    static final VariantShape RT =
            module(
                    new MapShape(
                            List.of(
                                    CLASS, RT_GC, HEAP, EXPORTS, JVM_FLAGS, SHARE, SPARE, AOT,
                                    JVM_KIND, PATHS)),
                    RT_FUNCTIONS);
    static final VariantShape CONTROL =
            module(
                    new MapShape(
                            List.of(CLASS, CONTROL_GC, HEAP, EXPORTS, JVM_FLAGS, JVM_KIND, PATHS)),
                    CONTROL_FUNCTIONS);
    static final VariantShape UI =
            ui(new MapShape(List.of(CLASS, UI_HEAP, EXPORTS, JVM_KIND, OWN_PROCESS)));

    private ModuleKeys() {}

    private static VariantShape ui(final MapShape jvm) {
        final Map<String, MapShape> variants = new LinkedHashMap<>();
        variants.put(JVM, jvm);
        variants.put(NATIVE, new MapShape(List.of(NATIVE_KIND, LIBRARY, UI_FUNCTIONS, PROCESS)));
        return new VariantShape(KIND, variants);
    }

    /** Whether what was read under UI has a process of its own. */
    static boolean isOwnProcess(final MapShape.Values ui) {
        return ui.find(LIBRARY).isEmpty() || OWN.equals(ui.get(PROCESS));
    }

    private static VariantShape module(final MapShape jvm, final Key<List<String>> functions) {
        final Map<String, MapShape> variants = new LinkedHashMap<>();
        variants.put(JVM, jvm);
        variants.put(NATIVE, new MapShape(List.of(NATIVE_KIND, LIBRARY, functions)));
        return new VariantShape(KIND, variants);
    }

    private static Key<List<String>> functions(final Role role) {
        final List<String> known =
                ModuleAbi.functions(role).stream().map(ModuleAbi.Function::name).toList();
        return Key.optional(
                "exports",
                ListShape.of(ChoiceShape.of(known, name -> name), "function names"),
                "Functions that the library must have beside those that every module has.",
                List.of());
    }

    private static Key<Collector> gc(final List<Collector> allowed, final String more) {
        return Key.required(
                "gc", ChoiceShape.of(allowed, Collector::key), "The garbage collector; " + more);
    }
}
