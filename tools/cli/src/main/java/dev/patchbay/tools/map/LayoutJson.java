// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.layout.AudioGeometry;
import dev.patchbay.layout.Field;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionHeader;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.StructType;
import java.util.Collection;
import java.util.Locale;

/** Documents the bytes of a region as JSON, for programs. */
public final class LayoutJson {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private LayoutJson() {}

    /** All that a declaration says; hashes are texts of 16 hexadecimal digits. */
    public static String of(final RegionDeclaration region) {
        final ObjectNode root = MAPPER.createObjectNode();
        root.put("name", region.name());
        root.put("format_version", RegionHeader.FORMAT_VERSION);
        root.put("hash", hex(region.hash()));
        root.put("length", region.length());
        final ArrayNode roles = root.putArray("roles");
        region.roles().forEach(r -> roles.addObject().put("name", r.name()).put("code", r.code()));
        final ArrayNode structs = root.putArray("structs");
        region.structs().forEach(struct -> struct(structs.addObject(), struct));
        final ArrayNode sections = root.putArray("sections");
        region.sections().forEach(section -> section(sections.addObject(), section, region));
        try {
            return MAPPER.writeValueAsString(root) + "\n";
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("A tree of values is always JSON, but " + e, e);
        }
    }

    private static void struct(final ObjectNode node, final StructType struct) {
        node.put("name", struct.name()).put("comment", struct.comment());
        node.put("size", struct.size()).put("alignment", struct.alignment());
        final ArrayNode fields = node.putArray("fields");
        for (final Field field : struct.fields()) {
            final ObjectNode f = fields.addObject().put("name", field.name());
            if (field.struct() == null) {
                f.put("type", lower(field.type()));
            } else {
                f.put("struct", field.struct().name());
            }
            f.put("count", field.count()).put("offset", field.offset());
            f.put("size", field.size()).put("comment", field.comment());
        }
    }

    private static void section(
            final ObjectNode node, final Section s, final RegionDeclaration region) {
        node.put("name", s.name()).put("comment", s.comment());
        node.put("kind", lower(s.kind())).put("order", s.kind().order());
        roles(node.putArray("writers"), s.writers());
        roles(node.putArray("readers"), s.readers());
        node.put("offset", s.offset()).put("length", s.length());
        node.put("elements_offset", s.elementsOffset()).put("stride", s.stride());
        node.put("count", s.count()).put("copies", s.copies()).put("copy_stride", s.copyStride());
        node.put("head", s.head() == null ? null : s.head().name());
        node.put("element", s.element() == null ? null : s.element().name());
        node.put("scalar", s.scalar() == null ? null : lower(s.scalar()));
        node.put("described_by", s.describedBy().isEmpty() ? null : s.describedBy());
        node.put("hash", hex(s.hash()));
        final ArrayNode names = node.putArray("names");
        s.names().forEach(names::add);
        if (s.audio() != null) {
            audio(node.putObject("audio"), s.audio());
        }
        if (!region.parameters(s.name()).isEmpty()) {
            final ArrayNode parameters = node.putArray("parameters");
            region.parameters(s.name()).forEach(p -> parameter(parameters.addObject(), p));
        }
    }

    private static void audio(final ObjectNode node, final AudioGeometry audio) {
        node.put("input_channels", audio.inputChannels());
        node.put("output_channels", audio.outputChannels());
        node.put("max_frames", audio.maxFrames());
        node.put("samples_offset", audio.samplesOffset());
        node.put("channel_stride", audio.channelStride());
    }

    private static void parameter(final ObjectNode node, final Parameter p) {
        node.put("id", p.id()).put("symbol", p.symbol()).put("name", p.name());
        node.put("short_name", p.shortName()).put("unit", p.unit());
        node.put("minimum", p.minimum()).put("maximum", p.maximum());
        node.put("default", p.defaultValue()).put("step_count", p.stepCount());
        final ArrayNode names = node.putArray("value_names");
        p.valueNames().forEach(names::add);
        node.put("scale", lower(p.scale())).put("exponent", p.exponent());
        final ArrayNode flags = node.putArray("flags");
        p.flags().stream().sorted().forEach(flag -> flags.add(lower(flag)));
        node.put("group", p.group());
    }

    private static void roles(final ArrayNode node, final Collection<Role> roles) {
        roles.forEach(role -> node.add(role.name()));
    }

    private static String hex(final long hash) {
        return String.format(Locale.ROOT, "%016x", hash);
    }

    private static String lower(final Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
