// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import java.util.List;

/**
 * One thing that real-time code must not do.
 *
 * @param category its kind
 * @param what what happens there, in a few words
 * @param path the calls that lead to it: first the real-time method, last the place itself
 */
public record Finding(Category category, String what, List<Step> path) {
    /** Copies the path. */
    public Finding {
        path = List.copyOf(path);
    }

    /** What an author does about it: a sentence. */
    public String remedy() {
        return category.remedy();
    }

    /** Where it is. */
    public Step place() {
        return path.get(path.size() - 1);
    }

    /** In several lines: kind and what, the path from the place outwards, the remedy. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        text.append(category).append(": ").append(what).append('\n');
        for (int i = path.size() - 1; i >= 0; i--) {
            text.append(i == path.size() - 1 ? "    at " : "    called by ");
            text.append(path.get(i)).append('\n');
        }
        return text.append("    remedy: ").append(remedy()).append('\n').toString();
    }
}
