// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>

#include "host_notices.h"
#include "midi_map.h"
#include "plugin_image.h"
#include "pluginterfaces/vst/ivsteditcontroller.h"
#include "pluginterfaces/vst/ivstmessage.h"
#include "pluginterfaces/vst/ivstnoteexpression.h"
#include "pluginterfaces/vst/ivstphysicalui.h"
#include "pluginterfaces/vst/ivstunits.h"

namespace patchbay::bridge {

class Plugin;

/**
 * The plug-in as a host's user interface sees it: parameters, MIDI controllers, units with programs, and note expressions. All on the UI
 * thread.
 */
class ControllerFace final : public Steinberg::Vst::IEditController,
                             public Steinberg::Vst::IEditController2,
                             public Steinberg::Vst::IMidiMapping,
                             public Steinberg::Vst::IUnitInfo,
                             public Steinberg::Vst::INoteExpressionController,
                             public Steinberg::Vst::INoteExpressionPhysicalUIMapping,
                             public Steinberg::Vst::IConnectionPoint {
 public:
  explicit ControllerFace(Plugin& plugin);
  virtual ~ControllerFace() = default;
  ControllerFace(const ControllerFace&) = delete;
  ControllerFace& operator=(const ControllerFace&) = delete;

  /** The interface of this id, or null where this face does not have it. */
  [[nodiscard]] void* find(const Steinberg::TUID wanted) noexcept;

  Steinberg::tresult PLUGIN_API queryInterface(const Steinberg::TUID wanted, void** object) override;
  Steinberg::uint32 PLUGIN_API addRef() override;
  Steinberg::uint32 PLUGIN_API release() override;

  Steinberg::tresult PLUGIN_API initialize(Steinberg::FUnknown* context) override;
  Steinberg::tresult PLUGIN_API terminate() override;

  Steinberg::tresult PLUGIN_API setComponentState(Steinberg::IBStream* state) override;
  Steinberg::tresult PLUGIN_API setState(Steinberg::IBStream* state) override;
  Steinberg::tresult PLUGIN_API getState(Steinberg::IBStream* state) override;
  Steinberg::int32 PLUGIN_API getParameterCount() override;
  Steinberg::tresult PLUGIN_API getParameterInfo(Steinberg::int32 index, Steinberg::Vst::ParameterInfo& info) override;
  Steinberg::tresult PLUGIN_API getParamStringByValue(Steinberg::Vst::ParamID id, Steinberg::Vst::ParamValue value,
                                                      Steinberg::Vst::String128 string) override;
  Steinberg::tresult PLUGIN_API getParamValueByString(Steinberg::Vst::ParamID id, Steinberg::Vst::TChar* string,
                                                      Steinberg::Vst::ParamValue& value) override;
  Steinberg::Vst::ParamValue PLUGIN_API normalizedParamToPlain(Steinberg::Vst::ParamID id,
                                                               Steinberg::Vst::ParamValue value) override;
  Steinberg::Vst::ParamValue PLUGIN_API plainParamToNormalized(Steinberg::Vst::ParamID id,
                                                               Steinberg::Vst::ParamValue value) override;
  Steinberg::Vst::ParamValue PLUGIN_API getParamNormalized(Steinberg::Vst::ParamID id) override;
  Steinberg::tresult PLUGIN_API setParamNormalized(Steinberg::Vst::ParamID id,
                                                   Steinberg::Vst::ParamValue value) override;
  Steinberg::tresult PLUGIN_API setComponentHandler(Steinberg::Vst::IComponentHandler* handler) override;
  Steinberg::IPlugView* PLUGIN_API createView(Steinberg::FIDString name) override;

  Steinberg::tresult PLUGIN_API setKnobMode(Steinberg::Vst::KnobMode mode) override;
  Steinberg::tresult PLUGIN_API openHelp(Steinberg::TBool onlyCheck) override;
  Steinberg::tresult PLUGIN_API openAboutBox(Steinberg::TBool onlyCheck) override;

  Steinberg::tresult PLUGIN_API getMidiControllerAssignment(Steinberg::int32 bus, Steinberg::int16 channel,
                                                            Steinberg::Vst::CtrlNumber number,
                                                            Steinberg::Vst::ParamID& id) override;

  Steinberg::int32 PLUGIN_API getUnitCount() override;
  Steinberg::tresult PLUGIN_API getUnitInfo(Steinberg::int32 index, Steinberg::Vst::UnitInfo& info) override;
  Steinberg::int32 PLUGIN_API getProgramListCount() override;
  Steinberg::tresult PLUGIN_API getProgramListInfo(Steinberg::int32 index,
                                                   Steinberg::Vst::ProgramListInfo& info) override;
  Steinberg::tresult PLUGIN_API getProgramName(Steinberg::Vst::ProgramListID list, Steinberg::int32 program,
                                               Steinberg::Vst::String128 name) override;
  Steinberg::tresult PLUGIN_API getProgramInfo(Steinberg::Vst::ProgramListID list, Steinberg::int32 program,
                                               Steinberg::Vst::CString attribute,
                                               Steinberg::Vst::String128 value) override;
  Steinberg::tresult PLUGIN_API hasProgramPitchNames(Steinberg::Vst::ProgramListID list,
                                                     Steinberg::int32 program) override;
  Steinberg::tresult PLUGIN_API getProgramPitchName(Steinberg::Vst::ProgramListID list, Steinberg::int32 program,
                                                    Steinberg::int16 pitch, Steinberg::Vst::String128 name) override;
  Steinberg::Vst::UnitID PLUGIN_API getSelectedUnit() override;
  Steinberg::tresult PLUGIN_API selectUnit(Steinberg::Vst::UnitID unit) override;
  Steinberg::tresult PLUGIN_API getUnitByBus(Steinberg::Vst::MediaType type, Steinberg::Vst::BusDirection direction,
                                             Steinberg::int32 bus, Steinberg::int32 channel,
                                             Steinberg::Vst::UnitID& unit) override;
  Steinberg::tresult PLUGIN_API setUnitProgramData(Steinberg::int32 listOrUnit, Steinberg::int32 program,
                                                   Steinberg::IBStream* data) override;

  Steinberg::int32 PLUGIN_API getNoteExpressionCount(Steinberg::int32 bus, Steinberg::int16 channel) override;
  Steinberg::tresult PLUGIN_API getNoteExpressionInfo(Steinberg::int32 bus, Steinberg::int16 channel,
                                                      Steinberg::int32 index,
                                                      Steinberg::Vst::NoteExpressionTypeInfo& info) override;
  Steinberg::tresult PLUGIN_API getNoteExpressionStringByValue(Steinberg::int32 bus, Steinberg::int16 channel,
                                                               Steinberg::Vst::NoteExpressionTypeID id,
                                                               Steinberg::Vst::NoteExpressionValue value,
                                                               Steinberg::Vst::String128 string) override;
  Steinberg::tresult PLUGIN_API getNoteExpressionValueByString(Steinberg::int32 bus, Steinberg::int16 channel,
                                                               Steinberg::Vst::NoteExpressionTypeID id,
                                                               const Steinberg::Vst::TChar* string,
                                                               Steinberg::Vst::NoteExpressionValue& value) override;
  Steinberg::tresult PLUGIN_API getPhysicalUIMapping(Steinberg::int32 bus, Steinberg::int16 channel,
                                                     Steinberg::Vst::PhysicalUIMapList& list) override;

  Steinberg::tresult PLUGIN_API connect(Steinberg::Vst::IConnectionPoint* other) override;
  Steinberg::tresult PLUGIN_API disconnect(Steinberg::Vst::IConnectionPoint* other) override;
  Steinberg::tresult PLUGIN_API notify(Steinberg::Vst::IMessage* message) override;

  /** Forgets the host, which may be another one the next time. */
  void leaveHost() noexcept {
    notices.detach();
    peer_ = nullptr;
    selectedUnit_ = Steinberg::Vst::kRootUnitId;
  }

  HostNotices notices;

 private:
  [[nodiscard]] const Parameter* selectorOf(Steinberg::Vst::ProgramListID list, Steinberg::int32 program) const;
  [[nodiscard]] const NoteExpression* expressionOf(Steinberg::int32 bus, Steinberg::int16 channel,
                                                   Steinberg::Vst::NoteExpressionTypeID id) const;

  Plugin& plugin_;
  Steinberg::Vst::UnitID selectedUnit_ = Steinberg::Vst::kRootUnitId;
  const Steinberg::Vst::IConnectionPoint* peer_ = nullptr;  ///< compared, never called
  std::unique_ptr<std::atomic<double>[]> midi_;  ///< what each MIDI parameter shows, in MidiMap's order
};

}  // namespace patchbay::bridge
