// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What {@code moduleinfo.json} says of a library's classes, beside what its factory says. */
final class FactoryComparison {
    /** The keys of {@code moduleinfo.json}'s factory, and those of "patchbay-host info". */
    private static final Map<String, String> FACTORY =
            ordered("Vendor", "vendor", "URL", "url", "E-Mail", "email");

    /** The same of a class. */
    private static final Map<String, String> CLASS =
            ordered(
                    "CID",
                    "id",
                    "Category",
                    "category",
                    "Name",
                    "name",
                    "Vendor",
                    "vendor",
                    "Version",
                    "version",
                    "SDKVersion",
                    "sdkVersion",
                    "Class Flags",
                    "classFlags",
                    "Cardinality",
                    "cardinality");

    /** The bits of {@code PFactoryInfo::FactoryFlags} that {@code moduleinfo.json} has names for. */
    private static final Map<String, Integer> FLAGS =
            Map.of("Classes Discardable", 1, "Component Non Discardable", 8, "Unicode", 16);

    private static final String CLASSES = "Classes";

    private FactoryComparison() {}

    /** {@return what differs, each as the end of a sentence about moduleinfo.json} */
    static List<String> differences(final Path moduleInfo, final String hostInfo)
            throws IOException {
        final JsonNode written;
        try {
            written = new ObjectMapper().readTree(moduleInfo.toFile());
        } catch (final JsonProcessingException e) {
            return List.of("is not JSON: " + e.getOriginalMessage() + ".");
        }
        final JsonNode said = new ObjectMapper().readTree(hostInfo);
        final List<String> differences = new ArrayList<>();
        final JsonNode factory = written.path("Factory Info");
        compare(differences, "Factory Info", factory, said.path("factory"), FACTORY);
        FLAGS.forEach(
                (name, bit) -> {
                    final boolean set = (said.path("factory").path("flags").asInt() & bit) != 0;
                    if (factory.path("Flags").path(name).asBoolean() != set) {
                        differences.add(
                                differs(
                                        "Factory Info, Flags, " + name,
                                        factory.path("Flags").path(name).toString(),
                                        Boolean.toString(set)));
                    }
                });
        final JsonNode classes = written.path(CLASSES);
        if (classes.size() != said.path("classes").size()) {
            differences.add(
                    differs(
                            "the number of classes",
                            Integer.toString(classes.size()),
                            Integer.toString(said.path("classes").size())));
            return differences;
        }
        for (int i = 0; i < classes.size(); i++) {
            final JsonNode of = said.path("classes").get(i);
            final String where = CLASSES + "[" + i + "]";
            compare(differences, where, classes.get(i), of, CLASS);
            final String categories =
                    String.join("|", texts(classes.get(i).path("Sub Categories")).toList());
            if (!categories.equals(of.path("subCategories").asText())) {
                differences.add(
                        differs(
                                where + ", Sub Categories",
                                categories,
                                of.path("subCategories").asText()));
            }
        }
        return differences;
    }

    /** {@return the pictures that are named, from the folder Contents on} */
    static Stream<String> pictures(final Path moduleInfo) throws IOException {
        try {
            final JsonNode classes = new ObjectMapper().readTree(moduleInfo.toFile()).path(CLASSES);
            return elements(classes)
                    .flatMap(one -> elements(one.path("Snapshots")))
                    .map(picture -> picture.path("Path").asText());
        } catch (final JsonProcessingException e) {
            throw new ToolException(
                    moduleInfo + " is not JSON: " + e.getOriginalMessage() + ".", e);
        }
    }

    private static void compare(
            final List<String> differences,
            final String where,
            final JsonNode written,
            final JsonNode said,
            final Map<String, String> keys) {
        keys.forEach(
                (key, name) -> {
                    if (!written.path(key).asText().equals(said.path(name).asText())) {
                        differences.add(
                                differs(
                                        where + ", " + key,
                                        written.path(key).asText(),
                                        said.path(name).asText()));
                    }
                });
    }

    private static String differs(final String where, final String written, final String said) {
        return "says \"" + written + "\" of " + where + ", the library's factory \"" + said + "\".";
    }

    private static Stream<JsonNode> elements(final JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Stream<String> texts(final JsonNode array) {
        return elements(array).map(JsonNode::asText);
    }

    private static Map<String, String> ordered(final String... pairs) {
        final Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
