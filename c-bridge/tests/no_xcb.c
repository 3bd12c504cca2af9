/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded, it lets nobody load libxcb at run time, as on a machine that does not have it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <string.h>

void *dlopen(const char *file, int mode)
{
    static void *(*real)(const char *, int);
    if (real == NULL)
        *(void **)&real = dlsym(RTLD_NEXT, "dlopen");
    return file != NULL && strstr(file, "libxcb") != NULL ? real("/no/such/libxcb.so.1", mode) : real(file, mode);
}
