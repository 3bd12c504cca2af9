// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ANEWARRAY;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.NEWARRAY;
import static org.objectweb.asm.Opcodes.PUTFIELD;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V17;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import dev.patchbay.layout.Field;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.StructType;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Classes of JNA structures, made at run time: JNA lays a structure out by its class's public fields, and a declaration has
 * none. Structs of the same signature share a class, which lives as long as this one.
 */
final class StructureClasses {
    private static final String PARENT = Type.getInternalName(StructureCopy.class);
    private static final String POINTER =
            Type.getMethodDescriptor(Type.VOID_TYPE, Type.getType(Pointer.class));
    private static final Map<String, Class<? extends StructureCopy>> CLASSES = new HashMap<>();

    private StructureClasses() {}

    /**
     * A field of a class that is to be made.
     *
     * @param element the type of an element
     * @param count the length of the array, or 0 where the field is no array
     */
    private record Member(String name, Type element, int count) {
        Type type() {
            return count == 0 ? element : Type.getType("[" + element.getDescriptor());
        }
    }

    /**
     * The class for a struct.
     *
     * @throws IllegalArgumentException if the struct has more fields than a class can have
     */
    static synchronized Class<? extends StructureCopy> of(final StructType struct) {
        // Two declarations may each make a struct of the same bytes and names.
        final Class<? extends StructureCopy> known = CLASSES.get(struct.signature());
        if (known != null) {
            return known;
        }
        final Class<? extends StructureCopy> made = define(struct);
        CLASSES.put(struct.signature(), made);
        return made;
    }

    private static Class<? extends StructureCopy> define(final StructType struct) {
        // The number tells apart structs that have a name in common and nothing else.
        final String name =
                Type.getInternalName(StructureClasses.class)
                        + "$"
                        + struct.name()
                        + "$"
                        + CLASSES.size();
        try {
            return MethodHandles.lookup()
                    .defineClass(bytes(name, members(struct)))
                    .asSubclass(StructureCopy.class);
        } catch (final ClassTooLargeException | MethodTooLargeException e) {
            throw new IllegalArgumentException(
                    "The struct \""
                            + struct.name()
                            + "\" has "
                            + struct.fields().size()
                            + " fields, more than a Java class can have: declare arrays instead.",
                    e);
        } catch (final IllegalAccessException e) {
            throw new IllegalStateException(
                    "A class may define classes of its own package, but this one was refused.", e);
        }
    }

    private static List<Member> members(final StructType struct) {
        final List<Member> members = new ArrayList<>();
        int end = 0;
        for (final Field field : struct.fields()) {
            addGap(members, field.offset() - end);
            final Type element =
                    field.struct() == null
                            ? scalar(field.type())
                            : Type.getType(of(field.struct()));
            final boolean single = field.count() == 1 && !field.isText();
            members.add(new Member(field.name(), element, single ? 0 : field.count()));
            end = field.offset() + field.size();
        }
        addGap(members, struct.size() - end);
        return members;
    }

    private static void addGap(final List<Member> members, final int bytes) {
        if (bytes > 0) {
            // No declared name has a dollar sign in it.
            members.add(new Member("gap$" + members.size(), Type.BYTE_TYPE, bytes));
        }
    }

    private static Type scalar(final FieldType type) {
        return switch (type) {
            case INT8, UINT8, UTF8 -> Type.BYTE_TYPE;
            case INT16, UINT16 -> Type.SHORT_TYPE;
            case INT32, UINT32 -> Type.INT_TYPE;
            case INT64, UINT64 -> Type.LONG_TYPE;
            case FLOAT32 -> Type.FLOAT_TYPE;
            case FLOAT64 -> Type.DOUBLE_TYPE;
        };
    }

    private static byte[] bytes(final String name, final List<Member> members) {
        final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(V17, ACC_PUBLIC | ACC_FINAL, name, null, PARENT, null);
        final AnnotationVisitor order =
                writer.visitAnnotation(Type.getDescriptor(Structure.FieldOrder.class), true);
        final AnnotationVisitor names = order.visitArray("value");
        members.forEach(member -> names.visit(null, member.name()));
        names.visitEnd();
        order.visitEnd();
        for (final Member member : members) {
            writer.visitField(ACC_PUBLIC, member.name(), member.type().getDescriptor(), null, null)
                    .visitEnd();
        }
        constructor(writer, name, members, "()V");
        constructor(writer, name, members, POINTER);
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** Hands its argument, if it has one, to the parent's and then makes the arrays, whose lengths JNA takes from them. */
    private static void constructor(
            final ClassWriter writer,
            final String name,
            final List<Member> members,
            final String descriptor) {
        final MethodVisitor code = writer.visitMethod(ACC_PUBLIC, "<init>", descriptor, null, null);
        code.visitCode();
        for (int i = 0; i <= Type.getArgumentCount(descriptor); i++) {
            code.visitVarInsn(ALOAD, i);
        }
        code.visitMethodInsn(INVOKESPECIAL, PARENT, "<init>", descriptor, false);
        for (final Member member : members) {
            if (member.count() > 0) {
                code.visitVarInsn(ALOAD, 0);
                code.visitLdcInsn(member.count());
                array(code, member.element());
                code.visitFieldInsn(PUTFIELD, name, member.name(), member.type().getDescriptor());
            }
        }
        code.visitInsn(RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void array(final MethodVisitor code, final Type element) {
        switch (element.getSort()) {
            case Type.BYTE -> code.visitIntInsn(NEWARRAY, Opcodes.T_BYTE);
            case Type.SHORT -> code.visitIntInsn(NEWARRAY, Opcodes.T_SHORT);
            case Type.INT -> code.visitIntInsn(NEWARRAY, Opcodes.T_INT);
            case Type.LONG -> code.visitIntInsn(NEWARRAY, Opcodes.T_LONG);
            case Type.FLOAT -> code.visitIntInsn(NEWARRAY, Opcodes.T_FLOAT);
            case Type.DOUBLE -> code.visitIntInsn(NEWARRAY, Opcodes.T_DOUBLE);
            default -> code.visitTypeInsn(ANEWARRAY, element.getInternalName());
        }
    }
}
