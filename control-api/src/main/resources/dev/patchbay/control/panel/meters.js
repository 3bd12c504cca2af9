// SPDX-License-Identifier: Apache-2.0
// Output meters and the host's position.

import { byId, make, mark, say } from "./dom.js";

const FLOOR = -60;
const decibels = (linear) => (linear > 0 ? 20 * Math.log10(linear) : -Infinity);
const share = (linear) => Math.min(1, Math.max(0, (decibels(linear) - FLOOR) / (6 - FLOOR)));
const text = (linear) => (decibels(linear) < -99 ? "−∞ dB" : `${decibels(linear).toFixed(1).replace("-", "−")} dB`);
const NAMES = { 1: ["M"], 2: ["L", "R"] };

export class Meters {
  constructor() {
    this.meters = [];
    this.seenClips = [];
  }

  update(levels) {
    if (levels.length !== this.meters.length) this.build(levels);
    levels.forEach(([peak, rms, clips], i) => {
      const meter = this.meters[i];
      meter.peak.style.clipPath = `inset(0 ${(100 - 100 * share(peak)).toFixed(1)}% 0 0)`;
      meter.rms.style.clipPath = `inset(0 ${(100 - 100 * share(rms)).toFixed(1)}% 0 0)`;
      say(meter.number, text(peak));
      mark(meter.bar, "aria-valuenow", Math.max(FLOOR, decibels(peak)).toFixed(0));
      mark(meter.bar, "aria-valuetext", text(peak));
      meter.clips = clips;
      mark(meter.clip, "data-on", clips > this.seenClips[i]);
    });
  }

  build(levels) {
    this.seenClips = levels.map(([, , clips]) => clips);
    this.meters = levels.map((_, i) => this.meter(i, NAMES[levels.length]?.[i] ?? String(i + 1)));
    byId("meters").replaceChildren(...this.meters.map((meter) => meter.element));
  }

  meter(i, name) {
    const peak = make("div", { class: "shade" });
    const rms = make("div", { class: "shade rms" });
    const bar = make("div", { class: "bar-ground", role: "meter", "aria-label": `Level of output ${name}`, "aria-valuemin": FLOOR, "aria-valuemax": 6 }, peak, rms);
    const number = make("span", { class: "number", "aria-hidden": "true" });
    const clip = make("button", {
      type: "button", class: "clip", title: "A sample was beyond full scale; press to forget it", "aria-label": `Clipping of output ${name}, press to forget`,
      onclick: () => (this.seenClips[i] = this.meters[i].clips),
    }, "clip");
    return { peak, rms, bar, number, clip, clips: 0, element: make("div", { class: "meter" }, make("span", {}, name), bar, number, clip) };
  }

  transport(transport) {
    const seconds = Math.max(0, transport.seconds);
    const time = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
    const bar = transport.numerator > 0 && transport.denominator > 0 ? (transport.numerator * 4) / transport.denominator : 4;
    const position = `${Math.floor(transport.quarters / bar) + 1}.${Math.floor(((transport.quarters % bar) * transport.denominator) / 4) + 1}`;
    say(byId("transport"), transport.tempo > 0
      ? `${transport.playing ? "▶" : "■"} ${position} · ${time} · ${transport.tempo.toFixed(1)} bpm · ${transport.numerator}/${transport.denominator}`
      : "The host has not played yet.");
  }
}
