// SPDX-License-Identifier: Apache-2.0
// A cell for each voice: its note, how loud it is, and whether its key is held.

import { byId, make, mark, say } from "./dom.js";

const ROW = 8;
const LEAST = 16;
const NOTES = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"];
const note = (key) => `${NOTES[key % 12]}${Math.floor(key / 12) - 1}`;

export class Voices {
  constructor(plugin) {
    this.stages = plugin.stages;
    this.cells = [];
    byId("voices").replaceChildren();
    this.grow(LEAST);
  }

  grow(count) {
    while (this.cells.length < count) {
      const fill = make("div", { class: "fill" });
      const name = make("span");
      const element = make("div", { class: "voice" }, fill, name);
      this.cells.push({ fill, name, element });
      byId("voices").append(element);
    }
  }

  update(voices) {
    const highest = voices.at(-1)?.[0] ?? 0;
    this.grow(Math.ceil((highest + 1) / ROW) * ROW);
    const sounding = new Map(voices.map((voice) => [voice[0], voice]));
    this.cells.forEach((cell, i) => this.show(cell, sounding.get(i)));
    say(byId("voice-count"), voices.length ? String(voices.length) : "");
  }

  show(cell, voice) {
    if (!voice) {
      if (cell.on) {
        cell.on = false;
        say(cell.name, "");
        cell.fill.style.transform = "scaleY(0)";
        for (const name of ["data-stage", "data-held", "title"]) mark(cell.element, name, undefined);
      }
      return;
    }
    const [index, stage, held, key, velocity, channel, level] = voice;
    cell.on = true;
    say(cell.name, note(key));
    cell.fill.style.transform = `scaleY(${Math.min(1, Math.sqrt(level)).toFixed(3)})`;
    mark(cell.element, "data-stage", this.stages[stage] ?? "");
    mark(cell.element, "data-held", held ? "true" : undefined);
    mark(cell.element, "title", `Voice ${index + 1}: ${note(key)}, velocity ${velocity}, channel ${channel + 1}, ${this.stages[stage] ?? stage}`);
  }
}
