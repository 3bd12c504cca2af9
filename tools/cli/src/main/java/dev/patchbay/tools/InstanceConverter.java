// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Which plug-ins are meant: all in a host, by its pid, or one instance, by its region's id. */
final class InstanceConverter implements ITypeConverter<String> {
    @Override
    public String convert(final String text) {
        if (!text.matches("[1-9][0-9]{0,9}|[0-9a-f]{32}")) {
            throw new TypeConversionException(
                    "it is "
                            + text
                            + ", expected a pid or the 32 hexadecimal digits of a region's id");
        }
        return text;
    }
}
