// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Where and how long a unit runs.
 *
 * @param plan what the user asked for
 * @param folder an empty folder of the unit's own; what it leaves there stays with the report
 * @param budget the time that an elastic unit may take
 * @param progress takes a short line that says how far it is, as often as wanted
 */
public record Context(Plan plan, Path folder, Duration budget, Consumer<String> progress) {}
