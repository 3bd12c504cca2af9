// SPDX-License-Identifier: Apache-2.0
// Learning controllers, and the list of what is learned.

import { byId, make, mark, notify } from "./dom.js";
import { Mapping } from "./mapping.js";

export class Midi {
  constructor(page) {
    this.page = page;
    this.choosing = false;
    this.rows = [];
    this.state = { learning: -1, mappings: [], conflicts: [] };
    byId("learn").addEventListener("click", () => this.toggle());
    byId("mappings").addEventListener("click", () => {
      byId("mapping-error").textContent = "";
      byId("mapper").showModal();
    });
    addEventListener("keydown", (event) => event.key === "Escape" && this.choosing && this.toggle());
  }

  toggle() {
    this.choosing = !this.choosing;
    if (!this.choosing && this.state.learning >= 0) this.page.send({ do: "cancelLearn" });
    this.mark();
    if (this.choosing) notify("Choose a control, then move a controller on your keyboard.");
  }

  /** Whether a control that was chosen is to be learned and not moved. */
  choose(index) {
    if (!this.choosing) return false;
    this.page.send({ do: "learn", parameter: index });
    return true;
  }

  update(midi, plugin) {
    const learned = this.state.learning >= 0 && midi.learning < 0 && midi.mappings.length >= this.state.mappings.length;
    const newest = midi.mappings.filter((one) => one.parameter === this.state.learning).at(-1);
    if (learned && this.choosing && newest) {
      notify(`The ${newest.controller} moves ${plugin.parameters[newest.parameter].name}. Choose another control, or end learning.`);
    } else if (midi.learning >= 0 && midi.learning !== this.state.learning) {
      notify(`Move a controller for ${plugin.parameters[midi.learning].name}.`);
    }
    this.state = midi;
    this.mark();
    this.list(midi, plugin);
  }

  mark() {
    document.body.classList.toggle("learning", this.choosing);
    mark(byId("learn"), "aria-pressed", this.choosing);
  }

  list(midi, plugin) {
    byId("no-mappings").hidden = midi.mappings.length > 0;
    byId("mapping-table").hidden = midi.mappings.length === 0;
    while (this.rows.length > midi.mappings.length) this.rows.pop().element.remove();
    while (this.rows.length < midi.mappings.length) {
      this.rows.push(new Mapping(this.rows.length, this.page));
      byId("mapping-table").tBodies[0].append(this.rows.at(-1).element);
    }
    midi.mappings.forEach((one, place) => this.rows[place].show(one, plugin.parameters[one.parameter]));
    byId("conflicts").replaceChildren(...midi.conflicts.map((sentence) => make("li", {}, sentence)));
  }

  /** Whether the answer was about a mapping. */
  answered(event, sentence, plugin) {
    if (event.do !== "remap" && event.do !== "unmap") return false;
    byId("mapping-error").textContent = sentence ?? "";
    const row = this.rows[event.mapping];
    if (sentence !== undefined) row?.restore(plugin.parameters[row.mapping.parameter]);
    return true;
  }
}
