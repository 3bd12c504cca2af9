// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.layout.testing.CProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers that depend on the processor, against the C library's headers for it, and its mode for denormal numbers at work. */
class ProcessorTest {
    private static final Path AARCH64 = Path.of("/usr/aarch64-linux-gnu");

    @TempDir private Path folder;

    private static String isAsHere(final String expression, final long value) {
        return String.format(
                Locale.ROOT,
                "_Static_assert((%s) == %d, \"%s is not %d\");%n",
                expression,
                value,
                expression,
                value);
    }

    /** A program that does not compile where a number is another, and ends with 1 where denormal numbers are not taken as 0. */
    private Path program(final Processor processor, final String modeField, final String compiler)
            throws Exception {
        final StringBuilder source = new StringBuilder();
        for (final String header :
                List.of(
                        "fenv.h",
                        "float.h",
                        "sched.h",
                        "stddef.h",
                        "string.h",
                        "sys/mman.h",
                        "sys/resource.h",
                        "sys/syscall.h")) {
            source.append("#include <").append(header).append(">\n");
        }
        source.append(isAsHere("SYS_futex", processor.futex))
                .append(isAsHere("SYS_nanosleep", processor.nanosleep))
                .append(isAsHere("SYS_getrusage", processor.getrusage))
                .append(isAsHere("RUSAGE_THREAD", Nap.RUSAGE_THREAD))
                .append(isAsHere("offsetof(struct rusage, ru_nvcsw)", Nap.SWITCHES_OFFSET))
                .append(isAsHere("sizeof(struct rusage)", Nap.RUSAGE_BYTES))
                .append(isAsHere("SYS_gettid", processor.gettid))
                .append(isAsHere("SYS_sched_setscheduler", processor.schedSetscheduler))
                .append(isAsHere("SYS_mlock", processor.mlock))
                .append(isAsHere("SYS_mlockall", processor.mlockall))
                .append(isAsHere("SYS_prlimit64", processor.prlimit64))
                .append(isAsHere("SYS_mremap", processor.mremap))
                .append(isAsHere("SYS_pidfd_open", Kernel.SYS_PIDFD_OPEN))
                .append(isAsHere("MCL_CURRENT", SystemCalls.MCL_CURRENT))
                .append(isAsHere("MCL_ONFAULT", SystemCalls.MCL_ONFAULT))
                .append(isAsHere("RLIMIT_MEMLOCK", SystemCalls.RLIMIT_MEMLOCK))
                .append(isAsHere("RLIMIT_RTPRIO", SystemCalls.RLIMIT_RTPRIO))
                .append(isAsHere("RLIMIT_RTTIME", SystemCalls.RLIMIT_RTTIME))
                .append(isAsHere("SCHED_RESET_ON_FORK", Scheduling.RESET_ON_FORK))
                .append(isAsHere("offsetof(fenv_t, " + modeField + ")", processor.modeOffset))
                .append(isAsHere("sizeof(fenv_t) <= " + FlushToZero.FENV_BYTES, 1))
                .append(
                        """
                        static volatile float least = FLT_MIN;
                        int main(void) {
                          unsigned mode;
                          fenv_t environment;
                          if (least * 0.5f == 0) return 2;
                          if (fegetenv(&environment) != 0) return 3;
                          memcpy(&mode, (char *)&environment + %d, sizeof mode);
                          mode |= %du;
                          memcpy((char *)&environment + %d, &mode, sizeof mode);
                          if (fesetenv(&environment) != 0) return 4;
                          return least * 0.5f == 0 ? 0 : 1;
                        }
                        """
                                .formatted(
                                        processor.modeOffset,
                                        processor.flushToZero,
                                        processor.modeOffset));
        return CProgram.compile(
                Files.writeString(folder.resolve("processor.c"), source),
                compiler,
                "-D_GNU_SOURCE",
                "-Wl,--no-as-needed",
                "-lm");
    }

    @Test
    void hasTheNumbersOfX86AndItsModeTakesDenormalsAsZero() throws Exception {
        assumeTrue(Processor.present() == Processor.AMD64, "the compiler here is another's");
        CProgram.run(List.of(program(Processor.AMD64, "__mxcsr", "gcc").toString()), "");
    }

    @Test
    void hasTheNumbersOfAArch64AndItsModeTakesDenormalsAsZero() throws Exception {
        final List<String> command = new ArrayList<>();
        String compiler = "gcc";
        if (Processor.present() != Processor.AARCH64) {
            compiler = "aarch64-linux-gnu-gcc";
            assumeTrue(
                    CProgram.has(compiler) && CProgram.has("qemu-aarch64"),
                    "install gcc-aarch64-linux-gnu and qemu-user");
            command.addAll(List.of("qemu-aarch64", "-L", AARCH64.toString()));
        }
        command.add(program(Processor.AARCH64, "__fpcr", compiler).toString());
        CProgram.run(command, "");
    }

    @Test
    void anEngineOnAnyOtherProcessorEndsWithASentenceBeforeItCallsTheSystem() {
        final String message =
                assertThrows(
                                IllegalStateException.class,
                                () ->
                                        new EngineCommander(
                                                        folder,
                                                        TestModules.Level.class.getName(),
                                                        ProcessHandle.current().pid(),
                                                        List.of(
                                                                "env",
                                                                "JAVA_TOOL_OPTIONS=-Dos.arch=riscv64"))
                                                .close())
                        .getMessage();
        assertTrue(message.startsWith("the engine ended with 1 "), message);
        assertTrue(message.contains("patchbay rt: The engine runs on amd64 and aarch64"), message);
        assertEquals(-1, message.indexOf("Exception"), message);
    }
}
