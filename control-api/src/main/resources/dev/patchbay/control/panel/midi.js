// SPDX-License-Identifier: Apache-2.0
// Learning controllers, and the list of what is learned.

import { byId, make, mark, notify } from "./dom.js";

export class Midi {
  constructor(page) {
    this.page = page;
    this.choosing = false;
    this.state = { learning: -1, mappings: [], conflicts: [] };
    byId("learn").addEventListener("click", () => this.toggle());
    byId("mappings").addEventListener("click", () => byId("mapper").showModal());
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
    byId("mapping-table").tBodies[0].replaceChildren(...midi.mappings.map((one, place) => this.row(one, place, plugin)));
    byId("conflicts").replaceChildren(...midi.conflicts.map((sentence) => make("li", {}, sentence)));
  }

  row(mapping, place, plugin) {
    const name = plugin.parameters[mapping.parameter]?.name ?? "a parameter of another version";
    return make(
      "tr", {}, make("td", {}, mapping.controller), make("td", {}, name),
      make("td", {}, make("button", {
        type: "button", "aria-label": `Remove ${mapping.controller} from ${name}`,
        onclick: () => this.page.send({ do: "unmap", mapping: place, controller: mapping.controller }),
      }, "Remove")),
    );
  }
}
