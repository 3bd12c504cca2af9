// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout.header;

import dev.patchbay.layout.EventForm;
import dev.patchbay.layout.EventMeaning;
import dev.patchbay.layout.EventSlot;
import dev.patchbay.layout.EventTable;
import dev.patchbay.layout.NoteExpression;
import dev.patchbay.layout.TransportChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Events in C: their types with what each field holds, and the functions that fill and read a slot. */
final class EventText {
    /** How many characters a line may have. */
    private static final int WIDTH = 118;

    private final HeaderText out;

    EventText(final HeaderText out) {
        this.out = out;
    }

    /** The types' numbers, with what each field holds. */
    void types() {
        out.line(
                "/* The types of events: EventType in Java. A field that a type does not name is"
                        + " 0,");
        out.line("   the note id -1. */");
        for (final EventForm form : EventForm.all()) {
            out.line("");
            final StringBuilder text = new StringBuilder("/* " + HeaderText.prose(form.comment()));
            for (final EventMeaning meaning : form.meanings()) {
                text.append("\n     ");
                text.append(HeaderText.prose(field(meaning) + ": " + EventTable.range(meaning)));
            }
            out.lines(text.append(" */\n").toString());
            out.define(type(form), Integer.toString(form.code()), "");
        }
        out.line("");
        out.line("/* The expressions of a note: NoteExpression in Java. */");
        for (int i = 0; i < NoteExpression.all().size(); i++) {
            final NoteExpression.Range range = NoteExpression.all().get(i);
            out.define(
                    "PB_EVENT_EXPRESSION_" + range.name().toUpperCase(Locale.ROOT),
                    Integer.toString(i),
                    "%s to %s %s"
                            .formatted(
                                    EventTable.number(range.minimum()),
                                    EventTable.number(range.maximum()),
                                    range.unit())
                            .strip());
        }
        out.line("");
        out.line("/* What happens to the host's transport: TransportChange in Java. */");
        for (int i = 0; i < TransportChange.names().size(); i++) {
            out.define(
                    "PB_EVENT_TRANSPORT_" + TransportChange.names().get(i).toUpperCase(Locale.ROOT),
                    Integer.toString(i),
                    "");
        }
        out.line("");
    }

    /** The functions; they need the struct. */
    void functions() {
        out.lines(
                """
/* ---- Events: EventEncoder and Event in Java. Plain loads and stores: the queue's positions order them. ----
   What is out of a field's range becomes the nearest value in it, and what is no number the value that stands for
   none, both when a slot is filled and when it is read. So what a broken process wrote is read as something defined;
   pb_event_is_valid tells it. An accessor asked of a type that has no such field gives a value of the range without
   a meaning. */

/* The nearest number in a range, or the fallback for what is none: EventMeaning.bounded in Java. */
static inline double pb_event_bounded(double found, double minimum, double maximum, double fallback)
{
    if (found >= minimum)
        return found <= maximum ? found : maximum;
    return found < minimum ? minimum : fallback;
}

/* The nearest whole number in a range. */
static inline int32_t pb_event_bounded_int(int32_t found, int32_t minimum, int32_t maximum)
{
    return found < minimum ? minimum : found > maximum ? maximum : found;
}

/* Whether a number is in a range; what is none is not. */
static inline int pb_event_is_within(double found, double minimum, double maximum)
{
    return found >= minimum && found <= maximum;
}

/* Begins an event: all fields but the type and the sample offset say nothing. */
static inline void pb_event_begin(pb_event *event, uint16_t type, int32_t sample_offset)
{
    memset(event, 0, sizeof *event);
    event->type = type;
    event->sample_offset = sample_offset < 0 ? 0 : sample_offset;
    event->note_id = -1;
}

""");
        EventForm.all().forEach(this::encoder);
        meanings().forEach(this::accessor);
        plainExpression();
        validity();
    }

    private void encoder(final EventForm form) {
        out.line(
                "/* %s EventEncoder.%s in Java. */",
                form.comment(), EventTable.javaName(form.name()));
        final List<String> parameters = new ArrayList<>();
        parameters.add("pb_event *event");
        parameters.add("int32_t sample_offset");
        form.meanings().forEach(m -> parameters.add(cType(m) + " " + m.name()));
        wrapped("static inline void pb_event_" + form.name() + "(", parameters);
        out.line("{");
        out.line("    pb_event_begin(event, %s, sample_offset);", type(form));
        form.meanings().forEach(m -> out.line("    %s", store(m)));
        out.line("}");
        out.line("");
    }

    /** Breaks a long list of parameters. */
    private void wrapped(final String start, final List<String> parameters) {
        final StringBuilder line = new StringBuilder(start);
        for (int i = 0; i < parameters.size(); i++) {
            final boolean last = i == parameters.size() - 1;
            final String next = parameters.get(i) + (last ? ")" : ",");
            if (line.length() + 1 + next.length() > WIDTH) {
                out.lines(line.append('\n').toString());
                line.setLength(0);
                line.append("   ");
            }
            line.append(i == 0 ? "" : " ").append(next);
        }
        out.lines(line.append('\n').toString());
    }

    private static String store(final EventMeaning m) {
        return switch (m.slot()) {
            case CHANNEL -> "event->channel = (int16_t)" + bounded(m, m.name()) + ";";
            case NOTE_ID -> "event->note_id = note_id;";
            case INDEX -> "event->index = " + bounded(m, m.name()) + ";";
            case VALUE_BITS -> "memcpy(&event->value, &" + m.name() + ", sizeof " + m.name() + ");";
            default -> "event->" + m.slot().field() + " = " + bounded(m, m.name()) + ";";
        };
    }

    private void accessor(final EventMeaning m) {
        if (m.slot() == EventSlot.CHANNEL || m.slot() == EventSlot.NOTE_ID) {
            return;
        }
        out.line(
                "/* %s. Event.%s in Java. Of %s. */",
                HeaderText.prose(m.name().replace('_', ' ') + ": " + EventTable.range(m)),
                EventTable.javaName(m.name()),
                EventForm.all().stream()
                        .filter(form -> form.meanings().contains(m))
                        .map(EventForm::name)
                        .collect(Collectors.joining(", ")));
        out.line("static inline %s pb_event_%s(const pb_event *event)", cType(m), m.name());
        out.line("{");
        if (m.slot() == EventSlot.VALUE_BITS) {
            out.line("    %s bits;", cType(m));
            out.line("    memcpy(&bits, &event->value, sizeof bits);");
            out.line("    return bits;");
        } else {
            out.line("    return %s;", bounded(m, "event->" + m.slot().field()));
        }
        out.line("}");
        out.line("");
    }

    private void plainExpression() {
        out.line(
                "/* What the normalized expression value stands for, in the unit of the"
                        + " expression.");
        out.line("   Event.plainExpression in Java. Of note_expression. */");
        out.line("static inline double pb_event_plain_expression(const pb_event *event)");
        out.line("{");
        out.line(
                "    static const double minimum[] = {%s};",
                numbers(NoteExpression.Range::minimum));
        out.line(
                "    static const double maximum[] = {%s};",
                numbers(NoteExpression.Range::maximum));
        out.line("    int32_t expression = pb_event_expression(event);");
        out.line(
                "    return minimum[expression] + (maximum[expression] - minimum[expression]) *"
                        + " pb_event_expression_value(event);");
        out.line("}");
        out.line("");
    }

    private static String numbers(final Function<NoteExpression.Range, Double> bound) {
        return NoteExpression.all().stream()
                .map(range -> real(bound.apply(range)))
                .collect(Collectors.joining(", "));
    }

    private void validity() {
        out.line(
                "/* Whether the type is known and each field that it uses is in its range:"
                        + " Event.isValid in Java. */");
        out.line("static inline int pb_event_is_valid(const pb_event *event)");
        out.line("{");
        out.line("    if (event->sample_offset < 0)");
        out.line("        return 0;");
        out.line("    switch (event->type) {");
        for (final EventForm form : EventForm.all()) {
            out.line("    case %s:", type(form));
            final String checks =
                    form.meanings().stream()
                            .filter(m -> m.slot() != EventSlot.NOTE_ID)
                            .filter(m -> m.slot() != EventSlot.VALUE_BITS)
                            .map(EventText::within)
                            .collect(Collectors.joining("\n            && "));
            out.line("        return %s;", checks.isEmpty() ? "1" : checks);
        }
        out.line("    default:");
        out.line("        return 0;");
        out.line("    }");
        out.line("}");
        out.line("");
    }

    private static String within(final EventMeaning m) {
        return "pb_event_is_within(event->%s, %s, %s)"
                .formatted(m.slot().field(), real(m.minimum()), real(m.maximum()));
    }

    private static Iterable<EventMeaning> meanings() {
        final Map<String, EventMeaning> byName = new LinkedHashMap<>();
        EventForm.all().forEach(f -> f.meanings().forEach(m -> byName.put(m.name(), m)));
        return byName.values();
    }

    private static String bounded(final EventMeaning m, final String found) {
        return m.slot().isReal()
                ? "pb_event_bounded(%s, %s, %s, %s)"
                        .formatted(found, real(m.minimum()), real(m.maximum()), real(m.fallback()))
                : "pb_event_bounded_int(%s, %s, %s)"
                        .formatted(
                                found,
                                EventTable.number(m.minimum()),
                                EventTable.number(m.maximum()));
    }

    private static String real(final double value) {
        final String number = EventTable.number(value);
        return number.contains(".") ? number : number + ".0";
    }

    private static String field(final EventMeaning m) {
        final String field = m.slot().field();
        return field.equals(m.name()) ? field : field + " = " + m.name();
    }

    private static String cType(final EventMeaning m) {
        return switch (m.slot()) {
            case VALUE_BITS -> "uint64_t";
            case VALUE, DETAIL -> "double";
            default -> "int32_t";
        };
    }

    private static String type(final EventForm form) {
        return "PB_EVENT_" + form.name().toUpperCase(Locale.ROOT);
    }
}
