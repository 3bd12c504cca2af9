// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.mutants;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Finds the points of a class. */
final class PointFinder extends ClassVisitor {
    private final List<Point> points = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private String type;

    private PointFinder() {
        super(Opcodes.ASM9);
    }

    /** All points, in the order of the bytecode. */
    static List<Point> points(final byte[] bytes) {
        final PointFinder finder = new PointFinder();
        new ClassReader(bytes).accept(finder, ClassReader.SKIP_FRAMES);
        return finder.points;
    }

    @Override
    public void visit(
            final int version,
            final int access,
            final String name,
            final String signature,
            final String superName,
            final String[] interfaces) {
        type = name;
    }

    @Override
    public MethodVisitor visitMethod(
            final int access,
            final String name,
            final String descriptor,
            final String signature,
            final String[] exceptions) {
        return new Method(name, descriptor);
    }

    /** One instruction in what matters to find the checks that only throw: a jump, a label, or an end. */
    private record Step(int opcode, Label label) {}

    private final class Method extends MethodVisitor {
        private final String name;
        private final String descriptor;
        private final String shown;
        private final List<Step> steps = new ArrayList<>();
        private final List<Integer> jumps = new ArrayList<>();
        private final List<Point> found = new ArrayList<>();
        private int line;

        Method(final String name, final String descriptor) {
            super(Opcodes.ASM9);
            this.name = name;
            this.descriptor = descriptor;
            final String[] parts = name.split("\\$");
            final String method = name.startsWith("lambda$") ? parts[1] : name;
            shown = type.substring(type.lastIndexOf('/') + 1) + "." + method;
        }

        @Override
        public void visitLineNumber(final int number, final Label start) {
            line = number;
        }

        @Override
        public void visitLabel(final Label label) {
            steps.add(new Step(0, label));
        }

        @Override
        public void visitInsn(final int opcode) {
            if (opcode == Opcodes.ATHROW || opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
                steps.add(new Step(opcode, null));
            }
        }

        @Override
        public void visitTableSwitchInsn(
                final int min, final int max, final Label other, final Label... labels) {
            steps.add(new Step(Opcodes.TABLESWITCH, other));
        }

        @Override
        public void visitLookupSwitchInsn(
                final Label other, final int[] keys, final Label[] labels) {
            steps.add(new Step(Opcodes.LOOKUPSWITCH, other));
        }

        @Override
        public void visitJumpInsn(final int opcode, final Label label) {
            steps.add(new Step(opcode, label));
            if (opcode != Opcodes.GOTO) {
                jumps.add(steps.size());
                add(shown + " if#" + number(" if"), null, opcode);
            }
        }

        @Override
        public void visitMethodInsn(
                final int opcode,
                final String owner,
                final String method,
                final String of,
                final boolean isInterface) {
            final Call call = Call.of(owner, method, of);
            if (call != null) {
                jumps.add(-1);
                add(shown + "#" + number("") + " " + method, call, 0);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(
                final String method,
                final String of,
                final Handle bootstrap,
                final Object... arguments) {
            for (final Object argument : arguments) {
                if (argument instanceof Handle handle
                        && Call.of(handle.getOwner(), handle.getName(), handle.getDesc()) != null) {
                    throw new UnsupportedOperationException(
                            shown
                                    + " refers to "
                                    + handle.getName()
                                    + " by a method reference: make it a lambda, so that it can be"
                                    + " mutated.");
                }
            }
        }

        private int number(final String kind) {
            return counts.merge(shown + kind, 1, Integer::sum);
        }

        private void add(final String called, final Call call, final int jump) {
            found.add(
                    new Point(
                            type, name, descriptor, found.size(), line, called, call, jump, false));
        }

        @Override
        public void visitEnd() {
            for (int i = 0; i < found.size(); i++) {
                final Point p = found.get(i);
                points.add(
                        p.call() == null && isCheck(jumps.get(i))
                                ? new Point(
                                        p.type(),
                                        p.method(),
                                        p.descriptor(),
                                        p.index(),
                                        p.line(),
                                        p.name(),
                                        null,
                                        p.jump(),
                                        true)
                                : p);
            }
        }

        /** Whether one side of the jump before this step runs straight into a throw. */
        private boolean isCheck(final int next) {
            final Label target = steps.get(next - 1).label();
            int at = 0;
            while (steps.get(at).label() != target || steps.get(at).opcode() != 0) {
                at++;
            }
            return throwsFrom(next) || throwsFrom(at);
        }

        private boolean throwsFrom(final int start) {
            for (int i = start; i < steps.size(); i++) {
                if (steps.get(i).opcode() != 0) {
                    return steps.get(i).opcode() == Opcodes.ATHROW;
                }
            }
            return false;
        }
    }
}
