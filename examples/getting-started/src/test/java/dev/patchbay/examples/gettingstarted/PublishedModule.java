// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.gettingstarted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * A module of this build that publishes something, as its pom tells.
 *
 * @param folder where it lies
 * @param artifact its name in a repository
 * @param version its version
 * @param packaging pom, jar or maven-plugin
 */
record PublishedModule(Path folder, String artifact, String version, String packaging) {
    static final String GROUP = "dev.patchbay";

    /** All of a build, the parents before their children. Modules that skip deployment, and those within, publish nothing. */
    static List<PublishedModule> of(final Path root) throws IOException {
        final List<PublishedModule> found = new ArrayList<>();
        collect(root, found);
        return found;
    }

    private static void collect(final Path folder, final List<PublishedModule> found)
            throws IOException {
        final Element project = pom(folder);
        if (text(project, "properties", "maven.deploy.skip").filter("true"::equals).isPresent()) {
            return;
        }
        found.add(
                new PublishedModule(
                        folder,
                        text(project, "artifactId").orElseThrow(),
                        text(project, "version")
                                .or(() -> text(project, "parent", "version"))
                                .orElseThrow(),
                        text(project, "packaging").orElse("jar")));
        final Optional<Element> modules = child(project, "modules");
        if (modules.isPresent()) {
            for (final Element module : children(modules.get(), "module")) {
                collect(folder.resolve(module.getTextContent().strip()), found);
            }
        }
    }

    boolean hasJars() {
        return !packaging.equals("pom");
    }

    /** What the build made: the jar itself for no classifier. */
    Path built(final String classifier) {
        return folder.resolve("target").resolve(fileName(classifier, "jar"));
    }

    /** The name of a file of this module in a repository. */
    String fileName(final String classifier, final String extension) {
        return artifact
                + "-"
                + version
                + (classifier.isEmpty() ? "" : "-" + classifier)
                + "."
                + extension;
    }

    /** An element of its own pom by path, not what it inherits. */
    Optional<String> ownText(final String... path) throws IOException {
        return text(pom(folder), path);
    }

    private static Element pom(final Path folder) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(folder.resolve("pom.xml").toFile())
                    .getDocumentElement();
        } catch (final SAXException | ParserConfigurationException e) {
            throw new IOException(folder + "/pom.xml cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<String> text(final Element from, final String... path) {
        Optional<Element> at = Optional.of(from);
        for (final String name : path) {
            at = at.flatMap(element -> child(element, name));
        }
        return at.map(element -> element.getTextContent().strip());
    }

    private static Optional<Element> child(final Element parent, final String name) {
        return children(parent, name).stream().findFirst();
    }

    private static List<Element> children(final Element parent, final String name) {
        final List<Element> found = new ArrayList<>();
        for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    /** The jars that a module with jars publishes; fails where the build did not make one. */
    List<String> classifiers() throws IOException {
        for (final String classifier : List.of("", "sources", "javadoc")) {
            if (!Files.isRegularFile(built(classifier))) {
                throw new IOException(
                        built(classifier)
                                + " is missing: run these tests by \"mvn verify\", which packages"
                                + " it.");
            }
        }
        return List.of("", "sources", "javadoc");
    }
}
