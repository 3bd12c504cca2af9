// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.uistate;

import dev.patchbay.control.parameter.ParameterRegistry;
import dev.patchbay.control.parameter.ParameterWriter;
import dev.patchbay.layout.Parameter;
import java.util.List;

/** The parameters as control has them, for a UI-state module. For the control module's thread, but for {@link #parameters}. */
public final class RegistryContext implements UiStateContext, AutoCloseable {
    /** What listeners are told of who has changed a parameter. */
    private static final String WRITER = "ui module";

    private final ParameterRegistry registry;
    private final ParameterWriter writer;

    /** Opens a writer of its own. */
    public RegistryContext(final ParameterRegistry registry) {
        this.registry = registry;
        this.writer = registry.pluginWriter(WRITER);
    }

    @Override
    public List<Parameter> parameters() {
        return registry.all();
    }

    @Override
    public double value(final int index) {
        return registry.value(index);
    }

    @Override
    public void change(final int index, final double normalized) {
        UiStateChange.check(registry.count(), index, normalized);
        writer.set(index, normalized);
    }

    /** Lets go of all parameters. */
    @Override
    public void close() {
        writer.close();
    }
}
