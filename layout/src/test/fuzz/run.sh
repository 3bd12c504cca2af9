#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The long fuzz run; README.md beside this file tells. Needs clang, gcc, and a JDK as JAVA_HOME or on the PATH.
set -eu
count=${1:-10000000}
seed=${2:-$(date +%s)}
cd "$(dirname "$0")/../../.."
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
[ -d target/test-classes ] || { echo "There are no compiled tests: run mvn test-compile in layout first." >&2; exit 1; }
mvn -B -ntp -q dependency:build-classpath -Dmdep.outputFile=target/fuzz.classpath
# Jazzer is fetched for this run alone: no build needs it.
jazzer=0.24.0
for artifact in jazzer jazzer-api; do
    mvn -B -ntp -q dependency:copy -Dartifact="com.code-intelligence:$artifact:$jazzer" -DoutputDirectory=target/jazzer
done
run() {
    "$java" --add-exports java.base/jdk.internal.misc=ALL-UNNAMED \
        -cp "target/test-classes:target/classes:$(cat target/fuzz.classpath):target/jazzer/*" "$@"
}
rm -rf target/fuzz
mkdir -p target/fuzz/found target/fuzz/least
run dev.patchbay.layout.RegionFuzzer seeds target/fuzz/seeds
run dev.patchbay.layout.header.GenerateHeader target/fuzz/any.h
cp src/test/fuzz/region_fuzzer.c target/fuzz/
clang -std=c11 -O2 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
    -o target/fuzz/region_fuzzer target/fuzz/region_fuzzer.c
echo "libFuzzer: $count inputs, seed $seed"
target/fuzz/region_fuzzer -runs="$count" -seed="$seed" -max_len=4096 -reload=0 -print_new=0 \
    -artifact_prefix=target/fuzz/ target/fuzz/found target/fuzz/seeds
echo "Jazzer: $count inputs, seed $seed"
run com.code_intelligence.jazzer.Jazzer --target_class=dev.patchbay.layout.RegionFuzzTarget \
    --instrumentation_includes='dev.patchbay.layout.**' --reproducer_path=target/fuzz \
    -runs="$count" -seed="$seed" -max_len=4096 -reload=0 -print_new=0 -rss_limit_mb=6000 \
    -artifact_prefix=target/fuzz/ target/fuzz/found target/fuzz/seeds
target/fuzz/region_fuzzer -merge=1 -max_len=8192 target/fuzz/least target/fuzz/seeds target/fuzz/found
run dev.patchbay.layout.RegionFuzzer pack target/fuzz/least target/fuzz/region-corpus.zip
echo "Java and C: $count mutants, seed $seed"
run dev.patchbay.layout.RegionFuzzer run "$count" "$seed"
