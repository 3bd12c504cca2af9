// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.uistate;

import dev.patchbay.layout.Parameter;
import java.util.List;

/** What a UI-state module may know and do. */
public interface UiStateContext {
    /** {@return the declared parameters, in the order of their indices} */
    List<Parameter> parameters();

    /**
     * {@return the value of a parameter now, normalized} In a process of its own it is what the sound engine plays. Any thread there.
     *
     * @param index the parameter's place in the declaration
     */
    double value(int index);

    /**
     * Changes a parameter as a person does: host, sound and listeners are told. In a process of its own it takes effect when control has come
     * to it. Any thread there.
     *
     * @param index the parameter's place in the declaration
     * @param normalized 0 to 1
     * @throws IllegalArgumentException if there is no such parameter, or the value is none from 0 to 1; nothing is changed then
     */
    void change(int index, double normalized);
}
