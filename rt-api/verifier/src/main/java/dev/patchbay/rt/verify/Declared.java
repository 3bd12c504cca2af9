// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ParameterSource;
import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.rt.RtModule;
import dev.patchbay.tools.project.BuildFile;
import dev.patchbay.tools.project.BuildFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a module's plug-in declares.
 *
 * @param build the build file
 * @param parameters in the order of their indices
 */
record Declared(BuildFile build, List<Parameter> parameters) {
    /** For a module that has no declaration of its own. */
    private static final String STAND_IN =
            """
plugin: {name: Checked, vendor: Patchbay, version: 0.1.0, url: "", email: "", kind: effect, inputs: 2, outputs: 2}
modules:
  rt: {class: %s, gc: disabled, heap: 256m, exports: [process]}
  control: {class: not.Started, gc: normal, heap: 64m, exports: [init]}
shared_memory: {layout: standard, parameters: %s, size: 16m}
""";

    /** The parameters of a module without a declaration: one of each form. */
    public static final class StandInParameters implements ParameterSource {
        @Override
        public List<Parameter> parameters() {
            return List.of(
                    Parameter.of(1, "level", "Level").range(0, 10, 5).build(),
                    Parameter.of(2, "second", "Second").build(),
                    Parameter.of(3, "third", "Third").range(-1, 1, 0).build(),
                    Parameter.of(4, "fourth", "Fourth").build());
        }
    }

    /**
     * The declaration of a module.
     *
     * @param folder where a stand-in may be written
     */
    static Declared of(
            final Class<? extends RtModule> module, final Path declaration, final Path folder)
            throws IOException {
        final Path file =
                Files.isDirectory(declaration) ? declaration.resolve("build.yaml") : declaration;
        if (Files.exists(file)) {
            final BuildFile build = BuildFileReader.read(file);
            if (build.rt().className().text().equals(module.getName())) {
                return new Declared(build, parameters(module, build.memory().parameters().text()));
            }
        }
        final Path standIn = folder.resolve("build.yaml");
        Files.writeString(
                standIn,
                STAND_IN.formatted(
                        quoted(module.getName()), quoted(StandInParameters.class.getName())));
        return new Declared(BuildFileReader.read(standIn), new StandInParameters().parameters());
    }

    private static String quoted(final String name) {
        return "\"" + name + "\"";
    }

    private static List<Parameter> parameters(
            final Class<? extends RtModule> module, final String source) {
        try {
            return ((ParameterSource)
                            Class.forName(source, true, module.getClassLoader())
                                    .getConstructor()
                                    .newInstance())
                    .parameters();
        } catch (final ReflectiveOperationException | ClassCastException e) {
            throw new IllegalStateException(
                    "The class "
                            + source
                            + ", which build.yaml names for the parameters, cannot be used: "
                            + e
                            + ".",
                    e);
        }
    }

    /** The region's initial image. */
    RegionImage image() {
        return new PluginImage(build.counts()).parameters(parameters).image();
    }
}
