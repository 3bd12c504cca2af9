# SPDX-License-Identifier: Apache-2.0

# Run with -DBUNDLES=... -DLIBRARY=... -DARCHITECTURE=...: makes a bundle around the library for each image.
foreach(name synth effect absent solo spare spare_solo rich surround)
  set(contents "${BUNDLES}/${name}.vst3/Contents")
  file(MAKE_DIRECTORY "${contents}/${ARCHITECTURE}-linux" "${contents}/Resources")
  configure_file("${LIBRARY}" "${contents}/${ARCHITECTURE}-linux/${name}.so" COPYONLY)
  configure_file("${BUNDLES}/images/${name}.image" "${contents}/Resources/region.image" COPYONLY)
  configure_file("${BUNDLES}/images/${name}.engine" "${contents}/Resources/engine.image" COPYONLY)
endforeach()
