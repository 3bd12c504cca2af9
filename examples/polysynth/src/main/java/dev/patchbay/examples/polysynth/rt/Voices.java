// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

/**
 * Who plays which note. A note takes a free voice; where there is none, it takes the quietest of those that end, else the
 * oldest. The note that loses its voice fades out beside it within {@link EnvelopeShape#FADE_SECONDS}: for this there are
 * some more voices than notes.
 */
final class Voices {
    /** How many notes can sound. */
    static final int COUNT = 128;

    /** Where the host does not name a note. */
    static final int NO_ID = -1;

    private static final int FADING = 32;
    private static final int ALL_CHANNELS = -1;

    private final Channel[] channels;
    private final Voice[] voices = new Voice[COUNT];
    private final Voice[] fading = new Voice[FADING];
    private long order;

    Voices(final Channel[] channels) {
        this.channels = channels;
        for (int i = 0; i < COUNT; i++) {
            voices[i] = new Voice();
        }
        for (int i = 0; i < FADING; i++) {
            fading[i] = new Voice();
        }
    }

    /** The voice in this place, 0 to {@link #COUNT} − 1. */
    Voice get(final int index) {
        return voices[index];
    }

    /** A voice that lost its place and fades, 0 to {@link #fadingCount()} − 1. */
    Voice fading(final int index) {
        return fading[index];
    }

    /** The number of places for voices that fade. */
    int fadingCount() {
        return FADING;
    }

    /** Begins a note. A key that is struck again goes on with its voice, as a string does. */
    void start(
            final int channel,
            final int key,
            final int noteId,
            final double velocity,
            final double cents) {
        if (!sounds(channel)) {
            channels[channel].jump();
        }
        int place = sameString(channel, key, noteId);
        if (place < 0) {
            place = freePlace();
        }
        voices[place].start(channel, key, noteId, velocity, cents, order++);
    }

    /** Releases a note, or leaves it to the pedal. */
    void release(final int channel, final int key, final int noteId) {
        for (final Voice voice : voices) {
            if (voice.held() && is(voice, channel, key, noteId)) {
                letGo(voice);
            }
        }
    }

    /** Ends a note without its release. */
    void choke(final int channel, final int key, final int noteId) {
        for (final Voice voice : voices) {
            if (!voice.free() && is(voice, channel, key, noteId)) {
                voice.fade();
            }
        }
    }

    /** Sets the pressure on a note, 0 to 1. */
    void pressure(final int channel, final int key, final int noteId, final double value) {
        for (final Voice voice : voices) {
            if (!voice.free() && is(voice, channel, key, noteId)) {
                voice.pressure(value);
            }
        }
    }

    /** Moves a channel's sustain pedal. */
    void pedal(final int channel, final boolean down) {
        channels[channel].pedal(down);
        if (!down) {
            for (final Voice voice : voices) {
                if (voice.channel() == channel && !voice.held()) {
                    voice.release();
                }
            }
        }
    }

    /** Releases all keys of a channel; the pedal still holds its notes. */
    void releaseKeys(final int channel) {
        for (final Voice voice : voices) {
            if (voice.held() && voice.channel() == channel) {
                letGo(voice);
            }
        }
    }

    /** Releases all notes and lifts all pedals. */
    void releaseAll() {
        for (int channel = 0; channel < channels.length; channel++) {
            releaseKeys(channel);
            pedal(channel, false);
        }
    }

    /** Ends all notes of a channel without their release. */
    void silence(final int channel) {
        for (final Voice voice : voices) {
            if (voice.channel() == channel) {
                voice.fade();
            }
        }
    }

    /** Frees all voices at once. */
    void reset() {
        for (final Voice voice : voices) {
            voice.stop();
        }
        for (final Voice voice : fading) {
            voice.stop();
        }
    }

    /** Whether any voice sounds. */
    boolean sounding() {
        if (sounds(ALL_CHANNELS)) {
            return true;
        }
        for (final Voice voice : fading) {
            if (!voice.free()) {
                return true;
            }
        }
        return false;
    }

    private boolean sounds(final int channel) {
        for (final Voice voice : voices) {
            if (!voice.free() && (channel == ALL_CHANNELS || voice.channel() == channel)) {
                return true;
            }
        }
        return false;
    }

    private void letGo(final Voice voice) {
        if (channels[voice.channel()].pedal()) {
            voice.keyUp();
        } else {
            voice.release();
        }
    }

    /** Whether this is the note that the host means. A note that has an id is known by it alone. */
    private static boolean is(
            final Voice voice, final int channel, final int key, final int noteId) {
        if (noteId != NO_ID && voice.noteId() != NO_ID) {
            return voice.noteId() == noteId;
        }
        return voice.channel() == channel && voice.key() == key;
    }

    /** The place of the voice that a key struck again goes on with, or −1. Two notes with ids may sound beside each other. */
    private int sameString(final int channel, final int key, final int noteId) {
        for (int i = 0; i < COUNT; i++) {
            final Voice voice = voices[i];
            final boolean twoNotes = voice.held() && voice.noteId() != noteId && noteId != NO_ID;
            if (!voice.free()
                    && voice.stage() != Envelope.FADE
                    && voice.channel() == channel
                    && voice.key() == key
                    && !twoNotes) {
                return i;
            }
        }
        return -1;
    }

    private int freePlace() {
        int quietest = -1;
        int oldest = 0;
        for (int i = 0; i < COUNT; i++) {
            final Voice voice = voices[i];
            if (voice.free()) {
                return i;
            }
            if (voice.ending()
                    && (quietest < 0 || voice.loudness() < voices[quietest].loudness())) {
                quietest = i;
            }
            if (voice.age() < voices[oldest].age()) {
                oldest = i;
            }
        }
        final int stolen = quietest < 0 ? oldest : quietest;
        final int spare = sparePlace();
        final Voice loser = voices[stolen];
        voices[stolen] = fading[spare];
        fading[spare] = loser;
        loser.fade();
        voices[stolen].stop();
        return stolen;
    }

    /** A place for one more voice that fades; if there is none, the quietest of them, which is hardly heard any more. */
    private int sparePlace() {
        int quietest = 0;
        for (int i = 0; i < FADING; i++) {
            if (fading[i].free()) {
                return i;
            }
            if (fading[i].loudness() < fading[quietest].loudness()) {
                quietest = i;
            }
        }
        return quietest;
    }
}
