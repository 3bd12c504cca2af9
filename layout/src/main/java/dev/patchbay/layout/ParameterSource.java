// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.List;

/**
 * Names the parameters of a plug-in. {@code build.yaml} names a class that implements this and has a public constructor
 * without arguments; the build calls it once to write the region's image.
 */
@FunctionalInterface
public interface ParameterSource {
    /** {@return the parameters in the order of their indices} */
    List<Parameter> parameters();
}
