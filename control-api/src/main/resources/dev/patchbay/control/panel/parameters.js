// SPDX-License-Identifier: Apache-2.0
// All parameters by group.

import { byId, make } from "./dom.js";
import { Control } from "./control.js";

export class Parameters {
  constructor(plugin, page) {
    this.controls = new Map();
    const groups = plugin.groups.filter((group) => group.parameters.length > 0).map((group, number) => this.group(plugin, group, number, page));
    byId("parameters").replaceChildren(...groups);
  }

  group(plugin, group, number, page) {
    const controls = group.parameters.map((index) => {
      const control = new Control(index, plugin.parameters[index], page);
      this.controls.set(index, control);
      return control.element;
    });
    const id = `group-${number}`;
    return make(
      "section", { class: "card group", "aria-labelledby": id },
      make("h2", { id }, group.name || "Parameters"), make("div", { class: "controls" }, ...controls),
    );
  }

  update(values) {
    for (const [index, [value, text, held]] of Object.entries(values)) this.controls.get(Number(index))?.update(value, text, held);
  }

  midi(midi) {
    const byParameter = new Map();
    for (const { parameter, controller } of midi.mappings) byParameter.set(parameter, [...(byParameter.get(parameter) ?? []), controller]);
    for (const [index, control] of this.controls) {
      control.mapped(byParameter.get(index) ?? []);
      control.learning(index === midi.learning);
    }
  }
}
