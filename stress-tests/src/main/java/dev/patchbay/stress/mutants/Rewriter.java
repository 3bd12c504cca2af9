// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.mutants;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Rewrites a class: counts the turns of its loops and, where wanted, breaks one point or tells which it comes by. No jump changes
 * its target and none goes, so the frames stay valid: what is always or never taken is a jump on a constant.
 */
final class Rewriter extends ClassVisitor {
    private static final String WEAKENED = Type.getInternalName(Weakened.class);
    private static final String PROBES = Type.getInternalName(Probes.class);

    private final Mutation mutation;
    private final Map<String, Integer> numbers;

    private Rewriter(
            final ClassWriter writer, final Mutation mutation, final Map<String, Integer> numbers) {
        super(Opcodes.ASM9, writer);
        this.mutation = mutation;
        this.numbers = numbers;
    }

    /** With one mutation, or null for none. */
    static byte[] mutated(final byte[] bytes, final Mutation mutation) {
        return rewritten(bytes, writer -> new Rewriter(writer, mutation, Map.of()));
    }

    /** With a probe before each point, numbered by this function. */
    static byte[] probed(
            final byte[] bytes, final List<Point> points, final ToIntFunction<Point> number) {
        final Map<String, Integer> numbers = new HashMap<>();
        points.forEach(
                p -> numbers.put(key(p.method(), p.descriptor(), p.index()), number.applyAsInt(p)));
        return rewritten(bytes, writer -> new Rewriter(writer, null, numbers));
    }

    private static byte[] rewritten(
            final byte[] bytes, final java.util.function.Function<ClassWriter, Rewriter> rewriter) {
        final ClassReader reader = new ClassReader(bytes);
        final ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(rewriter.apply(writer), 0);
        return writer.toByteArray();
    }

    private static String key(final String method, final String descriptor, final int index) {
        return method + descriptor + index;
    }

    @Override
    public MethodVisitor visitMethod(
            final int access,
            final String name,
            final String descriptor,
            final String signature,
            final String[] exceptions) {
        return new Method(
                super.visitMethod(access, name, descriptor, signature, exceptions),
                name,
                descriptor);
    }

    private final class Method extends MethodVisitor {
        private final String name;
        private final String descriptor;
        private final Set<Label> passed = new HashSet<>();
        private int index;

        Method(final MethodVisitor next, final String name, final String descriptor) {
            super(Opcodes.ASM9, next);
            this.name = name;
            this.descriptor = descriptor;
        }

        @Override
        public void visitLabel(final Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(final int opcode, final Label label) {
            if (passed.contains(label)) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, PROBES, "turn", "()V", false);
            }
            if (opcode == Opcodes.GOTO) {
                super.visitJumpInsn(opcode, label);
                return;
            }
            switch (next()) {
                case ALWAYS -> {
                    pop(opcode);
                    super.visitInsn(Opcodes.ICONST_0);
                    super.visitJumpInsn(Opcodes.IFEQ, label);
                }
                case NEVER -> {
                    pop(opcode);
                    super.visitInsn(Opcodes.ICONST_1);
                    super.visitJumpInsn(Opcodes.IFEQ, label);
                }
                case BOUNDARY -> super.visitJumpInsn(moved(opcode), label);
                default -> super.visitJumpInsn(opcode, label);
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
            if (call == null) {
                super.visitMethodInsn(opcode, owner, method, of, isInterface);
                return;
            }
            switch (next()) {
                case WEAKEN -> {
                    super.visitIntInsn(Opcodes.BIPUSH, mutation.to().ordinal());
                    super.visitMethodInsn(
                            Opcodes.INVOKESTATIC,
                            WEAKENED,
                            call.plainName(),
                            call.weakenedDescriptor(),
                            false);
                }
                case OMIT -> omit(call, opcode, owner, isInterface);
                default -> super.visitMethodInsn(opcode, owner, method, of, isInterface);
            }
        }

        /** What is done at the next point. */
        private Mutation.Change next() {
            final Integer number = numbers.get(key(name, descriptor, index));
            if (number != null) {
                super.visitLdcInsn(number);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, PROBES, "reached", "(I)V", false);
            }
            final boolean isHere = mutation != null && mutation.point().is(name, descriptor, index);
            index++;
            return isHere ? mutation.change() : Mutation.Change.NONE;
        }

        private void pop(final int jump) {
            final boolean two = jump >= Opcodes.IF_ICMPEQ && jump <= Opcodes.IF_ACMPNE;
            super.visitInsn(two ? Opcodes.POP2 : Opcodes.POP);
        }

        private void omit(
                final Call call, final int opcode, final String owner, final boolean isInterface) {
            final Type[] arguments = Type.getArgumentTypes(call.descriptor());
            final Type last = arguments[arguments.length - 1];
            switch (call.way()) {
                case GET_AND_CHANGE -> {
                    super.visitInsn(Call.pop(last));
                    super.visitMethodInsn(
                            opcode,
                            owner,
                            last == Type.INT_TYPE ? "getIntVolatile" : "getLongVolatile",
                            "(I)" + last.getDescriptor(),
                            isInterface);
                }
                case COMPARE_AND_EXCHANGE -> {
                    super.visitInsn(Call.pop(last));
                    final boolean wide = last.getSize() == 2;
                    super.visitInsn(wide ? Opcodes.DUP2_X2 : Opcodes.DUP_X2);
                    super.visitInsn(Call.pop(last));
                    super.visitInsn(Opcodes.POP2);
                }
                default -> {
                    for (int i = arguments.length - 1; i >= 0; i--) {
                        super.visitInsn(Call.pop(arguments[i]));
                    }
                    super.visitInsn(Opcodes.POP);
                    if (call.way() == Call.Way.COMPARE_AND_SET) {
                        super.visitInsn(Opcodes.ICONST_1);
                    }
                }
            }
        }
    }

    private static int moved(final int jump) {
        return switch (jump) {
            case Opcodes.IFLT -> Opcodes.IFLE;
            case Opcodes.IFLE -> Opcodes.IFLT;
            case Opcodes.IFGT -> Opcodes.IFGE;
            case Opcodes.IFGE -> Opcodes.IFGT;
            case Opcodes.IF_ICMPLT -> Opcodes.IF_ICMPLE;
            case Opcodes.IF_ICMPLE -> Opcodes.IF_ICMPLT;
            case Opcodes.IF_ICMPGT -> Opcodes.IF_ICMPGE;
            case Opcodes.IF_ICMPGE -> Opcodes.IF_ICMPGT;
            default -> throw new IllegalArgumentException("A jump without a boundary: " + jump);
        };
    }
}
