// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.layout.MappedRegion;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ParameterReader;
import dev.patchbay.layout.ParameterSource;
import dev.patchbay.layout.RegionException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;

/**
 * The parameters that a plug-in's jars declare. They must be those of the regions in which it plays: host and control know what was
 * baked into the bundle, so a jar that comes later and means others would play something else than what is shown.
 */
final class DeclaredParameters {
    /** The system property with the name of the class that names them; without it nothing is compared. */
    static final String PROPERTY = "patchbay.parameters";

    private static final String REMEDY =
            " The host knows what is baked into the bundle: build the bundle anew and load it"
                    + " again.";

    private DeclaredParameters() {}

    /**
     * Compares them with those of a region.
     *
     * @param className the class that names them, or null
     * @throws RegionException in a sentence, if they differ or cannot be had
     */
    static void check(final String className, final MappedRegion region) {
        if (className == null) {
            return;
        }
        final List<Parameter> declared = of(className);
        final List<Parameter> present = ParameterReader.read(region);
        if (declared.size() != present.size()) {
            throw new RegionException(
                    className
                            + " in the jars names "
                            + declared.size()
                            + " parameters, and the plug-in's region has "
                            + present.size()
                            + "."
                            + REMEDY);
        }
        for (int i = 0; i < declared.size(); i++) {
            if (!declared.get(i).equals(present.get(i))) {
                throw new RegionException(
                        difference(className, i, declared.get(i), present.get(i)) + REMEDY);
            }
        }
    }

    private static String difference(
            final String className,
            final int index,
            final Parameter declared,
            final Parameter present) {
        for (final RecordComponent part : Parameter.class.getRecordComponents()) {
            try {
                final Object found = part.getAccessor().invoke(declared);
                final Object expected = part.getAccessor().invoke(present);
                if (!found.equals(expected)) {
                    return String.format(
                            "%s in the jars gives parameter %d (%d, %s) the %s \"%s\", and the"
                                    + " plug-in's region \"%s\".",
                            className,
                            index,
                            declared.id(),
                            declared.symbol(),
                            part.getName(),
                            found,
                            expected);
                }
            } catch (final ReflectiveOperationException e) {
                throw new IllegalStateException("A part of a public record cannot be read: " + e);
            }
        }
        throw new IllegalStateException("Parameters that differ in no part: " + declared);
    }

    private static List<Parameter> of(final String className) {
        try {
            final Class<?> found = Class.forName(className);
            return ((ParameterSource) found.getConstructor().newInstance()).parameters();
        } catch (final ClassNotFoundException e) {
            throw new RegionException(
                    "The class "
                            + className
                            + ", which names the plug-in's parameters, is not in the bundle's jars."
                            + " Check the jars and rebuild the bundle.");
        } catch (final InvocationTargetException e) {
            throw failed(className, e.getCause());
        } catch (final ReflectiveOperationException | RuntimeException | LinkageError e) {
            throw failed(className, e);
        }
    }

    private static RegionException failed(final String className, final Throwable cause) {
        return new RegionException(
                className
                        + ", which names the plug-in's parameters, failed: "
                        + cause
                        + ". Check the jars and rebuild the bundle.");
    }
}
