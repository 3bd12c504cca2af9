// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes JSON canonically: equal values give equal bytes. UTF-8 without a byte order mark, members in their order. */
public final class JsonWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonWriter() {}

    /** {@return the bytes for a file: a line for each member, indented by two spaces, lists on one line, a newline at the end} */
    public static byte[] lines(final JsonValue value) {
        return write(
                value,
                new DefaultPrettyPrinter(
                                Separators.createDefaultInstance()
                                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                        .withObjectIndenter(new DefaultIndenter("  ", "\n")),
                "\n");
    }

    /** {@return the bytes without any space} */
    public static byte[] compact(final JsonValue value) {
        return write(value, null, "");
    }

    private static byte[] write(
            final JsonValue value, final PrettyPrinter printer, final String end) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(bytes, JsonEncoding.UTF8)) {
            generator.setPrettyPrinter(printer);
            write(value, generator);
            generator.writeRaw(end);
        } catch (final IOException e) {
            throw new UncheckedIOException("Bytes in memory cannot fail to be written.", e);
        }
        return bytes.toByteArray();
    }

    private static void write(final JsonValue value, final JsonGenerator to) throws IOException {
        if (value instanceof JsonValue.Text) {
            to.writeString(((JsonValue.Text) value).text());
        } else if (value instanceof JsonValue.Number) {
            to.writeNumber(((JsonValue.Number) value).literal());
        } else if (value instanceof JsonValue.Word) {
            to.writeRawValue(((JsonValue.Word) value).word());
        } else if (value instanceof JsonValue.Array) {
            to.writeStartArray();
            for (final JsonValue element : ((JsonValue.Array) value).elements()) {
                write(element, to);
            }
            to.writeEndArray();
        } else {
            to.writeStartObject();
            for (final var member : ((JsonValue.Members) value).members().entrySet()) {
                to.writeFieldName(member.getKey());
                write(member.getValue(), to);
            }
            to.writeEndObject();
        }
    }
}
