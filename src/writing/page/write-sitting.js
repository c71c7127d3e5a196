"use strict";
// The decisions of an assessor before they are a file. The host keeps a copy in memory, so that a page that is loaded again
// has them; the decision file is made by the program.
const writeSitting = (host) => {
  let kept = null, timer = 0, last = Promise.resolve();
  const state = { who: "", role: "assessor", day: "", entries: [] };
  /** Decisions of the last file that was made, so that they can be changed. */
  let saved = null;

  const send = () => {
    clearTimeout(timer);
    timer = 0;
    const request = { request: "keep-sitting", sitting: structuredClone(state) };
    last = last.then(() => host.ask(request)).catch(() => null);
    return last;
  };
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(send, 300);
  };

  addEventListener("beforeunload", (event) => {
    if (timer) send();
    if (state.entries.length && !host.keeps) event.preventDefault();
  });

  return {
    state,
    faults: [],
    get saved() { return saved; },
    set saved(made) { saved = made; },
    /** Takes the sitting that the host kept; once. */
    start(known) {
      if (kept) return;
      kept = true;
      Object.assign(state, known, { role: known.role || "assessor" });
    },
    changed,
    /** Sends what is not sent yet. */
    flush: () => (timer ? send() : last),
    find: (path) => state.entries.find((one) => one.path === path) ?? null,
    /** Replaces the draft about an entry; null removes it. */
    put(path, draft) {
      const at = state.entries.findIndex((one) => one.path === path);
      if (at >= 0) state.entries.splice(at, 1, ...(draft ? [draft] : []));
      else if (draft) state.entries.push(draft);
      changed();
    },
    set(entries) {
      state.entries = entries;
      changed();
    },
    isUnsaved: () => state.entries.length > 0,
    async decide(file) {
      await send();
      return host.ask({ request: "decide", file });
    },
  };
};
