// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.mutants;

import dev.patchbay.stress.model.Order;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;

/**
 * A place in the bytecode that can be broken: a conditional jump, or a call that accesses memory.
 *
 * @param type the class, with slashes
 * @param method the method, as the bytecode names it
 * @param descriptor its parameters and its result
 * @param index which of the method's points it is, from 0
 * @param line the line of the source
 * @param name what it is called in tables: {@code EventQueue.offer#2 getLongAcquire}, {@code EventQueue.offer if#1}
 * @param call the call; null in a jump
 * @param jump the opcode of the jump; 0 in a call
 * @param isCheck whether the jump only decides whether to throw an exception: unit tests have that, not the model
 */
record Point(
        String type,
        String method,
        String descriptor,
        int index,
        int line,
        String name,
        Call call,
        int jump,
        boolean isCheck) {

    /** Whether it is this instruction. */
    boolean is(final String in, final String of, final int number) {
        return method.equals(in) && descriptor.equals(of) && index == number;
    }

    /** The class and method, for tables. */
    String place() {
        return name.replaceAll("[# ].*", "");
    }

    /** Everything that can be done to it. */
    List<Mutation> mutations() {
        final List<Mutation> all = new ArrayList<>();
        if (call == null) {
            if (!isCheck) {
                all.add(new Mutation(this, Mutation.Change.ALWAYS, null));
                all.add(new Mutation(this, Mutation.Change.NEVER, null));
                if (hasBoundary(jump)) {
                    all.add(new Mutation(this, Mutation.Change.BOUNDARY, null));
                }
            }
            return all;
        }
        for (final Order to : call.weaker()) {
            all.add(new Mutation(this, Mutation.Change.WEAKEN, to));
        }
        if (call.stores()) {
            all.add(new Mutation(this, Mutation.Change.OMIT, null));
        }
        return all;
    }

    private static boolean hasBoundary(final int jump) {
        return switch (jump) {
            case Opcodes.IFLT,
                            Opcodes.IFLE,
                            Opcodes.IFGT,
                            Opcodes.IFGE,
                            Opcodes.IF_ICMPLT,
                            Opcodes.IF_ICMPLE,
                            Opcodes.IF_ICMPGT,
                            Opcodes.IF_ICMPGE ->
                    true;
            default -> false;
        };
    }
}
