// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AtomicBuffer;

/** Refuses every method that the model has no meaning for, so that nothing is silently left out of a proof. */
abstract class UnmodelledBuffer implements AtomicBuffer {
    private static UnsupportedOperationException refused(final String method) {
        return new UnsupportedOperationException(
                "AtomicBuffer." + method + " is not modelled: see ModelBuffer for what is.");
    }

    @Override
    public int putIntAscii(final int a0, final int a1) {
        throw refused("putIntAscii(int, int)");
    }

    @Override
    public int putNaturalIntAscii(final int a0, final int a1) {
        throw refused("putNaturalIntAscii(int, int)");
    }

    @Override
    public void putNaturalPaddedIntAscii(final int a0, final int a1, final int a2) {
        throw refused("putNaturalPaddedIntAscii(int, int, int)");
    }

    @Override
    public int putNaturalIntAsciiFromEnd(final int a0, final int a1) {
        throw refused("putNaturalIntAsciiFromEnd(int, int)");
    }

    @Override
    public int putNaturalLongAscii(final int a0, final long a1) {
        throw refused("putNaturalLongAscii(int, long)");
    }

    @Override
    public int putLongAscii(final int a0, final long a1) {
        throw refused("putLongAscii(int, long)");
    }

    @Override
    public void putDouble(final int a0, final double a1, final ByteOrder a2) {
        throw refused("putDouble(int, double, ByteOrder)");
    }

    @Override
    public void putFloat(final int a0, final float a1, final ByteOrder a2) {
        throw refused("putFloat(int, float, ByteOrder)");
    }

    @Override
    public void putShort(final int a0, final short a1, final ByteOrder a2) {
        throw refused("putShort(int, short, ByteOrder)");
    }

    @Override
    public void putChar(final int a0, final char a1, final ByteOrder a2) {
        throw refused("putChar(int, char, ByteOrder)");
    }

    @Override
    public void putBytes(final int a0, final ByteBuffer a1, final int a2) {
        throw refused("putBytes(int, ByteBuffer, int)");
    }

    @Override
    public void putBytes(final int a0, final ByteBuffer a1, final int a2, final int a3) {
        throw refused("putBytes(int, ByteBuffer, int, int)");
    }

    @Override
    public void putBytes(final int a0, final DirectBuffer a1, final int a2, final int a3) {
        throw refused("putBytes(int, DirectBuffer, int, int)");
    }

    @Override
    public int putStringAscii(final int a0, final String a1) {
        throw refused("putStringAscii(int, String)");
    }

    @Override
    public int putStringAscii(final int a0, final CharSequence a1) {
        throw refused("putStringAscii(int, CharSequence)");
    }

    @Override
    public int putStringAscii(final int a0, final String a1, final ByteOrder a2) {
        throw refused("putStringAscii(int, String, ByteOrder)");
    }

    @Override
    public int putStringAscii(final int a0, final CharSequence a1, final ByteOrder a2) {
        throw refused("putStringAscii(int, CharSequence, ByteOrder)");
    }

    @Override
    public int putStringWithoutLengthAscii(final int a0, final String a1) {
        throw refused("putStringWithoutLengthAscii(int, String)");
    }

    @Override
    public int putStringWithoutLengthAscii(final int a0, final CharSequence a1) {
        throw refused("putStringWithoutLengthAscii(int, CharSequence)");
    }

    @Override
    public int putStringWithoutLengthAscii(
            final int a0, final String a1, final int a2, final int a3) {
        throw refused("putStringWithoutLengthAscii(int, String, int, int)");
    }

    @Override
    public int putStringWithoutLengthAscii(
            final int a0, final CharSequence a1, final int a2, final int a3) {
        throw refused("putStringWithoutLengthAscii(int, CharSequence, int, int)");
    }

    @Override
    public int putStringUtf8(final int a0, final String a1) {
        throw refused("putStringUtf8(int, String)");
    }

    @Override
    public int putStringUtf8(final int a0, final String a1, final ByteOrder a2) {
        throw refused("putStringUtf8(int, String, ByteOrder)");
    }

    @Override
    public int putStringUtf8(final int a0, final String a1, final int a2) {
        throw refused("putStringUtf8(int, String, int)");
    }

    @Override
    public int putStringUtf8(final int a0, final String a1, final ByteOrder a2, final int a3) {
        throw refused("putStringUtf8(int, String, ByteOrder, int)");
    }

    @Override
    public int putStringWithoutLengthUtf8(final int a0, final String a1) {
        throw refused("putStringWithoutLengthUtf8(int, String)");
    }

    @Override
    public void wrap(final byte[] a0) {
        throw refused("wrap(byte[])");
    }

    @Override
    public void wrap(final byte[] a0, final int a1, final int a2) {
        throw refused("wrap(byte[], int, int)");
    }

    @Override
    public void wrap(final ByteBuffer a0) {
        throw refused("wrap(ByteBuffer)");
    }

    @Override
    public void wrap(final ByteBuffer a0, final int a1, final int a2) {
        throw refused("wrap(ByteBuffer, int, int)");
    }

    @Override
    public void wrap(final DirectBuffer a0) {
        throw refused("wrap(DirectBuffer)");
    }

    @Override
    public void wrap(final DirectBuffer a0, final int a1, final int a2) {
        throw refused("wrap(DirectBuffer, int, int)");
    }

    @Override
    public void wrap(final long a0, final int a1) {
        throw refused("wrap(long, int)");
    }

    @Override
    public long addressOffset() {
        throw refused("addressOffset()");
    }

    @Override
    public byte[] byteArray() {
        throw refused("byteArray()");
    }

    @Override
    public ByteBuffer byteBuffer() {
        throw refused("byteBuffer()");
    }

    @Override
    public int parseNaturalIntAscii(final int a0, final int a1) {
        throw refused("parseNaturalIntAscii(int, int)");
    }

    @Override
    public long parseNaturalLongAscii(final int a0, final int a1) {
        throw refused("parseNaturalLongAscii(int, int)");
    }

    @Override
    public int parseIntAscii(final int a0, final int a1) {
        throw refused("parseIntAscii(int, int)");
    }

    @Override
    public long parseLongAscii(final int a0, final int a1) {
        throw refused("parseLongAscii(int, int)");
    }

    @Override
    public double getDouble(final int a0, final ByteOrder a1) {
        throw refused("getDouble(int, ByteOrder)");
    }

    @Override
    public float getFloat(final int a0, final ByteOrder a1) {
        throw refused("getFloat(int, ByteOrder)");
    }

    @Override
    public short getShort(final int a0, final ByteOrder a1) {
        throw refused("getShort(int, ByteOrder)");
    }

    @Override
    public char getChar(final int a0, final ByteOrder a1) {
        throw refused("getChar(int, ByteOrder)");
    }

    @Override
    public void getBytes(final int a0, final MutableDirectBuffer a1, final int a2, final int a3) {
        throw refused("getBytes(int, MutableDirectBuffer, int, int)");
    }

    @Override
    public void getBytes(final int a0, final ByteBuffer a1, final int a2) {
        throw refused("getBytes(int, ByteBuffer, int)");
    }

    @Override
    public void getBytes(final int a0, final ByteBuffer a1, final int a2, final int a3) {
        throw refused("getBytes(int, ByteBuffer, int, int)");
    }

    @Override
    public String getStringAscii(final int a0) {
        throw refused("getStringAscii(int)");
    }

    @Override
    public int getStringAscii(final int a0, final Appendable a1) {
        throw refused("getStringAscii(int, Appendable)");
    }

    @Override
    public String getStringAscii(final int a0, final ByteOrder a1) {
        throw refused("getStringAscii(int, ByteOrder)");
    }

    @Override
    public int getStringAscii(final int a0, final Appendable a1, final ByteOrder a2) {
        throw refused("getStringAscii(int, Appendable, ByteOrder)");
    }

    @Override
    public String getStringAscii(final int a0, final int a1) {
        throw refused("getStringAscii(int, int)");
    }

    @Override
    public int getStringAscii(final int a0, final int a1, final Appendable a2) {
        throw refused("getStringAscii(int, int, Appendable)");
    }

    @Override
    public String getStringWithoutLengthAscii(final int a0, final int a1) {
        throw refused("getStringWithoutLengthAscii(int, int)");
    }

    @Override
    public int getStringWithoutLengthAscii(final int a0, final int a1, final Appendable a2) {
        throw refused("getStringWithoutLengthAscii(int, int, Appendable)");
    }

    @Override
    public String getStringUtf8(final int a0) {
        throw refused("getStringUtf8(int)");
    }

    @Override
    public String getStringUtf8(final int a0, final ByteOrder a1) {
        throw refused("getStringUtf8(int, ByteOrder)");
    }

    @Override
    public String getStringUtf8(final int a0, final int a1) {
        throw refused("getStringUtf8(int, int)");
    }

    @Override
    public String getStringWithoutLengthUtf8(final int a0, final int a1) {
        throw refused("getStringWithoutLengthUtf8(int, int)");
    }

    @Override
    public int wrapAdjustment() {
        throw refused("wrapAdjustment()");
    }

    @Override
    public int compareTo(final DirectBuffer other) {
        throw refused("compareTo(DirectBuffer)");
    }
}
