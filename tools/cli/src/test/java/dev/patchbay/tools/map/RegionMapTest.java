// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StructType;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class RegionMapTest {
    private static final RegionDeclaration STANDARD =
            StandardRegion.declare(StandardRegion.Counts.DEFAULT);

    private static Document parse(final RegionDeclaration region) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(RegionMap.of(region))));
    }

    private static List<Element> elements(final Document svg, final String name) {
        final NodeList nodes = svg.getElementsByTagName(name);
        final List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static List<String> texts(final Document svg) {
        return elements(svg, "text").stream().map(Element::getTextContent).toList();
    }

    private static double number(final Element element, final String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    @Test
    void eachSectionHasItsNameItsOffsetItsLengthAndItsOrder() throws Exception {
        final List<String> texts = texts(parse(STANDARD));
        for (final Section section : STANDARD.sections()) {
            assertTrue(texts.contains(section.name()), section.name());
            assertTrue(
                    texts.contains(String.format(Locale.ROOT, "%,d", section.offset())),
                    section.name());
            assertTrue(
                    texts.contains(String.format(Locale.ROOT, "0x%x", section.offset())),
                    section.name());
            assertTrue(
                    texts.stream()
                            .anyMatch(
                                    text ->
                                            text.startsWith(
                                                    String.format(
                                                            Locale.ROOT,
                                                            "%,d bytes: ",
                                                            section.length()))),
                    section.name());
            assertTrue(texts.contains(section.kind().order()), section.kind()::order);
        }
    }

    @Test
    void eachWriterAndEachReaderIsMarked() throws Exception {
        final Document svg = parse(STANDARD);
        final List<String> titles =
                elements(svg, "title").stream().map(Element::getTextContent).toList();
        for (final Section section : STANDARD.sections()) {
            for (final Role role : STANDARD.roles()) {
                assertEquals(
                        section.writers().contains(role),
                        titles.contains(role.name() + " writes " + section.name()));
                assertEquals(
                        section.readers().contains(role),
                        titles.contains(role.name() + " reads " + section.name()));
            }
        }
    }

    @Test
    void theStripToScaleShowsEachSectionWhereItLies() throws Exception {
        final List<Element> strip =
                elements(parse(STANDARD), "rect").stream()
                        .filter(rect -> number(rect, "y") == 96 && number(rect, "width") < 1184)
                        .filter(rect -> !rect.getTextContent().isEmpty())
                        .toList();
        assertEquals(STANDARD.sections().size(), strip.size());
        for (int i = 0; i < strip.size(); i++) {
            final Section section = STANDARD.sections().get(i);
            assertEquals(
                    28 + 1184.0 * section.offset() / STANDARD.length(),
                    number(strip.get(i), "x"),
                    0.01,
                    section.name());
        }
    }

    @Test
    void nothingLeavesThePictureEvenWithLongNamesAndEightRoles() throws Exception {
        final List<Role> roles = new ArrayList<>();
        for (int i = 0; i <= Role.MAX_CODE; i++) {
            roles.add(new Role("a_long_role_" + i, i));
        }
        final RegionDeclaration region =
                RegionDeclaration.named("crowded")
                        .roles("roles", "all <of> \"them\" & more", roles)
                        .bitset("b".repeat(47), "x".repeat(300), Set.copyOf(roles), roles.get(0), 1)
                        .structs(
                                "structs",
                                "",
                                roles.get(1),
                                StructType.named("s".repeat(47), "y".repeat(300))
                                        .field(FieldType.INT8, "f".repeat(47), "z".repeat(300))
                                        .array(FieldType.FLOAT64, "big", 1000, "")
                                        .build(),
                                1)
                        .build();
        final Document svg = parse(region);
        final String[] box = svg.getDocumentElement().getAttribute("viewBox").split(" ");
        final double width = Double.parseDouble(box[2]);
        final double height = Double.parseDouble(box[3]);
        for (final Element rect : elements(svg, "rect")) {
            assertTrue(number(rect, "x") >= 0, rect::getTextContent);
            assertTrue(number(rect, "x") + number(rect, "width") <= width, rect::getTextContent);
            assertTrue(number(rect, "y") + number(rect, "height") <= height + 1);
        }
        for (final Element text : elements(svg, "text")) {
            // Narrow letters are 5 pixels wide at the least size.
            final double length = text.getTextContent().length() * 5.0;
            final boolean start = text.getAttribute("text-anchor").equals("start");
            assertTrue(
                    !start || number(text, "x") + length <= width,
                    () -> "leaves the picture: " + text.getTextContent());
            assertTrue(number(text, "y") <= height);
        }
    }

    @Test
    void rowsThatHoldOneThingAloneAreDrawnAsOne() throws Exception {
        final List<String> texts = texts(parse(STANDARD));
        assertTrue(texts.contains("padding, 112 bytes"), texts::toString);
        assertTrue(texts.contains("arguments, 6,128 bytes"), texts::toString);
    }
}
