// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import dev.patchbay.tools.project.BuildFile.Located;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.NodeType;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A mapping of a build file whose keys are known; each value knows its line. */
final class YamlMap {
    private final Place place;
    private final Map<String, Node> values = new LinkedHashMap<>();

    YamlMap(final Place place, final Node node, final List<String> allowed) {
        this.place = place;
        if (node.getNodeType() != NodeType.MAPPING) {
            throw place.error(
                    "is " + describe(node) + ", expected a mapping with the keys " + join(allowed));
        }
        for (final NodeTuple tuple : ((MappingNode) node).getValue()) {
            final Node key = tuple.getKeyNode();
            final String name =
                    key instanceof ScalarNode ? ((ScalarNode) key).getValue() : describe(key);
            final Place at = place.below(name, lineOf(key));
            if (!allowed.contains(name)) {
                throw at.error("is an unknown key, allowed are " + join(allowed));
            }
            if (values.put(name, tuple.getValueNode()) != null) {
                throw at.error("is there twice, allowed is once");
            }
        }
    }

    /** A mapping that must be there. */
    YamlMap map(final String key, final String... allowed) {
        return new YamlMap(
                placeOf(key),
                required(key, "a mapping with the keys " + join(List.of(allowed))),
                List.of(allowed));
    }

    /** A text that must be there and not be empty. */
    Located text(final String key, final String expected) {
        required(key, expected);
        final Located text = optionalText(key, expected).orElseThrow();
        if (text.text().isBlank()) {
            throw text.place().error("is empty, expected " + expected);
        }
        return text;
    }

    /** A text that may be missing or empty. */
    Optional<Located> optionalText(final String key, final String expected) {
        return Optional.ofNullable(values.get(key))
                .map(node -> new Located(string(placeOf(key), node, expected), placeOf(key)));
    }

    /** Any scalar as it is written: a version such as 1.0 is a number to YAML. */
    Located scalar(final String key, final String expected) {
        final Node node = required(key, expected);
        if (!(node instanceof ScalarNode) || node.getTag().equals(Tag.NULL)) {
            throw placeOf(key).error("is " + describe(node) + ", expected " + expected);
        }
        return new Located(((ScalarNode) node).getValue(), placeOf(key));
    }

    /** A whole number that may be missing. */
    Optional<Integer> optionalInteger(final String key, final int low, final int high) {
        return Optional.ofNullable(values.get(key))
                .map(node -> integer(placeOf(key), node, low, high));
    }

    /** True or false, which may be missing. */
    Optional<Boolean> optionalTruth(final String key) {
        return Optional.ofNullable(values.get(key)).map(node -> truth(placeOf(key), node));
    }

    /** A list of texts that must be there. */
    List<Located> texts(final String key, final String expected) {
        final List<Located> texts = new ArrayList<>();
        for (final Node item : items(key, required(key, "a list of " + expected), expected)) {
            final Place at = new Place(place.file(), lineOf(item), placeOf(key).key());
            texts.add(new Located(string(at, item, expected), at));
        }
        return texts;
    }

    /** A list of texts that may be missing. */
    List<Located> optionalTexts(final String key, final String expected) {
        return values.containsKey(key) ? texts(key, expected) : List.of();
    }

    /** A list of whole numbers that may be missing. */
    List<Integer> optionalIntegers(final String key, final int low, final int high) {
        final List<Integer> numbers = new ArrayList<>();
        if (values.containsKey(key)) {
            for (final Node item : items(key, values.get(key), "whole numbers")) {
                numbers.add(
                        integer(
                                new Place(place.file(), lineOf(item), placeOf(key).key()),
                                item,
                                low,
                                high));
            }
        }
        return numbers;
    }

    /** A list of mappings that may be missing. */
    List<YamlMap> optionalMaps(final String key, final String... allowed) {
        final List<YamlMap> maps = new ArrayList<>();
        if (values.containsKey(key)) {
            for (final Node item : items(key, values.get(key), "mappings")) {
                maps.add(
                        new YamlMap(
                                new Place(place.file(), lineOf(item), placeOf(key).key()),
                                item,
                                List.of(allowed)));
            }
        }
        return maps;
    }

    boolean has(final String key) {
        return values.containsKey(key);
    }

    /** Where the value of a key stands, or should. */
    Place placeOf(final String key) {
        final Node node = values.get(key);
        return place.below(key, node == null ? place.line() : lineOf(node));
    }

    private List<Node> items(final String key, final Node node, final String expected) {
        if (!(node instanceof SequenceNode)) {
            throw placeOf(key).error("is " + describe(node) + ", expected a list of " + expected);
        }
        return ((SequenceNode) node).getValue();
    }

    private Node required(final String key, final String expected) {
        final Node node = values.get(key);
        if (node == null) {
            throw placeOf(key).error("is missing, expected " + expected);
        }
        return node;
    }

    private static String string(final Place at, final Node node, final String expected) {
        if (!(node instanceof ScalarNode) || !node.getTag().equals(Tag.STR)) {
            throw at.error("is " + describe(node) + ", expected " + expected);
        }
        return ((ScalarNode) node).getValue();
    }

    private static int integer(final Place at, final Node node, final int low, final int high) {
        final String expected = "a whole number from " + low + " to " + high;
        if (!(node instanceof ScalarNode) || !node.getTag().equals(Tag.INT)) {
            throw at.error("is " + describe(node) + ", expected " + expected);
        }
        final String text = ((ScalarNode) node).getValue();
        try {
            final int number = Integer.parseInt(text);
            if (number >= low && number <= high) {
                return number;
            }
        } catch (final NumberFormatException e) {
            throw at.error("is " + text + ", expected " + expected, e);
        }
        throw at.error("is " + text + ", expected " + expected);
    }

    private static boolean truth(final Place at, final Node node) {
        if (!(node instanceof ScalarNode) || !node.getTag().equals(Tag.BOOL)) {
            throw at.error("is " + describe(node) + ", expected true or false");
        }
        return Boolean.parseBoolean(((ScalarNode) node).getValue());
    }

    private static String describe(final Node node) {
        if (node instanceof ScalarNode) {
            final String text = ((ScalarNode) node).getValue();
            return node.getTag().equals(Tag.NULL) ? "empty" : "\"" + text + "\"";
        }
        return node instanceof SequenceNode ? "a list" : "a mapping";
    }

    static int lineOf(final Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    static String join(final List<String> names) {
        if (names.size() < 2) {
            return String.join("", names);
        }
        return String.join(", ", names.subList(0, names.size() - 1))
                + " and "
                + names.get(names.size() - 1);
    }
}
