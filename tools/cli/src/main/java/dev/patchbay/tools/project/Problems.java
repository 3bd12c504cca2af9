// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import dev.patchbay.tools.ToolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What is wrong with a project, gathered, so that its author reads all of it at once and not one error a run. */
public final class Problems {
    private final List<ToolException> found = new ArrayList<>();

    /** Nothing was found yet. */
    public Problems() {}

    /** Takes a step; where it refuses, its sentence is kept, and there is no result. */
    public <T> Optional<T> attempt(final Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (final ToolException e) {
            found.add(e);
            return Optional.empty();
        }
    }

    /** As {@link #attempt(Supplier)}, for a check without a result. */
    public void attempt(final Runnable step) {
        attempt(
                () -> {
                    step.run();
                    return true;
                });
    }

    /** {@return how many there are} */
    int count() {
        return found.size();
    }

    /** Keeps an error. */
    void add(final ToolException error) {
        found.add(error);
    }

    /**
     * Ends here if anything was found.
     *
     * @throws ToolException with a line for each error, in the order in which they were found
     */
    public void throwIfAny() {
        if (found.size() == 1) {
            throw found.get(0);
        }
        if (!found.isEmpty()) {
            final ToolException all =
                    new ToolException(
                            found.stream()
                                    .map(ToolException::getMessage)
                                    .collect(Collectors.joining("\n")));
            found.forEach(all::addSuppressed);
            throw all;
        }
    }
}
