// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import dev.patchbay.layout.Loads;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where in the code an access is made.
 *
 * @param method the method
 * @param file the source file
 * @param line the line in it
 */
record Site(String method, String file, int line) {
    private static final StackWalker STACK = StackWalker.getInstance();
    private static final String BUFFER = ModelBuffer.class.getName();

    /** What only passes an access on: the model's own classes, and the loads of a region. */
    private static final Set<String> MODEL =
            Set.of(
                    BUFFER,
                    ModelAccessors.class.getName(),
                    UnmodelledBuffer.class.getName(),
                    Machine.class.getName(),
                    Loads.class.getName());

    /** Who makes the access that is being performed, and who called that. */
    static List<Site> here() {
        return STACK.walk(
                frames ->
                        frames.dropWhile(f -> !f.getClassName().equals(BUFFER))
                                .dropWhile(f -> MODEL.contains(f.getClassName()))
                                .takeWhile(f -> !MODEL.contains(f.getClassName()))
                                .limit(2)
                                .map(Site::of)
                                .collect(Collectors.toList()));
    }

    private static Site of(final StackWalker.StackFrame frame) {
        return new Site(frame.getMethodName(), frame.getFileName(), frame.getLineNumber());
    }

    @Override
    public String toString() {
        return method + "(" + file + ":" + line + ")";
    }
}
