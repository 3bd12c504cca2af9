// SPDX-License-Identifier: Apache-2.0
#include "view_window.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "text.h"

namespace patchbay::bridge {
namespace {

/** XEmbed, version 0.5: messages to the embedded window, and to its embedder. */
constexpr std::uint32_t kEmbedVersion = 0;
constexpr std::uint32_t kEmbedMapped = 1;
constexpr std::uint32_t kEmbeddedNotify = 0;
constexpr std::uint32_t kRequestFocus = 3;
constexpr std::uint32_t kFocusIn = 4;
constexpr std::uint32_t kFocusOut = 5;

constexpr double kPlainDpi = 96;

/** A request holds more than its pixels. */
constexpr std::size_t kRequestHead = 64;
constexpr std::size_t kMostRequest = 256 * 1024;

/** What replies and events are made of is the C library's. */
template <class Type>
using Reply = std::unique_ptr<Type, decltype(&std::free)>;

template <class Type>
Reply<Type> reply(Type* given) {
  return Reply<Type>(given, std::free);
}

/** A colour of 8 bits, as wide as the mask's. */
std::uint32_t inMask(std::uint32_t value, std::uint32_t mask) noexcept {
  const auto shift = static_cast<unsigned>(__builtin_ctz(mask));
  return ((value * (mask >> shift) + 127) / 255) << shift;
}

}  // namespace

std::unique_ptr<ViewWindow> ViewWindow::open(std::uint32_t parent, int width, int height, Listener listener, std::string& error) {
  std::shared_ptr<const XcbLibrary> x = XcbLibrary::load(error);
  if (x == nullptr) {
    return nullptr;
  }
  std::unique_ptr<ViewWindow> window(new ViewWindow(std::move(x), std::move(listener)));
  error = window->connect();
  if (error.empty()) {
    error = window->findForm();
  }
  if (error.empty()) {
    error = window->create(parent, width, height);
  }
  return error.empty() ? std::move(window) : nullptr;
}

ViewWindow::~ViewWindow() {
  // The server takes the window away with its connection. In a fork of the host, the connection is its parent's.
  if (connection_ != nullptr && guard_.inOriginalProcess()) {
    x_->disconnect(connection_);
  }
}

std::string ViewWindow::connect() {
  int number = 0;
  // Never null, not even where there is no server.
  connection_ = x_->connect(nullptr, &number);
  if (x_->connection_has_error(connection_) != 0) {
    const char* display = std::getenv("DISPLAY");
    return display != nullptr ? std::string("the X server at DISPLAY=") + display + " does not let us in"
                              : "the host has no X server: DISPLAY is not set";
  }
  for (auto screens = x_->setup_roots_iterator(x_->get_setup(connection_)); screens.rem > 0; x_->screen_next(&screens)) {
    screen_ = screens.data;
    if (number-- == 0) {
      break;
    }
  }
  return screen_ != nullptr ? "" : "the X server has no screen";
}

std::string ViewWindow::findForm() {
  const xcb_setup_t* setup = x_->get_setup(connection_);
  for (auto depths = x_->screen_allowed_depths_iterator(screen_); depths.rem > 0; x_->depth_next(&depths)) {
    const xcb_visualtype_t* visuals = x_->depth_visuals(depths.data);
    for (int i = 0; i < x_->depth_visuals_length(depths.data); ++i) {
      if (visuals[i].visual_id == screen_->root_visual && visuals[i]._class == XCB_VISUAL_CLASS_TRUE_COLOR) {
        form_.red = visuals[i].red_mask;
        form_.green = visuals[i].green_mask;
        form_.blue = visuals[i].blue_mask;
      }
    }
  }
  const xcb_format_t* formats = x_->setup_pixmap_formats(setup);
  for (int i = 0; i < x_->setup_pixmap_formats_length(setup); ++i) {
    if (formats[i].depth == screen_->root_depth) {
      form_.bytes = formats[i].bits_per_pixel / 8U;
      form_.rowBits = formats[i].scanline_pad;
    }
  }
  form_.bigEndian = setup->image_byte_order == XCB_IMAGE_ORDER_MSB_FIRST;
  const bool known = form_.red != 0 && form_.green != 0 && form_.blue != 0 && (form_.bytes == 2 || form_.bytes == 4) &&
                     form_.rowBits >= 8;
  return known ? "" : "the X server's screen has a depth of " + std::to_string(screen_->root_depth) +
                          ", but the view needs true colours with 16 or 32 bits to a pixel";
}

std::string ViewWindow::create(std::uint32_t parent, int width, int height) {
  // The host's window may have another depth than its screen: then a border, and colours of our own, are required.
  const xcb_colormap_t colours = x_->generate_id(connection_);
  x_->create_colormap(connection_, XCB_COLORMAP_ALLOC_NONE, colours, screen_->root, screen_->root_visual);
  window_ = x_->generate_id(connection_);
  const std::uint32_t events = XCB_EVENT_MASK_EXPOSURE | XCB_EVENT_MASK_BUTTON_PRESS | XCB_EVENT_MASK_BUTTON_RELEASE |
                               XCB_EVENT_MASK_POINTER_MOTION | XCB_EVENT_MASK_LEAVE_WINDOW | XCB_EVENT_MASK_STRUCTURE_NOTIFY;
  const std::uint32_t values[] = {XCB_BACK_PIXMAP_NONE, 0, events, colours};
  const xcb_void_cookie_t made = x_->create_window_checked(
      connection_, screen_->root_depth, window_, parent, 0, 0, static_cast<std::uint16_t>(width),
      static_cast<std::uint16_t>(height), 0, XCB_WINDOW_CLASS_INPUT_OUTPUT, screen_->root_visual,
      XCB_CW_BACK_PIXMAP | XCB_CW_BORDER_PIXEL | XCB_CW_EVENT_MASK | XCB_CW_COLORMAP, values);
  if (const auto fault = reply(x_->request_check(connection_, made)); fault != nullptr) {
    return "the X server makes no window inside of the host's window " + std::to_string(parent) + " (error " +
           std::to_string(fault->error_code) + "), expected the id of a window that is there";
  }
  embed_ = atom("_XEMBED");
  const xcb_atom_t info = atom("_XEMBED_INFO");
  const std::uint32_t embed[] = {kEmbedVersion, kEmbedMapped};
  x_->change_property(connection_, XCB_PROP_MODE_REPLACE, window_, info, info, 32, 2, embed);
  gc_ = x_->generate_id(connection_);
  x_->create_gc(connection_, gc_, window_, 0, nullptr);
  // Hosts that embed by the book map it again, which does nothing then.
  x_->map_window(connection_, window_);
  x_->flush(connection_);
  embedder_ = parent;
  return x_->connection_has_error(connection_) == 0 ? "" : "the X server has ended";
}

xcb_atom_t ViewWindow::atom(const char* name) const {
  const xcb_intern_atom_cookie_t asked = x_->intern_atom(connection_, 0, static_cast<std::uint16_t>(std::strlen(name)), name);
  const auto answer = reply(x_->intern_atom_reply(connection_, asked, nullptr));
  return answer != nullptr ? answer->atom : static_cast<xcb_atom_t>(XCB_ATOM_NONE);
}

double ViewWindow::userScale() const {
  const xcb_get_property_cookie_t asked =
      x_->get_property(connection_, 0, screen_->root, XCB_ATOM_RESOURCE_MANAGER, XCB_ATOM_STRING, 0, 16 * 1024);
  const auto answer = reply(x_->get_property_reply(connection_, asked, nullptr));
  if (answer == nullptr || answer->format != 8) {
    return 0;
  }
  std::string_view resources(static_cast<const char*>(x_->get_property_value(answer.get())),
                             static_cast<std::size_t>(x_->get_property_value_length(answer.get())));
  constexpr std::string_view kKey = "Xft.dpi:";
  while (!resources.empty()) {
    const std::string_view line = resources.substr(0, resources.find('\n'));
    resources.remove_prefix(std::min(line.size() + 1, resources.size()));
    if (line.substr(0, kKey.size()) == kKey) {
      const auto dpi = parseNumber(trimmed(line.substr(kKey.size())));
      return dpi ? dpi->value / kPlainDpi : 0;
    }
  }
  return 0;
}

bool ViewWindow::readEvents() {
  while (xcb_generic_event_t* next = x_->poll_for_event(connection_)) {
    const auto event = reply(next);
    handle(*event);
  }
  x_->flush(connection_);
  return x_->connection_has_error(connection_) == 0;
}

void ViewWindow::handle(const xcb_generic_event_t& event) {
  using What = Pointer::What;
  switch (event.response_type & 0x7F) {
    case XCB_EXPOSE:
      if (reinterpret_cast<const xcb_expose_event_t&>(event).count == 0) {
        listener_.onExposed();
      }
      break;
    case XCB_MOTION_NOTIFY: {
      const auto& motion = reinterpret_cast<const xcb_motion_notify_event_t&>(event);
      listener_.onPointer({What::moved, {motion.event_x + 0.5, motion.event_y + 0.5}});
      break;
    }
    case XCB_BUTTON_PRESS:
    case XCB_BUTTON_RELEASE: {
      const auto& button = reinterpret_cast<const xcb_button_press_event_t&>(event);
      if (button.detail == XCB_BUTTON_INDEX_1) {
        const bool pressed = (event.response_type & 0x7F) == XCB_BUTTON_PRESS;
        listener_.onPointer({pressed ? What::pressed : What::released, {button.event_x + 0.5, button.event_y + 0.5}});
      }
      break;
    }
    case XCB_LEAVE_NOTIFY:
      listener_.onPointer({What::left, {-1, -1}});
      break;
    case XCB_DESTROY_NOTIFY:
      destroyed_ = true;
      break;
    case XCB_CLIENT_MESSAGE: {
      const auto& message = reinterpret_cast<const xcb_client_message_event_t&>(event);
      if (message.type != embed_ || message.format != 32) {
        break;
      }
      const std::uint32_t what = message.data.data32[1];
      if (what == kEmbeddedNotify) {
        embedder_ = message.data.data32[3];
      } else if (what == kFocusIn || what == kFocusOut) {
        listener_.onFocus(what == kFocusIn);
      }
      break;
    }
    default:
      // Errors come here, too (type 0): of drawing into a window that the host has destroyed.
      break;
  }
}

void ViewWindow::resize(int width, int height) {
  const std::uint32_t size[] = {static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height)};
  x_->configure_window(connection_, window_, XCB_CONFIG_WINDOW_WIDTH | XCB_CONFIG_WINDOW_HEIGHT, size);
  x_->flush(connection_);
}

std::uint32_t ViewWindow::pixelOf(Colour colour) const noexcept {
  return inMask((colour >> 16) & 0xFF, form_.red) | inMask((colour >> 8) & 0xFF, form_.green) |
         inMask(colour & 0xFF, form_.blue);
}

void ViewWindow::appendRow(const Colour* row, int width, std::vector<std::uint8_t>& bytes) const {
  const std::size_t begin = bytes.size();
  for (int x = 0; x < width; ++x) {
    const std::uint32_t pixel = pixelOf(row[x]);
    for (unsigned i = 0; i < form_.bytes; ++i) {
      const unsigned place = form_.bigEndian ? form_.bytes - 1 - i : i;
      bytes.push_back(static_cast<std::uint8_t>(pixel >> (8 * place)));
    }
  }
  const std::size_t pad = form_.rowBits / 8;
  bytes.resize(begin + (bytes.size() - begin + pad - 1) / pad * pad);
}

void ViewWindow::show(const Canvas& canvas) {
  if (destroyed_ || canvas.width() == 0 || x_->connection_has_error(connection_) != 0) {
    return;
  }
  const std::size_t most = std::min<std::size_t>(kMostRequest, std::size_t{x_->get_maximum_request_length(connection_)} * 4) - kRequestHead;
  const std::size_t rowBytes = (static_cast<std::size_t>(canvas.width()) + 1) * form_.bytes + form_.rowBits / 8;
  const int rows = static_cast<int>(std::max<std::size_t>(1, most / rowBytes));
  std::vector<std::uint8_t> bytes;
  for (int y = 0; y < canvas.height(); y += rows) {
    const int end = std::min(y + rows, canvas.height());
    bytes.clear();
    for (int row = y; row < end; ++row) {
      appendRow(canvas.pixels().data() + static_cast<std::size_t>(row) * static_cast<std::size_t>(canvas.width()), canvas.width(), bytes);
    }
    x_->put_image(connection_, XCB_IMAGE_FORMAT_Z_PIXMAP, window_, gc_, static_cast<std::uint16_t>(canvas.width()),
                  static_cast<std::uint16_t>(end - y), 0, static_cast<std::int16_t>(y), 0, screen_->root_depth,
                  static_cast<std::uint32_t>(bytes.size()), bytes.data());
  }
  x_->flush(connection_);
}

void ViewWindow::requestFocus() {
  xcb_client_message_event_t message = {};
  message.response_type = XCB_CLIENT_MESSAGE;
  message.format = 32;
  message.window = embedder_;
  message.type = embed_;
  message.data.data32[0] = XCB_CURRENT_TIME;
  message.data.data32[1] = kRequestFocus;
  x_->send_event(connection_, 0, embedder_, XCB_EVENT_MASK_NO_EVENT, reinterpret_cast<const char*>(&message));
  x_->flush(connection_);
}

}  // namespace patchbay::bridge
