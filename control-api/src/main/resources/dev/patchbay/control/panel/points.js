// SPDX-License-Identifier: Apache-2.0
// The points of one lane: chosen, dragged, moved by keys, typed as numbers, added, removed.

import { draw, make, mark, say } from "./dom.js";

const HEIGHT = 40;
const WIDTH = 256;
const STEPS = { quarters: [0.25, 0.01], seconds: [0.1, 0.001] };
const within = (value, low, high) => Math.min(high, Math.max(low, value));
const TIME = 0;
const VALUE = 1;
const TEXT = 2;

export class Points {
  constructor(index, parameter, page, pad, picture) {
    this.index = index;
    this.parameter = parameter;
    this.page = page;
    this.pad = pad;
    this.isOpen = false;
    this.chosen = 0;
    this.pending = 0;
    this.points = [];
    this.buttons = [];
    this.view = { from: 0, to: 16 };
    this.way = draw("polyline", { class: "way" });
    picture.append(this.way);
    this.which = make("span", { class: "which" });
    this.time = make("input", { type: "number", step: "any", onchange: () => this.typeTime() });
    this.unit = make("span");
    this.value = make("input", { autocomplete: "off", spellcheck: "false", title: parameter.expected, onchange: () => this.typeValue() });
    this.add = make("button", { type: "button", "data-do": "add", onclick: () => this.insert() }, "Add point");
    this.delete = make("button", { type: "button", "data-do": "delete", onclick: () => this.remove() }, "Delete point");
    this.form = make(
      "div", { class: "point-form", hidden: true }, this.which, make("label", {}, "Time ", this.time, " ", this.unit), make("label", {}, "Value ", this.value), this.add, this.delete,
    );
    pad.addEventListener("dblclick", (event) => this.doubleClick(event));
  }

  open(open) {
    this.isOpen = open;
    this.form.hidden = !open;
    this.build();
  }

  /** What the plug-in says of the lane. What was done here and is not answered yet is ahead of it. */
  show(lane) {
    this.lane = lane;
    if (this.drag) return;
    const room = this.isOpen && !lane.loop && lane.points > 0 ? (lane.to - lane.from) / 8 : 0;
    this.view = { from: lane.from, to: lane.to + room };
    if (this.pending === 0) {
      this.points = lane.edit.map((point) => [...point]);
      const wanted = this.wanted === undefined ? -1 : this.points.findIndex((point) => point[TIME] === this.wanted);
      if (wanted >= 0) {
        this.chosen = wanted;
        this.wanted = undefined;
      }
    }
    this.chosen = within(this.chosen, 0, Math.max(0, this.points.length - 1));
    this.build();
  }

  build() {
    const count = this.isOpen ? this.points.length : 0;
    const hadFocus = this.buttons.includes(document.activeElement);
    while (this.buttons.length > count) this.buttons.pop().remove();
    while (this.buttons.length < count) this.buttons.push(this.button(this.buttons.length));
    for (let i = 0; i < count; i++) this.place(i);
    if (hadFocus && count > 0) this.buttons[this.chosen].focus({ preventScroll: true });
    this.numbers();
  }

  button(i) {
    const button = make("button", {
      type: "button", class: "point", "aria-describedby": "lane-keys", onpointerdown: (event) => this.down(event, i), onpointermove: (event) => this.move(event),
      onpointerup: (event) => this.up(event), onpointercancel: () => this.cancel(), onkeydown: (event) => this.key(event), onfocus: () => this.choose(i),
    });
    this.pad.append(button);
    return button;
  }

  place(i) {
    const [time, value] = this.drag && i === this.chosen ? this.drag : this.points[i];
    const button = this.buttons[i];
    button.style.left = `${(((time - this.view.from) / (this.view.to - this.view.from)) * 100).toFixed(3)}%`;
    button.style.top = `${((1 - value) * 100).toFixed(2)}%`;
    mark(button, "aria-pressed", i === this.chosen);
    mark(button, "tabindex", i === this.chosen ? 0 : -1);
    mark(button, "aria-label", `Point ${i + 1} of ${this.points.length}: ${this.number(time)} ${this.lane.base}, ${this.text(this.points[i])}`);
  }

  /** The value as the plug-in writes it; until it has, how far up it is. */
  text([, value, text]) {
    return text ?? `${(value * 100).toFixed(1)} % of the way`;
  }

  number(time) {
    return String(Math.round(time * 1000) / 1000);
  }

  /** The chosen point's time and value. What a person is typing stays. */
  numbers() {
    if (!this.isOpen) return;
    const point = this.points[this.chosen];
    const many = this.lane.points > this.points.length;
    say(this.which, many ? "Too many points to edit here" : point ? `Point ${this.chosen + 1} of ${this.points.length}` : "No point yet");
    say(this.unit, this.lane.base);
    for (const part of [this.time, this.value, this.delete]) part.disabled = !point;
    this.add.disabled = many;
    const [time, value] = this.drag ?? point ?? ["", ""];
    if (document.activeElement !== this.time) this.time.value = time === "" ? "" : this.number(time);
    if (document.activeElement !== this.value) this.value.value = point && !this.drag ? this.text(point) : time === "" ? "" : this.text([time, value]);
  }

  choose(i) {
    if (this.chosen === i) return;
    this.chosen = i;
    this.build();
  }

  focus(i) {
    this.chosen = within(i, 0, this.points.length - 1);
    this.build();
    this.buttons[this.chosen]?.focus({ preventScroll: true });
  }

  /** Where a pointer is in the lane; the value on a step, where there are steps. */
  at(event) {
    const box = this.pad.getBoundingClientRect();
    const x = within((event.clientX - box.left) / box.width, 0, 1);
    const y = within((event.clientY - box.top) / box.height, 0, 1);
    return [this.view.from + x * (this.view.to - this.view.from), this.round(1 - y)];
  }

  round(value) {
    const steps = this.parameter.steps;
    return steps ? Math.round(within(value, 0, 1) * steps) / steps : within(value, 0, 1);
  }

  /** No further than to the neighbours, as the plug-in does it. */
  between(time) {
    return within(time, this.points[this.chosen - 1]?.[TIME] ?? -Infinity, this.points[this.chosen + 1]?.[TIME] ?? Infinity);
  }

  down(event, i) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.focus(i);
    this.buttons[i].setPointerCapture(event.pointerId);
    this.start = { x: event.clientX, y: event.clientY };
  }

  move(event) {
    if (!this.start || (!this.drag && Math.hypot(event.clientX - this.start.x, event.clientY - this.start.y) < 3)) return;
    const [time, value] = this.at(event);
    this.drag = [this.between(time), value];
    this.place(this.chosen);
    const ways = [this.points[this.chosen - 1], this.drag, this.points[this.chosen + 1]].filter(Boolean);
    const x = (t) => (((t - this.view.from) / (this.view.to - this.view.from)) * WIDTH).toFixed(2);
    mark(this.way, "points", ways.map(([t, v]) => `${x(t)},${((1 - v) * HEIGHT).toFixed(2)}`).join(" "));
    this.numbers();
  }

  up(event) {
    if (this.drag) this.move(event);
    const to = this.drag;
    this.cancel();
    if (to) this.moveTo(to[TIME], to[VALUE]);
  }

  cancel() {
    this.start = null;
    this.drag = null;
    mark(this.way, "points", undefined);
    this.show(this.lane);
  }

  doubleClick(event) {
    if (!this.isOpen || this.add.disabled || event.target.classList.contains("point")) return;
    const [time, value] = this.at(event);
    this.addAt(this.tidy(time), value);
  }

  /** A pointer's place has no more figures than can be seen. */
  tidy(time) {
    return Math.round(time * 1000) / 1000;
  }

  send(event) {
    this.pending++;
    this.page.send({ parameter: this.index, ...event });
  }

  /** The plug-in has done what was sent, or not: from now on it is right again. */
  answered() {
    this.pending = Math.max(0, this.pending - 1);
    if (this.pending === 0) this.show(this.lane);
  }

  moveTo(time, value) {
    const point = this.points[this.chosen];
    const to = this.between(this.tidy(time));
    this.send({ do: "movePoint", point: this.chosen, from: point[TIME], time: to, value });
    this.points[this.chosen] = [to, value, value === point[VALUE] ? point[TEXT] : undefined, ...point.slice(3)];
    this.build();
  }

  addAt(time, value) {
    this.wanted = time;
    this.send({ do: "addPoint", time, value });
  }

  /** One behind the chosen point: half-way to the next, or a step behind the last. */
  insert() {
    const [here, next] = [this.points[this.chosen], this.points[this.chosen + 1]];
    if (!here) this.addAt(Math.max(0, this.view.from), this.page.value(this.index));
    else if (next) this.addAt((here[TIME] + next[TIME]) / 2, this.round((here[VALUE] + next[VALUE]) / 2));
    else this.addAt(here[TIME] + 4 * STEPS[this.lane.base][0], here[VALUE]);
  }

  remove() {
    const point = this.points[this.chosen];
    if (!point) return;
    this.send({ do: "removePoint", point: this.chosen, from: point[TIME] });
    this.points.splice(this.chosen, 1);
    this.focus(this.chosen);
    if (this.points.length === 0) this.add.focus();
  }

  typeTime() {
    const point = this.points[this.chosen];
    if (point && Number.isFinite(this.time.valueAsNumber)) this.moveTo(this.time.valueAsNumber, point[VALUE]);
    else this.numbers();
  }

  typeValue() {
    const point = this.points[this.chosen];
    if (point) this.send({ do: "typePoint", point: this.chosen, from: point[TIME], text: this.value.value });
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [time, value] = this.points[this.chosen];
    const far = STEPS[this.lane.base][event.shiftKey ? 1 : 0];
    const high = this.parameter.steps ? 1 / this.parameter.steps : event.shiftKey ? 0.001 : 0.01;
    const moves = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, high], ArrowDown: [0, -high] };
    const places = { PageUp: this.chosen - 1, PageDown: this.chosen + 1, Home: 0, End: this.points.length - 1 };
    if (event.key in moves) this.moveTo(time + moves[event.key][0], this.round(value + moves[event.key][1]));
    else if (event.key in places) this.focus(places[event.key]);
    else if (event.key === "Insert" || event.key === "+") this.insert();
    else if (event.key === "Delete" || event.key === "Backspace") this.remove();
    else return;
    event.preventDefault();
  }
}
