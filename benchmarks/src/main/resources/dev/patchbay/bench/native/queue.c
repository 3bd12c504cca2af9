/* SPDX-License-Identifier: Apache-2.0 */
/* A program for each contender: BENCH_CONTENDER is its header. */
#include "bench.h"
#include BENCH_CONTENDER
#include "queue_driver.h"
