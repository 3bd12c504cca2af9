// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.layout.Loads;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.SectionEntry;
import java.util.List;

/**
 * What an {@link RtModule} may know and write. Valid from {@link RtModule#init} to the end of {@link RtModule#close}; for the thread
 * that calls the module, where nothing else is said.
 */
public interface RtContext {
    /** The sample rate in Hz, above 0. Any thread, real-time safe. */
    double sampleRate();

    /** The most frames that one {@link RtModule#process} call renders. Any thread, real-time safe. */
    int maxFrames();

    /** The number of input channels; 0 for an instrument. Any thread, real-time safe. */
    int inputChannels();

    /** The number of output channels. Any thread, real-time safe. */
    int outputChannels();

    /**
     * The input buses, in the order in which the host counts them; unmodifiable. Where the host chooses other arrangements, or activates
     * other buses, there is a new module. Not real-time safe: iterating allocates.
     */
    List<Bus> inputBuses();

    /** The output buses; as {@link #inputBuses()}. */
    List<Bus> outputBuses();

    /** Plays events to the host, where the build declares an event output; else nobody hears them. The same object each time. */
    HostEvents hostEvents();

    /** The declared parameters, in the order of their indices; unmodifiable. Not real-time safe: iterating allocates. */
    List<Parameter> parameters();

    /**
     * Finds a parameter by its symbol. Not real-time safe: look indices up in {@link RtModule#init}.
     *
     * @param symbol as declared
     * @return its index, for {@link ParameterValues}
     * @throws IllegalArgumentException if no parameter has this symbol; the message lists those that there are
     */
    int parameterIndex(String symbol);

    /**
     * Finds a parameter by its id, which hosts store automation by. Not real-time safe.
     *
     * @param id as declared
     * @return its index, for {@link ParameterValues}
     * @throws IllegalArgumentException if no parameter has this id
     */
    int parameterIndex(int id);

    /**
     * The sections of the plug-in's region by name, unmodifiable: those of {@link dev.patchbay.layout.StandardRegion}, and what a
     * newer bridge has added. Not real-time safe.
     */
    List<SectionEntry> sections();

    /**
     * Finds a section of the region by its name. Not real-time safe.
     *
     * @param name such as {@link dev.patchbay.layout.StandardRegion#OUTPUT_LEVELS}
     * @return where it lies and how it is laid out
     * @throws IllegalArgumentException if there is none of this name
     */
    SectionEntry section(String name);

    /**
     * Loads from the region, for the library's readers: {@code MeterReader.over(context.loads(), context.section(name))}. It has no
     * stores: each cell of the region has one writer, and those of this role are written by the methods below. Any thread, real-time
     * safe but for its texts and byte arrays; ends with {@link RtModule#close}.
     */
    Loads loads();

    /** What a module has to say to people, from the real-time methods, too. The same object each time. */
    RtLogger logger();

    /** The number of cells for voices. Any thread, real-time safe. */
    int voiceCount();

    /**
     * Publishes what a voice does, for control and UI. Real-time safe.
     *
     * @param voice 0 to {@link #voiceCount()} − 1
     * @param state 0 for a free voice; else a word packed by {@link dev.patchbay.atomics.VoiceStates#pack}, which tools can show
     */
    void voiceState(int voice, int state);

    /**
     * Publishes a voice's level, for the UI. It holds from the block in which it is set until it is set again, and is 0 until it
     * is set for the first time; readers get the highest one of each window of 10 ms. Real-time safe.
     *
     * @param voice 0 to {@link #voiceCount()} − 1
     * @param peak linear, 1 at full scale, of which the absolute value counts; one that is not finite counts as 0
     */
    void voiceLevel(int voice, float peak);

    /**
     * Starts a thread beside the one that renders, for what takes longer than a block: reading samples from a disk, computing a
     * table. The rules:
     *
     * <ul>
     *   <li>It is started in {@link RtModule#init} or {@link RtModule#activate}, and never under real-time conditions.
     *   <li>The rendering thread never waits for it: no lock, no queue that blocks, no spinning until it has answered. What passes
     *       between the two passes through memory of the module's own, by the library's wait-free primitives over it ({@link
     *       dev.patchbay.atomics.TripleBuffer}, {@link dev.patchbay.eventqueue.RingWriter}, ...) or by volatile fields.
     *   <li>It waits by sleeping or parking, for no one wakes it from {@code process}: that would be a system call.
     *   <li>It may allocate, but nothing is ever freed here: its garbage counts against the process's heap, and a helper that allocates
     *       without end ends the sound. It reuses what it has.
     *   <li>It runs without real-time priority, whatever the rendering thread has.
     *   <li>It is interrupted when {@link RtModule#close} has returned, and then has 1 s to return; one that does not is named in the
     *       process's log and left behind. What it throws is logged there, and the sound goes on.
     *   <li>It writes no voice state or level and no message by {@link #logger()}: these have one writer. Its words go to
     *       {@code System.err}, which is the process's log.
     * </ul>
     *
     * @param name of the thread, for people
     * @param task what it does; returns, at the latest when it is interrupted
     * @throws IllegalStateException outside of {@link RtModule#init} and {@link RtModule#activate}
     */
    void startHelper(String name, Runnable task);
}
