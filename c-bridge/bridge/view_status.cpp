// SPDX-License-Identifier: Apache-2.0
#include "view_status.h"

#include <string>

namespace patchbay::bridge {
namespace {

using Mood = ViewContent::Mood;
using Process = InstanceStatus::Process;

/** "1,234,567" */
std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

ViewContent::Row processRow(const char* label, Process process, const char* serving) {
  switch (process) {
    case Process::none: return {label, "none in this plug-in", Mood::idle};
    case Process::off: return {label, "not started", Mood::idle};
    case Process::starting: return {label, "starting", Mood::uneasy};
    case Process::serves: return {label, serving, Mood::good};
    case Process::refused: return {label, "refuses to serve; see the log", Mood::bad};
    case Process::returning: return {label, "ended; another is started", Mood::uneasy};
    case Process::ended: break;
  }
  return {label, "ended; see the log", Mood::bad};
}

ViewContent::Row engineRow(const InstanceStatus& status) {
  ViewContent::Row row = processRow("Sound engine", status.engine, "plays");
  if (status.engine == Process::serves && !status.active) {
    row.text = "ready; the host has it switched off";
    row.mood = Mood::idle;
  }
  return row;
}

ViewContent::Row healthRow(const InstanceStatus& status) {
  ViewContent::Row row = {"Missed blocks", grouped(status.missedBlocks), Mood::idle};
  if (status.blocks + status.missedBlocks > 0) {
    row.text += " of " + grouped(status.blocks + status.missedBlocks);
    row.mood = status.missedBlocks == 0 ? Mood::good : Mood::uneasy;
  }
  if (status.restarts > 0) {
    row.text += status.restarts == 1 ? ", 1 restart" : ", " + grouped(status.restarts) + " restarts";
  }
  return row;
}

ViewContent::Row panelRow(const InstanceStatus& status, const PanelState& panel) {
  if (!panel.served.empty() && panel.reachable) {
    return {"Panel", "served at " + panel.served, Mood::good};
  }
  if (panel.reachable) {
    return {"Panel", "ready to be opened", Mood::good};
  }
  const bool comes = status.control == Process::starting || status.control == Process::serves || status.control == Process::returning;
  return {"Panel", comes ? "not there yet" : "needs the control process", Mood::idle};
}

}  // namespace

void describe(const InstanceStatus& status, const PanelState& panel, ViewContent& content) {
  content.rows = {engineRow(status), processRow("Control", status.control, "serves"), healthRow(status), panelRow(status, panel)};
  content.buttonEnabled = panel.reachable;
}

}  // namespace patchbay::bridge
