// SPDX-License-Identifier: Apache-2.0
// Finding and loading presets. Words, tag and bank must all hold; case and accents count nowhere, as in the plug-in's own search.

import { byId, make, mark } from "./dom.js";
import { Files } from "./files.js";

const MOST_SHOWN = 500;
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export class Browser {
  constructor(page) {
    this.page = page;
    this.presets = [];
    this.shown = [];
    this.tag = "";
    this.loaded = "";
    this.files = new Files(this);
    byId("search").addEventListener("input", () => this.show());
    byId("bank").addEventListener("change", () => this.show());
    byId("search").addEventListener("keydown", (event) => this.key(event));
    byId("results").addEventListener("keydown", (event) => this.key(event));
  }

  open() {
    this.files.say("");
    byId("browser").showModal();
    byId("search").select();
    this.choose(Math.max(0, this.shown.findIndex((preset) => preset.id === this.loaded)));
  }

  list(presets) {
    this.presets = presets.map((preset) => ({
      ...preset,
      words: fold([preset.name, preset.author, ...preset.tags, preset.comment].join("\n")),
      place: `${preset.user ? "user" : "factory"}/${preset.bank}`,
    }));
    this.banks();
    this.tags();
    this.show();
  }

  problems(sentences) {
    byId("problems").textContent = sentences.join(" ");
  }

  mark(id) {
    if (id !== this.loaded) {
      this.loaded = id;
      this.show();
    }
  }

  chosenPreset() {
    return this.shown[this.chosen];
  }

  /** The person's bank that is chosen in the list; empty where it is none of theirs. */
  bank() {
    const [origin, bank] = byId("bank").value.split(/\/(.*)/s);
    return origin === "user" && bank !== "*" ? bank : "";
  }

  banks() {
    const before = byId("bank").value;
    const places = [...new Set(this.presets.map((preset) => preset.place))];
    const label = (place) => `${place.startsWith("user/") ? "Mine" : "Factory"}: ${place.slice(place.indexOf("/") + 1) || "no bank"}`;
    byId("bank").replaceChildren(
      new Option("All banks", ""), new Option("All of mine", "user/*"), new Option("All factory presets", "factory/*"),
      ...places.map((place) => new Option(label(place), place)),
    );
    byId("bank").value = [...byId("bank").options].some((option) => option.value === before) ? before : "";
  }

  tags() {
    const tags = [...new Set(this.presets.flatMap((preset) => preset.tags))].sort((a, b) => fold(a).localeCompare(fold(b)));
    if (!tags.includes(this.tag)) this.tag = "";
    byId("tags").replaceChildren(...tags.map((tag) => make("button", {
      type: "button", "aria-pressed": String(tag === this.tag), "data-tag": tag,
      onclick: () => {
        this.tag = this.tag === tag ? "" : tag;
        for (const button of byId("tags").children) mark(button, "aria-pressed", button.dataset.tag === this.tag);
        this.show();
      },
    }, tag)));
  }

  matches(preset, words, bank) {
    return words.every((word) => preset.words.includes(word)) && (!this.tag || preset.tags.includes(this.tag)) &&
      (!bank || preset.place === bank || (bank.endsWith("*") && preset.place.startsWith(bank.slice(0, -1))));
  }

  show() {
    const words = fold(byId("search").value).split(/\s+/).filter(Boolean);
    const found = this.presets.filter((preset) => this.matches(preset, words, byId("bank").value));
    const named = (preset) => words.every((word) => fold(preset.name).includes(word));
    this.shown = [...found.filter(named), ...found.filter((preset) => !named(preset))].slice(0, MOST_SHOWN);
    const rows = this.shown.map((preset, place) => this.row(preset, place));
    if (rows.length === 0) rows.push(make("li", { class: "none" }, "No preset answers this search."));
    byId("results").replaceChildren(...rows);
    this.choose(Math.min(this.chosen ?? 0, this.shown.length - 1));
  }

  row(preset, place) {
    const about = [preset.author, preset.tags.join(", "), preset.comment].filter(Boolean).join(" · ");
    const remove = preset.user
      ? make("button", { type: "button", class: "remove", tabindex: -1, "aria-label": `Delete ${preset.name}`, onclick: (event) => this.remove(event, preset) }, "Delete")
      : "";
    return make(
      "li",
      {
        role: "option", id: `result-${place}`, "data-id": preset.id, "data-loaded": preset.id === this.loaded,
        onclick: () => this.load(place), ondblclick: () => byId("browser").close(),
      },
      make("span", { class: "title" }, preset.name), make("span", { class: "where" }, preset.bank || (preset.user ? "mine" : "factory")), remove,
      make("span", { class: "what" }, about),
    );
  }

  remove(event, preset) {
    event.stopPropagation();
    this.ask(preset);
  }

  ask(preset) {
    if (confirm(`Delete the preset "${preset.name}" for good?`)) this.page.send({ do: "remove", id: preset.id });
  }

  choose(place) {
    this.chosen = place;
    [...byId("results").children].forEach((row, i) => mark(row, "aria-selected", i === place ? "true" : undefined));
    mark(byId("results"), "aria-activedescendant", place >= 0 && this.shown.length ? `result-${place}` : undefined);
    byId("results").children[place]?.scrollIntoView({ block: "nearest" });
  }

  load(place) {
    if (!this.shown[place]) return;
    this.choose(place);
    this.page.send({ do: "load", id: this.shown[place].id });
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (event.key in steps) this.choose(Math.max(0, Math.min(this.shown.length - 1, this.chosen + steps[event.key])));
    else if (event.key === "Enter") this.load(this.chosen);
    else if (event.key === "Delete" && event.currentTarget === byId("results") && this.shown[this.chosen]?.user) this.ask(this.shown[this.chosen]);
    else return;
    event.preventDefault();
  }
}
