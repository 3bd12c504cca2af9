/* SPDX-License-Identifier: Apache-2.0 */
/* One of two translation units that include the header and use all of it: nothing may be defined twice. */
#include <patchbay/standard.h>

#include "shared.h"

int first(void) { return use_all(0); }
