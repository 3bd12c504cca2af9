// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON schema of {@code build.yaml}, by which editors complete and check it while it is written. */
public final class BuildFileSchema {
    private BuildFileSchema() {}

    /** {@return the schema (draft 2020-12), always the same bytes} */
    public static String json() {
        final Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Patchbay build.yaml");
        schema.put("description", "What the author of a Patchbay plug-in declares of it.");
        schema.putAll(BuildFileKeys.FILE.schema());
        final DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        final DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
        try {
            return new ObjectMapper().writer(printer).writeValueAsString(schema) + "\n";
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("Texts, numbers and lists are always JSON.", e);
        }
    }
}
