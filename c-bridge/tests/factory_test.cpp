// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "player.h"
#include "pluginterfaces/vst/ivstprefetchablesupport.h"
#include "text.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace fs = std::filesystem;

namespace {

/** A fresh folder: test runs may stand beside each other. */
fs::path freshFolder() {
  std::string pattern = (fs::temp_directory_path() / "patchbay-spoilt.XXXXXX").string();
  REQUIRE(mkdtemp(pattern.data()) != nullptr);
  return pattern;
}

/** A copy of the synth's bundle that may be spoilt. */
struct SpoiltBundle {
  SpoiltBundle() : folder(freshFolder() / "synth.vst3") {
    fs::copy(bundlePath("synth"), folder, fs::copy_options::recursive);
  }
  ~SpoiltBundle() { fs::remove_all(folder.parent_path()); }
  SpoiltBundle(const SpoiltBundle&) = delete;
  SpoiltBundle& operator=(const SpoiltBundle&) = delete;

  [[nodiscard]] fs::path image() const { return folder / "Contents/Resources/region.image"; }

  fs::path folder;
};

int classesOf(const fs::path& bundle, std::string& errors) {
  int classes = -1;
  errors = errorsOf([&] {
    patchbay::host::Module module(bundle);
    classes = module.factory().countClasses();
    PFactoryInfo info;
    CHECK(module.factory().getFactoryInfo(&info) == kResultOk);
  });
  return classes;
}

}  // namespace

TEST_SUITE("factory") {
  TEST_CASE("a scan answers everything from the image and starts nothing") {
    Player player;
    PClassInfo2 info;
    FUnknownPtr<IPluginFactory2> factory2(&player.module->factory());
    REQUIRE(factory2);
    CHECK(factory2->getClassInfo2(0, &info) == kResultOk);
    CHECK(std::string(info.name) == "Test Synth");
    CHECK(std::string(info.category) == kVstAudioEffectClass);
    CHECK(std::string(info.subCategories) == "Instrument|Synth");
    CHECK(std::string(info.vendor) == "Patchbay Tests");
    CHECK(std::string(info.version) == "1.2.3");
    FUnknownPtr<IPluginFactory3> factory3(&player.module->factory());
    REQUIRE(factory3);
    PClassInfoW wide;
    CHECK(factory3->getClassInfoUnicode(0, &wide) == kResultOk);
    CHECK(patchbay::bridge::fromUtf16(wide.name, 64) == "Test Synth");
    CHECK(player.controller->getParameterCount() == 8 + 64 + 1);
    CHECK(player.processor->getTailSamples() == 0);
    CHECK(RegionView::count() == 0);
    CHECK(children().empty());
  }

  TEST_CASE("both faces are one object") {
    Player player;
    FUnknownPtr<FUnknown> fromComponent(player.component);
    FUnknownPtr<FUnknown> fromController(player.controller);
    CHECK(fromComponent.getInterface() == fromController.getInterface());
    FUnknownPtr<Vst::IAudioProcessor> processor(player.controller);
    CHECK(processor.getInterface() == player.processor.get());
    for (const FUID& id : {Vst::IProcessContextRequirements::iid, Vst::IPrefetchableSupport::iid,
                           Vst::IEditController2::iid, Vst::IMidiMapping::iid, Vst::IUnitInfo::iid}) {
      void* object = nullptr;
      CHECK(player.component->queryInterface(id.toTUID(), &object) == kResultOk);
      static_cast<FUnknown*>(object)->release();
    }
    void* object = &player;
    CHECK(player.component->queryInterface(IPluginFactory::iid.toTUID(), &object) == kNoInterface);
    CHECK(object == nullptr);
    TUID id = {};
    CHECK(player.component->getControllerClassId(id) != kResultOk);
  }

  TEST_CASE("every parameter of the list is known, and each id is there once") {
    Player player;
    std::set<Vst::ParamID> ids;
    for (int32 i = 0; i < player.controller->getParameterCount(); ++i) {
      Vst::ParameterInfo info = {};
      REQUIRE(player.controller->getParameterInfo(i, info) == kResultOk);
      CHECK(ids.insert(info.id).second);
      CHECK(player.controller->getParamNormalized(info.id) == info.defaultNormalizedValue);
      Vst::String128 text = {};
      CHECK(player.controller->getParamStringByValue(info.id, 0.5, text) == kResultOk);
      if (info.id >= 0x40000000u) {
        CHECK((info.flags & ~Vst::ParameterInfo::kIsReadOnly) == Vst::ParameterInfo::kIsHidden);
      }
    }
    Vst::ParameterInfo info = {};
    CHECK(player.controller->getParameterInfo(-1, info) != kResultOk);
    CHECK(player.controller->getParameterInfo(8 + 64, info) == kResultOk);
    CHECK(info.flags == (Vst::ParameterInfo::kIsHidden | Vst::ParameterInfo::kIsReadOnly));
    CHECK(player.controller->getParameterInfo(8 + 64 + 1, info) != kResultOk);
    CHECK(player.controller->getParameterInfo(0, info) == kResultOk);
    CHECK(info.flags == Vst::ParameterInfo::kCanAutomate);
    player.controller->getParameterInfo(2, info);
    CHECK(info.flags == (Vst::ParameterInfo::kCanAutomate | Vst::ParameterInfo::kIsList));
    CHECK(info.stepCount == 2);
    player.controller->getParameterInfo(4, info);
    CHECK(info.flags == (Vst::ParameterInfo::kCanAutomate | Vst::ParameterInfo::kIsBypass));
    player.controller->getParameterInfo(5, info);
    CHECK(info.flags == Vst::ParameterInfo::kIsReadOnly);
    player.controller->getParameterInfo(7, info);
    CHECK(info.flags == Vst::ParameterInfo::kIsHidden);
  }

  TEST_CASE("the controller's view is its own") {
    Player player;
    const std::vector<char> before = player.save();
    CHECK(player.controller->setParamNormalized(10, 0.75) == kResultOk);
    CHECK(player.controller->getParamNormalized(10) == 0.75);
    CHECK(player.save() == before);
    CHECK(player.controller->setParamNormalized(11, 0.75) != kResultOk);
    CHECK(player.controller->setParamNormalized(10, std::nan("")) != kResultOk);
    CHECK(player.controller->normalizedParamToPlain(20, 0) == 20);
    CHECK(player.controller->plainParamToNormalized(20, 20000) == 1);
  }

  TEST_CASE("buses say what they are, and keep it where a host wants otherwise") {
    Player synth;
    CHECK(synth.component->getBusCount(Vst::kAudio, Vst::kInput) == 0);
    CHECK(synth.component->getBusCount(Vst::kAudio, Vst::kOutput) == 1);
    CHECK(synth.component->getBusCount(Vst::kEvent, Vst::kInput) == 1);
    CHECK(synth.component->getBusCount(Vst::kEvent, Vst::kOutput) == 0);
    CHECK(synth.component->getBusCount(7, 7) == 0);
    Vst::BusInfo bus = {};
    CHECK(synth.component->getBusInfo(Vst::kEvent, Vst::kInput, 0, bus) == kResultOk);
    CHECK(bus.channelCount == 16);
    CHECK(synth.component->getBusInfo(Vst::kAudio, Vst::kOutput, 1, bus) != kResultOk);
    Vst::SpeakerArrangement stereo = Vst::SpeakerArr::kStereo;
    Vst::SpeakerArrangement surround = Vst::SpeakerArr::k51;
    Vst::SpeakerArrangement now = 0;
    CHECK(synth.processor->setBusArrangements(nullptr, 0, &stereo, 1) == kResultTrue);
    CHECK(synth.processor->setBusArrangements(nullptr, 0, &surround, 1) == kResultFalse);
    CHECK(synth.processor->setBusArrangements(&stereo, 1, &stereo, 1) == kResultFalse);
    CHECK(synth.processor->setBusArrangements(nullptr, -1, nullptr, 1) != kResultTrue);
    CHECK(synth.processor->getBusArrangement(Vst::kOutput, 0, now) == kResultOk);
    CHECK(now == Vst::SpeakerArr::kStereo);
    CHECK(synth.processor->getBusArrangement(Vst::kInput, 0, now) != kResultOk);
    CHECK(synth.processor->canProcessSampleSize(Vst::kSample64) == kResultTrue);
    CHECK(synth.processor->canProcessSampleSize(2) != kResultTrue);
    Player effect("effect");
    CHECK(effect.component->getBusCount(Vst::kAudio, Vst::kInput) == 1);
    CHECK(effect.processor->setBusArrangements(&surround, 1, &stereo, 1) == kResultFalse);
    CHECK(effect.processor->getBusArrangement(Vst::kInput, 0, now) == kResultOk);
    CHECK(now == Vst::SpeakerArr::kStereo);
  }

  TEST_CASE("a bundle without a usable image has no classes, and one line says why") {
    std::string errors;
    const SpoiltBundle bundle;
    fs::resize_file(bundle.image(), 100);
    CHECK(classesOf(bundle.folder, errors) == 0);
    CHECK(errors == "patchbay: " + bundle.image().string() +
                        ": it is shorter than a region's header: rebuild the bundle\n");
    std::ofstream(bundle.image()) << std::string(5000, 'x');
    CHECK(classesOf(bundle.folder, errors) == 0);
    CHECK(errors == "patchbay: " + bundle.image().string() + ": its magic is 0x7878787878787878, expected 0x5941424843544150: rebuild the bundle\n");
    fs::remove(bundle.image());
    CHECK(classesOf(bundle.folder, errors) == 0);
    CHECK(errors == "patchbay: " + bundle.image().string() +
                        " cannot be read: No such file or directory; rebuild the bundle\n");
  }

  TEST_CASE("a hundred instances that are never activated start no process and leave no memory open") {
    Player player;
    for (int i = 0; i < 100; ++i) {
      void* object = nullptr;
      REQUIRE(player.module->factory().createInstance(firstClass(*player.module).toTUID(),
                                                      Vst::IComponent::iid.toTUID(), &object) == kResultOk);
      auto* component = static_cast<Vst::IComponent*>(object);
      component->initialize(nullptr);
      CHECK(component->initialize(nullptr) == kResultFalse);
      component->terminate();
      CHECK(component->release() == 0);
    }
    CHECK(RegionView::count() == 0);
    CHECK(children().empty());
  }
}
