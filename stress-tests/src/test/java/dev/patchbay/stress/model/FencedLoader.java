// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Loads classes anew whose fences go to the model that runs them; no other instruction is changed. */
final class FencedLoader extends ClassLoader {
    private static final String VAR_HANDLE = "java/lang/invoke/VarHandle";
    private static final String FENCES = ModelFences.class.getName().replace('.', '/');

    private final Set<String> anew;

    /** A loader of these classes; all others are those of the tests. */
    FencedLoader(final Set<String> anew) {
        super(FencedLoader.class.getClassLoader());
        this.anew = anew;
    }

    @Override
    protected Class<?> loadClass(final String name, final boolean resolve)
            throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!anew.contains(name)) {
                return super.loadClass(name, resolve);
            }
            final Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(final String name) {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            final ClassReader reader = new ClassReader(in);
            final ClassWriter writer = new ClassWriter(reader, 0);
            reader.accept(new Redirector(writer), 0);
            final byte[] bytes = writer.toByteArray();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Redirector extends ClassVisitor {
        Redirector(final ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                final int access,
                final String name,
                final String descriptor,
                final String signature,
                final String[] exceptions) {
            return new MethodVisitor(
                    Opcodes.ASM9,
                    super.visitMethod(access, name, descriptor, signature, exceptions)) {
                @Override
                public void visitMethodInsn(
                        final int opcode,
                        final String owner,
                        final String method,
                        final String type,
                        final boolean isInterface) {
                    final boolean fence = owner.equals(VAR_HANDLE) && method.endsWith("Fence");
                    super.visitMethodInsn(
                            opcode, fence ? FENCES : owner, method, type, isInterface);
                }
            };
        }
    }
}
