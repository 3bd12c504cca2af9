// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import com.sun.jna.Native;
import dev.patchbay.control.StructureCopy;
import dev.patchbay.control.StructureView;
import dev.patchbay.layout.Field;
import dev.patchbay.layout.StructType;
import java.util.HashMap;
import java.util.Map;

/** What JNA computes from the fields of the structure classes. It knows of no sections. */
final class JnaNumbers implements LayoutNumbers.Structs<Long> {
    /** Declarations share the structs of the standard sections. */
    private final Map<StructType, StructureCopy> copies = new HashMap<>();

    private StructureCopy copy(final StructType struct) {
        return copies.computeIfAbsent(
                struct, s -> StructureView.of(s).copy(new long[s.size() / Long.BYTES + 1]));
    }

    @Override
    public Long size(final StructType struct) {
        return (long) copy(struct).size();
    }

    @Override
    public Long alignment(final StructType struct) {
        return (long) copy(struct).alignment();
    }

    @Override
    public Long offset(final StructType struct, final Field field) {
        return (long) copy(struct).offset(field.name());
    }

    @Override
    public Long size(final StructType struct, final Field field) {
        try {
            final StructureCopy copy = copy(struct);
            final Object value = copy.getClass().getField(field.name()).get(copy);
            return (long) Native.getNativeSize(value.getClass(), value);
        } catch (final ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
