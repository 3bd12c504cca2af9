// SPDX-License-Identifier: Apache-2.0
// Whether the engine keeps up: deadlines, how long blocks take, and when collectors stop threads.

import { byId, draw, make } from "./dom.js";

const WIDTH = 300;
const HEIGHT = 90;
const FOOT = 14;
const ROLES = { rt: "sound engine", control: "control" };
const time = (micros) => (micros >= 1000 ? `${(micros / 1000).toPrecision(3)} ms` : `${micros.toPrecision(3)} µs`);
const whole = (number) => number.toLocaleString("en");

export class Health {
  update(health) {
    const row = (name, value, kind = "") => [make("dt", {}, name), make("dd", { class: kind }, value)];
    const count = (number) => [whole(number), number === 0 ? "good" : "bad"];
    byId("counts").replaceChildren(
      ...row("Blocks played", whole(health.blocks)), ...row("Missed deadlines", ...count(health.missed)),
      ...row("Skipped blocks", ...count(health.skipped)), ...row("Dropped events", ...count(health.dropped)),
      ...row("Half of the blocks within", time(health.roundTrips.p50)), ...row("99.9 % within", time(health.roundTrips.p999)),
      ...row("Longest block", time(health.roundTrips.max)),
    );
    byId("histogram").replaceChildren(this.plot(health.roundTrips), make("figcaption", {}, "Time from the host's request to the answer, by count; both axes logarithmic."));
    byId("processes").tBodies[0].replaceChildren(...health.processes.map((process) => this.process(process)));
  }

  plot(times) {
    const label = `Block times: half within ${time(times.p50)}, 99 % within ${time(times.p99)}, the longest ${time(times.max)}`;
    const svg = draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label });
    if (times.bars.length === 0) return svg;
    const decades = [Math.floor(Math.log10(Math.max(0.1, times.bars[0][0]))), Math.ceil(Math.log10(times.bars.at(-1)[1]))];
    const x = (micros) => ((Math.log10(Math.max(0.1, micros)) - decades[0]) / (decades[1] - decades[0])) * WIDTH;
    const highest = Math.log10(Math.max(...times.bars.map(([, , count]) => count)) + 1);
    for (let decade = decades[0]; decade < decades[1]; decade++) {
      const left = x(10 ** decade);
      svg.append(draw("line", { x1: left, x2: left, y1: 0, y2: HEIGHT - FOOT }), draw("text", { x: left + 2, y: HEIGHT - 3 }, time(10 ** decade).replace(".00", "").replace(".0", "")));
    }
    for (const [from, to, count] of times.bars) {
      const height = (Math.log10(count + 1) / highest) * (HEIGHT - FOOT - 2);
      svg.append(draw("rect", { x: x(from), width: Math.max(1, x(to) - x(from) - 0.5), y: HEIGHT - FOOT - height, height },
        draw("title", {}, `${time(from)} to ${time(to)}: ${whole(count)} blocks`)));
    }
    return svg;
  }

  process(process) {
    const pauses = process.pauses < 0 ? `${whole(process.collections)} collections` : whole(process.pauses);
    const longest = process.longest < 0 ? "not told" : process.pauses === 0 ? "–" : process.longest === 0 ? "< 1 ms" : `${process.longest} ms`;
    const total = process.millis < 0 ? "" : `${process.millis} ms in all`;
    const name = `${ROLES[process.role] ?? process.role}${process.state === "ready" ? "" : ` (${process.state})`}`;
    return make(
      "tr", { title: `process ${process.pid}, number ${process.generation} in this role` },
      make("td", {}, name), make("td", {}, process.collector || "–"), make("td", { title: total }, pauses), make("td", {}, longest),
    );
  }
}
