// SPDX-License-Identifier: Apache-2.0
// Automation: what each parameter's lane and a hand do, what the lanes are like, and which one is edited.

import { byId, draw, make, mark, notify, say } from "./dom.js";
import { Points } from "./points.js";

const MODES = ["off", "read", "touch", "latch", "write"];
const WIDTH = 256;
const HEIGHT = 40;

/** How much of a song a lane without points shows. */
const EMPTY = { base: "quarters", from: 0, to: 16, loop: false, points: 0, values: [], edit: [] };

/** A parameter's lane; it is there where something is to be seen, or a person has asked for it. */
class Row {
  constructor(index, parameter, page) {
    this.wanted = false;
    this.mode = make(
      "select", { "aria-label": `Automation of ${parameter.name}`, onchange: () => page.send({ do: "automate", parameter: index, mode: this.mode.value }) },
      ...MODES.map((mode) => make("option", { value: mode }, mode)),
    );
    this.edit = make("button", { type: "button", "aria-expanded": "false", "aria-label": `Edit the lane of ${parameter.name}`, onclick: () => this.toggle() }, "Edit");
    this.clear = make("button", {
      type: "button", "aria-label": `Remove the lane of ${parameter.name}`, onclick: () => this.remove(index, page),
    }, "Remove");
    this.curve = draw("polyline", { class: "curve" });
    this.place = draw("line", { class: "place", y1: 0, y2: HEIGHT });
    this.picture = draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img" }, this.curve, this.place);
    this.about = make("span", { class: "count" });
    this.pad = make("div", { class: "pad" }, this.picture);
    this.points = new Points(index, parameter, page, this.pad, this.picture);
    this.element = make(
      "div", { class: "lane-row", role: "group", "aria-label": `Automation of ${parameter.name}`, "data-lane": parameter.symbol, hidden: true },
      make("div", { class: "lane-head" }, make("span", { class: "name" }, parameter.name), this.mode, this.about, this.edit, this.clear),
      this.pad, this.points.form,
    );
  }

  show() {
    this.wanted = true;
    this.element.hidden = false;
    if (!this.points.isOpen) this.toggle();
    this.edit.focus();
    this.element.scrollIntoView({ block: "nearest" });
  }

  remove(index, page) {
    this.wanted = false;
    if (this.points.isOpen) this.toggle();
    if (this.lane) page.send({ do: "removeLane", parameter: index });
    else this.element.hidden = true;
  }

  toggle() {
    const open = !this.points.isOpen;
    mark(this.edit, "aria-expanded", open);
    say(this.edit, open ? "Done" : "Edit");
    mark(this.element, "data-editing", open ? "true" : undefined);
    this.points.open(open);
    this.draw();
    byId("lane-keys").hidden = document.querySelector(".lane-row[data-editing]") === null;
  }

  update(mode, recording, lane) {
    if (this.mode.value !== mode) this.mode.value = mode;
    mark(this.element, "data-mode", mode);
    mark(this.element, "data-recording", recording ? "true" : undefined);
    this.lane = lane;
    this.element.hidden = !lane && !recording && !this.wanted && mode === "read";
    const length = lane ? `${lane.points} point${lane.points === 1 ? "" : "s"}, ${lane.from} to ${lane.to} ${lane.base}${lane.loop ? ", looped" : ""}` : "no lane";
    say(this.about, recording ? "recording…" : length);
    mark(this.picture, "aria-label", length);
    this.draw();
    return !this.element.hidden;
  }

  draw() {
    const lane = this.lane ?? EMPTY;
    this.points.show(lane);
    const view = this.points.view;
    const x = (i) => ((lane.from + ((lane.to - lane.from) * i) / lane.values.length - view.from) / (view.to - view.from)) * WIDTH;
    const all = lane.values.map((value, i) => `${x(i).toFixed(2)},${((1 - value) * HEIGHT).toFixed(2)}`);
    if (lane.points > 0 && lane.edit.length > 0 && !lane.loop) {
      // The lane's last value holds.
      const last = ((1 - lane.edit.at(-1)[1]) * HEIGHT).toFixed(2);
      all.push(`${x(lane.values.length).toFixed(2)},${last}`, `${WIDTH},${last}`);
    }
    mark(this.curve, "points", all.join(" "));
  }

  /** Where the song is in the lane. */
  move(transport) {
    const lane = this.lane ?? EMPTY;
    const view = this.points.view;
    const time = lane.base === "seconds" ? transport.seconds : transport.quarters;
    const length = lane.to - lane.from;
    const shown = lane.loop ? lane.from + ((((time - lane.from) % length) + length) % length) : time;
    const part = (shown - view.from) / (view.to - view.from);
    const x = transport.playing && part >= 0 && part <= 1 ? part * WIDTH : -1;
    mark(this.place, "x1", x);
    mark(this.place, "x2", x);
  }
}

export class Automation {
  constructor(page) {
    this.page = page;
    this.rows = new Map();
    byId("automate").addEventListener("click", () => {
      byId("automation").scrollIntoView({ block: "nearest" });
      byId("lane-choice").focus();
    });
    byId("lane-choice").addEventListener("change", () => {
      const row = this.rows.get(Number(byId("lane-choice").value));
      byId("lane-choice").value = "";
      row?.show();
      byId("no-lanes").hidden = true;
    });
  }

  /** A plug-in's rows: its parameters that a hand can move, in the order of the groups. */
  plugin(plugin) {
    const groups = plugin.groups.map((group) => ({ name: group.name, indices: group.parameters.filter((index) => !plugin.parameters[index].readOnly) }));
    this.rows = new Map(groups.flatMap((group) => group.indices).map((index) => [index, new Row(index, plugin.parameters[index], this.page)]));
    byId("lanes").replaceChildren(...[...this.rows.values()].map((row) => row.element));
    byId("lane-choice").replaceChildren(
      new Option("choose a parameter…", ""),
      ...groups.filter((group) => group.indices.length > 0).map((group) =>
        make("optgroup", { label: group.name || "Parameters" }, ...group.indices.map((index) => new Option(plugin.parameters[index].name, index)))),
    );
  }

  update(automation) {
    const lanes = new Map(automation.lanes.map((lane) => [lane.parameter, lane]));
    let any = false;
    for (const [index, row] of this.rows) any = row.update(automation.modes[index], automation.recording[index], lanes.get(index)) || any;
    byId("no-lanes").hidden = any;
    document.body.classList.toggle("recording", automation.recording.includes(true));
  }

  /** Whether the answer was about a point. */
  answered(event, sentence) {
    if (!event.do.endsWith("Point")) return false;
    this.rows.get(event.parameter)?.points.answered();
    if (sentence !== undefined) notify(sentence, true);
    return true;
  }

  transport(transport) {
    for (const row of this.rows.values()) if (!row.element.hidden) row.move(transport);
  }
}
