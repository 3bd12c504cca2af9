// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <xcb/xcb.h>

#include <memory>
#include <string>

namespace patchbay::bridge {

/**
 * The functions of libxcb, which is loaded with the first view and not with the plug-in: hosts without windows, and machines without X, have no
 * use for it. Members are called as the functions of their names.
 */
class XcbLibrary {
 public:
  /** @return null with a sentence in error where the library is missing */
  static std::shared_ptr<const XcbLibrary> load(std::string& error);

  ~XcbLibrary();
  XcbLibrary(const XcbLibrary&) = delete;
  XcbLibrary& operator=(const XcbLibrary&) = delete;

#define PB_XCB_FUNCTIONS(X)                                                                                                 \
  X(connect) X(disconnect) X(connection_has_error) X(get_file_descriptor) X(get_setup) X(setup_roots_iterator)             \
  X(screen_next) X(screen_allowed_depths_iterator) X(depth_next) X(depth_visuals) X(depth_visuals_length)                   \
  X(setup_pixmap_formats) X(setup_pixmap_formats_length) X(generate_id) X(flush) X(poll_for_event)                          \
  X(get_maximum_request_length) X(create_colormap) X(create_window_checked) X(destroy_window) X(map_window)                  \
  X(configure_window) X(create_gc) X(put_image) X(change_property) X(intern_atom) X(intern_atom_reply) X(get_property)       \
  X(get_property_reply) X(get_property_value) X(get_property_value_length) X(request_check) X(send_event)

#define PB_XCB_MEMBER(name) decltype(&::xcb_##name) name = nullptr;
  PB_XCB_FUNCTIONS(PB_XCB_MEMBER)
#undef PB_XCB_MEMBER

 private:
  XcbLibrary() = default;

  void* handle_ = nullptr;
};

}  // namespace patchbay::bridge
