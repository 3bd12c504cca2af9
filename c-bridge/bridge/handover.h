// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <utility>

#include "block_exchange.h"
#include "region.h"

namespace patchbay::bridge {

/**
 * An instance on its way from the engine that plays to another one, which was made ready in a scratch region of its own. The audio
 * thread takes the steps, each at a block's boundary, and says how far it is; the thread that brings the new engine says what
 * may come next. Whose turn it is, is told by stage and order alone.
 */
class Handover {
 public:
  enum class Stage {
    joining,  ///< the new engine plays along unheard, until it is crossfaded to
    heard,    ///< the new engine plays, in the scratch region; nobody asks the former one any more
    arrived,  ///< the new engine was sent to the instance's own region, and is asked there
    failed    ///< the former engine plays as before; failure says why
  };

  enum class Order { join, goOn, cancel };

  Handover(std::shared_ptr<Region> region, const AudioGeometry& geometry)
      : exchange_(std::move(region), geometry) {}
  Handover(const Handover&) = delete;
  Handover& operator=(const Handover&) = delete;

  [[nodiscard]] BlockExchange& exchange() noexcept { return exchange_; }

  /** Acquire: pairs with the release in enter, so what was done before is seen. */
  [[nodiscard]] Stage stage() const noexcept { return stage_.load(std::memory_order_acquire); }

  /** By whoever owns the present stage, for the last time in it. */
  void enter(Stage stage) noexcept { stage_.store(stage, std::memory_order_release); }

  /** Release and acquire: the audio thread sees what was prepared for the order. */
  void give(Order order) noexcept { order_.store(order, std::memory_order_release); }
  [[nodiscard]] Order order() const noexcept { return order_.load(std::memory_order_acquire); }

  void fail(const char* why) noexcept {
    failure = why;
    enter(Stage::failed);
  }

  const char* failure = "";  ///< why, as the end of a sentence; valid in the stage failed

  // The audio thread's while joining.
  bool told = false;        ///< whether the new engine knows what sounds
  bool valuesTold = false;  ///< whether it knows all parameters
  double frames = 0;        ///< how long it has played along since
  double late = 0;          ///< frames of blocks that should have been the one to change over in

 private:
  BlockExchange exchange_;
  std::atomic<Stage> stage_{Stage::joining};
  std::atomic<Order> order_{Order::join};
};

}  // namespace patchbay::bridge
