// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.automation;

import dev.patchbay.control.json.JsonValue.Members;
import dev.patchbay.control.json.JsonWriter;
import dev.patchbay.eventqueue.automation.LaneEntry;
import dev.patchbay.layout.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The lanes of a plug-in instance, at most one for each parameter. Immutable. */
public final class Automation {
    /** Without a lane. */
    public static final Automation EMPTY = new Automation(List.of());

    private final List<AutomationLane> lanes;
    private final Members further;

    /**
     * Keeps the lanes in the order of their parameters' ids.
     *
     * @param lanes each of another parameter
     * @throws IllegalArgumentException if two are of one parameter
     */
    public Automation(final List<AutomationLane> lanes) {
        this(lanes, Members.empty());
    }

    Automation(final List<AutomationLane> lanes, final Members further) {
        this.lanes =
                lanes.stream().sorted(Comparator.comparingInt(AutomationLane::parameter)).toList();
        this.further = further;
        for (int i = 1; i < this.lanes.size(); i++) {
            if (this.lanes.get(i).parameter() == this.lanes.get(i - 1).parameter()) {
                throw new IllegalArgumentException(
                        "The parameter "
                                + this.lanes.get(i).parameter()
                                + " has two lanes, but can have one.");
            }
        }
    }

    /** {@return the lanes in the order of their parameters' ids} */
    public List<AutomationLane> lanes() {
        return lanes;
    }

    /** What a newer version has written beside the lanes. */
    Members further() {
        return further;
    }

    /**
     * {@return the lane of a parameter}
     *
     * @param parameter the parameter's id
     */
    public Optional<AutomationLane> lane(final int parameter) {
        return lanes.stream().filter(lane -> lane.parameter() == parameter).findFirst();
    }

    /**
     * {@return this automation with a lane, in the place of the one of the same parameter}
     *
     * @param lane to be added
     */
    public Automation with(final AutomationLane lane) {
        final List<AutomationLane> all = new ArrayList<>(without(lane.parameter()).lanes);
        all.add(lane);
        return new Automation(all, further);
    }

    /**
     * {@return this automation without the lane of a parameter}
     *
     * @param parameter the parameter's id
     */
    public Automation without(final int parameter) {
        return new Automation(
                lanes.stream().filter(lane -> lane.parameter() != parameter).toList(), further);
    }

    /**
     * {@return the lanes for the engine} Those that are off or empty, or whose parameter is not there or is changed by the plug-in only, are
     * left out.
     *
     * @param parameters of the plug-in, in the order of their indices
     */
    public List<LaneEntry> compile(final List<Parameter> parameters) {
        final List<LaneEntry> entries = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            final Parameter parameter = parameters.get(i);
            final AutomationLane lane = lane(parameter.id()).orElse(null);
            if (lane != null
                    && lane.on()
                    && !lane.points().isEmpty()
                    && !parameter.flags().contains(Parameter.Flag.READ_ONLY)) {
                entries.add(lane.compile(i));
            }
        }
        return entries;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Automation
                && lanes.equals(((Automation) other).lanes)
                && Arrays.equals(
                        JsonWriter.compact(further),
                        JsonWriter.compact(((Automation) other).further));
    }

    @Override
    public int hashCode() {
        return Objects.hash(lanes);
    }

    @Override
    public String toString() {
        return lanes.toString();
    }
}
