// SPDX-License-Identifier: Apache-2.0
// The page: takes what has changed from the stream and shows it once a frame.

import { Automation } from "./automation.js";
import { Connection } from "./connection.js";
import { byId, make, notify, say } from "./dom.js";
import { Health } from "./health.js";
import { Meters } from "./meters.js";
import { Midi } from "./midi.js";
import { Parameters } from "./parameters.js";
import { Presets } from "./presets.js";
import { Voices } from "./voices.js";

class Page {
  constructor() {
    this.changes = null;
    this.midi = new Midi(this);
    this.automation = new Automation(this);
    this.presets = new Presets(this);
    this.meters = new Meters();
    this.health = new Health();
    this.theme();
    for (const dialog of document.querySelectorAll("dialog")) dialog.querySelector(".close").addEventListener("click", () => dialog.close());
    this.connection = new Connection(this);
  }

  send(event) {
    this.connection.send(event);
  }

  /** What a parameter is now, normalized. */
  value(index) {
    return this.parameters.controls.get(index)?.widget.value ?? this.description.parameters[index].default;
  }

  learn(index) {
    return this.midi.choose(index);
  }

  /** The page is built anew only for another plug-in: one that comes back finds its focus and its dialogs as they were. */
  plugin(plugin) {
    const { session, ...description } = plugin;
    const form = JSON.stringify(description);
    if (form !== this.form) {
      this.form = form;
      this.description = description;
      document.title = `${plugin.name} – Patchbay`;
      say(byId("plugin"), plugin.name);
      say(byId("vendor"), plugin.vendor);
      this.parameters = new Parameters(description, this);
      this.voices = new Voices(description);
      this.automation.plugin(description);
    }
    document.body.dataset.state = "connected";
    byId("lost").hidden = true;
  }

  lost() {
    document.body.dataset.state = "lost";
    byId("lost").hidden = false;
  }

  answered(event, sentence) {
    if (this.presets.answered(event, sentence) || this.automation.answered(event, sentence)) return;
    if (this.midi.answered(event, sentence, this.description) || sentence === undefined) return;
    const control = this.parameters.controls.get(event.parameter);
    if (control) control.complain(sentence);
    else notify(sentence, true);
  }

  state(changes) {
    const values = { ...this.changes?.values, ...changes.values };
    if (!this.changes) requestAnimationFrame(() => this.show());
    this.changes = { ...this.changes, ...changes, values };
  }

  show() {
    const now = this.changes;
    this.changes = null;
    this.parameters.update(now.values);
    if (now.meters) this.meters.update(now.meters);
    if (now.voices) this.voices.update(now.voices);
    if (now.transport) {
      this.meters.transport(now.transport);
      this.automation.transport(now.transport);
    }
    if (now.library) {
      this.presets.list(now.library);
      this.presets.problems(now.problems);
    }
    if (now.preset) this.presets.update(now.preset);
    if (now.midi) {
      this.parameters.midi(now.midi);
      this.midi.update(now.midi, this.description);
    }
    if (now.automation) this.automation.update(now.automation);
    if (now.health) this.health.update(now.health);
    if (now.module) this.module(now.module);
  }

  module(state) {
    byId("module-card").hidden = Object.keys(state).length === 0;
    byId("module").replaceChildren(...Object.entries(state).flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
  }

  theme() {
    const root = document.documentElement;
    const chosen = localStorage.getItem("theme");
    if (chosen) root.dataset.theme = chosen;
    byId("theme").addEventListener("click", () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      localStorage.setItem("theme", root.dataset.theme);
    });
  }
}

new Page();
