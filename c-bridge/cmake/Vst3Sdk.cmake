# SPDX-License-Identifier: Apache-2.0

# Finds the VST3 SDK and makes two static, position-independent libraries from its sources:
#
#   vst3sdk          the interfaces: pluginterfaces, the interface ids and MemoryStream (for plug-ins and hosts)
#   vst3sdk_hosting  HostApplication, HostMessage and HostAttributeList (for hosts only; needs the SDK's base folder)
#
# VST3_SDK_ROOT, as a cache variable or in the environment, names the folder that holds pluginterfaces, base and
# public.sdk. The default is where Debian's juce-modules-source-data installs SDK 3.7.2.

set(VST3_SDK_DEBIAN_ROOT "/usr/share/juce/modules/juce_audio_processors/format_types/VST3_SDK")
if(DEFINED ENV{VST3_SDK_ROOT} AND NOT "$ENV{VST3_SDK_ROOT}" STREQUAL "")
  set(VST3_SDK_DEFAULT_ROOT "$ENV{VST3_SDK_ROOT}")
else()
  set(VST3_SDK_DEFAULT_ROOT "${VST3_SDK_DEBIAN_ROOT}")
endif()
set(VST3_SDK_ROOT "${VST3_SDK_DEFAULT_ROOT}" CACHE PATH "Folder with the VST3 SDK's pluginterfaces, base and public.sdk")

foreach(needed pluginterfaces/vst/ivstaudioprocessor.h public.sdk/source/vst/hosting/hostclasses.cpp base/source/fobject.cpp)
  if(NOT EXISTS "${VST3_SDK_ROOT}/${needed}")
    message(FATAL_ERROR "The VST3 SDK was not found in ${VST3_SDK_ROOT} (${needed} is missing); install it with "
                        "\"apt-get install juce-modules-source-data\" or set -DVST3_SDK_ROOT=FOLDER.")
  endif()
endforeach()

# The version decides the licence of what is built: MIT from 3.8.0 on, before that GPLv3 or Steinberg's own.
file(STRINGS "${VST3_SDK_ROOT}/pluginterfaces/vst/vsttypes.h" pb_sdk_version_line REGEX "define[ \t]+kVstVersionString")
string(REGEX REPLACE ".*\"(VST )?([^\"]*)\".*" "\\2" VST3_SDK_VERSION "${pb_sdk_version_line}")
message(STATUS "VST3 SDK ${VST3_SDK_VERSION} in ${VST3_SDK_ROOT}")

# The SDK's file list has changed over the years; what one version does not have, it does not need.
function(pb_sdk_sources out)
  set(found)
  foreach(file IN LISTS ARGN)
    if(EXISTS "${VST3_SDK_ROOT}/${file}")
      list(APPEND found "${VST3_SDK_ROOT}/${file}")
    endif()
  endforeach()
  set(${out} "${found}" PARENT_SCOPE)
endfunction()

function(pb_sdk_library target)
  add_library(${target} STATIC ${ARGN})
  set_target_properties(${target} PROPERTIES
    POSITION_INDEPENDENT_CODE ON
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON)
  target_compile_options(${target} PRIVATE -w)
  target_compile_features(${target} PUBLIC cxx_std_17)
endfunction()

pb_sdk_sources(pb_sdk_core
  pluginterfaces/base/conststringtable.cpp
  pluginterfaces/base/coreiids.cpp
  pluginterfaces/base/funknown.cpp
  pluginterfaces/base/ustring.cpp
  public.sdk/source/common/memorystream.cpp
  public.sdk/source/vst/vstinitiids.cpp)
pb_sdk_library(vst3sdk ${pb_sdk_core})
target_include_directories(vst3sdk SYSTEM PUBLIC "${VST3_SDK_ROOT}")
# RELEASE in every configuration: the SDK's DEVELOPMENT mode replaces operator new, which hides what sanitizers look for.
target_compile_definitions(vst3sdk PUBLIC RELEASE=1)

pb_sdk_sources(pb_sdk_hosting_sources
  base/source/baseiids.cpp
  base/source/fbuffer.cpp
  base/source/fdebug.cpp
  base/source/fobject.cpp
  base/source/fstring.cpp
  base/source/updatehandler.cpp
  base/thread/source/fcondition.cpp
  base/thread/source/flock.cpp
  public.sdk/source/common/commonstringconvert.cpp
  public.sdk/source/vst/hosting/hostclasses.cpp
  public.sdk/source/vst/hosting/pluginterfacesupport.cpp
  public.sdk/source/vst/utility/stringconvert.cpp)
pb_sdk_library(vst3sdk_hosting ${pb_sdk_hosting_sources})
find_package(Threads REQUIRED)
target_link_libraries(vst3sdk_hosting PUBLIC vst3sdk Threads::Threads)
