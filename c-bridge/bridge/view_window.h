// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "canvas.h"
#include "fork_guard.h"
#include "xcb_library.h"

namespace patchbay::bridge {

/**
 * A window inside of one of the host's, by XEmbed, over a connection of its own. The host may destroy its window first, and the server may end: what
 * is drawn afterwards goes nowhere. One thread at a time.
 */
class ViewWindow {
 public:
  /** What a person does with the mouse, in pixels of the window. */
  struct Pointer {
    enum class What { moved, pressed, released, left };
    What what;
    Point at;
  };

  /** What is to be done; each on the thread that calls readEvents. */
  struct Listener {
    std::function<void()> onExposed;  ///< the picture has to be drawn, since the server does not keep it
    std::function<void(const Pointer&)> onPointer;
    std::function<void(bool)> onFocus;
  };

  /** @return null with a sentence in error where there can be none */
  static std::unique_ptr<ViewWindow> open(std::uint32_t parent, int width, int height, Listener listener, std::string& error);

  ~ViewWindow();
  ViewWindow(const ViewWindow&) = delete;
  ViewWindow& operator=(const ViewWindow&) = delete;

  /** Readable when there is something for readEvents. */
  [[nodiscard]] int descriptor() const { return x_->get_file_descriptor(connection_); }

  /** Tells the listener what has happened; does not wait. False where the server is gone. */
  bool readEvents();

  void resize(int width, int height);

  /** Shows a picture of the window's size. */
  void show(const Canvas& canvas);

  /** Asks the host's window for the keyboard. */
  void requestFocus();

  /** How many times more pixels than 96 to an inch the user has asked for in the X server's resources; 0 where nothing is said. */
  [[nodiscard]] double userScale() const;

 private:
  /** How the server wants a pixel. */
  struct PixelForm {
    unsigned bytes = 0;  ///< 2 or 4
    unsigned rowBits = 0;
    bool bigEndian = false;
    std::uint32_t red = 0;
    std::uint32_t green = 0;
    std::uint32_t blue = 0;
  };

  ViewWindow(std::shared_ptr<const XcbLibrary> x, Listener listener) : x_(std::move(x)), listener_(std::move(listener)) {}

  [[nodiscard]] std::string connect();
  [[nodiscard]] std::string findForm();
  [[nodiscard]] std::string create(std::uint32_t parent, int width, int height);
  [[nodiscard]] xcb_atom_t atom(const char* name) const;
  void handle(const xcb_generic_event_t& event);
  [[nodiscard]] std::uint32_t pixelOf(Colour colour) const noexcept;
  void appendRow(const Colour* row, int width, std::vector<std::uint8_t>& bytes) const;

  const std::shared_ptr<const XcbLibrary> x_;
  const Listener listener_;
  ForkGuard guard_;
  xcb_connection_t* connection_ = nullptr;
  const xcb_screen_t* screen_ = nullptr;
  PixelForm form_;
  xcb_window_t window_ = 0;
  xcb_gcontext_t gc_ = 0;
  xcb_atom_t embed_ = 0;
  xcb_window_t embedder_ = 0;
  bool destroyed_ = false;
};

}  // namespace patchbay::bridge
