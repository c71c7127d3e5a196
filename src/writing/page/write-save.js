"use strict";
// Saves an entry: one request at a time, in order, each about the file that the one before left behind.
//
// entrySaver(host, answer, on) takes the answer `entry` and calls
//   on.entry(answer)       after each answer, with the boxes already up to date
//   on.status(state, why)  state: "saved", "waiting", "lost" (not reached; tries again) or "refused"
//   on.conflict(conflicts) [{ id, mine, theirs }]: boxes that were changed here and in the file; `theirs` is null where
//                          the file has no such box any more
// A box is { id, read(), write(shown) }; the saver adds what the file has: { text, from, tokens, shown, stage, isMissing }.
const entrySaver = (host, first, on) => {
  const { diff, findTokens, show, toSplices, withoutGap, isSame } = writeText;
  const PAUSE = 400, LONGEST = 2000, AGAIN = [1000, 2000, 4000, 8000];
  let answer = first, boxes = new Map(), jobs = [];
  const conflicts = new Map();
  let running = null, timer = 0, since = 0, failures = 0, refused = null, composing = false, pauses = false;

  const boxTexts = (entry) => [
    ...entry.stages.filter(({ shares }) => !shares).map((stage) => ({ ...stage, key: "stage:" + stage.id, isMissing: stage.is_missing })),
    ...entry.other.map((other, at) => ({ ...other, key: "other:" + at, isMissing: false })),
  ];

  /** What the file has for a box. */
  function take(box, part, entry) {
    const passages = entry.claims.filter(({ how, from, to }) => how === "passage" && from >= part.from && to <= part.to)
      .map(({ from, to }) => ({ from: from - part.from, to: to - part.from }));
    box.text = part.text;
    box.from = part.from;
    box.isMissing = part.isMissing;
    box.stage = part.id ?? null;
    box.tokens = part.isMissing ? [] : findTokens(part.text, passages);
    box.shown = show(part.text, box.tokens);
  }

  const isChanged = (box) => !isSame(withoutGap(box.read()), box.shown) && !(box.isMissing && !box.read().trim());
  const changed = () => [...boxes.values()].filter((box) => !conflicts.has(box.id) && isChanged(box));
  const isSaved = () => !changed().length && !jobs.length && !conflicts.size;

  /** The next request, with what it sends of each box; none if everything is saved. */
  function compose() {
    const open = changed();
    const fresh = open.find((box) => box.isMissing);
    const old = open.filter((box) => !box.isMissing).sort((a, b) => a.from - b.from);
    const about = { path: answer.path, hash: answer.hash };
    if (old.length) {
      const splices = old.flatMap((box) => toSplices(diff(box.shown, withoutGap(box.read())), box.text, box.tokens)
        .map((splice) => ({ ...splice, from: splice.from + box.from, to: splice.to + box.from })));
      return { request: { request: "splice", ...about, splices }, sent: new Map(old.map((box) => [box, box.read()])) };
    }
    if (fresh) {
      const change = { what: "begin-stage", stage: fresh.stage, text: withoutGap(fresh.read()) };
      return { request: { request: "change", ...about, change }, sent: new Map([[fresh, fresh.read()]]) };
    }
    if (!jobs.length || conflicts.size) return null;
    const made = jobs[0].make(answer);
    return made ? { request: { ...about, ...made }, sent: new Map(), job: jobs[0] } : { skip: jobs.shift() };
  }

  /** Brings the boxes up to date with an answer. `sent` has what the request sent of each box. */
  function settle(entry, sent) {
    answer = entry;
    for (const part of boxTexts(entry)) {
      const box = boxes.get(part.key);
      if (!box) continue;
      const before = sent.get(box) ?? box.shown;
      const value = box.read();
      take(box, part, entry);
      if (isSame(before, box.shown)) continue;
      // The file has other words than were sent, after an undo for instance.
      if (isSame(value, before)) box.write(box.shown);
    }
    on.entry(entry);
  }

  /** Takes over a file that something else changed. Words changed on one side alone are kept; the others are a conflict. */
  async function catchUp() {
    const entry = await host.ask({ request: "entry", path: answer.path });
    if (entry.answer !== "entry") return entry;
    const parts = new Map(boxTexts(entry).map((part) => [part.key, part]));
    for (const box of changed()) {
      const theirs = parts.get(box.id);
      const there = theirs ? { id: box.id } : null;
      if (there) take(there, theirs, entry);
      if (there && (isSame(there.text, box.text) || isSame(there.shown, withoutGap(box.read())))) continue;
      conflicts.set(box.id, { id: box.id, mine: box.read(), theirs: there ? there.shown : null });
    }
    const kept = new Map([...boxes.values()].filter((box) => isChanged(box)).map((box) => [box, box.read()]));
    answer = entry;
    for (const [key, part] of parts) {
      const box = boxes.get(key);
      if (!box) continue;
      take(box, part, entry);
      if (!kept.has(box) && !isSame(box.read(), box.shown)) box.write(box.shown);
    }
    on.entry(entry);
    if (conflicts.size) on.conflict([...conflicts.values()]);
    return entry;
  }

  async function step({ request, sent, job }) {
    const said = await host.ask(request);
    failures = 0;
    if (said.answer === "changed") {
      const entry = await catchUp();
      if (entry.answer === "entry") return;
      refused = entry;
      return;
    }
    if (job) jobs.shift();
    if (said.answer === "entry") settle(said, sent);
    else if (!job) refused = said;
    job?.done(said);
  }

  async function run() {
    while (!refused && !composing) {
      const next = compose();
      // Words typed meanwhile wait for their own pause.
      if (!next || (pauses && !next.job)) break;
      if (next.skip) {
        next.skip.done(null);
        continue;
      }
      on.status("waiting");
      try {
        await step(next);
      } catch {
        const wait = AGAIN[Math.min(failures, AGAIN.length - 1)];
        failures += 1;
        on.status("lost");
        timer = setTimeout(start, wait);
        return;
      }
    }
    since = 0;
    if (refused) on.status("refused", refused);
    else if (isSaved()) on.status("saved");
  }

  function start() {
    clearTimeout(timer);
    pauses = false;
    running ??= run().finally(() => { running = null; });
    return running;
  }

  return {
    get answer() { return answer; },
    /** Adds a box and writes into it what the file has, or words that are not saved yet. */
    add(box, unsaved) {
      const part = boxTexts(answer).find(({ key }) => key === box.id);
      boxes.set(box.id, box);
      take(box, part, answer);
      box.write(unsaved ?? box.shown);
      return box;
    },
    /** Forgets all boxes; returns the words of those that are not saved. */
    forget() {
      const unsaved = new Map([...boxes.values()].filter(isChanged).map((box) => [box.id, box.read()]));
      boxes = new Map();
      return unsaved;
    },
    /** Words were typed: they are saved after a pause. */
    typed() {
      refused = null;
      since ||= Date.now();
      clearTimeout(timer);
      pauses = true;
      timer = setTimeout(start, Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
    },
    /** Text is being composed by an input method: nothing is saved until it is there. */
    compose(is) {
      composing = is;
      if (!is) this.typed();
    },
    /** Saves now. Ends when everything is saved, or cannot be. */
    async flush() {
      await start();
      if (!isSaved() && !failures && !refused && !composing && !conflicts.size) await start();
      return isSaved();
    },
    /** Sends a request about the entry after the words typed before it. `make(answer)` composes it; null drops it. */
    ask(make) {
      refused = null;
      return new Promise((done) => {
        jobs.push({ make, done });
        start().then(() => { if (jobs.some((job) => job.done === done) && !failures && !refused) start(); });
      });
    },
    /** Ends a conflict: with the words here, or with those of the file. */
    resolve(id, keepsMine) {
      const box = boxes.get(id);
      if (box && !keepsMine) box.write(box.shown);
      conflicts.delete(id);
      start();
    },
    /** The page is being closed: what is not saved is sent without waiting. */
    close() {
      composing = false;
      start();
    },
    isSaved,
  };
};
