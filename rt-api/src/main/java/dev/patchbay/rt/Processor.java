// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

/**
 * The processors that the engine runs on, under Linux, and all that differs between them: the numbers of system calls, and where the
 * mode is set that takes denormal numbers as 0. The tests compare each with the headers of the C library for that processor.
 */
enum Processor {
    /** 64-bit x86. FTZ and DAZ are bits of MXCSR, the last field of fenv_t. */
    AMD64(202, 35, 98, 186, 144, 149, 151, 302, 25, 28, 0x8040),

    /** 64-bit Arm, little-endian. FZ is a bit of FPCR, the first field of fenv_t. */
    AARCH64(98, 101, 165, 178, 119, 228, 230, 261, 216, 0, 1 << 24);

    final long futex;
    final long nanosleep;
    final long getrusage;
    final long gettid;
    final long schedSetscheduler;
    final long mlock;
    final long mlockall;
    final long prlimit64;
    final long mremap;

    /** Where the 32 bits of the mode stand in fenv_t. */
    final int modeOffset;

    /** What to set there. */
    final int flushToZero;

    Processor(
            final long futex,
            final long nanosleep,
            final long getrusage,
            final long gettid,
            final long schedSetscheduler,
            final long mlock,
            final long mlockall,
            final long prlimit64,
            final long mremap,
            final int modeOffset,
            final int flushToZero) {
        this.futex = futex;
        this.nanosleep = nanosleep;
        this.getrusage = getrusage;
        this.gettid = gettid;
        this.schedSetscheduler = schedSetscheduler;
        this.mlock = mlock;
        this.mlockall = mlockall;
        this.prlimit64 = prlimit64;
        this.mremap = mremap;
        this.modeOffset = modeOffset;
        this.flushToZero = flushToZero;
    }

    /**
     * The one that this JVM is made for.
     *
     * @throws IllegalStateException in a sentence, on any other: a wrong number would be some other system call
     */
    static Processor present() {
        final String arch = System.getProperty("os.arch");
        return switch (arch) {
            case "amd64" -> AMD64;
            case "aarch64" -> AARCH64;
            default ->
                    throw new IllegalStateException(
                            "The engine runs on amd64 and aarch64 under Linux, but this JVM is one"
                                    + " for "
                                    + arch
                                    + ", whose system calls it does not know. Use the bundle of"
                                    + " such a machine.");
        };
    }
}
