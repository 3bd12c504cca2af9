// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.rt.RealTimeExempt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The classes that the analysis has met, read from where the module's class loader finds them; none is initialised. */
final class ClassTable {
    private static final String EXEMPT = RealTimeExempt.class.descriptorString();

    private final ClassLoader loader;
    private final ClassFile parser = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);
    private final Map<String, Type> types = new LinkedHashMap<>();
    private final Map<String, Set<String>> ancestors = new HashMap<>();
    private final Map<MethodKey, MethodFacts> facts = new HashMap<>();
    private final MethodScan scan = new MethodScan(this);

    ClassTable(final ClassLoader loader) {
        this.loader = loader == null ? ClassLoader.getSystemClassLoader() : loader;
    }

    /** A class or interface. */
    static final class Type {
        final String name;
        final String superName;
        final List<String> interfaces;
        final String file;
        final boolean isInterface;
        final boolean isAbstract;
        final boolean isSynthetic;
        final String exemption;
        final Map<String, MethodModel> methods = new LinkedHashMap<>();

        private Type(final ClassModel model) {
            name = model.thisClass().asInternalName();
            superName = model.superclass().map(entry -> entry.asInternalName()).orElse(null);
            interfaces = model.interfaces().stream().map(entry -> entry.asInternalName()).toList();
            file =
                    model.findAttribute(Attributes.sourceFile())
                            .map(attribute -> attribute.sourceFile().stringValue())
                            .orElse("Unknown Source");
            isInterface = model.flags().has(AccessFlag.INTERFACE);
            isAbstract = model.flags().has(AccessFlag.ABSTRACT);
            isSynthetic = model.flags().has(AccessFlag.SYNTHETIC);
            exemption = reason(model);
            for (final MethodModel method : model.methods()) {
                methods.put(
                        method.methodName().stringValue() + method.methodType().stringValue(),
                        method);
            }
        }

        /** Whether it is a class of which there are objects. */
        boolean concrete() {
            return !isAbstract && !isInterface;
        }

        /** Whether its initialisation runs code. */
        boolean hasInitializer() {
            return methods.containsKey("<clinit>()V");
        }
    }

    /** The class of an internal name, or null where there is none to be found. */
    Type type(final String name) {
        if (!types.containsKey(name)) {
            types.put(name, read(name));
        }
        return types.get(name);
    }

    /** Those that have been met so far and exist, in the order in which they were. */
    List<Type> met() {
        return types.values().stream().filter(type -> type != null).toList();
    }

    private Type read(final String name) {
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            return in == null ? null : new Type(parser.parse(in.readAllBytes()));
        } catch (final IOException e) {
            throw new UncheckedIOException("Cannot read the class " + name.replace('/', '.'), e);
        }
    }

    /** Whether a class is, or extends or implements, another. */
    boolean isA(final String name, final String ancestor) {
        return ancestor.equals("java/lang/Object") || ancestors(name).contains(ancestor);
    }

    /** A class and all that it extends and implements. */
    Set<String> ancestors(final String name) {
        final Set<String> known = ancestors.get(name);
        if (known != null) {
            return known;
        }
        final Set<String> all = new HashSet<>(Set.of(name));
        final Type type = type(name);
        if (type != null) {
            type.interfaces.forEach(each -> all.addAll(ancestors(each)));
            if (type.superName != null) {
                all.addAll(ancestors(type.superName));
            }
        }
        ancestors.put(name, all);
        return all;
    }

    /** The method that a call of this one on an object of the class runs, or null. */
    MethodKey resolve(final String owner, final String signature) {
        Type best = null;
        for (Type type = type(owner); type != null; type = type(type.superName)) {
            if (type.methods.containsKey(signature)) {
                best = type;
                break;
            }
            if (type.superName == null) {
                break;
            }
        }
        if (best == null) {
            best = inherited(owner, signature);
        }
        return best == null
                ? null
                : new MethodKey(
                        best.name,
                        signature.substring(0, signature.indexOf('(')),
                        signature.substring(signature.indexOf('(')));
    }

    /** The interface whose default method a class inherits: the most specific one. */
    private Type inherited(final String owner, final String signature) {
        Type best = null;
        for (Type type = type(owner); type != null; type = type(type.superName)) {
            for (final String each : type.interfaces) {
                final Type parent = type(each);
                if (parent == null) {
                    continue;
                }
                final Type found =
                        parent.methods.containsKey(signature) ? parent : inherited(each, signature);
                if (found != null && (best == null || better(found, best, signature))) {
                    best = found;
                }
            }
            if (type.superName == null) {
                break;
            }
        }
        return best;
    }

    private boolean better(final Type found, final Type best, final String signature) {
        return isA(found.name, best.name)
                || best.methods.get(signature).flags().has(AccessFlag.ABSTRACT)
                        && !isA(best.name, found.name);
    }

    /** The code's model of a method that {@link #resolve} found. */
    MethodModel model(final MethodKey key) {
        return type(key.owner()).methods.get(key.signature());
    }

    /** What a method that {@link #resolve} found does. */
    MethodFacts facts(final MethodKey key) {
        MethodFacts known = facts.get(key);
        if (known == null) {
            known = scan.scan(key, type(key.owner()), model(key));
            facts.put(key, known);
        }
        return known;
    }

    /** The reason why a method is exempt, or null. */
    String exemption(final MethodKey key) {
        final String own = ownExemption(key);
        return own == null ? type(key.owner()).exemption : own;
    }

    /** The reason that stands at the method itself, or null. */
    String ownExemption(final MethodKey key) {
        return reason(model(key));
    }

    private static String reason(final AttributedElement element) {
        return element.findAttribute(Attributes.runtimeInvisibleAnnotations())
                .map(attribute -> reason(attribute.annotations()))
                .orElse(null);
    }

    private static String reason(final List<Annotation> annotations) {
        for (final Annotation annotation : annotations) {
            if (annotation.className().equalsString(EXEMPT)) {
                return ((AnnotationValue.OfString) annotation.elements().get(0).value())
                        .stringValue();
            }
        }
        return null;
    }
}
