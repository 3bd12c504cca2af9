// SPDX-License-Identifier: Apache-2.0
// The preset that is loaded, the two slots, the morph, saving.

import { byId, mark, notify, say } from "./dom.js";
import { Browser } from "./browser.js";

export class Presets {
  constructor(page) {
    this.page = page;
    this.browser = new Browser(page);
    this.library = [];
    this.loaded = { id: "", name: "" };
    const press = (id, action) => byId(id).addEventListener("click", action);
    press("previous", () => page.send({ do: "previous" }));
    press("next", () => page.send({ do: "next" }));
    press("revert", () => page.send({ do: "revert" }));
    press("slot-a", () => page.send({ do: "play", slot: "A" }));
    press("slot-b", () => page.send({ do: "play", slot: "B" }));
    press("copy", () => page.send({ do: "copy" }));
    press("browse", () => this.browser.open());
    press("save", () => this.openSaver());
    press("save-over", () => this.send({ do: "save" }));
    byId("save-new").addEventListener("click", () => this.saveNew());
    byId("saver").querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.saveNew();
    });
    byId("morph").addEventListener("input", () => page.send({ do: "morph", position: byId("morph").valueAsNumber }));
  }

  update(preset) {
    this.loaded = preset;
    say(byId("preset-name"), preset.name || "No preset");
    byId("preset-edited").hidden = !preset.edited;
    byId("revert").disabled = !preset.edited;
    mark(byId("slot-a"), "aria-pressed", preset.slot === "A");
    mark(byId("slot-b"), "aria-pressed", preset.slot === "B");
    const morph = byId("morph");
    morph.disabled = !preset.differ && preset.morph === null;
    const position = preset.morph ?? (preset.slot === "A" ? 0 : 1);
    if (document.activeElement !== morph || preset.morph === null) morph.value = position;
    mark(morph, "aria-valuetext", `${Math.round(position * 100)} % B`);
    this.browser.mark(preset.id);
  }

  list(library) {
    this.library = library;
    this.browser.list(library);
  }

  problems(sentences) {
    this.browser.problems(sentences);
  }

  openSaver() {
    const stored = this.library.find((one) => one.id === this.loaded.id);
    byId("save-name").value = this.loaded.name;
    byId("save-bank").value = stored?.user ? stored.bank : "";
    byId("save-author").value = stored?.author ?? "";
    byId("save-tags").value = stored?.tags.join(", ") ?? "";
    byId("save-comment").value = stored?.comment ?? "";
    byId("save-over").hidden = !stored?.user;
    byId("save-error").textContent = "";
    const banks = new Set(this.library.filter((one) => one.user && one.bank).map((one) => one.bank));
    byId("save-banks").replaceChildren(...[...banks].map((bank) => new Option(bank)));
    byId("saver").showModal();
    byId("save-name").select();
  }

  saveNew() {
    if (!byId("save-name").reportValidity()) return;
    this.send({
      do: "saveAs", bank: byId("save-bank").value.trim(), name: byId("save-name").value, author: byId("save-author").value,
      tags: byId("save-tags").value.split(",").map((tag) => tag.trim()).filter(Boolean), comment: byId("save-comment").value,
    });
  }

  /** The dialog stays open until it is known that the preset was saved. */
  send(event) {
    byId("save-error").textContent = "";
    this.page.send(event);
  }

  /** Whether the answer was about saving. */
  answered(event, sentence) {
    if (event.do !== "save" && event.do !== "saveAs") return false;
    if (sentence === undefined) {
      byId("saver").close();
      notify("Saved.");
    } else byId("save-error").textContent = sentence;
    return true;
  }
}
