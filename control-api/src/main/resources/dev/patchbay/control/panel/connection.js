// SPDX-License-Identifier: Apache-2.0
// The way to the plug-in: a stream of what has changed, and posts of what is done. A page that is not seen has no stream.

const SILENCE_MILLIS = 5000;
const AGAIN_MILLIS = [100, 250, 500, 1000, 2000];
const MOST_EVENTS = 200;

export class Connection {
  /** Calls plugin(description), state(changes), lost(), and answered(event, sentence), where the sentence says why it failed. */
  constructor(listener) {
    this.listener = listener;
    this.queue = [];
    this.tries = 0;
    this.session = null;
    document.addEventListener("visibilitychange", () => (document.hidden ? this.close() : this.open()));
    addEventListener("pagehide", () => this.close());
    if (!document.hidden) this.open();
  }

  open() {
    if (this.stream) return;
    clearTimeout(this.again);
    this.stream = new EventSource("state");
    this.stream.addEventListener("plugin", (event) => {
      const plugin = JSON.parse(event.data);
      this.session = plugin.session;
      this.tries = 0;
      this.heard();
      this.listener.plugin(plugin);
    });
    this.stream.addEventListener("state", (event) => {
      this.heard();
      this.listener.state(JSON.parse(event.data));
    });
    this.stream.onerror = () => this.lose();
  }

  close() {
    clearTimeout(this.again);
    clearTimeout(this.silence);
    this.stream?.close();
    this.stream = null;
    this.session = null;
    this.queue = [];
  }

  /** Nothing for so long, not even a sign of life, means that nobody is there. */
  heard() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.lose(), SILENCE_MILLIS);
  }

  lose() {
    this.close();
    this.listener.lost();
    this.again = setTimeout(() => this.open(), AGAIN_MILLIS[Math.min(this.tries++, AGAIN_MILLIS.length - 1)]);
  }

  /** Has something done. Events keep their order; of positions that wait, the newest counts. */
  send(event) {
    if (!this.session) return;
    const place = event.do === "set" || event.do === "morph" ? this.waiting(event) : -1;
    if (place >= 0) this.queue[place] = event;
    else this.queue.push(event);
    this.flush();
  }

  waiting(event) {
    for (let i = this.queue.length - 1; i >= 0; i--) {
      if (this.queue[i].do !== event.do) return -1;
      if (this.queue[i].parameter === event.parameter) return i;
    }
    return -1;
  }

  async flush() {
    if (this.posting || this.queue.length === 0 || !this.session) return;
    this.posting = true;
    const session = this.session;
    const events = this.queue.splice(0, MOST_EVENTS);
    try {
      const answer = await fetch("events", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ session, events }),
      });
      if (answer.ok) {
        const errors = new Map((await answer.json()).errors.map((error) => [error.event, error.sentence]));
        events.forEach((event, i) => this.listener.answered(event, errors.get(i)));
      } else if (answer.status === 409) {
        if (session === this.session) this.lose();
      } else {
        for (const event of events) this.listener.answered(event, `The plug-in has refused what you did (${answer.status}).`);
      }
    } catch {
      // It is not there: the stream notices that as well, and connects again.
      this.queue = [];
    } finally {
      this.posting = false;
    }
    this.flush();
  }
}
