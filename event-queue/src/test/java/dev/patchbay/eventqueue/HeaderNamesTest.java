// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.RegionBuilder;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StructType;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.layout.testing.CProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an author calls things: either a sentence says why that cannot be, or C and C++ compile the header. */
class HeaderNamesTest {
    /** What names are made of here: what the header itself says, words of the languages, and macros of headers. */
    private static final String[] WORDS =
            ("a b x s1 count name hash offset length elements stride role region common find at"
                 + " edit get acquire set release read write reader writer counter section schema"
                 + " event queue head int struct class record sealed nullptr typeof typename and"
                 + " not errno stdin linux unix assert minor major signals slots min max st_mtime"
                 + " si_pid sa_handler h_errno complex bool true uint8_t size_t float main pb gap 0"
                 + " null std memcpy offsetof static_assert htons index value target tries"
                 + " standard")
                    .split(" ");

    /** All of them before the generated headers: each may define a macro. */
    private static final List<String> SYSTEM_HEADERS =
            List.of(
                    "aio.h",
                    "arpa/inet.h",
                    "assert.h",
                    "complex.h",
                    "ctype.h",
                    "dirent.h",
                    "dlfcn.h",
                    "errno.h",
                    "fcntl.h",
                    "fenv.h",
                    "float.h",
                    "fnmatch.h",
                    "ftw.h",
                    "glob.h",
                    "grp.h",
                    "iconv.h",
                    "inttypes.h",
                    "iso646.h",
                    "langinfo.h",
                    "libgen.h",
                    "limits.h",
                    "linux/futex.h",
                    "locale.h",
                    "math.h",
                    "mqueue.h",
                    "net/if.h",
                    "netdb.h",
                    "netinet/in.h",
                    "netinet/tcp.h",
                    "poll.h",
                    "pthread.h",
                    "pwd.h",
                    "regex.h",
                    "sched.h",
                    "search.h",
                    "semaphore.h",
                    "setjmp.h",
                    "signal.h",
                    "spawn.h",
                    "stdalign.h",
                    "stdarg.h",
                    "stdbool.h",
                    "stddef.h",
                    "stdint.h",
                    "stdio.h",
                    "stdlib.h",
                    "stdnoreturn.h",
                    "string.h",
                    "strings.h",
                    "sys/epoll.h",
                    "sys/eventfd.h",
                    "sys/ioctl.h",
                    "sys/ipc.h",
                    "sys/mman.h",
                    "sys/msg.h",
                    "sys/prctl.h",
                    "sys/resource.h",
                    "sys/select.h",
                    "sys/sem.h",
                    "sys/shm.h",
                    "sys/socket.h",
                    "sys/stat.h",
                    "sys/statvfs.h",
                    "sys/syscall.h",
                    "sys/sysmacros.h",
                    "sys/time.h",
                    "sys/timerfd.h",
                    "sys/types.h",
                    "sys/uio.h",
                    "sys/un.h",
                    "sys/utsname.h",
                    "sys/wait.h",
                    "syslog.h",
                    "termios.h",
                    "time.h",
                    "uchar.h",
                    "unistd.h",
                    "utime.h",
                    "utmpx.h",
                    "wchar.h",
                    "wctype.h",
                    "wordexp.h");

    @TempDir private Path folder;

    private static String includes() {
        return SYSTEM_HEADERS.stream()
                .map(h -> "#include <" + h + ">\n")
                .collect(Collectors.joining());
    }

    private static String name(final Random random) {
        final StringBuilder name = new StringBuilder(WORDS[random.nextInt(WORDS.length)]);
        for (int more = random.nextInt(3); more > 0; more--) {
            name.append(random.nextInt(20) == 0 ? "" : "_");
            name.append(WORDS[random.nextInt(WORDS.length)]);
        }
        return name.toString();
    }

    /** Tries names until one is taken; each refusal must be a sentence. */
    private static <T> T taken(
            final Random random, final java.util.function.Function<String, T> use) {
        while (true) {
            final String name = name(random);
            try {
                return use.apply(name);
            } catch (final IllegalArgumentException refused) {
                isSentenceAbout(name, refused);
            }
        }
    }

    private static void isSentenceAbout(final String name, final IllegalArgumentException refused) {
        final String text = refused.getMessage();
        assertTrue(text.contains("\"" + name + "\"") && text.endsWith("."), text);
    }

    private static RegionDeclaration random(final Random random) {
        while (true) {
            final Role one = taken(random, name -> new Role(name.length() > 15 ? "a" : name, 0));
            final Role two = taken(random, name -> new Role(name.length() > 15 ? "b" : name, 1));
            final RegionBuilder region = taken(random, RegionDeclaration::named);
            try {
                for (int i = 0; i < 6; i++) {
                    section(random, region, one, two);
                }
                return region.build();
            } catch (final IllegalArgumentException refused) {
                assertTrue(
                        refused.getMessage().matches("(?s).*\"[a-z0-9_]+\".*\\."),
                        refused::getMessage);
            }
        }
    }

    private static void section(
            final Random random, final RegionBuilder region, final Role one, final Role two) {
        final StructType struct = struct(random);
        switch (random.nextInt(5)) {
            case 0 -> region.constants(name(random), "", struct, 2);
            case 1 -> region.structs(name(random), "", one, struct, 2);
            case 2 -> region.counters(name(random), "", two, name(random), name(random));
            case 3 -> region.array(name(random), "", one, FieldType.INT16, 3);
            default -> region.tripleBuffer(name(random), "", one, two, struct, 2);
        }
    }

    private static StructType struct(final Random random) {
        final StructType.Builder struct = taken(random, name -> StructType.named(name, ""));
        for (int i = 0; i < 3; i++) {
            taken(
                    random,
                    name ->
                            struct.field(
                                    FieldType.values()[random.nextInt(FieldType.values().length)],
                                    name,
                                    ""));
        }
        return struct.build();
    }

    /** In one program, so that no names of two regions meet either; with all headers of the system before them, and after. */
    @Test
    void randomNamesAreRefusedByASentenceOrCompile() throws Exception {
        final long seed = System.nanoTime();
        System.out.println("HeaderNamesTest.randomNames…: seed " + seed);
        final Random random = new Random(seed);
        final Set<String> prefixes = new HashSet<>();
        final List<String> files = new ArrayList<>();
        while (files.size() < 100) {
            final RegionDeclaration d = random(random);
            // Two of one prefix are refused by an #error, which is another test's.
            if (prefixes.add(d.name().replace("_", ""))) {
                files.add(d.name() + ".h");
                Files.writeString(folder.resolve(d.name() + ".h"), HeaderGenerator.generate(d));
            }
        }
        final String headers =
                files.stream().map(f -> "#include \"" + f + "\"\n").collect(Collectors.joining());
        for (final String text : List.of(includes() + headers, headers + includes())) {
            final Path source =
                    Files.writeString(
                            folder.resolve("names.c"), text + "int main(void) { return 0; }\n");
            CProgram.compile(source, "gcc", "-std=gnu17", "-D_GNU_SOURCE");
            CProgram.compile(source, "gcc", "-std=c11", "-D_GNU_SOURCE");
            CProgram.compile(source, "g++", "-xc++", "-std=gnu++17");
        }
    }

    /** The compiler is asked which words are macros; a field of such a name would become another, or nonsense. */
    @Test
    void noFieldIsNamedAsAMacroOfTheSystemsHeaders() throws Exception {
        final Set<String> macros = new TreeSet<>();
        final Path source = Files.writeString(folder.resolve("macros.c"), includes());
        for (final String std : List.of("gnu17", "c11")) {
            final String defined =
                    CProgram.run(
                            List.of(
                                    "gcc",
                                    "-std=" + std,
                                    "-D_GNU_SOURCE",
                                    "-dM",
                                    "-E",
                                    source.toString()),
                            "");
            Pattern.compile("(?m)^#define ([a-z][a-z0-9_]{0,46})(?: |$)")
                    .matcher(defined)
                    .results()
                    .forEach(r -> macros.add(r.group(1)));
        }
        assertTrue(macros.contains("errno") && macros.contains("linux"), macros::toString);
        macros.removeIf(
                word -> {
                    try {
                        StructType.named("s", "").field(FieldType.INT8, word, "");
                        return false;
                    } catch (final IllegalArgumentException refused) {
                        isSentenceAbout(word, refused);
                        return true;
                    }
                });
        assertEquals(Set.of(), macros, "to be added to Names.MACROS");
    }
}
