// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout.header;

import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.KindRule;
import dev.patchbay.layout.RegionFault;
import dev.patchbay.layout.SectionKind;

/** What C checks a region against, from the enums that Java checks it against: faults and their words, kinds, scalars. */
final class CheckText {
    private CheckText() {}

    static String text() {
        final StringBuilder out = new StringBuilder();
        out.append(
                "/* What can be wrong with a region, in the order in which it is looked for. */\n");
        for (final RegionFault fault : RegionFault.values()) {
            out.append("#define PB_FAULT_")
                    .append(fault.name())
                    .append(' ')
                    .append(fault.code())
                    .append("u /* ")
                    .append(fault.summary())
                    .append(" */\n");
        }
        out.append("\n/* What is wrong, without the numbers; NULL for 0. */\n");
        out.append(
                "static inline const char *pb_fault_summary(uint32_t fault)\n"
                        + "{\n"
                        + "    switch (fault) {\n");
        for (final RegionFault fault : RegionFault.values()) {
            choice(out, "PB_FAULT_" + fault.name(), '"' + fault.summary() + '"');
        }
        out.append("    default: return NULL;\n    }\n}\n\n");
        out.append("/* The sentence, with places for what pb_refusal_text puts in. */\n");
        out.append(
                "static inline const char *pb_fault_template(uint32_t fault)\n"
                        + "{\n"
                        + "    switch (fault) {\n");
        for (final RegionFault fault : RegionFault.values()) {
            choice(
                    out,
                    "PB_FAULT_" + fault.name(),
                    '"' + fault.template().replace("\"", "\\\"") + '"');
        }
        out.append("    default: return \"\";\n    }\n}\n\n");
        rules(out);
        out.append(
                "/* The size and alignment of a scalar type by its code; 1 for a struct or what is"
                        + " not known. */\n");
        out.append(
                "static inline uint32_t pb_scalar_size(uint32_t scalar)\n"
                        + "{\n"
                        + "    switch (scalar) {\n");
        for (final FieldType type : FieldType.values()) {
            choice(out, type.code() + "u", type.size() + "u");
        }
        out.append("    default: return 1u;\n    }\n}\n\n");
        return out.toString();
    }

    private static void rules(final StringBuilder out) {
        out.append(
                """
/* What a section of a kind must have for its readers to stay within it. */
typedef struct pb_kind_rule {
    uint32_t head;         /* bytes of the struct at its start */
    uint32_t element;      /* the least bytes from element to element */
    uint32_t unit;         /* what those are a multiple of */
    uint32_t trailer;      /* bytes behind the elements of each copy */
    uint32_t copies;       /* how many there are, or 0 for any number */
    uint32_t power_of_two; /* whether the count must be one */
    uint32_t beside;       /* bytes behind the elements of each copy for each of them, before the trailer */
} pb_kind_rule;

static inline pb_kind_rule pb_make_kind_rule(
    uint32_t head, uint32_t element, uint32_t unit, uint32_t trailer, uint32_t copies, uint32_t power_of_two,
    uint32_t beside)
{
    pb_kind_rule rule;
    rule.head = head;
    rule.element = element;
    rule.unit = unit;
    rule.trailer = trailer;
    rule.copies = copies;
    rule.power_of_two = power_of_two;
    rule.beside = beside;
    return rule;
}

/* The rule for a kind; for one that is not known, that it lies within the region. */
static inline pb_kind_rule pb_kind_rule_of(uint32_t kind)
{
    switch (kind) {
""");
        for (final SectionKind kind : SectionKind.values()) {
            if (!KindRule.of(kind).equals(KindRule.ANY)) {
                choice(out, "PB_KIND_" + kind.name(), rule(KindRule.of(kind)));
            }
        }
        out.append("    default: return ").append(rule(KindRule.ANY)).append(";\n    }\n}\n\n");
    }

    private static String rule(final KindRule r) {
        return "pb_make_kind_rule("
                + r.head()
                + "u, "
                + r.element()
                + "u, "
                + r.unit()
                + "u, "
                + r.trailer()
                + "u, "
                + r.copies()
                + "u, "
                + (r.powerOfTwo() ? 1 : 0)
                + "u, "
                + r.beside()
                + "u)";
    }

    private static void choice(final StringBuilder out, final String value, final String result) {
        out.append("    case ").append(value).append(": return ").append(result).append(";\n");
    }
}
