/* SPDX-License-Identifier: Apache-2.0 */
#include "shared.h"

int first(void);

int main(void) { return first() == use_all(0) ? 0 : 1; }
