// SPDX-License-Identifier: Apache-2.0
// Automation: what each parameter's lane and a hand do, and what the lanes are like.

import { byId, draw, make, mark, say } from "./dom.js";

const MODES = ["off", "read", "touch", "latch", "write"];
const WIDTH = 256;
const HEIGHT = 40;

/** A parameter's row. */
class Row {
  constructor(index, parameter, page) {
    this.mode = make(
      "select", { "aria-label": `Automation of ${parameter.name}`, onchange: () => page.send({ do: "automate", parameter: index, mode: this.mode.value }) },
      ...MODES.map((mode) => make("option", { value: mode }, mode)),
    );
    this.clear = make("button", {
      type: "button", hidden: true, "aria-label": `Remove the lane of ${parameter.name}`, onclick: () => page.send({ do: "removeLane", parameter: index }),
    }, "Remove");
    this.curve = draw("polyline", { class: "curve" });
    this.place = draw("line", { class: "place", y1: 0, y2: HEIGHT });
    this.picture = draw("svg", { class: "lane", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img" }, this.curve, this.place);
    this.about = make("span", { class: "count" });
    this.element = make(
      "tr", { "data-lane": parameter.symbol },
      make("th", { scope: "row" }, parameter.name), make("td", {}, this.mode), make("td", {}, this.picture, this.about), make("td", {}, this.clear),
    );
  }

  update(mode, recording, lane) {
    this.mode.value = mode;
    mark(this.element, "data-mode", mode);
    mark(this.element, "data-recording", recording ? "true" : undefined);
    this.lane = lane;
    this.clear.hidden = !lane;
    const values = lane?.values ?? [];
    mark(this.curve, "points", values.map((value, i) => `${i},${((1 - value) * HEIGHT).toFixed(1)}`).join(" "));
    const length = lane ? `${lane.points} point${lane.points === 1 ? "" : "s"}, ${lane.from} to ${lane.to} ${lane.base}${lane.loop ? ", looped" : ""}` : "no lane";
    say(this.about, recording ? "recording…" : length);
    mark(this.picture, "aria-label", length);
  }

  /** Where the song is in the lane. */
  move(transport) {
    const lane = this.lane;
    const time = lane?.base === "seconds" ? transport.seconds : transport.quarters;
    const length = lane ? lane.to - lane.from : 0;
    const part = lane?.loop ? (((time % length) + length) % length) / length : (time - lane?.from) / length;
    const x = transport.playing && part >= 0 && part <= 1 ? part * WIDTH : -1;
    mark(this.place, "x1", x);
    mark(this.place, "x2", x);
  }
}

export class Automation {
  constructor(page) {
    this.page = page;
    this.rows = new Map();
    byId("automate").addEventListener("click", () => byId("lanes").showModal());
  }

  /** A plug-in's rows: its parameters that a hand can move, in the order of the groups. */
  plugin(plugin) {
    const indices = plugin.groups.flatMap((group) => group.parameters).filter((index) => !plugin.parameters[index].readOnly);
    this.rows = new Map(indices.map((index) => [index, new Row(index, plugin.parameters[index], this.page)]));
    byId("lane-table").tBodies[0].replaceChildren(...[...this.rows.values()].map((row) => row.element));
  }

  update(automation) {
    const lanes = new Map(automation.lanes.map((lane) => [lane.parameter, lane]));
    for (const [index, row] of this.rows) row.update(automation.modes[index], automation.recording[index], lanes.get(index));
    document.body.classList.toggle("recording", automation.recording.includes(true));
  }

  transport(transport) {
    if (byId("lanes").open) for (const row of this.rows.values()) row.move(transport);
  }
}
