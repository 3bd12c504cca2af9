// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import dev.patchbay.control.automation.AutomationControl;
import dev.patchbay.control.automation.AutomationLane;
import dev.patchbay.control.automation.AutomationPoint;
import dev.patchbay.control.parameter.ParameterRegistry;
import dev.patchbay.layout.Parameter;

/** Edits the points of lanes as people do in user interfaces. For the control module's thread. */
final class LaneDesk {
    private final ParameterRegistry registry;
    private final AutomationControl automation;

    LaneDesk(final ParameterRegistry registry, final AutomationControl automation) {
        this.registry = registry;
        this.automation = automation;
    }

    /** Whether the event was about points. */
    boolean apply(final UiEvent event) {
        if (event instanceof UiEvent.AddPoint) {
            add((UiEvent.AddPoint) event);
        } else if (event instanceof UiEvent.MovePoint) {
            final UiEvent.MovePoint move = (UiEvent.MovePoint) event;
            final AutomationLane lane = lane(move.parameter(), move.point(), move.from());
            final double value = round(move.parameter(), move.normalized());
            automation.set(lane.move(move.point(), move.time(), value));
        } else if (event instanceof UiEvent.TypePoint) {
            final UiEvent.TypePoint type = (UiEvent.TypePoint) event;
            final AutomationLane lane = lane(type.parameter(), type.point(), type.from());
            final double value = registry.parse(type.parameter(), type.text());
            automation.set(lane.move(type.point(), type.from(), value));
        } else if (event instanceof UiEvent.RemovePoint) {
            final UiEvent.RemovePoint remove = (UiEvent.RemovePoint) event;
            automation.set(
                    lane(remove.parameter(), remove.point(), remove.from())
                            .without(remove.point()));
        } else {
            return false;
        }
        return true;
    }

    private void add(final UiEvent.AddPoint event) {
        final Parameter parameter = registry.get(event.parameter());
        if (parameter.flags().contains(Parameter.Flag.READ_ONLY)) {
            throw new IllegalArgumentException(
                    "The parameter \""
                            + parameter.symbol()
                            + "\" is read-only: it cannot be automated.");
        }
        final AutomationLane lane =
                automation
                        .lane(event.parameter())
                        .orElseGet(
                                () -> AutomationLane.empty(parameter.id(), automation.newBase()));
        final double value = round(event.parameter(), event.normalized());
        automation.set(lane.with(AutomationPoint.linear(event.time(), value)));
    }

    /** A lane is as it was seen if the point is still at its time: then it is the one that was meant. */
    private AutomationLane lane(final int parameter, final int point, final double time) {
        final AutomationLane lane = automation.lane(parameter).orElse(null);
        if (lane == null
                || point < 0
                || point >= lane.points().size()
                || lane.points().get(point).time() != time) {
            throw new IllegalArgumentException(
                    "The lane of \""
                            + registry.get(parameter).name()
                            + "\" has no point "
                            + (point + 1)
                            + " at "
                            + time
                            + " any more: choose the point again.");
        }
        return lane;
    }

    /** To the nearest step, where there are steps; a value out of its range is refused by the lane. */
    private double round(final int parameter, final double normalized) {
        final int steps = registry.get(parameter).stepCount();
        return steps > 0 ? Math.rint(normalized * steps) / steps : normalized;
    }
}
