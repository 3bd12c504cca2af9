// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the pictures of docs/panel.md while the demo's piece plays:
 *
 * <pre>
 *     mvn verify -pl examples/polysynth -Dit.test=PanelPicturesIT -Dtest=None
 *             -Dsurefire.failIfNoSpecifiedTests=false -Dpatchbay.pictures=true
 * </pre>
 */
class PanelPicturesIT {
    private static final Path PICTURES = Path.of("../../docs/panel");

    @TempDir private Path folder;

    @Test
    void picturesAreMade() throws Exception {
        assumeTrue(
                Boolean.getBoolean("patchbay.pictures"),
                "The pictures of the panel are made with -Dpatchbay.pictures=true.");
        Files.createDirectories(PICTURES);
        final Path sockets = folder.resolve("sockets");
        try (Browser page = new Browser(folder.resolve("browser"), 1320, 1010);
                HostRun run =
                        HostRun.start(
                                folder,
                                HostRun.BUNDLE,
                                Map.of(
                                        "PATCHBAY_RUNTIME_DIR",
                                        sockets.toString(),
                                        "XDG_DATA_HOME",
                                        folder.resolve("data").toString()),
                                "--midi",
                                Path.of("demo.mid").toAbsolutePath().toString(),
                                "--block",
                                "2048",
                                "--realtime",
                                "--fifo",
                                "10");
                LiveRegion live = LiveRegion.of(run)) {
            LiveRegion.await("music", () -> live.counter("bridge_counters", "blocks") > 100);
            page.open(address(sockets));
            page.run("localStorage.setItem('theme', 'dark')");
            page.open(address(sockets));
            awaitSound(page);
            page.click("#next");
            page.await(
                    "a preset",
                    "return document.getElementById('preset-name').textContent"
                            + " !== 'No preset'");
            picture(page, "panel.png");
            page.click("#browse");
            page.type("#search", "warm");
            picture(page, "presets.png");
            page.click("#browser .close");
            page.click("#learn");
            page.click("[data-symbol=filter_cutoff] .knob");
            page.await(
                    "what is learned",
                    "return document.querySelector('.badge:not([hidden])') !== null");
            picture(page, "learn.png");
            page.click("#learn");
            page.click("#theme");
            awaitSound(page);
            picture(page, "light.png");
        }
    }

    private static void awaitSound(final Browser page) throws Exception {
        page.await("voices", "return document.querySelectorAll('.voice[data-stage]').length > 3");
    }

    private static String address(final Path sockets) throws Exception {
        final Path socket;
        try (Stream<Path> files = Files.list(sockets)) {
            socket = files.filter(f -> f.toString().endsWith(".panel")).findFirst().orElseThrow();
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new String(Channels.newInputStream(channel).readAllBytes()).strip();
        }
    }

    /** As small as a PNG can be: a browser writes them fast and large. */
    private void picture(final Browser page, final String name) throws Exception {
        final Path taken = folder.resolve(name);
        page.picture(taken);
        final BufferedImage from = ImageIO.read(taken.toFile());
        final BufferedImage image =
                new BufferedImage(from.getWidth(), from.getHeight(), BufferedImage.TYPE_INT_RGB);
        image.createGraphics().drawImage(from, 0, 0, null);
        final ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        final ImageWriteParam smallest = writer.getDefaultWriteParam();
        smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        smallest.setCompressionQuality(0);
        final File file = PICTURES.resolve(name).toFile();
        Files.deleteIfExists(file.toPath());
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, List.of(), null), smallest);
        } finally {
            writer.dispose();
        }
    }
}
