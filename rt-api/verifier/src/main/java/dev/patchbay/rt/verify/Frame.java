// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A method on a path of calls.
 *
 * @param caller the frame that called it; null at the path's start
 * @param callLine the line in the caller's source
 * @param method the method
 */
record Frame(Frame caller, int callLine, MethodFacts method) {
    /** The steps from the path's start to a line of this frame's method. */
    List<Step> path(final int line) {
        final List<Step> steps = new ArrayList<>();
        int at = line;
        for (Frame frame = this; frame != null; frame = frame.caller) {
            steps.add(frame.step(at < 0 ? frame.method.line() : at));
            at = frame.callLine;
        }
        Collections.reverse(steps);
        return steps;
    }

    private Step step(final int line) {
        return new Step(
                method.key().owner().replace('/', '.'), method.key().name(), method.file(), line);
    }
}
