// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.plan;

import java.nio.file.Path;

/**
 * Where measurements run.
 *
 * @param programs the folder of the compiled C and C++ contenders
 * @param memory a folder on a tmpfs for regions that two processes share
 * @param effort how long
 * @param firstProcessor the number of the processor of the thread that sends, or works alone
 * @param secondProcessor that of the thread that receives
 */
public record Workbench(
        Path programs, Path memory, Effort effort, int firstProcessor, int secondProcessor) {}
