// SPDX-License-Identifier: Apache-2.0
// A knob: drag up or right, shift for fine; wheel when it has the focus; arrows, page and home keys.

import { draw, mark } from "./dom.js";

const TURN = 270;
const START = -135;
const PIXELS = 200;
const FINE = 0.1;
const WHEEL_REST_MILLIS = 400;
const MOST_TICKS = 24;

/** The path of the arc from the lowest to the highest value. */
const ARC = (() => {
  const at = (degrees) => {
    const angle = (degrees * Math.PI) / 180;
    return `${32 + 26 * Math.sin(angle)} ${32 - 26 * Math.cos(angle)}`;
  };
  return `M${at(START)}A26 26 0 1 1 ${at(START + TURN)}`;
})();

export class Knob {
  /** The control tells what is done: begin(), move(value), end(), reset(), edit(text), learn(). */
  constructor(parameter, control) {
    this.parameter = parameter;
    this.control = control;
    this.value = 0;
    this.arc = draw("path", { class: "arc", d: ARC, pathLength: 1 });
    this.hand = draw("line", { class: "hand", x1: 32, y1: 24, x2: 32, y2: 15 });
    this.element = draw(
      "svg",
      {
        class: "knob", viewBox: "0 0 64 64", role: "slider", tabindex: 0, "aria-label": parameter.name,
        "aria-valuemin": 0, "aria-valuemax": parameter.steps || 1, "aria-disabled": parameter.readOnly,
        "aria-orientation": "vertical",
      },
      draw("path", { class: "track", d: ARC, pathLength: 1 }), this.arc, ...this.ticks(),
      draw("circle", { class: "cap", cx: 32, cy: 32, r: 19 }), this.hand,
    );
    if (!parameter.readOnly) this.listen();
  }

  ticks() {
    const steps = this.parameter.steps;
    if (!steps || steps > MOST_TICKS) return [];
    return Array.from({ length: steps + 1 }, (_, i) =>
      draw("line", { class: "tick", x1: 32, y1: 1, x2: 32, y2: 3, transform: `rotate(${START + (i / steps) * TURN} 32 32)` }));
  }

  show(value, text) {
    this.value = value;
    const from = Math.min(value, this.parameter.origin);
    const length = Math.abs(value - this.parameter.origin);
    mark(this.arc, "stroke-dasharray", `${length.toFixed(4)} 2`);
    mark(this.arc, "stroke-dashoffset", (-from).toFixed(4));
    mark(this.arc, "visibility", length < 0.004 ? "hidden" : undefined);
    mark(this.hand, "transform", `rotate(${(START + value * TURN).toFixed(2)} 32 32)`);
    mark(this.element, "aria-valuenow", this.parameter.steps ? Math.round(value * this.parameter.steps) : value.toFixed(4));
    mark(this.element, "aria-valuetext", text);
  }

  listen() {
    const on = (type, listener, options) => this.element.addEventListener(type, listener, options);
    on("pointerdown", (event) => this.down(event));
    on("pointermove", (event) => this.drag(event));
    on("pointerup", () => this.up());
    on("pointercancel", () => this.up());
    on("dblclick", () => this.control.reset());
    on("wheel", (event) => this.wheel(event), { passive: false });
    on("keydown", (event) => this.key(event));
    on("keyup", () => this.release());
    on("blur", () => this.release());
  }

  /** To the nearest step, where there are steps. */
  round(value) {
    const within = Math.min(1, Math.max(0, value));
    return this.parameter.steps ? Math.round(within * this.parameter.steps) / this.parameter.steps : within;
  }

  hold() {
    if (!this.holding) {
      this.holding = true;
      this.control.begin();
    }
  }

  release() {
    if (this.holding && !this.pointer) {
      this.holding = false;
      this.control.end();
    }
  }

  down(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.element.focus();
    if (this.control.learn()) return;
    this.element.setPointerCapture(event.pointerId);
    this.pointer = { x: event.clientX, y: event.clientY, value: this.value };
  }

  drag(event) {
    if (!this.pointer) return;
    const way = event.clientX - this.pointer.x + this.pointer.y - event.clientY;
    if (way === 0) return;
    this.hold();
    const moved = this.pointer.value + (way / PIXELS) * (event.shiftKey ? FINE : 1);
    this.pointer = { x: event.clientX, y: event.clientY, value: Math.min(1, Math.max(0, moved)) };
    this.control.move(this.round(this.pointer.value));
  }

  up() {
    this.pointer = null;
    this.release();
  }

  wheel(event) {
    if (document.activeElement !== this.element) return;
    event.preventDefault();
    this.hold();
    const direction = Math.sign(-(event.deltaY || event.deltaX));
    this.control.move(this.round(this.value + direction * this.step(event.shiftKey)));
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.release(), WHEEL_REST_MILLIS);
  }

  step(fine) {
    return this.parameter.steps ? 1 / this.parameter.steps : fine ? 0.001 : 0.01;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = this.step(event.shiftKey);
    const far = Math.max(step, 0.1);
    const targets = {
      ArrowUp: this.value + step, ArrowRight: this.value + step, ArrowDown: this.value - step, ArrowLeft: this.value - step,
      PageUp: this.value + far, PageDown: this.value - far, Home: 0, End: 1,
    };
    if (event.key in targets) {
      this.hold();
      this.control.move(this.round(targets[event.key]));
    } else if (event.key === "Delete" || event.key === "Backspace") this.control.reset();
    else if (event.key === "Enter") this.control.learn() || this.control.edit();
    else if (/^[-0-9.,]$/.test(event.key)) this.control.edit(event.key);
    else return;
    event.preventDefault();
  }
}
