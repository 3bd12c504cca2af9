/* SPDX-License-Identifier: Apache-2.0 */
/* One of two translation units that include the header and use all of it: nothing may be defined twice. */
#include <patchbay/module.h>
#include <patchbay/standard.h>

#include "shared.h"

/* The macro of native modules, in C and C++ alike. */
PB_MODULE;

int first(void) { return use_all(0); }
