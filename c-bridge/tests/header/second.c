/* SPDX-License-Identifier: Apache-2.0 */
#include <patchbay/module.h>

#include "shared.h"

int first(void);

int main(void) { return first() == use_all(0) && pb_module.abi_version == PB_MODULE_ABI_VERSION ? 0 : 1; }
