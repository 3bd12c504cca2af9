// SPDX-License-Identifier: Apache-2.0
// Presets as files: brought in from the person's folders, and given out to them.

import { byId, make } from "./dom.js";

const MOST_BYTES = 1 << 20;

export class Files {
  /** The browser tells which preset is chosen(), and which bank() of the person's is shown. */
  constructor(browser) {
    this.browser = browser;
    byId("import").addEventListener("click", () => byId("import-file").click());
    byId("import-file").addEventListener("change", () => this.importAll([...byId("import-file").files]));
    byId("export").addEventListener("click", () => this.export());
  }

  say(text, isError = false) {
    byId("file-status").textContent = text;
    byId("file-status").classList.toggle("error", isError);
  }

  async importAll(files) {
    byId("import-file").value = "";
    const taken = [];
    const refused = [];
    for (const file of files) {
      try {
        taken.push(await this.import(file));
      } catch (error) {
        refused.push(error.message);
      }
    }
    const brought = taken.length > 0 ? `Imported: ${taken.join(", ")}. ` : "";
    this.say(brought + refused.join(" "), refused.length > 0);
  }

  async import(file) {
    if (file.size > MOST_BYTES) throw new Error(`${file.name} has ${file.size} bytes, and a preset has at most ${MOST_BYTES}.`);
    const query = new URLSearchParams({ name: file.name, bank: this.browser.bank() });
    const answer = await this.ask(`import?${query}`, { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: await file.arrayBuffer() });
    return (await answer.json()).name;
  }

  async ask(path, options) {
    let answer;
    try {
      answer = await fetch(path, options);
    } catch {
      throw new Error("The plug-in does not answer: try again.");
    }
    if (answer.status === 422) throw new Error((await answer.json()).sentence);
    if (!answer.ok) throw new Error(`The plug-in has refused this (${answer.status}).`);
    return answer;
  }

  async export() {
    const chosen = byId("export-what").value === "chosen" ? this.browser.chosenPreset() : { id: "" };
    if (!chosen) return this.say("Choose a preset first.", true);
    const format = byId("export-format").value;
    try {
      const answer = await this.ask(`export?${new URLSearchParams({ id: chosen.id, format })}`, {});
      const name = decodeURIComponent(answer.headers.get("X-File-Name"));
      const url = URL.createObjectURL(await answer.blob());
      make("a", { href: url, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
      this.say(`Exported: ${name}.`);
    } catch (error) {
      this.say(error.message, true);
    }
  }
}
