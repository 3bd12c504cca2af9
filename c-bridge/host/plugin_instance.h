// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "host_context.h"
#include "module.h"
#include "plugin_class.h"
#include "pluginterfaces/vst/ivstaudioprocessor.h"
#include "pluginterfaces/vst/ivstcomponent.h"
#include "pluginterfaces/vst/ivsteditcontroller.h"
#include "pluginterfaces/vst/ivstmessage.h"

namespace patchbay::host {

struct Parameter {
  Steinberg::Vst::ParameterInfo info;
  Steinberg::Vst::ParamValue value = 0;
};

struct Bus {
  Steinberg::Vst::BusInfo info;
  Steinberg::Vst::SpeakerArrangement arrangement = 0;  ///< 0 for event buses
};

/**
 * One instance of a plug-in, from initialize to terminate. The lifecycle methods are called in the order in which they
 * are declared, all on the main thread; only startProcessing, process and stopProcessing belong to the audio thread, or
 * to another one while that is kept out. The destructor undoes whatever was reached.
 */
class PluginInstance {
 public:
  /** Which audio buses are played: the main ones, or auxiliary ones such as a side chain as well. */
  enum class Buses { main, all };

  /** Creates and initialises component and controller. @throws Failure with ExitStatus::pluginRun */
  PluginInstance(Module& module, const PluginClass& pluginClass);
  ~PluginInstance();
  PluginInstance(const PluginInstance&) = delete;
  PluginInstance& operator=(const PluginInstance&) = delete;

  /** Component state, as saveState returned it. @throws Failure if the plug-in rejects it */
  void loadState(std::vector<char> state);

  /** Asks for stereo on the main buses and keeps to what the plug-in then says it has. */
  void arrangeBuses();

  /** Activates buses and component. @throws Failure if the plug-in refuses the set-up or the activation */
  void activate(Steinberg::Vst::ProcessSetup setup, Buses played = Buses::main);

  void startProcessing() noexcept;
  Steinberg::tresult process(Steinberg::Vst::ProcessData& data) noexcept { return processor_->process(data); }
  void stopProcessing() noexcept;

  [[nodiscard]] std::vector<char> saveState();
  void deactivate() noexcept;

  [[nodiscard]] const PluginClass& pluginClass() const { return class_; }
  [[nodiscard]] Steinberg::Vst::IComponent& component() const { return *component_; }
  [[nodiscard]] Steinberg::Vst::IAudioProcessor& processor() const { return *processor_; }
  /** Null for a plug-in without parameters and editor. */
  [[nodiscard]] Steinberg::Vst::IEditController* controller() const { return controller_; }
  [[nodiscard]] bool separateController() const { return separateController_; }
  [[nodiscard]] const ComponentHandler& handler() const { return handler_; }
  /** The flags of the restarts that the plug-in has asked for since the last call; any thread. */
  [[nodiscard]] std::int32_t takeRestartFlags() noexcept { return handler_.takeRestartFlags(); }

  [[nodiscard]] std::vector<Bus> buses(Steinberg::Vst::MediaTypes type, Steinberg::Vst::BusDirections direction) const;
  [[nodiscard]] std::vector<Parameter> parameters() const;

 private:
  void makeController(Steinberg::IPluginFactory& factory);
  void connect();
  void activateBuses(bool state);
  void terminate() noexcept;

  PluginClass class_;
  HostContext context_;
  ComponentHandler handler_;
  Steinberg::IPtr<Steinberg::Vst::IComponent> component_;
  Steinberg::IPtr<Steinberg::Vst::IAudioProcessor> processor_;
  Steinberg::IPtr<Steinberg::Vst::IEditController> controller_;
  Steinberg::IPtr<Steinberg::Vst::IConnectionPoint> componentPoint_;
  Steinberg::IPtr<Steinberg::Vst::IConnectionPoint> controllerPoint_;
  bool componentInitialised_ = false;
  bool controllerInitialised_ = false;
  bool separateController_ = false;
  bool connected_ = false;
  Buses played_ = Buses::main;
  bool active_ = false;
  bool processing_ = false;
};

/** A tresult by its SDK name, for messages. */
[[nodiscard]] std::string resultName(Steinberg::tresult result);

}  // namespace patchbay::host
