// SPDX-License-Identifier: Apache-2.0
/**
 * The generated header under ThreadSanitizer, AddressSanitizer and UndefinedBehaviorSanitizer: C programs that use every primitive from
 * several threads over one mapping. To add a primitive: its section to {@link dev.patchbay.stress.sanitize.StressRegion}, its scenario
 * as a C file beside the others, and the file's name to {@link dev.patchbay.stress.sanitize.Sources}.
 */
package dev.patchbay.stress.sanitize;
