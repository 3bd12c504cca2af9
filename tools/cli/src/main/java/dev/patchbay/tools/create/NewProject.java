// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.create;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.bundle.ToolVersion;
import dev.patchbay.tools.files.NewFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/** A plug-in's project: what a learner reads first, and what builds, is tested and makes a bundle as it stands. */
public final class NewProject {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,39}");
    private static final Pattern VENDOR = Pattern.compile("[^\"\\\\\\p{Cntrl}]{1,63}");
    private static final Pattern PLACE = Pattern.compile("@([A-Z_]+)@");

    /** The line by which the templates' own licence is known; what is made of them is its author's. */
    private static final String LICENCE = "SPDX-License-Identifier";

    private final Path folder;
    private final Kind kind;
    private final String packageName;
    private final String className;
    private final Map<String, String> values = new LinkedHashMap<>();

    /** What the plug-in does. */
    public enum Kind {
        /** Makes sound from notes. */
        INSTRUMENT,
        /** Makes sound from sound. */
        EFFECT
    }

    /**
     * Prepares a project.
     *
     * @param folder the folder to be made; its name is the plug-in's
     * @param kind what the plug-in does
     * @param packageName the package of its classes; empty for one below {@code org.example}
     * @param vendor who makes it
     * @throws ToolException if one of these cannot be
     */
    public NewProject(
            final Path folder,
            final Kind kind,
            final Optional<String> packageName,
            final String vendor) {
        this.folder = folder.toAbsolutePath().normalize();
        this.kind = kind;
        final String name =
                checkedName(
                        Optional.ofNullable(this.folder.getFileName())
                                .map(Path::toString)
                                .orElse(""));
        this.packageName =
                packageName
                        .map(NewProject::checkedPackage)
                        .orElseGet(
                                () ->
                                        checkedPackage(
                                                "org.example." + name.toLowerCase(Locale.ROOT)));
        this.className = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        if (!VENDOR.matcher(vendor).matches()) {
            throw new ToolException(
                    "The vendor is \""
                            + vendor.replaceAll("\\p{Cntrl}", "?")
                            + "\", expected a name of 1 to 63 characters without quotes and"
                            + " backslashes: give one with --vendor.");
        }
        describe(name, vendor);
    }

    private static String checkedName(final String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ToolException(
                    "The name is \""
                            + name
                            + "\", expected a letter and then up to 39 letters and digits, such as"
                            + " Tone: it becomes the name of a folder, of classes and of the"
                            + " plug-in, whose name build.yaml can change later.");
        }
        return name;
    }

    private static String checkedPackage(final String name) {
        if (!SourceVersion.isName(name) || !name.equals(name.toLowerCase(Locale.ROOT))) {
            throw new ToolException(
                    "The package is \""
                            + name
                            + "\", expected one in lower case in which no part is a word of the"
                            + " language, such as org.example.tone: give one with --package.");
        }
        return name;
    }

    private void describe(final String name, final String vendor) {
        final boolean instrument = kind == Kind.INSTRUMENT;
        values.put("NAME", name);
        values.put("CLASS", className);
        values.put("PACKAGE", packageName);
        values.put("FOLDER", packageName.replace('.', '/'));
        values.put("ARTIFACT", name.toLowerCase(Locale.ROOT));
        values.put("VENDOR", vendor);
        values.put("UID", HexFormat.of().withUpperCase().formatHex(randomId()));
        values.put("PATCHBAY", ToolVersion.get());
        values.put("KIND", kind.name().toLowerCase(Locale.ROOT));
        values.put("CHANNELS", instrument ? "  outputs: 2" : "  inputs: 2\n  outputs: 2");
        values.put(
                "RT_EXPORTS",
                instrument
                        ? "[init, handleEvent, process, reset, tailFrames]"
                        : "[init, process, reset, tailFrames]");
        values.put(
                "IDS",
                instrument
                        ? "\"1 volume\", \"2 brightness\", \"3 attack\", \"4 release\""
                        : "\"1 time\", \"2 feedback\", \"3 mix\"");
        values.put(
                "ABOUT",
                instrument
                        ? "A small polyphonic instrument"
                        : "An echo, as an example of an effect");
        values.put("PART", instrument ? "Voice" : "DelayLine");
        values.put(
                "LISTEN",
                instrument
                        ? listen(name)
                        : "An effect is heard on a track: install it, and let the host scan.");
    }

    private static String listen(final String name) {
        return "To hear it without a host, in a clone of Patchbay:\n\n"
                + "```\n"
                + "./patchbay host render --plugin PATH/target/"
                + name
                + ".vst3 --midi examples/polysynth/demo.mid --out sound.wav\n```";
    }

    private static byte[] randomId() {
        final UUID id = UUID.randomUUID();
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** The files to be made, by their templates. */
    private Map<String, String> files() {
        final String main = "src/main/java/" + packageName.replace('.', '/') + "/";
        final String test = "src/test/java/" + packageName.replace('.', '/') + "/";
        final String own = kind.name().toLowerCase(Locale.ROOT) + "/";
        final String part = values.get("PART");
        final Map<String, String> files = new LinkedHashMap<>();
        files.put("README.md", "README.md");
        files.put("build.yaml", "build.yaml");
        files.put("pom.xml", "pom.xml");
        files.put("gitignore", ".gitignore");
        files.put(own + "Parameters.java", main + "shared/" + className + "Parameters.java");
        files.put(own + "Rt.java", main + "rt/" + className + "Rt.java");
        files.put(own + part + ".java", main + "rt/" + part + ".java");
        files.put("Control.java", main + "control/" + className + "Control.java");
        files.put("ParametersTest.java", test + "shared/" + className + "ParametersTest.java");
        files.put("RtTest.java", test + "rt/" + className + "RtTest.java");
        files.put(own + part + "Test.java", test + "rt/" + part + "Test.java");
        files.put("ControlTest.java", test + "control/" + className + "ControlTest.java");
        return files;
    }

    /**
     * Makes the project, whole or not at all.
     *
     * @param repository where Patchbay itself lies, if that is known: no project is made in there
     * @return its folder
     * @throws ToolException if its place cannot be, or it cannot be written
     */
    public Path write(final Optional<Path> repository) {
        checkPlace(repository.map(path -> path.toAbsolutePath().normalize()));
        try (NewFolder project = new NewFolder(folder)) {
            for (final var file : files().entrySet()) {
                final Path path = project.path().resolve(file.getValue());
                Files.createDirectories(path.getParent());
                Files.writeString(path, filled(template(file.getKey())));
            }
            project.complete();
        } catch (final IOException e) {
            throw new ToolException("The project " + folder + " cannot be made: " + e + ".", e);
        }
        return folder;
    }

    private void checkPlace(final Optional<Path> repository) {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new ToolException(
                    folder + " exists already, expected a name that is free: nothing was changed.");
        }
        final Path parent = folder.getParent();
        if (!Files.isDirectory(parent)) {
            throw new ToolException(
                    parent
                            + " is no folder, expected one in which the project is made: make it"
                            + " first.");
        }
        if (repository.isPresent() && folder.startsWith(repository.get())) {
            throw new ToolException(
                    folder
                            + " lies in Patchbay's own repository, whose build would take the"
                            + " project for a part of it: give a place outside, such as "
                            + repository.get().resolveSibling(folder.getFileName())
                            + ".");
        }
    }

    private static String template(final String name) {
        try (InputStream in = NewProject.class.getResourceAsStream(name + ".template")) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.contains(LICENCE))
                    .collect(Collectors.joining("\n", "", "\n"));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String filled(final String template) {
        return PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(value(place.group(1))));
    }

    private String value(final String name) {
        return Optional.ofNullable(values.get(name))
                .orElseThrow(() -> new IllegalStateException("No value is known for " + name));
    }
}
