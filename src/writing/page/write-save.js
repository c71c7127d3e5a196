"use strict";
// Saves an entry: one request at a time, in order, each about the file that the one before left behind.
//
// entrySaver(host, answer, on) takes the answer `entry` and calls
//   on.entry(answer)       after each answer, with the boxes already up to date
//   on.status(state, why)  state: "saved", "same" (nothing to save, and nothing was), "waiting", "conflict", "lost" (not
//                          reached; tries again) or "refused"; `why` is the answer that says so, if there is one
//   on.conflict(conflicts) [{ id, mine, theirs }]: boxes that were changed here and in the file; `theirs` is null where
//                          the file has no such box any more
//   on.gone()              there is no such entry any more
// A box is { id, isOpen(), read(), caret(), write(shown) }; it is open while it has the focus. The saver adds
//   file    what the file has: { text, tokens, shown, from, isMissing, isComment, stage }
//   now     the text with what was typed, and its tokens: { text, tokens }. Shown without them, it is what the box reads.
//   asked   what the last request asked the file to have: { text, shown }
//   edits   what was typed since, to be done again on its answer
//   open    texts that requests without an answer asked the file to have: one of them may have been written
const entrySaver = (host, first, on) => {
  const { diff, findTokens, show, toShown, edited, listCodes, withoutGap, isSame } = writeText;
  // Whoever types on without a pause loses no more than whoever stops: `since` is when the first unsent words were typed.
  const PAUSE = 400, AGAIN = [1000, 2000, 3000];
  const conflicts = new Map();
  let answer = first, boxes = new Map(), jobs = [];
  let running = null, timer = 0, since = 0, failures = 0, refused = null, composing = false, pauses = false, isWritten = false, holds = false, isGone = false;
  const fields = [];

  const listParts = (entry) => [
    ...entry.stages.filter(({ shares }) => !shares).map((stage) => ({ ...stage, key: "stage:" + stage.id, isMissing: stage.is_missing })),
    ...entry.other.map((other, at) => ({ ...other, key: "other:" + at, isMissing: false })),
  ];
  // The links in a note claim nothing, and are shown as words too.
  const passagesOf = (part, entry) => (part.isMissing ? [] : part.is_comment ? [...part.text.matchAll(/\[[^[\]]+\]\(<?ksb:[^()\s]*\)/g)].map(({ index, 0: link }) => ({ from: index, to: index + link.length })) : entry.claims
    .filter(({ how, from, to }) => how === "passage" && from >= part.from && to <= part.to)
    .map(({ from, to }) => ({ from: from - part.from, to: to - part.from })));

  const describe = (part, entry) => {
    const tokens = findTokens(part.text, passagesOf(part, entry));
    return { text: part.text, tokens, shown: show(part.text, tokens), from: part.from, isMissing: part.isMissing, isComment: !!part.is_comment, stage: part.id ?? null };
  };

  const isChanged = ({ now, file }) => !isSame(withoutGap(now.text), file.text);
  const listChanged = () => [...boxes.values()].filter((box) => !conflicts.has(box.id) && isChanged(box));
  const isSaved = () => !listChanged().length && !jobs.length && !conflicts.size && !fields.some((field) => field.isChanged());
  const isOther = ({ id }) => id.startsWith("other:");
  // A part that belongs to no stage goes with its last word, but not while it has the focus.
  const isHeld = (box) => holds && isOther(box) && !box.file.isComment && !box.now.text.trim() && box.isOpen?.();

  const listGrowing = ({ now }) => now.tokens.filter((token) => token.grows).map(({ from }) => from);

  /** Remembers what a request asks the file to have for a box. */
  function ask(box) {
    box.edits = [];
    box.asked = { text: box.now.text, shown: box.read(), growing: listGrowing(box) };
    const text = withoutGap(box.now.text);
    if (!box.open.includes(text)) box.open.push(text);
  }

  // The engine leaves out characters that no page may hold, and parts the signs of a comment.
  const isAlike = (one, other) => one === other || one.replace(/[^\p{L}\p{N}\p{M}\p{P}\p{S}]/gu, "") === other.replace(/[^\p{L}\p{N}\p{M}\p{P}\p{S}]/gu, "");

  /**
   * Takes over what the file has for a box after a request. Words typed since are done again if the box still shows the same;
   * otherwise they win, and are saved next. Words that were asked for and are not there are a conflict (`isOwn`).
   */
  function take(box, part, entry, isOwn = false) {
    box.file = describe(part, entry);
    box.open = [];
    if (isOwn && !isAlike(box.file.shown, box.asked.shown)) {
      conflicts.set(box.id, { id: box.id, mine: box.read(), theirs: box.file.shown });
      return;
    }
    // Blank lines at the end stay in the box. Escapes are the engine's.
    const end = box.asked.text.trimEnd().length, isTaken = isSame(part.text, box.asked.text);
    const text = isTaken ? box.asked.text : isSame(box.file.shown, box.asked.shown) ? part.text.trimEnd() + box.asked.text.slice(end) : part.text;
    const growing = box.edits.length ? box.asked.growing ?? [] : listGrowing(box);
    const tokens = findTokens(text, passagesOf(part, entry)).map((token) => (!token.opens && growing.includes(token.from) ? { ...token, grows: true } : token));
    const shown = show(text, tokens);
    if (!box.edits.length) {
      box.now = { text, tokens };
      if (box.read() !== shown) box.write(shown);
    } else if (shown === box.asked.shown) box.now = box.edits.reduce(edited, { text, tokens });
  }

  /** The next request, with the boxes whose words it sends; none if everything is saved. */
  function compose() {
    const open = listChanged().filter((box) => !isHeld(box)), about = { path: answer.path, hash: answer.hash };
    const old = open.filter(({ file }) => !file.isMissing).sort((a, b) => a.file.from - b.file.from);
    const fresh = open.find(({ file }) => file.isMissing);
    const sent = new Set(old.length ? old : fresh ? [fresh] : []);
    if (old.length) {
      const splices = old.map(({ file, now }) => {
        const { from, to, insert } = diff(file.text, withoutGap(now.text));
        return { from: from + file.from, to: to + file.from, insert };
      });
      return { request: { request: "splice", ...about, splices, is_undo: old.every(({ isUndo }) => isUndo) }, sent };
    }
    if (fresh) {
      const change = { what: "begin-stage", stage: fresh.file.stage, text: withoutGap(fresh.now.text) };
      return { request: { request: "change", ...about, change }, sent };
    }
    if (!jobs.length || conflicts.size) return null;
    const made = jobs[0].make(answer);
    return made ? { request: { ...about, ...made }, sent, job: jobs[0] } : { skip: jobs.shift() };
  }

  /** Parts that belong to no stage are known by their number: it is another one once an empty part is gone. */
  function renumber(entry, waiting) {
    const all = [...boxes.values()].filter(isOther);
    const left = all.filter((box) => box.file.isComment || (waiting.has(box) ? box.file : box.asked).text.trim());
    if (left.length === all.length || left.length !== entry.other.length) return;
    for (const box of all) {
      boxes.delete(box.id);
      box.id = "gone";
    }
    for (const [at, box] of left.entries()) {
      box.id = "other:" + at;
      boxes.set(box.id, box);
    }
  }

  /** Brings the boxes up to date with an answer. Those of `waiting` have words that were not sent yet; `isOwn` after words. */
  function settle(entry, waiting, isOwn) {
    isWritten ||= entry.hash !== answer.hash;
    answer = entry;
    if (isOwn) renumber(entry, waiting);
    const parts = new Map(listParts(entry).map((part) => [part.key, part]));
    for (const box of boxes.values()) {
      const part = parts.get(box.id);
      if (part && waiting.has(box)) box.file = describe(part, entry);
      else if (part) take(box, part, entry, isOwn);
      else if (isOwn && box.read().trim()) conflicts.set(box.id, { id: box.id, mine: box.read(), theirs: null });
    }
    on.entry(entry);
    if (isOwn && conflicts.size) on.conflict([...conflicts.values()]);
  }

  /** Takes over a file that something else changed. Words changed on one side alone are kept; the others are a conflict. */
  async function catchUp() {
    const entry = await host.ask({ request: "entry", path: answer.path });
    if (entry.answer !== "entry") return entry;
    const parts = new Map(listParts(entry).map((part) => [part.key, part]));
    isWritten ||= entry.hash !== answer.hash;
    answer = entry;
    for (const box of boxes.values()) {
      const part = parts.get(box.id), mine = isChanged(box);
      const ours = [box.file.text, withoutGap(box.now.text), ...box.open];
      const isTheirs = !part || !ours.some((text) => isSame(part.text, text));
      if (mine && isTheirs) {
        const theirs = part ? describe(part, entry).shown : null;
        conflicts.set(box.id, { id: box.id, mine: box.read(), theirs });
      }
      if (!part) continue;
      if (mine) {
        box.file = describe(part, entry);
        box.open = [];
      } else {
        ask(box);
        take(box, part, entry);
      }
    }
    on.entry(entry);
    if (conflicts.size) on.conflict([...conflicts.values()]);
    return entry;
  }

  async function step({ request, sent, job }) {
    const waiting = new Set([...boxes.values()].filter((box) => !sent.has(box) && isChanged(box)));
    for (const box of boxes.values()) if (!waiting.has(box)) ask(box);
    const said = await host.ask(request);
    failures = 0;
    if (said.answer === "changed" && said.hash === null) {
      isGone = true;
      on.gone();
      return;
    }
    if (said.answer === "changed") {
      const entry = await catchUp();
      if (entry.answer !== "entry") refused = entry;
      return;
    }
    if (job) jobs.shift();
    if (said.answer === "entry") settle(said, waiting, !job);
    else if (!job) refused = said;
    job?.done(said);
  }

  async function run() {
    while (!refused && !composing && !isGone) {
      const next = compose();
      // Words typed meanwhile wait for their own pause.
      if (!next || (pauses && !next.job)) break;
      if (next.skip) {
        next.skip.done(null);
        continue;
      }
      on.status("waiting");
      since = 0;
      try {
        await step(next);
      } catch (error) {
        failures += 1;
        on.status("lost", writeMake.lost(error));
        timer = setTimeout(() => start(), AGAIN[Math.min(failures, AGAIN.length) - 1]);
        return;
      }
    }
    if (!pauses) since = 0;
    if (isGone) on.status("gone");
    else if (refused) on.status("refused", refused);
    else if (conflicts.size) on.status("conflict");
    else if (isSaved()) {
      on.status(isWritten ? "saved" : "same");
      isWritten = false;
    }
  }

  function start(byTimer) {
    clearTimeout(timer);
    pauses = false;
    holds = byTimer === true;
    running ??= run().finally(() => { running = null; });
    return running;
  }

  function wait() {
    refused = null;
    since ||= Date.now();
    clearTimeout(timer);
    pauses = true;
    timer = setTimeout(() => start(true), Math.max(0, since + PAUSE - Date.now()));
  }

  return {
    get answer() { return answer; },
    /** Adds a box, and writes into it what the file has; words that are not saved yet are kept from `before`. */
    add(box, before) {
      const part = listParts(answer).find(({ key }) => key === box.id);
      box.file = describe(part, answer);
      box.now = before?.now ?? { text: box.file.text, tokens: box.file.tokens };
      box.write(show(box.now.text, box.now.tokens));
      box.edits = before?.edits ?? [];
      box.asked = before?.asked ?? { text: box.now.text, shown: box.read() };
      box.open = before?.open ?? [];
      boxes.set(box.id, box);
    },
    /** Forgets all boxes; returns those that have words that are not saved. */
    forget() {
      const unsaved = new Map([...boxes].filter(([, box]) => isChanged(box)));
      boxes = new Map();
      return unsaved;
    },
    /** Words were typed into a box, or taken back by the browser: they are saved after a moment. Returns the codes that went with all their words. */
    typed(box, isUndo) {
      box.isUndo = isUndo && (box.isUndo || !box.edits.length);
      const edit = diff(show(box.now.text, box.now.tokens), box.read(), box.caret());
      const before = listCodes(box.now);
      box.edits.push(edit);
      box.now = edited(box.now, edit);
      wait();
      const after = listCodes(box.now);
      return before.filter((code) => !after.includes(code));
    },
    /** The caret moved: what is typed next at the end of a passage that was replaced is outside of it. */
    settle(box) {
      const { tokens } = box.now;
      if (tokens.some((token) => token.grows && toShown(token.from, tokens) !== box.caret())) box.now = { ...box.now, tokens: tokens.map((token) => ({ ...token, grows: false })) };
    },
    /** Text is being composed by an input method: nothing is saved until it is there. */
    compose(is) {
      composing = is;
      if (!is) wait();
    },
    /** Saves now. Ends when everything is saved, or cannot be. */
    async flush() {
      for (const field of fields) field.save();
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
      const box = boxes.get(id), part = listParts(answer).find(({ key }) => key === id);
      conflicts.delete(id);
      if (box && part && !keepsMine) {
        ask(box);
        take(box, part, answer);
      }
      start();
    },
    /** The page is being closed: what is not saved is sent without waiting. */
    close() {
      composing = false;
      for (const field of fields) field.save();
      start();
    },
    isSaved,
    /** Adds a field of the form: { isChanged(), save() }. */
    watch(field) { fields.push(field); },
    /** Forgets everything that is not saved. */
    drop() {
      fields.length = jobs.length = 0;
      boxes = new Map();
      conflicts.clear();
    },
  };
};
