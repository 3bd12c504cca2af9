// SPDX-License-Identifier: Apache-2.0
// One parameter on the page: its widget, its name, its value to be read and typed, and which controller moves it.

import { make, mark, say } from "./dom.js";
import { Knob } from "./knob.js";
import { List, Switch } from "./choice.js";

const ERROR_MILLIS = 6000;

function widgetFor(parameter, control) {
  if (parameter.steps === 1) return new Switch(parameter, control);
  if (parameter.names.length) return new List(parameter, control);
  return new Knob(parameter, control);
}

export class Control {
  /** The page has send(event) and learn(index), which says whether the choice was meant for learning. */
  constructor(index, parameter, page) {
    this.index = index;
    this.parameter = parameter;
    this.page = page;
    this.widget = widgetFor(parameter, this);
    this.isList = this.widget instanceof List;
    this.value = make("button", {
      type: "button", class: "value", disabled: parameter.readOnly, title: `${parameter.lowest} to ${parameter.highest}; press to type a value`,
      "aria-label": `Type a value for ${parameter.name}`, onclick: () => this.edit(),
    });
    this.badge = make("span", { class: "badge", hidden: true });
    this.element = make(
      "div",
      { class: this.isList ? "control wide" : "control", "data-symbol": parameter.symbol, "data-readonly": parameter.readOnly },
      this.badge, make("span", { class: "name", title: parameter.name }, parameter.name), make("div", { class: "widget" }, this.widget.element),
      ...(this.isList ? [] : [this.value]),
    );
  }

  /** What the plug-in says. A hand that moves the widget is ahead of it. */
  update(value, text, held) {
    this.text = text;
    say(this.value, text);
    if (!this.moving) this.widget.show(value, text);
    else this.widget.show(this.widget.value, text);
    mark(this.element, "data-held", held ? "true" : undefined);
  }

  mapped(controllers) {
    this.badge.hidden = controllers.length === 0;
    say(this.badge, controllers.map((text) => text.replace(/^controllers? (\d+).*/, "CC $1").replace(/ on .*/, "")).join(" "));
    mark(this.badge, "title", controllers.join(", ") || undefined);
  }

  learning(isIt) {
    mark(this.element, "data-learning", isIt ? "true" : undefined);
  }

  do(what, more) {
    this.page.send({ do: what, parameter: this.index, ...more });
  }

  begin() {
    this.moving = true;
    this.do("begin");
  }

  move(value) {
    this.widget.show(value, this.text);
    this.do("set", { value });
  }

  end() {
    this.moving = false;
    this.do("end");
  }

  choose(value) {
    this.do("set", { value });
  }

  reset() {
    this.do("reset");
  }

  learn() {
    return !this.parameter.readOnly && this.page.learn(this.index);
  }

  /** Lets a person type; begins with what was typed already, or with the value. */
  edit(typed) {
    if (this.parameter.readOnly || this.entry || this.learn()) return;
    this.entry = make("input", {
      class: "value-entry", "aria-label": `Value of ${this.parameter.name}, ${this.parameter.expected}`, autocomplete: "off", spellcheck: "false",
      onkeydown: (event) => this.entryKey(event), onblur: () => this.leave(false),
    });
    this.entry.value = typed ?? this.text;
    this.value.replaceWith(this.entry);
    this.entry.focus();
    if (!typed) this.entry.select();
  }

  entryKey(event) {
    if (event.key === "Enter") {
      if (this.entry.value.trim() !== "" && this.entry.value !== this.text) this.do("type", { text: this.entry.value });
      this.leave(true);
    } else if (event.key === "Escape") this.leave(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  leave(back) {
    const entry = this.entry;
    if (!entry) return;
    this.entry = null;
    entry.replaceWith(this.value);
    if (back) this.widget.element.focus();
  }

  /** A sentence beside the control, for some seconds. */
  complain(sentence) {
    this.error?.remove();
    const error = make("div", { class: "error", role: "alert" }, sentence);
    this.error = error;
    this.element.append(error);
    setTimeout(() => error.remove(), ERROR_MILLIS);
  }
}
