// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

/**
 * One place on a call path.
 *
 * @param className the class's binary name
 * @param method the method's name
 * @param file the source file's simple name; "Unknown Source" where the class does not say
 * @param line the line of the call, or of what was found; −1 where the class does not say
 */
public record Step(String className, String method, String file, int line) {
    /** In the form of a stack trace, which editors turn into a link. */
    @Override
    public String toString() {
        return className + "." + method + "(" + file + (line < 0 ? "" : ":" + line) + ")";
    }
}
