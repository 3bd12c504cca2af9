// SPDX-License-Identifier: Apache-2.0
#include "report.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>

namespace patchbay::host {
namespace {

using Json = nlohmann::ordered_json;

template <class Value>
Json orNull(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

/** Nearest rank: the smallest duration that at least this share of the blocks does not exceed. */
double percentileMicros(const std::vector<std::uint32_t>& sorted, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1] / 1000.0;
}

Json processMicros(std::vector<std::uint32_t> durations) {
  if (durations.empty()) {
    return nullptr;
  }
  std::sort(durations.begin(), durations.end());
  const double sum = std::accumulate(durations.begin(), durations.end(), 0.0);
  return {{"p50", percentileMicros(durations, 0.5)},
          {"p90", percentileMicros(durations, 0.9)},
          {"p99", percentileMicros(durations, 0.99)},
          {"p999", percentileMicros(durations, 0.999)},
          {"max", durations.back() / 1000.0},
          {"mean", std::round(sum / static_cast<double>(durations.size())) / 1000.0}};
}

const char* modeName(Steinberg::Vst::ProcessModes mode) {
  switch (mode) {
    case Steinberg::Vst::kRealtime: return "realtime";
    case Steinberg::Vst::kPrefetch: return "prefetch";
    default: return "offline";
  }
}

std::uint64_t countLate(const std::vector<std::uint32_t>& durations, const RenderSettings& settings) {
  const double blockNanos = settings.block * 1.0e9 / settings.sampleRate;
  const auto late = [blockNanos](std::uint32_t nanos) { return nanos > blockNanos; };
  return static_cast<std::uint64_t>(std::count_if(durations.begin(), durations.end(), late));
}

}  // namespace

std::string renderReport(const Renderer& renderer, const RenderSettings& settings, const PluginInstance& plugin,
                         const RenderFacts& facts) {
  const std::vector<std::uint32_t> durations = renderer.times().durations();
  const SignalMeter& signal = renderer.signal();
  Json outputParameters = Json::object();
  for (const auto& [id, value] : renderer.outputs().lastValues()) {
    outputParameters[std::to_string(id)] = value;
  }
  Json report = {
      {"plugin", facts.plugin},
      {"class", plugin.pluginClass().name},
      {"version", plugin.pluginClass().version},
      {"sampleRate", settings.sampleRate},
      {"blockSize", settings.block},
      {"mode", modeName(settings.mode)},
      {"paced", settings.paced},
      {"scheduling", facts.scheduling},
      {"channels", recordedChannels(plugin)},
      {"blocks", renderer.times().count()},
      {"frames", renderer.framesDone()},
      {"seconds", static_cast<double>(renderer.framesDone()) / settings.sampleRate},
      {"wallSeconds", renderer.wallSeconds()},
      {"notesPlayed", renderer.sent().notesSent()},
      {"eventsSent", renderer.sent().eventsSent()},
      {"eventsIgnored", facts.eventsIgnored},
      {"parameterChangesIn", renderer.sent().changesSent()},
      {"parameterChangesOut", renderer.outputs().points()},
      {"outputParameters", outputParameters},
      {"peakDb", orNull(signal.peakDb())},
      {"rmsDb", orNull(signal.rmsDb())},
      {"nanSamples", signal.nanSamples()},
      {"clippedSamples", signal.clippedSamples()},
      {"processMicros", processMicros(durations)},
      {"lateBlocks", countLate(durations, settings)},
      {"overruns", renderer.overruns()},
      {"processErrors", renderer.processErrors()},
      {"silentBlocks", signal.silentBlocks()},
      {"firstSilentBlockAfterSound", orNull(signal.firstSilentAfterSound())},
      {"trailingSilentBlocks", signal.trailingSilentBlocks()},
      {"restartRequests", plugin.handler().restarts()},
      {"restartFlags", plugin.handler().restartFlags()},
      {"parameterEdits", plugin.handler().edits()},
      {"latencySamples", facts.latencySamples},
      {"tailSamples", facts.tailSamples},
      {"activateMillis", facts.activateMillis},
  };
  if (facts.blocks) {
    report["blockStartNanos"] = renderer.times().starts();
    Json micros = Json::array();
    for (const std::uint32_t nanos : durations) {
      micros.push_back(nanos / 1000.0);
    }
    report["blockMicros"] = std::move(micros);
  }
  // Names come from the plug-in and need not be valid UTF-8.
  return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace patchbay::host
