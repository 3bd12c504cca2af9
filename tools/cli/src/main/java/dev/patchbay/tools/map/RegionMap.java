// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.map;

import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionHeader;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.Section;
import dev.patchbay.tools.report.Svg;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Draws a region as an SVG picture. Sections run from a pair of cache lines to megabytes, so a picture to scale would show but
 * the largest: one strip is to scale, and below it each section has a row of its own, with a bar on a logarithmic scale, who
 * writes and who reads in columns, and kind and order in words. Structs follow, byte by byte.
 */
public final class RegionMap {
    private static final int WIDTH = 1240;
    private static final double MARGIN = 28;
    private static final double RIGHT = WIDTH - MARGIN;
    private static final double OFFSETS = 112;
    private static final double NAMES = OFFSETS + 16;
    private static final double BARS = 430;
    private static final double BARS_END = 708;
    private static final double ROLES = 756;
    private static final double STRIP = 96;
    private static final double STRIP_HEIGHT = 26;
    private static final double TABLE = 206;
    private static final double ROW = 36;

    private final RegionDeclaration region;
    private final ByteScale scale;
    private final StructCards structs;
    private final double roleStep;
    private final double kinds;
    private final Svg svg;

    private RegionMap(final RegionDeclaration region) {
        this.region = region;
        this.structs = new StructCards(region.structs(), RIGHT - MARGIN);
        this.roleStep = roleStep(region.roles());
        this.kinds = ROLES + region.roles().size() * roleStep - 6;
        long longest = directoryEnd();
        for (final Section section : region.sections()) {
            longest = Math.max(longest, section.length());
        }
        this.scale = new ByteScale(longest, BARS, BARS_END);
        this.svg =
                new Svg(
                        WIDTH,
                        (int) Math.ceil(structsTop() + structs.height() + MARGIN),
                        "Map of the region " + region.name());
    }

    /** The picture of a declared region. */
    public static String of(final RegionDeclaration region) {
        final RegionMap map = new RegionMap(region);
        map.svg.style(MapStyle.CSS + Palette.css());
        map.svg.rect(0, 0, WIDTH, map.structsTop() + map.structs.height() + MARGIN, "page", "");
        map.drawTitle();
        map.drawStrip();
        map.drawHeadings();
        map.drawRows();
        map.svg.text(
                MARGIN,
                map.structsTop() - 22,
                "start",
                "subtitle",
                "Structs, 16 bytes to a row; grey is padding");
        map.structs.draw(map.svg, MARGIN, map.structsTop());
        return map.svg.toString();
    }

    /** From column to column of roles: as their names need, but no more than leaves room for the rest. */
    private static double roleStep(final List<Role> roles) {
        int longest = 1;
        for (final Role role : roles) {
            longest = Math.max(longest, role.name().length());
        }
        return Math.max(28, Math.min(longest * 6.2 + 8, Math.min(64, 210.0 / roles.size())));
    }

    private long directoryEnd() {
        return region.sections().get(0).offset();
    }

    private double rowTop(final int row) {
        return TABLE + row * ROW;
    }

    private void drawTitle() {
        svg.text(MARGIN, 40, "start", "title", "Region \u201c" + region.name() + "\u201d");
        svg.text(
                MARGIN,
                60,
                "start",
                "subtitle",
                String.format(
                        Locale.ROOT,
                        "%,d bytes in %d sections, layout hash %016x",
                        region.length(),
                        region.sections().size(),
                        region.hash()));
        double x = RIGHT;
        final List<Role> roles = region.roles();
        for (int i = roles.size() - 1; i >= 0; i--) {
            final String name = roles.get(i).name();
            x -= name.length() * 7;
            svg.text(x, 40, "start", "legend", name);
            svg.rect(x - 19, 28.5, 13, 13, Palette.fill(roles.get(i)), "written by " + name);
            x -= 36;
        }
        svg.text(x + 8, 40, "end", "legend", "written by");
        svg.rect(RIGHT - 13, 49.5, 13, 13, "constant", "");
        svg.text(RIGHT - 21, 60, "end", "subtitle", "constant once the region is ready");
    }

    private void drawStrip() {
        svg.text(MARGIN, STRIP - 8, "start", "heading", "to scale");
        final double perByte = (RIGHT - MARGIN) / region.length();
        svg.rect(MARGIN, STRIP, RIGHT - MARGIN, STRIP_HEIGHT, "constant", "");
        for (final Section s : region.sections()) {
            final double left = MARGIN + s.offset() * perByte;
            final double width = Math.max(0.6, s.length() * perByte);
            drawOwned(left, STRIP, width, STRIP_HEIGHT, s.writers(), title(s));
        }
        double free = MARGIN;
        for (final Section s : region.sections()) {
            final double left = MARGIN + s.offset() * perByte;
            final double width = s.length() * perByte;
            final String label = MapText.fit(s.name(), width, 6.2);
            if (label.equals(s.name()) && left >= free) {
                svg.text(left + width / 2, STRIP + STRIP_HEIGHT + 14, "middle", "note", label);
                free = left + width;
            }
        }
    }

    private void drawHeadings() {
        final double y = TABLE - 14;
        svg.text(OFFSETS, y, "end", "heading", "offset");
        svg.text(NAMES, y, "start", "heading", "section");
        for (final ByteScale.Tick tick : scale.ticks()) {
            svg.line(tick.x(), TABLE - 6, tick.x(), rowTop(region.sections().size() + 1), "grid");
            svg.text(tick.x(), y, "middle", "number", tick.label());
        }
        svg.text(BARS, y - 19, "start", "heading", "length on a logarithmic scale");
        for (int i = 0; i < region.roles().size(); i++) {
            svg.text(
                    ROLES + i * roleStep,
                    y,
                    "middle",
                    "heading",
                    MapText.fit(region.roles().get(i).name(), roleStep - 4, 6));
        }
        svg.rect(ROLES - 18, y - 29, 11, 11, "mark", "");
        svg.text(ROLES - 2, y - 19, "start", "note", "writes");
        svg.circle(ROLES + 47, y - 23.5, 5.5, "ring", "");
        svg.text(ROLES + 58, y - 19, "start", "note", "reads");
        svg.text(kinds, y, "start", "heading", "kind and memory order");
    }

    private void drawRows() {
        drawRow(
                0,
                0,
                directoryEnd(),
                "region_header, directory",
                "what the region is, and where each section lies",
                String.format(
                        Locale.ROOT,
                        "%,d + %d × %d bytes",
                        RegionHeader.STRUCT.size(),
                        region.sections().size(),
                        RegionHeader.ENTRY.size()),
                "header",
                "the ready word last, with release");
        scaleBar(0, directoryEnd(), Set.of(), "header and directory");
        for (int i = 0; i < region.sections().size(); i++) {
            final Section s = region.sections().get(i);
            drawRow(
                    i + 1,
                    s.offset(),
                    s.length(),
                    s.name(),
                    s.comment(),
                    numbers(s),
                    s.kind().label(),
                    s.kind().order());
            scaleBar(i + 1, s.length(), s.writers(), title(s));
            drawUsers(i + 1, s);
        }
        final double end = rowTop(region.sections().size() + 1);
        svg.line(MARGIN, end, RIGHT, end, "rule");
        svg.text(
                OFFSETS,
                end + 17,
                "end",
                "number",
                String.format(Locale.ROOT, "%,d", region.length()));
        svg.text(NAMES, end + 17, "start", "note", "end, a whole number of pages of 4096 bytes");
    }

    private void drawRow(
            final int row,
            final long offset,
            final long length,
            final String name,
            final String comment,
            final String numbers,
            final String kind,
            final String order) {
        final double y = rowTop(row);
        svg.line(MARGIN, y, RIGHT, y, "rule");
        svg.text(OFFSETS, y + 15, "end", "number", String.format(Locale.ROOT, "%,d", offset));
        svg.text(OFFSETS, y + 29, "end", "hex", String.format(Locale.ROOT, "0x%x", offset));
        svg.text(NAMES, y + 15, "start", "name", name);
        svg.text(NAMES, y + 29, "start", "note", MapText.fit(comment, BARS - NAMES - 8, 5.4));
        svg.text(
                BARS,
                y + 29,
                "start",
                "note",
                MapText.fit(
                        String.format(Locale.ROOT, "%,d bytes: %s", length, numbers),
                        ROLES - BARS - 22,
                        5.5));
        svg.text(kinds, y + 15, "start", "kind", kind);
        svg.text(kinds, y + 29, "start", "note", MapText.fit(order, RIGHT - kinds, 5.1));
    }

    private void scaleBar(
            final int row, final long length, final Set<Role> writers, final String title) {
        drawOwned(BARS, rowTop(row) + 6, scale.x(length) - BARS, 11, writers, title);
    }

    /** A bar in the colours of its writers, one above the other. */
    private void drawOwned(
            final double x,
            final double y,
            final double width,
            final double height,
            final Collection<Role> writers,
            final String title) {
        if (writers.isEmpty()) {
            svg.rect(x, y, width, height, "constant", title);
        }
        double at = y;
        for (final Role writer : writers) {
            svg.rect(x, at, width, height / writers.size(), Palette.fill(writer), title);
            at += height / writers.size();
        }
    }

    private void drawUsers(final int row, final Section s) {
        final double y = rowTop(row) + ROW / 2;
        for (int i = 0; i < region.roles().size(); i++) {
            final Role role = region.roles().get(i);
            final double x = ROLES + i * roleStep;
            if (s.readers().contains(role)) {
                final double radius = s.writers().contains(role) ? 9.5 : 6;
                svg.circle(x, y, radius, "ring" + role.code(), role.name() + " reads " + s.name());
            }
            if (s.writers().contains(role)) {
                final String what = role.name() + " writes " + s.name();
                svg.rect(x - 5.5, y - 5.5, 11, 11, Palette.fill(role), what);
            }
        }
    }

    private static String title(final Section s) {
        return String.format(
                Locale.ROOT,
                "%s: %s, %,d bytes at %,d. %s",
                s.name(),
                s.kind().label(),
                s.length(),
                s.offset(),
                s.comment());
    }

    private static String numbers(final Section s) {
        final String elements =
                String.format(
                        Locale.ROOT,
                        "%,d × %s",
                        s.count(),
                        s.element() == null
                                ? s.scalar().name().toLowerCase(Locale.ROOT)
                                : String.format(
                                        Locale.ROOT, "%s of %,d", s.element().name(), s.stride()));
        return (s.head() == null ? "" : "head " + s.head().size() + ", ")
                + (s.copies() == 1 ? elements : s.copies() + " × (" + elements + ")");
    }

    private double structsTop() {
        return rowTop(region.sections().size() + 1) + 74;
    }
}
