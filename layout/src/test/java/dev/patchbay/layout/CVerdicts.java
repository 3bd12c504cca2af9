// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.layout.testing.CProgram;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the generated C header says of bytes: a program that answers each input with its verdict, built with sanitizers. */
final class CVerdicts implements AutoCloseable {
    private static final int NUMBERS = 2 * Integer.BYTES + 3 * Long.BYTES + Integer.BYTES;

    private final Process process;
    private final OutputStream out;
    private final DataInputStream in;

    private CVerdicts(final Process process) {
        this.process = process;
        this.out = new BufferedOutputStream(process.getOutputStream(), 1 << 16);
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
    }

    /** Builds the program in a folder and starts it. */
    static CVerdicts start(final Path folder) throws IOException, InterruptedException {
        final Path program = build(folder, "-DPB_VERDICTS");
        return new CVerdicts(
                new ProcessBuilder(program.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    /** Builds the C side with sanitizers, as the program that a macro names. */
    static Path build(final Path folder, final String macro)
            throws IOException, InterruptedException {
        Files.writeString(folder.resolve("any.h"), HeaderGenerator.generate(Small.DECLARATION));
        final Path source = folder.resolve("region_fuzzer.c");
        Files.copy(Path.of("src", "test", "fuzz", "region_fuzzer.c"), source);
        return CProgram.compile(
                source,
                "gcc",
                "-std=c11",
                "-O1",
                "-g",
                "-pthread",
                macro,
                "-fsanitize=address,undefined",
                "-fno-sanitize-recover=all");
    }

    /** The verdicts on some inputs, in their order. */
    List<Verdict> of(final List<byte[]> inputs) throws IOException, InterruptedException {
        final List<Verdict> verdicts = new ArrayList<>();
        final Thread writer = new Thread(() -> write(inputs), "inputs");
        writer.start();
        try {
            for (int i = 0; i < inputs.size(); i++) {
                verdicts.add(read());
            }
        } catch (final EOFException e) {
            throw new AssertionError(
                    "The C program ended with "
                            + process.waitFor()
                            + " at input "
                            + verdicts.size(),
                    e);
        } finally {
            writer.join();
        }
        return verdicts;
    }

    private void write(final List<byte[]> inputs) {
        try {
            final byte[] size = new byte[Integer.BYTES];
            for (final byte[] input : inputs) {
                Small.over(size).putInt(0, input.length);
                out.write(size);
                out.write(input);
            }
            // Asks for the answers.
            Small.over(size).putInt(0, -1);
            out.write(size);
            out.flush();
        } catch (final IOException e) {
            // The program has ended: whoever reads its answers says so.
            Thread.currentThread().interrupt();
        }
    }

    private Verdict read() throws IOException {
        final byte[] numbers = new byte[NUMBERS];
        in.readFully(numbers);
        final var n = Small.over(numbers);
        final int fault = n.getInt();
        final int section = n.getInt();
        final long found = n.getLong();
        final long low = n.getLong();
        final long high = n.getLong();
        final byte[] text = new byte[n.getInt()];
        in.readFully(text);
        return new Verdict(fault, section, found, low, high, new String(text, ISO_8859_1));
    }

    /** Ends the program, which must have found nothing wrong with itself. */
    @Override
    public void close() throws IOException {
        out.close();
        try {
            final int status = process.waitFor();
            if (status != 0) {
                throw new AssertionError("The C program ended with " + status + ".");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
