// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.report;

import dev.patchbay.tools.ToolException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The outline of a sound: for each of a number of columns and each channel, the least and the greatest sample. Reads WAV and
 * RF64 files of 32-bit floats.
 */
public final class Wave {
    private static final int RIFF = 0x46464952;
    private static final int RF64 = 0x34364652;
    private static final int WAVE = 0x45564157;
    private static final int DS64 = 0x34367364;
    private static final int FORMAT = 0x20746d66;
    private static final int DATA = 0x61746164;
    private static final int IEEE_FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;

    private final Path file;
    private final int wantedColumns;
    private int channels;
    private double rate;
    private long frames;
    private float[][] low;
    private float[][] high;

    private Wave(final Path file, final int columns) {
        this.file = file;
        this.wantedColumns = columns;
    }

    /**
     * Reads a file once, from start to end.
     *
     * @throws ToolException if it is no such file, or ends before it should
     */
    public static Wave read(final Path file, final int columns) {
        final Wave wave = new Wave(file, columns);
        try (InputStream in = Files.newInputStream(file);
                DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16))) {
            wave.readChunks(data);
        } catch (final EOFException e) {
            throw new ToolException(
                    "The sound " + file + " ends before its data, expected a complete WAV file.",
                    e);
        } catch (final IOException e) {
            throw new ToolException("The sound " + file + " cannot be read: " + e + ".", e);
        }
        return wave;
    }

    private void readChunks(final DataInputStream in) throws IOException {
        final int form = int32(in);
        int32(in);
        if (form != RIFF && form != RF64 || int32(in) != WAVE) {
            throw refuse("no RIFF or RF64 header");
        }
        long dataBytes = -1;
        while (true) {
            final int id = int32(in);
            final long length = Integer.toUnsignedLong(int32(in));
            switch (id) {
                case DS64 -> {
                    in.skipNBytes(8);
                    dataBytes = Long.reverseBytes(in.readLong());
                    in.skipNBytes(length - 16);
                }
                case FORMAT -> readFormat(in, length);
                case DATA -> {
                    if (channels == 0) {
                        throw refuse("data before its format");
                    }
                    readData(in, form == RF64 && length == 0xFFFFFFFFL ? dataBytes : length);
                    return;
                }
                default -> in.skipNBytes(length + (length & 1));
            }
        }
    }

    private void readFormat(final DataInputStream in, final long length) throws IOException {
        final byte[] bytes = new byte[(int) Math.min(length, 64)];
        in.readFully(bytes);
        in.skipNBytes(length - bytes.length);
        final ByteBuffer format = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final int tag = Short.toUnsignedInt(format.getShort(0));
        final int code =
                tag == EXTENSIBLE && bytes.length >= 26
                        ? Short.toUnsignedInt(format.getShort(24))
                        : tag;
        channels = Short.toUnsignedInt(format.getShort(2));
        rate = format.getInt(4);
        if (code != IEEE_FLOAT || format.getShort(14) != Float.SIZE || channels == 0) {
            throw refuse(
                    "format "
                            + code
                            + " with "
                            + format.getShort(14)
                            + " bits and "
                            + channels
                            + " channels");
        }
    }

    private void readData(final DataInputStream in, final long bytes) throws IOException {
        frames = bytes / (Float.BYTES * (long) channels);
        final int columns = (int) Math.max(1, Math.min(wantedColumns, frames));
        low = new float[channels][columns];
        high = new float[channels][columns];
        final ByteBuffer frame =
                ByteBuffer.allocate(Float.BYTES * channels).order(ByteOrder.LITTLE_ENDIAN);
        int previous = -1;
        for (long i = 0; i < frames; i++) {
            in.readFully(frame.array());
            final int column = (int) (i * columns / frames);
            for (int c = 0; c < channels; c++) {
                final float sample = frame.getFloat(c * Float.BYTES);
                low[c][column] = column == previous ? Math.min(low[c][column], sample) : sample;
                high[c][column] = column == previous ? Math.max(high[c][column], sample) : sample;
            }
            previous = column;
        }
    }

    private static int int32(final DataInputStream in) throws IOException {
        return Integer.reverseBytes(in.readInt());
    }

    private ToolException refuse(final String found) {
        return new ToolException(
                "The sound " + file + " has " + found + ", expected a WAV file of 32-bit floats.");
    }

    /** The number of channels. */
    public int channels() {
        return channels;
    }

    /** How many frames the file has. */
    public long frames() {
        return frames;
    }

    /** The number of columns: as asked for, or as many as there are frames. */
    public int columns() {
        return low[0].length;
    }

    /** How long it lasts. */
    public double seconds() {
        return frames / rate;
    }

    /** The least sample of a column. */
    public float low(final int channel, final int column) {
        return low[channel][column];
    }

    /** The greatest sample of a column. */
    public float high(final int channel, final int column) {
        return high[channel][column];
    }
}
