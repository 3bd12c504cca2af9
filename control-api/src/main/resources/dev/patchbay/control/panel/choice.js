// SPDX-License-Identifier: Apache-2.0
// A switch for two values, a list for named ones.

import { make, mark } from "./dom.js";

export class Switch {
  constructor(parameter, control) {
    this.value = 0;
    this.element = make("button", {
      type: "button", class: "switch", role: "switch", "aria-label": parameter.name, disabled: parameter.readOnly,
      onclick: () => control.learn() || control.choose(this.value < 0.5 ? 1 : 0),
      onkeydown: (event) => event.key === "Delete" && control.reset(),
    });
  }

  show(value, text) {
    this.value = value;
    mark(this.element, "aria-checked", value >= 0.5);
    mark(this.element, "title", text);
  }
}

export class List {
  constructor(parameter, control) {
    this.parameter = parameter;
    const names = parameter.names.length ? parameter.names : Array.from({ length: parameter.steps + 1 }, (_, i) => String(i));
    this.element = make(
      "select",
      {
        "aria-label": parameter.name, disabled: parameter.readOnly,
        onchange: () => control.choose(this.element.selectedIndex / parameter.steps),
        onmousedown: (event) => control.learn() && event.preventDefault(),
        onkeydown: (event) => this.key(event, control),
      },
      ...names.map((name) => make("option", {}, name)),
    );
  }

  key(event, control) {
    if (event.key === "Delete") control.reset();
    else if (event.key === "Enter" && control.learn()) event.preventDefault();
  }

  show(value) {
    const index = Math.round(value * this.parameter.steps);
    if (this.element.selectedIndex !== index) this.element.selectedIndex = index;
  }
}
