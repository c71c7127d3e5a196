"use strict";
// The decisions of an assessor before they are a file. The host keeps a copy in memory, so that a page that is loaded again
// has them; the decision file is made by the program.
const writeSitting = (host) => {
  let kept = null, timer = 0, last = Promise.resolve();
  const state = { who: "", role: "assessor", day: "", entries: [] };
  /** The files that were made, each with its decisions, so that they can be changed. */
  let files = [], waits = () => {};

  const send = () => {
    clearTimeout(timer);
    timer = 0;
    const request = { request: "keep-sitting", sitting: structuredClone(state) };
    last = last.then(() => host.ask(request)).then((answer) => {
      if (answer?.answer !== "kept") return;
      sitting.faults = answer.faults ?? [];
      waits();
    }).catch(() => null);
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

  const sitting = {
    state,
    /** What keeps it from being saved, as the program last said it. */
    faults: [],
    /** Files that the next one replaces, by name. */
    replaced: [],
    /** Calls `show` each time the program has said it; until another view says so. */
    follow(show) { waits = show; },
    get saved() { return files.at(-1) ?? null; },
    add(made) { files.push(made); },
    /** The file to send that has the decision about an entry, if there is one. */
    findFile: (path) => files.findLast((file) => !file.path && file.entries.some((one) => one.path === path)) ?? null,
    /** Takes the decisions of a file back, to be changed; those about the entry at `without` go. */
    reopen(file, without = null) {
      files = files.filter((one) => one !== file);
      sitting.replaced.push(file.name);
      const known = file.entries.filter(({ path }) => path !== without && !sitting.find(path));
      sitting.set([...state.entries, ...known]);
    },
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
  return sitting;
};
