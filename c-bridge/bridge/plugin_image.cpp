// SPDX-License-Identifier: Apache-2.0
#include "plugin_image.h"

#include <algorithm>
#include <cstring>

#include "image_check.h"
#include "pluginterfaces/vst/ivstnoteexpression.h"
#include "text.h"

namespace patchbay::bridge {
namespace {

/** Hosts describe silence in 64 bits, one a channel. */
constexpr std::uint32_t kMostChannels = 64;

std::string unusable(const char* section) {
  return std::string("its section \"") + section +
         "\" is missing or of another shape than this bridge was built for";
}

/** A copy of an element, so that what is checked is what is used. */
template <class Struct>
Struct elementAt(const pb_section& section, std::uint32_t index) {
  Struct copy;
  std::memcpy(&copy, pb_section_element(&section, index), sizeof copy);
  return copy;
}

}  // namespace

std::shared_ptr<const PluginImage> PluginImage::parse(std::vector<std::uint8_t> bytes, std::string& error) {
  std::shared_ptr<PluginImage> image(new PluginImage);
  image->bytes_ = std::move(bytes);
  error = image->read();
  return error.empty() ? image : nullptr;
}

std::string PluginImage::read() {
  pb_region region = {};
  std::string error = checkImage(bytes_, region);
  if (error.empty()) {
    error = readAudio(region);
  }
  if (error.empty()) {
    error = readIdentity(region);
  }
  if (error.empty()) {
    error = readModules(region);
  }
  return error;
}

std::string PluginImage::readIdentity(const pb_region& region) {
  pb_section section;
  if (!PB_FIND(&region, PB_STANDARD_PLUGIN, &section) || section.stride < sizeof(pb_standard_plugin_info)) {
    return unusable(PB_STANDARD_PLUGIN_NAME);
  }
  const auto info = elementAt<pb_standard_plugin_info>(section, 0);
  name = fieldText(info.name);
  vendor = fieldText(info.vendor);
  version = fieldText(info.version);
  url = fieldText(info.url);
  email = fieldText(info.email);
  category = fieldText(info.category);
  std::memcpy(uid, info.uid, sizeof uid);
  instrument = info.instrument != 0;
  midi = MidiMap(info);
  if (name.empty()) {
    return "it does not name the plug-in";
  }
  if (std::all_of(uid, uid + sizeof uid, [](char byte) { return byte == 0; })) {
    return "its class id is zero";
  }
  eventOutput = info.event_output != 0;
  std::string error = readParameters(region, info.parameter_count);
  if (error.empty()) {
    error = readBuses(region, info.bus_count);
  }
  return error.empty() ? readNoteExpressions(region, info.note_expression_count) : error;
}

std::string PluginImage::readBuses(const pb_region& region, std::int32_t count) {
  pb_section section;
  if (!PB_FIND(&region, PB_STANDARD_BUSES, &section) || section.stride < sizeof(pb_standard_bus_info)) {
    return unusable(PB_STANDARD_BUSES_NAME);
  }
  if (count < 0 || static_cast<std::uint32_t>(count) > section.count) {
    return "it says that it has " + std::to_string(count) + " buses, but it has room for " +
           std::to_string(section.count);
  }
  std::uint32_t next[2] = {0, 0};
  for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(count); ++i) {
    const auto info = elementAt<pb_standard_bus_info>(section, i);
    AudioBus bus;
    bus.name = fieldText(info.name);
    bus.output = info.output != 0;
    bus.sideChain = info.side_chain != 0;
    bus.firstChannel = info.first_channel;
    bus.channels = info.channels;
    std::uint32_t most = 0;
    for (const std::uint64_t mask : info.arrangements) {
      if (mask == 0) {
        break;
      }
      bus.arrangements.push_back(mask);
      most = std::max(most, static_cast<std::uint32_t>(__builtin_popcountll(mask)));
    }
    // One after the other and without a gap; inputs first, as hosts and BUS_CHANNELS count them.
    const bool ordered = bus.output || buses.empty() || !buses.back().output;
    if (bus.arrangements.empty() || bus.channels != most || !ordered || bus.firstChannel != next[bus.output]) {
      return "its bus \"" + bus.name + "\" makes no sense";
    }
    next[bus.output] += bus.channels;
    buses.push_back(std::move(bus));
  }
  return next[0] == audio.inputChannels && next[1] == audio.outputChannels
             ? ""
             : "its buses have other channels than its audio blocks";
}

std::string PluginImage::readNoteExpressions(const pb_region& region, std::int32_t count) {
  pb_section section;
  if (!PB_FIND(&region, PB_STANDARD_NOTE_EXPRESSIONS, &section) ||
      section.stride < sizeof(pb_standard_note_expression_info)) {
    return unusable(PB_STANDARD_NOTE_EXPRESSIONS_NAME);
  }
  if (count < 0 || static_cast<std::uint32_t>(count) > section.count) {
    return "it says that it has " + std::to_string(count) + " note expressions, but it has room for " +
           std::to_string(section.count);
  }
  for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(count); ++i) {
    const auto info = elementAt<pb_standard_note_expression_info>(section, i);
    NoteExpression expression;
    expression.name = fieldText(info.name);
    expression.shortName = fieldText(info.short_name);
    expression.unit = fieldText(info.unit);
    expression.minimum = info.minimum;
    expression.maximum = info.maximum;
    expression.neutral = info.neutral;
    expression.gesture = info.gesture;
    const bool custom = info.expression == PB_EVENT_EXPRESSION_CUSTOM;
    const bool known = info.expression >= 0 && info.expression <= PB_EVENT_EXPRESSION_CUSTOM && info.number >= 0 &&
                       info.number <= static_cast<std::int32_t>(Steinberg::Vst::kCustomEnd - Steinberg::Vst::kCustomStart);
    if (!known || !(info.minimum < info.maximum) || !(info.neutral >= 0 && info.neutral <= 1)) {
      return "its note expression \"" + expression.name + "\" makes no sense";
    }
    expression.type = custom ? Steinberg::Vst::kCustomStart + static_cast<std::uint32_t>(info.number)
                             : static_cast<std::uint32_t>(info.expression);
    noteExpressions.push_back(std::move(expression));
  }
  return {};
}

std::string PluginImage::readParameters(const pb_region& region, std::int32_t count) {
  pb_section section;
  if (!PB_FIND(&region, PB_STANDARD_PARAMETER_INFO, &section) || section.stride < sizeof(pb_parameter_info)) {
    return unusable(PB_STANDARD_PARAMETER_INFO_NAME);
  }
  if (count < 0 || static_cast<std::uint32_t>(count) > section.count) {
    return "it says that it has " + std::to_string(count) + " parameters, but it has room for " +
           std::to_string(section.count);
  }
  std::vector<Parameter> found;
  for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(count); ++i) {
    found.emplace_back(elementAt<pb_parameter_info>(section, i));
  }
  parameters = ParameterTable(std::move(found));
  units = Units(parameters);
  return parameters.complaint();
}

std::string PluginImage::readAudio(const pb_region& region) {
  pb_section section;
  if (!PB_FIND(&region, PB_STANDARD_AUDIO, &section) || section.count < 2) {
    return unusable(PB_STANDARD_AUDIO_NAME);
  }
  pb_audio_head head;
  std::memcpy(&head, section.base, sizeof head);
  audio = {head.max_frames, head.input_channels, head.output_channels, head.samples_offset, head.channel_stride};
  const std::uint64_t channels = std::uint64_t{audio.inputChannels} + audio.outputChannels;
  const bool fits = audio.maxFrames >= 1 && audio.inputChannels <= kMostChannels &&
                    audio.outputChannels <= kMostChannels && audio.samplesOffset >= sizeof(pb_audio_slot) &&
                    audio.samplesOffset % sizeof(float) == 0 && audio.channelStride % sizeof(float) == 0 &&
                    audio.channelStride / sizeof(float) >= audio.maxFrames &&
                    audio.samplesOffset + channels * audio.channelStride <= section.stride;
  return fits ? "" : "its audio blocks do not fit into their slots";
}

std::string PluginImage::readModules(const pb_region& region) {
  pb_section section;
  if (!PB_FIND(&region, PB_STANDARD_MODULES, &section) || section.stride < sizeof(pb_standard_module_info) ||
      section.count < PB_STANDARD_ROLE_COUNT) {
    return unusable(PB_STANDARD_MODULES_NAME);
  }
  for (std::uint32_t role = 0; role < PB_STANDARD_ROLE_COUNT; ++role) {
    const auto info = elementAt<pb_standard_module_info>(section, role);
    modules[role].readyMillis = std::max(info.ready_millis, std::int32_t{0});
    modules[role].library = info.kind == PB_MODULE_KIND_LIBRARY;
    const bool known = info.kind == PB_MODULE_KIND_PROCESS || (info.kind == PB_MODULE_KIND_LIBRARY && role == PB_STANDARD_ROLE_RT);
    if (!known || (modules[role].library && info.argument_count != 1)) {
      return "its module " + std::to_string(role) + " is of the kind " + std::to_string(info.kind) + " with " +
             std::to_string(info.argument_count) + " arguments, which this bridge does not know";
    }
    const char* at = info.arguments;
    const char* const end = info.arguments + sizeof info.arguments;
    for (std::int32_t i = 0; i < info.argument_count; ++i) {
      const auto* stop = static_cast<const char*>(std::memchr(at, 0, static_cast<std::size_t>(end - at)));
      if (stop == nullptr) {
        return "the command line of its module " + std::to_string(role) + " has fewer than the " +
               std::to_string(info.argument_count) + " arguments that it says it has";
      }
      modules[role].arguments.emplace_back(at, stop);
      at = stop + 1;
    }
  }
  return {};
}

}  // namespace patchbay::bridge
