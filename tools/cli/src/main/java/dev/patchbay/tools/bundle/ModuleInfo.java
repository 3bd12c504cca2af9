// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.tools.project.BuildFile.Plugin;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * {@code moduleinfo.json}: what a host may know of the plug-in without loading it. The keys are those of the VST 3 developer
 * portal's "Module Info JSON"; the values agree with what the bridge's factory says.
 */
final class ModuleInfo {
    /** No limit on the number of instances: {@code PClassInfo::kManyInstances}. */
    private static final int MANY_INSTANCES = 0x7FFFFFFF;

    /** {@code kSimpleModeSupported}: processor and controller are one object. */
    private static final int SIMPLE_MODE_SUPPORTED = 2;

    private ModuleInfo() {}

    /**
     * The file's text.
     *
     * @param snapshots the pictures, from {@code Contents} on, by their scale factors
     */
    static String of(
            final Plugin plugin,
            final String sdkVersion,
            final SortedMap<Double, String> snapshots) {
        final Map<String, Object> flags = new LinkedHashMap<>();
        flags.put("Unicode", true);
        flags.put("Classes Discardable", false);
        flags.put("Component Non Discardable", false);
        final Map<String, Object> factory = new LinkedHashMap<>();
        factory.put("Vendor", plugin.vendor());
        factory.put("URL", plugin.url());
        factory.put("E-Mail", plugin.email());
        factory.put("Flags", flags);
        final Map<String, Object> top = new LinkedHashMap<>();
        top.put("Name", plugin.name());
        top.put("Version", plugin.version());
        top.put("Factory Info", factory);
        top.put("Compatibility", List.of());
        top.put("Classes", List.of(processor(plugin, sdkVersion, snapshots)));
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(top)
                    + "\n";
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers are always JSON.", e);
        }
    }

    private static Map<String, Object> processor(
            final Plugin plugin,
            final String sdkVersion,
            final SortedMap<Double, String> snapshots) {
        final Map<String, Object> c = new LinkedHashMap<>();
        c.put("CID", HexFormat.of().withUpperCase().formatHex(plugin.uid()));
        c.put("Category", "Audio Module Class");
        c.put("Name", plugin.name());
        c.put("Vendor", plugin.vendor());
        c.put("Version", plugin.version());
        c.put("SDKVersion", sdkVersion);
        c.put("Sub Categories", List.of(plugin.category().split("\\|")));
        c.put("Class Flags", SIMPLE_MODE_SUPPORTED);
        c.put("Cardinality", MANY_INSTANCES);
        final List<Map<String, Object>> pictures = new ArrayList<>();
        snapshots.forEach(
                (scale, path) -> {
                    final Map<String, Object> picture = new LinkedHashMap<>();
                    picture.put("Scale Factor", scale);
                    picture.put("Path", path);
                    pictures.add(picture);
                });
        c.put("Snapshots", pictures);
        return c;
    }
}
