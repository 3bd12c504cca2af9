# SPDX-License-Identifier: Apache-2.0

# Run with -DBUNDLES=... -DLIBRARY=... -DARCHITECTURE=... -DNATIVE=...: makes a bundle around the library for each image.
# The native modules are taken from the folder NATIVE.
foreach(name synth effect absent solo spare spare_solo rich surround native native_outside native_control native_both)
  set(contents "${BUNDLES}/${name}.vst3/Contents")
  file(MAKE_DIRECTORY "${contents}/${ARCHITECTURE}-linux" "${contents}/Resources")
  configure_file("${LIBRARY}" "${contents}/${ARCHITECTURE}-linux/${name}.so" COPYONLY)
  configure_file("${BUNDLES}/images/${name}.image" "${contents}/Resources/region.image" COPYONLY)
  configure_file("${BUNDLES}/images/${name}.engine" "${contents}/Resources/engine.image" COPYONLY)
  if(name MATCHES "^native")
    configure_file("${NATIVE}/libprobe.so" "${contents}/Resources/modules/rt/libprobe.so" COPYONLY)
    configure_file("${NATIVE}/libkeeper.so" "${contents}/Resources/modules/control/libkeeper.so" COPYONLY)
  endif()
endforeach()
