// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.ardour;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The file of a session, into which MIDI regions are put: Ardour's scripts have no call that imports a file. Musical time is written as
 * {@code bTICKS}, time on the clock as {@code aSUPERCLOCKS}.
 */
final class ArdourSession {
    private static final int TICKS_PER_QUARTER = 1920;
    private static final long SUPERCLOCKS_PER_SECOND = 282_240_000;

    private final Path folder;
    private final Path file;
    private final Document document;
    private long nextId;

    /** Reads a session that Ardour has saved. */
    ArdourSession(final Path folder, final String name) {
        this.folder = folder;
        this.file = folder.resolve(name + ".ardour");
        try {
            document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        } catch (final ParserConfigurationException | SAXException | IOException e) {
            throw new ToolException(file + " is no session of Ardour: " + e.getMessage(), e);
        }
        nextId = Long.parseLong(document.getDocumentElement().getAttribute("id-counter"));
    }

    /**
     * Puts a MIDI file at the start of each track that has nothing to play yet, and sets the session's range.
     *
     * @param midi of one track, at 120 beats a minute, as a new session has them
     * @param quarters its length
     * @param seconds the length of the session
     */
    void play(final Path midi, final int quarters, final double seconds) {
        final String source = source(midi);
        for (final Element playlist : elements("Playlist")) {
            if ("midi".equals(playlist.getAttribute("type"))
                    && playlist.getElementsByTagName("Region").getLength() == 0) {
                region(single("Regions"), source, quarters, true);
                region(playlist, source, quarters, false);
            }
        }
        if (elements("Location").isEmpty()) {
            final Element range = add(single("Locations"), "Location");
            range.setAttribute("name", "session");
            range.setAttribute("start", "a0");
            range.setAttribute("end", "a" + Math.round(seconds * SUPERCLOCKS_PER_SECOND));
            range.setAttribute("flags", "IsSessionRange");
        }
    }

    /** Writes what was changed. */
    void save() {
        document.getDocumentElement().setAttribute("id-counter", Long.toString(nextId));
        try {
            TransformerFactory.newInstance()
                    .newTransformer()
                    .transform(new DOMSource(document), new StreamResult(file.toFile()));
        } catch (final TransformerException e) {
            throw new ToolException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private String source(final Path midi) {
        final String name = midi.getFileName().toString();
        for (final Element source : elements("Source")) {
            if (name.equals(source.getAttribute("name"))) {
                return source.getAttribute("id");
            }
        }
        final Path target =
                folder.resolve("interchange")
                        .resolve(folder.getFileName())
                        .resolve("midifiles")
                        .resolve(name);
        try {
            Files.copy(midi, target);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final Element source = add(single("Sources"), "Source");
        source.setAttribute("name", name);
        source.setAttribute("type", "midi");
        source.setAttribute("flags", "");
        source.setAttribute("take-id", "");
        return source.getAttribute("id");
    }

    private void region(
            final Element parent, final String source, final int quarters, final boolean whole) {
        final Element region = add(parent, "Region");
        region.setAttribute("name", "song");
        region.setAttribute("type", "midi");
        region.setAttribute("start", "b0");
        region.setAttribute("length", "b" + quarters * TICKS_PER_QUARTER + "@b0");
        region.setAttribute("whole-file", whole ? "1" : "0");
        region.setAttribute("opaque", "1");
        region.setAttribute("stretch", "1");
        region.setAttribute("shift", "1");
        region.setAttribute("first-edit", "nothing");
        region.setAttribute("channels", "1");
        region.setAttribute("source-0", source);
        region.setAttribute("master-source-0", source);
    }

    private Element add(final Element parent, final String name) {
        final Element element = document.createElement(name);
        element.setAttribute("id", Long.toString(nextId++));
        parent.appendChild(element);
        return element;
    }

    private Element single(final String name) {
        final List<Element> found = elements(name);
        if (found.size() != 1) {
            throw new ToolException(
                    file + " has " + found.size() + " elements <" + name + ">, expected 1.");
        }
        return found.get(0);
    }

    private List<Element> elements(final String name) {
        final NodeList nodes = document.getElementsByTagName(name);
        final List<Element> found = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }
}
