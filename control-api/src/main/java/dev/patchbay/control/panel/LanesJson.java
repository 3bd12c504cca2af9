// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

import dev.patchbay.control.automation.AutomationLane;
import dev.patchbay.control.automation.AutomationMode;
import dev.patchbay.control.automation.AutomationPoint;
import dev.patchbay.control.json.JsonValue;
import dev.patchbay.control.json.JsonValue.Array;
import dev.patchbay.control.json.JsonValue.Members;
import dev.patchbay.control.json.JsonValue.Number;
import dev.patchbay.control.json.JsonValue.Text;
import dev.patchbay.control.ui.UiAutomation;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ParameterText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Automation for a page: modes and recordings by the parameter's index, and each lane as a curve of so many values, however many points it has. */
final class LanesJson {
    /** More than the page has pixels for it. */
    private static final int VALUES = 256;

    /** A lane of more points is shown and not edited: nobody hits one of them. */
    static final int MOST_EDITED = 500;

    /** How long a lane is shown whose points all lie at its start, in its own units. */
    private static final double LEAST_LENGTH = 1;

    private LanesJson() {}

    static JsonValue of(final UiAutomation shown, final List<Parameter> parameters) {
        final List<JsonValue> lanes = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            final int index = i;
            shown.automation()
                    .lane(parameters.get(i).id())
                    .ifPresent(lane -> lanes.add(lane(index, parameters.get(index), lane)));
        }
        return Members.empty()
                .with("modes", FrameJson.list(shown.modes(), mode -> Text.of(name(mode))))
                .with("recording", FrameJson.list(shown.recording(), PluginJson::word))
                .with("lanes", Array.of(lanes));
    }

    /** What a page calls a mode. */
    static String name(final AutomationMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private static JsonValue lane(
            final int index, final Parameter parameter, final AutomationLane lane) {
        final int count = lane.points().size();
        final double first = count == 0 ? 0 : Math.min(0, lane.points().get(0).time());
        final double last = count == 0 ? 0 : lane.points().get(count - 1).time();
        final double from = lane.loop() > 0 ? 0 : first;
        final double to = lane.loop() > 0 ? lane.loop() : Math.max(last, from + LEAST_LENGTH);
        final List<JsonValue> values = new ArrayList<>();
        for (int i = 0; count > 0 && i < VALUES; i++) {
            values.add(FrameJson.fine(lane.value(from + (to - from) * i / VALUES)));
        }
        return Members.empty()
                .with("parameter", Number.of(index))
                .with("base", Text.of(lane.base().name().toLowerCase(Locale.ROOT)))
                .with("from", FrameJson.fine(from))
                .with("to", FrameJson.fine(to))
                .with("loop", PluginJson.word(lane.loop() > 0))
                .with("points", Number.of(count))
                .with("values", Array.of(values))
                .with(
                        "edit",
                        FrameJson.list(
                                count > MOST_EDITED ? List.of() : lane.points(),
                                point -> point(parameter, point)));
    }

    /** Exact, since a page names a point by its time. */
    private static JsonValue point(final Parameter parameter, final AutomationPoint point) {
        return Array.of(
                List.of(
                        Number.of(point.time()),
                        Number.of(point.value()),
                        Text.of(ParameterText.formatWithUnit(parameter, point.value())),
                        Text.of(point.shape().name().toLowerCase(Locale.ROOT))));
    }
}
