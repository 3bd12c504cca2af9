// SPDX-License-Identifier: Apache-2.0
#include "rt_log.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>
#include <utility>

#include "log.h"

namespace patchbay::bridge {
namespace {

/** Messages that are written each time: at ten times a second, a hundred a second. */
constexpr std::uint32_t kSome = 10;

const char* levelName(std::int32_t level) {
  return level == PB_LOG_LEVEL_ERROR ? "error: " : level == PB_LOG_LEVEL_WARNING ? "warning: " : "";
}

template <class Number>
std::string numberText(Number value) {
  char buffer[64];
  // Not printf: the host's locale may have a comma.
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
  return std::string(buffer, end.ptr);
}

std::string argumentText(const pb_log_record& record, std::uint32_t index) {
  std::int64_t whole;
  std::memcpy(&whole, &record.arguments[index], sizeof whole);
  if ((record.doubles >> index & 1u) == 0) {
    return numberText(whole);
  }
  double number;
  std::memcpy(&number, &record.arguments[index], sizeof number);
  return numberText(number);
}

pb_ring_action writeMessage(void* context, std::int32_t, const std::uint8_t* payload, std::uint32_t length) {
  const auto& plugin = *static_cast<const std::string*>(context);
  try {
    log(plugin, "the RT module says: " + rtLogLine(payload, length));
  } catch (...) {
    // Out of memory: the message is lost, the host goes on.
  }
  return PB_RING_CONTINUE;
}

}  // namespace

std::string rtLogLine(const std::uint8_t* record, std::uint32_t length) {
  pb_log_record head;
  if (length < sizeof head) {
    return "(a message that is none)";
  }
  std::memcpy(&head, record, sizeof head);
  const std::uint32_t room = length - static_cast<std::uint32_t>(sizeof head);
  const std::uint32_t size = head.text_length < 0 ? 0 : std::min(static_cast<std::uint32_t>(head.text_length), room);
  std::string text(reinterpret_cast<const char*>(record) + sizeof head, size);
  // One message is one line, and no terminal's command.
  const auto unfit = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; };
  std::replace_if(text.begin(), text.end(), unfit, ' ');
  const auto most = static_cast<std::int32_t>(sizeof head.arguments / sizeof head.arguments[0]);
  const auto count = static_cast<std::uint32_t>(std::clamp(head.argument_count, 0, most));
  std::size_t from = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t place = text.find("{}", from);
    const std::string value = argumentText(head, i);
    if (place == std::string::npos) {
      text += " " + value;
      from = text.size();
    } else {
      text.replace(place, 2, value);
      from = place + value.size();
    }
  }
  return levelName(head.level) + text;
}

RtLog::RtLog(std::string plugin, std::shared_ptr<Region> region)
    : plugin_(std::move(plugin)), region_(std::move(region)) {}

void RtLog::writeSome() noexcept { write(kSome); }

void RtLog::writeAll() noexcept { write(std::numeric_limits<std::uint32_t>::max()); }

void RtLog::write(std::uint32_t most) noexcept {
  try {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::string plugin = plugin_;
    std::uint32_t left = most;
    // One call does not cross the end of the data. Three turns are an end, however fast the producer goes on.
    for (std::uint32_t turn = 0; turn < 3 && left > 0 && !broken_; ++turn) {
      const std::int64_t taken =
          pb_ring_read(&region_->rtLog, writeMessage, &plugin, std::min(left, region_->rtLog.capacity));
      if (taken < 0) {
        broken_ = true;
        log(plugin_, "the RT module's messages are no longer readable: a process has overwritten them");
      } else {
        left -= static_cast<std::uint32_t>(taken);
      }
    }
    tellLost();
  } catch (...) {
    // As above.
  }
}

void RtLog::tellLost() {
  const std::uint64_t dropped = pb_ring_dropped(&region_->rtLog);
  if (dropped != lost_) {
    log(plugin_,
        std::to_string(dropped - lost_) + " messages of the RT module were lost: it said more than is written");
    lost_ = dropped;
  }
}

}  // namespace patchbay::bridge
