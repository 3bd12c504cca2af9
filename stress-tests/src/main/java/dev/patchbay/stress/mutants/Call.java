// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.mutants;

import dev.patchbay.layout.Loads;
import dev.patchbay.stress.model.Order;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A call that accesses shared memory.
 *
 * @param way what it does
 * @param order its memory order
 * @param plainName the method's name without the order, as in {@link Weakened}
 * @param owner the first parameter of that method
 * @param name the method's name
 * @param descriptor its parameters and its result
 */
record Call(Way way, Order order, String plainName, String owner, String name, String descriptor) {
    private static final String AGRONA = "org/agrona/";
    private static final String BUFFER = "org/agrona/concurrent/AtomicBuffer";
    private static final String LOADS = Type.getInternalName(Loads.class);
    private static final Set<String> OF_LOADS = Set.of("int32", "int64", "float32", "float64");
    private static final Set<String> PLAIN_STORES =
            Set.of(
                    "putInt",
                    "putLong",
                    "putShort",
                    "putChar",
                    "putByte",
                    "putFloat",
                    "putDouble",
                    "putBytes",
                    "setMemory");
    private static final Map<String, Order> SUFFIXES =
            Map.of(
                    "Volatile", Order.VOLATILE,
                    "Acquire", Order.ACQUIRE,
                    "Release", Order.RELEASE,
                    "Ordered", Order.RELEASE,
                    "Opaque", Order.OPAQUE);

    /** What a call does. */
    enum Way {
        LOAD,
        STORE,
        COMPARE_AND_SET,
        COMPARE_AND_EXCHANGE,
        GET_AND_CHANGE
    }

    /** The call, or null where it is none, or a plain load. */
    static Call of(final String owner, final String name, final String descriptor) {
        if (owner.equals(LOADS) && OF_LOADS.contains(name)) {
            return new Call(Way.LOAD, Order.ACQUIRE, name, LOADS, name, descriptor);
        }
        if (!owner.startsWith(AGRONA)) {
            return null;
        }
        if (PLAIN_STORES.contains(name)) {
            return new Call(Way.STORE, Order.PLAIN, name, BUFFER, name, descriptor);
        }
        if (!name.endsWith("Int") && !name.endsWith("Long")) {
            return ofSuffix(name, descriptor);
        }
        if (name.startsWith("compareAndSet")) {
            return new Call(Way.COMPARE_AND_SET, Order.VOLATILE, name, BUFFER, name, descriptor);
        }
        if (name.startsWith("compareAndExchange")) {
            return new Call(
                    Way.COMPARE_AND_EXCHANGE, Order.VOLATILE, name, BUFFER, name, descriptor);
        }
        return name.startsWith("getAnd")
                ? new Call(Way.GET_AND_CHANGE, Order.VOLATILE, name, BUFFER, name, descriptor)
                : null;
    }

    private static Call ofSuffix(final String name, final String descriptor) {
        for (final Map.Entry<String, Order> suffix : SUFFIXES.entrySet()) {
            if (name.endsWith(suffix.getKey())) {
                final String plain = name.substring(0, name.length() - suffix.getKey().length());
                if (plain.equals("getInt") || plain.equals("getLong")) {
                    return new Call(Way.LOAD, suffix.getValue(), plain, BUFFER, name, descriptor);
                }
                if (plain.equals("putInt") || plain.equals("putLong")) {
                    return new Call(Way.STORE, suffix.getValue(), plain, BUFFER, name, descriptor);
                }
                throw new UnsupportedOperationException(
                        "No mutant is known for AtomicBuffer." + name + ": add it to Call.");
            }
        }
        return null;
    }

    /** The weaker orders that leave it atomic, the strongest first. */
    List<Order> weaker() {
        final EnumSet<Order> weaker =
                switch (way) {
                    case LOAD -> EnumSet.of(Order.ACQUIRE, Order.OPAQUE);
                    case STORE -> EnumSet.of(Order.RELEASE, Order.OPAQUE);
                    default -> EnumSet.range(Order.OPAQUE, Order.ACQUIRE_RELEASE);
                };
        weaker.removeIf(to -> to.compareTo(order) >= 0);
        return weaker.stream().sorted((a, b) -> b.compareTo(a)).toList();
    }

    /** Whether it stores, so that it can be left out. */
    boolean stores() {
        return way != Way.LOAD;
    }

    /** The descriptor of the method of {@link Weakened} that does the same with the order as its last argument. */
    String weakenedDescriptor() {
        return "(L" + owner + ";" + descriptor.substring(1).replace(")", "I)");
    }

    /** The instruction that takes the last argument off the stack. */
    static int pop(final Type type) {
        return type.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP;
    }

    static String lower(final Order order) {
        return order.name().toLowerCase(Locale.ROOT);
    }
}
