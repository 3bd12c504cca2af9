// SPDX-License-Identifier: Apache-2.0
// One mapping of the MIDI map: its channel, its range, its curve, how a movement becomes a value.

import { make, say } from "./dom.js";

const ABSOLUTE = ["jump", "pick up", "scale"];
const RELATIVE = ["twos complement", "binary offset", "sign bit"];
const ANY = -1;

export class Mapping {
  /** The page has send(event); the place is that in the list. */
  constructor(place, page) {
    this.place = place;
    this.page = page;
    const changed = { onchange: () => this.changed() };
    this.controller = make("td");
    this.parameter = make("td");
    this.channel = make("select", changed, new Option("any", ANY), ...Array.from({ length: 16 }, (_, i) => new Option(i + 1, i)));
    this.lowest = make("input", { autocomplete: "off", spellcheck: "false", ...changed });
    this.highest = make("input", { autocomplete: "off", spellcheck: "false", ...changed });
    this.exponent = make("input", { type: "number", min: 0.1, step: 0.1, title: "1 is a straight line; above 1 it starts slowly, below 1 fast", ...changed });
    this.mode = make("select", changed);
    this.remove = make("button", { type: "button", onclick: () => this.send({ do: "unmap" }) }, "Remove");
    const fields = [this.channel, this.lowest, this.highest, this.exponent, this.mode, this.remove].map((field) => make("td", {}, field));
    this.element = make("tr", {}, this.controller, this.parameter, ...fields);
  }

  show(mapping, parameter) {
    this.mapping = mapping;
    const name = parameter?.name ?? "a parameter of another version";
    say(this.controller, mapping.controller);
    say(this.parameter, name);
    const modes = mapping.relative ? [...ABSOLUTE, ...RELATIVE] : ABSOLUTE;
    if (this.mode.options.length !== modes.length) this.mode.replaceChildren(...modes.map((mode) => new Option(mode, mode)));
    const label = (field, what) => field.setAttribute("aria-label", `${what} of ${mapping.controller} to ${name}`);
    const fields = [
      [this.channel, mapping.channel, "Channel"], [this.lowest, mapping.lowest ?? "", "Value at the lowest end"], [this.highest, mapping.highest ?? "", "Value at the highest end"],
      [this.exponent, mapping.exponent, "Curve"], [this.mode, mapping.mode, "Movement"],
    ];
    for (const [field, value, what] of fields) {
      label(field, what);
      field.disabled = !parameter;
      // What a person is typing stays.
      if (document.activeElement !== field || field.tagName === "SELECT") field.value = value;
    }
    label(this.remove, "Removal");
  }

  /** Shows again how it is, whatever was typed. */
  restore(parameter) {
    document.activeElement?.closest("#mapping-table input")?.blur();
    this.show(this.mapping, parameter);
  }

  changed() {
    this.send({
      do: "remap", channel: Number(this.channel.value), lowest: this.lowest.value, highest: this.highest.value,
      exponent: this.exponent.valueAsNumber || 0, mode: this.mode.value,
    });
  }

  send(event) {
    this.page.send({ mapping: this.place, controller: this.mapping.controller, ...event });
  }
}
