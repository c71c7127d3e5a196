"use strict";
// The view of an entry: the form, a box for each stage, and beside them what it shows and what people said about it.
//
// writeEntry(host, answer, { status, problem }) returns { parts, saver, leave() }: the elements, the saver, and a function
// that saves and forgets the view. `status(state, why)` shows where the words are.
const writeEntry = (() => {
  const { make, button, counted, fill, put, isNew, showDay, showState, showCode, sentence, advice, clip, LEVELS } = writeMake;
  const { diff, moved, toShown, toText, countWords } = writeText;
  const { VERDICTS } = writeFeedback;
  // Labels that say enough.
  const PLAIN = ["title", "date", "type"];
  // `status` is changed by submitting.
  const NOT_SHOWN = ["status", "submitted", "anonymised"];
  const boxName = (id) => "box-" + id.replace(/[^\w-]/g, "-");

  return function writeEntry(host, first, { status }) {
    const boxes = new Map(), inputs = new Map();
    let shape = "";
    const saver = entrySaver(host, first, { entry: refresh, status, conflict: showConflicts, gone: showGone });
    const valueOf = (name) => saver.answer.fields.find((field) => field.name === name)?.value ?? "";
    const isSubmitted = () => {
      const field = saver.answer.fields.find(({ name }) => name === "status");
      return (field?.value || field?.default || "").toLowerCase() === "submitted";
    };

    // The parts of the view. Those of boxes are made again only if the entry has other boxes.
    const says = make("p", { className: "says", role: "status" });
    /** Says what was done, where it is seen on any part of the page. */
    const say = (words) => {
      clearTimeout(says.timer);
      says.textContent = words;
      says.timer = setTimeout(() => { says.textContent = ""; }, 12000);
    };
    const showSubmitted = (words) => {
      say(words);
      intro.querySelector(".submitted")?.focus();
      intro.scrollIntoView({ block: "center" });
    };
    // The title is seen in its field.
    const heading = make("h1", { tabIndex: -1, className: "unseen" });
    const intro = make("div", {}), form = make("div", { className: "fields" }), facts = make("span", { className: "hint" }), more = make("details", { className: "more" }, make("summary", {}, "More about this entry", facts));
    const moreFields = make("div", { className: "fields" }), notes = make("div", {});
    more.append(moreFields, notes);
    const stages = make("div", { className: "stages" }), conflicts = make("div", {});
    const shows = make("section", { className: "card", tabIndex: -1 }), pictures = make("section", { className: "photos" }), feedback = make("section", { tabIndex: -1 }), whole = make("section", {});
    const near = button("These words show…", () => pick(near.box), "main near");
    near.tabIndex = -1;
    near.hidden = true;
    near.setAttribute("aria-hidden", "true");
    near.addEventListener("pointerdown", (event) => event.preventDefault());

    const submit = button("Submit this entry", () => submitDialog(host, saver, { goTo, done: showSubmitted }), "main");
    const undo = button("Undo the last change", async () => {
      const answer = await saver.ask(() => ({ request: "undo" }));
      say(answer?.answer === "entry" ? "Undone." : answer ? advice(answer) : "");
      if (undo.hidden) showFile.focus();
    });
    const showFile = button("Show me the file", () => fileDialog(host, saver));
    const actions = [make("p", { className: "buttons" }, submit, showFile, undo),
      make("p", { className: "buttons" }, button("Rename…", () => writeMove.rename(host, saver, say), "link"), button("Delete…", () => writeMove.remove(host, saver, say), "link"))];

    /** Sends a change and reports its refusal in `wrong`, or else aloud. */
    async function change(make_, done, wrong) {
      const answer = await saver.ask(() => {
        const change = make_();
        return change && { request: "change", change };
      });
      const problem = !answer ? "These words have just changed. Select them again." : answer.answer === "refused" ? advice(answer) : "";
      if (wrong) wrong.textContent = problem;
      else if (problem) notice(problem);
      if (!problem && done) say(done);
      return !problem;
    }
    const notices = make("div", { role: "alert" });
    const notice = (words) => fill(notices, words ? make("p", { className: "notice" }, words, " ", button("Close", () => notice(""))) : null);

    // Selecting words, and saying what they show.
    function followSelection(box) {
      const chosen = box.selected();
      near.hidden = !chosen || document.activeElement !== box.area;
      near.box = box;
      if (near.hidden) return;
      const place = box.rect(chosen.to), around = box.wrap.getBoundingClientRect();
      if (!place) return;
      near.style.setProperty("--x", `${Math.max(0, Math.min(place.left - around.left, around.width - 180))}px`);
      near.style.setProperty("--y", `${place.bottom - around.top + 6}px`);
      if (near.parentElement !== box.wrap) box.wrap.append(near);
    }
    async function pick(box) {
      const chosen = box?.selected();
      const codes = chosen ? [] : saver.answer.claims.map(({ code }) => code);
      near.hidden = true;
      if (chosen) box.area.setSelectionRange(chosen.from, chosen.to);
      const found = await findCode(host, { words: chosen?.words, done: codes });
      if (found && chosen) {
        const done = await change(() => {
          const { now: { tokens }, file } = box;
          if (box.read().slice(chosen.from, chosen.to) !== chosen.words || file.isMissing) return null;
          return { what: "mark", from: file.from + toText(chosen.from, tokens, ({ isEscape }) => !isEscape), to: file.from + toText(chosen.to, tokens, () => false), code: found.code };
        }, `Linked to ${found.code}.`);
        if (done) box.area.focus();
      } else if (found) {
        await change(() => ({ what: "claim", code: found.code, because: found.because }), `${found.code} added.`);
        shows.querySelector(":scope > p:last-child button").focus();
      }
      else box?.area.focus();
    }
    /** Whether a place of the file is in a box. */
    const isIn = (place, { file }) => !file.isMissing && place !== null && place !== undefined && place >= file.from && place <= file.from + file.text.length;
    /** A place of the file as one of what the box showed when the file was like this. */
    const shownIn = ({ file }, place) => toShown(Math.min(place - file.from, file.text.length), file.tokens);
    /** Selects words of the file; goes to a field where there are none. */
    function goTo({ field, from, to, rule }) {
      const there = [...boxes.values()].find((one) => isIn(from, one));
      if (there) {
        const typed = diff(there.file.shown, there.read()), end = moved(shownIn(there, to), typed);
        // Words that were sent back are added to. Selected, they would go with the first key.
        there.show({ from: rule === "open-referral" ? end : moved(shownIn(there, from), typed), to: end });
        return;
      }
      const at = boxes.get(field)?.area ?? document.getElementById("field-" + field);
      if (at?.closest("details")) at.closest("details").open = true;
      if (at) at.focus();
      else if (field !== "claims") heading.focus();
      // Not on the first button, which takes a code away.
      else (saver.answer.claims.length ? shows : shows.querySelector("button")).focus();
    }

    // Findings.
    function wordsOf({ from, to }) {
      const there = [...boxes.values()].find((one) => isIn(from, one) && isIn(to, one));
      return there ? there.file.text.slice(from - there.file.from, to - there.file.from) : null;
    }
    function showFinding(finding) {
      const words = wordsOf(finding), name = `answer-${finding.rule}-${finding.from ?? "all"}`;
      const item = make("li", { className: `finding ${finding.level}` }, make("strong", {}, LEVELS[finding.level] ?? "", ": "), advice(finding), " ");
      const tools = make("span", { className: "tools" });
      if (words !== null) tools.append(button("Show the words", () => goTo(finding), "link"));
      if (finding.can_answer) {
        tools.append(" ", button("This is all right here…", (event) => {
          event.target.hidden = true;
          item.append(askReason(name, finding, words, () => { event.target.hidden = false; event.target.focus(); }));
          document.getElementById(name).focus();
        }, "link"));
      }
      item.append(tools);
      return item;
    }
    function askReason(name, { rule }, words, cancel) {
      const reason = make("input", { type: "text", id: name, autocomplete: "off" }), wrong = make("p", { className: "wrong", role: "alert" });
      const ask = make("form", { className: "reason", noValidate: true }, make("label", { htmlFor: name }, "Why is it all right?"), reason, wrong,
        make("p", { className: "buttons" }, make("button", { type: "submit" }, "Save the reason"), button("Cancel", () => { ask.remove(); cancel(); }, "link")));
      ask.addEventListener("submit", (event) => {
        event.preventDefault();
        if (reason.value.trim()) change(() => ({ what: "answer", rule, words, reason: reason.value.trim() }), "Saved.", wrong);
        else wrong.textContent = "Give a reason in a few words.";
      });
      return ask;
    }
    /** Shows a list of findings without disturbing somebody who is in it. */
    function fillFindings(list, findings) {
      if (list.contains(document.activeElement) && document.activeElement.matches("input")) return;
      if (!isNew(list, findings)) return;
      const index = [...list.querySelectorAll("button")].indexOf(document.activeElement);
      list.hidden = !findings.length;
      fill(list, findings.map(showFinding));
      if (index >= 0) [...list.querySelectorAll("button")].at(Math.min(index, list.querySelectorAll("button").length - 1))?.focus();
    }

    // The form.
    function makeField(field) {
      const id = "field-" + field.name, wrong = make("p", { className: "wrong", id: id + "-wrong", role: "alert" });
      const set = { id, "aria-describedby": `${id}-hint ${id}-wrong` };
      let input;
      if (field.shape === "choice" || field.shape === "yes-no") {
        const choices = field.shape === "choice" ? field.choices : [{ id: "true", title: "Yes" }, { id: "false", title: "No" }];
        const usual = [...choices, { id: "false", title: "No" }, { id: "true", title: "Yes" }].find((one) => one.id === field.default)?.title ?? field.default;
        input = make("select", set, make("option", { value: "" }, usual ? `${usual} (usual)` : "Not set"), choices.map((one) => make("option", { value: one.id }, one.title)));
      } else input = make("input", { ...set, type: field.shape === "date" ? "date" : "text", inputMode: field.shape === "number" ? "decimal" : null, autocomplete: "off" });
      const findings = make("ul", { className: "findings", role: "list" });
      const isChanged = () => input.saved !== undefined && input.value !== input.saved;
      let isAsked = false;
      async function save() {
        clearTimeout(input.timer);
        if (!isChanged() || isAsked || !input.isConnected) return;
        const value = input.value.trim();
        let theirs = null;
        input.saved = input.value;
        input.sent = [...input.sent ?? [], value];
        const isDone = await change(() => {
          const there = valueOf(field.name);
          // Over another value than the one that was seen, the words may be the wrong ones.
          theirs = [input.base, ...input.sent].includes(there) ? null : there;
          return theirs !== null ? null : value ? { what: "set", field: field.name, value } : { what: "clear", field: field.name };
        }, "", wrong);
        if (theirs !== null) choose(theirs);
        else if (isDone) input.base = valueOf(field.name);
      }
      /** Shows both values of a field that was changed here and somewhere else. */
      function choose(theirs) {
        const take = (value) => {
          isAsked = false;
          input.base = input.saved = theirs;
          input.sent = [];
          input.value = value;
          wrong.textContent = "";
          input.focus();
          if (isChanged()) save();
          else saver.flush();
        };
        isAsked = true;
        input.saved = theirs;
        status("conflict");
        fill(wrong, "This was also changed somewhere else. ", button("Keep what you typed", () => take(input.value)), " ", button(theirs ? `Keep “${clip(theirs, 60)}”` : "Leave it empty", () => take(theirs)));
      }
      saver.watch({ isChanged: () => input.isConnected && isChanged(), save });
      input.addEventListener("change", save);
      if (input.matches("[type=text]")) input.addEventListener("input", () => { clearTimeout(input.timer); input.timer = setTimeout(save, 400); });
      if (field.name === "title") {
        input.addEventListener("keydown", (event) => {
          if (event.key !== "Enter" || event.isComposing) return;
          event.preventDefault();
          [...boxes.values()][0]?.area.focus();
        });
      }
      const hint = PLAIN.includes(field.name) ? "" : field.hint;
      const about = make("div", { className: `field field-${field.name}` }, make("label", { htmlFor: id }, field.label), make("p", { className: "hint", id: id + "-hint" }, hint), input, wrong, findings);
      return { about, input, findings };
    }
    function refreshField(field, all) {
      const made = inputs.get(field.name);
      if (!made) return;
      const { input, findings } = made;
      input.disabled = field.is_closed || !!saver.answer.unread || !!saver.answer.locked;
      if (document.activeElement !== input && (input.saved === undefined || input.value === input.saved)) {
        if (input.matches("select") && field.value && ![...input.options].some(({ value }) => value === field.value)) input.append(make("option", { value: field.value }, field.value));
        input.value = field.value;
        input.saved = input.base = field.value;
        input.sent = [];
      }
      fillFindings(findings, all.filter((one) => one.field === field.name));
    }
    function makeForm({ fields }) {
      const shown = fields.filter(({ name, is_closed: isClosed }) => !NOT_SHOWN.includes(name) && !isClosed);
      // Another kind of evidence has other fields. Those that stay are not made again, because somebody may be in them.
      for (const [name, { about }] of inputs) {
        if (shown.some((field) => field.name === name)) continue;
        about.remove();
        inputs.delete(name);
      }
      for (const field of shown) {
        if (inputs.has(field.name)) continue;
        const made = makeField(field);
        inputs.set(field.name, made);
        (field.name === "title" ? form : moreFields).append(made.about);
      }
    }

    // The boxes.
    function makeBox(id, title, { question, prompts }, isComment, conflict = make("div")) {
      const name = boxName(id);
      const count = make("span", { className: "count" }, " "), findings = make("ul", { className: "findings", role: "list" }), passages = make("ul", { className: "passages", role: "list" });
      const box = writingBox(name, { "aria-describedby": question ? name + "-hint" : null, disabled: !!saver.answer.locked }, {
        input(isUndo) {
          showCount(box);
          near.hidden = true;
          const lost = saver.typed(box, isUndo);
          if (!isComment) warn(box, lost);
        },
        leave() { setTimeout(() => { near.hidden ||= document.activeElement !== box.area; }, 150); saver.flush(); },
        compose: (is) => saver.compose(is),
        select: () => { saver.settle(box); followSelection(box); },
      });
      const notes = make("details", { className: "prompts", hidden: true });
      Object.assign(box, { id, title, isOpen: () => document.activeElement === box.area, count, findings, passages, conflict, notes, warning: make("p", { className: "hint warning", role: "status" }) });
      boxes.set(id, box);
      const show = button("These words show…", () => pick(box));
      show.setAttribute("aria-label", `These words show… (${title})`);
      show.addEventListener("pointerdown", (event) => event.preventDefault());
      return make("section", { className: "stage" },
        make("h2", {}, make("label", { htmlFor: name }, title)),
        question ? make("p", { className: "hint", id: name + "-hint" }, question) : "",
        prompts.length > 1 ? make("details", { className: "prompts" }, make("summary", {}, "More questions", make("span", { className: "unseen" }, ` for ${title}`)), make("ul", {}, prompts.slice(1).map((words) => make("li", {}, words)))) : "",
        isComment ? make("p", { className: "hint" }, "Only you see this, whatever you write in it.") : "",
        box.conflict, box.wrap,
        make("div", { className: "under" }, isComment ? "" : show, count),
        box.warning, notes, passages, findings);
    }
    /** Says what an edit undoes: codes that went with all their words, and acceptances of the words that it changed. */
    function warn(box, lost) {
      const held = saver.answer.feedback.filter(({ code, verdict, still_holds: holds }) => code && holds && verdict === "accepted").map(({ code }) => code);
      const codes = [...new Set(held)].filter((code) => saver.answer.claims.some((claim) => claim.code === code));
      const says = [];
      if (lost.length) says.push(`${lost.join(", ")} went with the words that showed it.`);
      if (codes.length && !box.id.startsWith("other:")) says.push(`${codes.join(", ")} ${codes.length === 1 ? "was" : "were"} accepted. The entry has changed now, so your assessor has to look at ${codes.length === 1 ? "it" : "them"} again.`);
      if (says.length) put(box.warning, says.join(" "));
    }
    const showCount = ({ count, read }) => { count.firstChild.data = counted(countWords(read()), "word"); };
    function makeBoxes(answer) {
      const unsaved = saver.forget();
      // Whoever is in a box stays in it, at the same place.
      const current = [...boxes.values()].find((box) => box.isOpen()), places = current && [current.area.selectionStart, current.area.selectionEnd];
      const last = current ? boxName(current.id) : document.activeElement?.id ?? "", open = new Map([...boxes.values()].map(({ id, conflict }) => [id, conflict]));
      boxes.clear();
      const add = (id, ...about) => makeBox(id, ...about, open.get(id));
      const shared = (id) => answer.stages.find((stage) => stage.id === id)?.title ?? id;
      const own = { question: answer.stages.length ? "" : "What happened, what did you do yourself, and what does it show?", prompts: [] }, none = { question: "", prompts: [] }, others = answer.other.map(({ is_comment: isComment }, at) => ({ id: "other:" + at, isComment }));
      fill(stages,
        answer.stages.map(({ id, title, question, prompts = [], shares }) => (shares
          ? make("section", { className: "stage" }, make("h2", {}, title), make("p", { className: "hint" }, `You write this together with “${shared(shares)}”.`))
          : add("stage:" + id, title, { question, prompts }, false))),
        others.filter(({ isComment }) => !isComment).map(({ id }) => add(id, answer.stages.length ? "Other text" : "Your text", own, false)));
      fill(notes, others.filter(({ isComment }) => isComment).map(({ id }, at, all) => add(id, all.length > 1 ? `Notes that do not show, ${at + 1}` : "Notes that do not show", none, true)));
      for (const box of boxes.values()) saver.add(box, unsaved.get(box.id));
      const again = document.getElementById(last);
      again?.focus();
      if (places) again?.setSelectionRange(...places);
    }
    /** Says the day and the kind without opening the rest, and how many fields there need a look. */
    function refreshFacts({ fields, findings }) {
      const kind = fields.find(({ name }) => name === "type"), known = kind?.choices.find(({ id }) => id === (kind.value || kind.default));
      const open = findings.filter(({ field, level }) => field !== "title" && level !== "note" && inputs.has(field)).length;
      put(facts, ` ${[valueOf("date") ? showDay(valueOf("date")) : "no day yet", known?.title ?? "", open ? `${open} to look at` : ""].filter(Boolean).join(" · ")}`);
    }
    function refreshBox(box, answer) {
      const findings = answer.findings.filter(({ field, from }) => field === box.id || (field === "other" && box.id.startsWith("other:") && isIn(from, box)));
      const claims = answer.claims.filter(({ how, from, to }) => how === "passage" && isIn(from, box) && isIn(to, box));
      const place = ({ from, to }, kind) => ({ from: shownIn(box, from), to: shownIn(box, to), kind });
      box.mark([...claims.map((claim) => place(claim, "shows")), ...findings.filter(({ from, to }) => isIn(from, box) && isIn(to, box)).map((one) => place(one, "mark-" + one.level))], box.file.shown);
      showCount(box);
      const hidden = box.file.tokens.flatMap(({ words = [] }) => words);
      if (isNew(box.notes, hidden)) {
        box.notes.hidden = !hidden.length;
        fill(box.notes, make("summary", {}, `${counted(hidden.length, "note")} in this part that only you see`), hidden.map((words) => make("p", { className: "hint" }, words)));
      }
      fillFindings(box.findings, findings);
      if (!isNew(box.passages, [[...claims].sort((one, other) => one.from - other.from).map(({ code, words }) => [code, words]), answer.feedback])) return;
      box.passages.hidden = !claims.length;
      const remove = (claim, words) => make("button", { type: "button", className: "link", "aria-label": `Remove ${claim.code} from “${clip(words, 40)}”`, onclick: async () => {
        const done = await change(() => {
          const now = nowOf(claim);
          return now && { what: "unmark", from: now.from, to: now.to, code: claim.code };
        }, `${claim.code} removed. Your words are still here.`);
        if (done) box.area.focus();
      } }, "Remove");
      const byPlace = new Map();
      for (const claim of claims) byPlace.set(claim.from, [...(byPlace.get(claim.from) ?? []), claim]);
      fill(box.passages, [...byPlace].sort(([one], [other]) => one - other).map(([, same]) => {
        const words = box.file.shown.slice(place(same[0]).from, place(same[0]).to) || same[0].words;
        return make("li", {}, button(`“${clip(words)}”`, () => goTo(nowOf(same[0]) ?? {}), "link quote"), " shows ",
          same.map((claim, at) => [at ? ", " : "", make("span", { className: "nowrap" }, showCode(claim.code), " ", remove(claim, words))]),
          same.map(({ code }) => writeFeedback.showNewest(answer, code)));
      }));
    }
    /** A claim as the newest answer has it. */
    const nowOf = (claim) => saver.answer.claims.find(({ code, words, how }) => how === claim.how && code === claim.code && words === claim.words) ?? null;

    // Beside the boxes.
    function refreshShows({ claims, findings, feedback, is_example: isExample }) {
      const wrong = findings.filter(({ field }) => field === "claims");
      if (!isNew(shows, [claims.map((one) => ({ ...one, from: null, to: null })), wrong, feedback, isExample])) return;
      const byCode = new Map();
      for (const claim of claims) byCode.set(claim.code, [...(byCode.get(claim.code) ?? []), claim]);
      const list = [...byCode.values()].map(([claim, ...others]) => {
        const all = [claim, ...others], bare = all.find(({ how }) => how === "code"), reason = all.find(({ how }) => how === "reason"), hasWords = all.some(({ how }) => how === "passage");
        const front = bare ?? reason;
        return make("li", {},
          make("p", {}, showCode(claim.code), " ", claim.statement ?? ""),
          isExample ? "" : make("p", {}, showState(claim.state, claim.state_title)),
          reason?.words ? make("p", { className: "hint" }, `“${reason.words}”`) : "",
          bare && !hasWords && !reason ? make("p", { className: "hint" }, "Select the words that show this, then press “These words show…”.") : "",
          hasWords ? "" : writeFeedback.showNewest({ feedback }, claim.code),
          claim.against.length ? make("p", {}, claim.against.map(sentence).join(" ")) : "",
          claim.next && !isExample ? make("p", {}, sentence(claim.next)) : "",
          front ? make("p", {}, make("button", { type: "button", className: "link", "aria-label": `Remove ${claim.code} from this entry`, onclick: () => change(() => ({ what: "unclaim", code: claim.code }), `${claim.code} removed.`).then(() => shows.focus()) }, "Remove")) : "");
      });
      const problems = make("ul", { className: "findings", role: "list" });
      fillFindings(problems, wrong);
      fill(shows, make("h2", {}, "What this entry shows"),
        list.length ? make("ul", { className: "claims", role: "list" }, list) : make("p", { className: "hint" }, "Nothing yet. Select some of your words and press “These words show…”."),
        problems, make("p", {}, button("Add a code for the whole entry", () => pick(null), "link")));
    }
    function refreshFeedback(answer) {
      if (!isNew(feedback, [answer.feedback, answer.sent_back])) return;
      const cards = new Map();
      for (const line of answer.feedback) {
        const key = [line.by, line.on, line.text].join("\n");
        cards.set(key, [...(cards.get(key) ?? []), line]);
      }
      (answer.sent_back.length ? intro : shows).after(feedback);
      fill(feedback, cards.size ? make("h2", {}, "What people said about it") : null, [...cards.values()].map((lines) => make("div", { className: "card feedback" },
        make("p", { className: "hint" }, `${lines[0].by} (${lines[0].role}), ${showDay(lines[0].on)}`),
        make("p", { className: "tags" }, lines.filter(({ code }) => code).map(({ code, verdict }) => make("span", { className: `verdict verdict-${verdict}` }, `${code} ${(VERDICTS[verdict] ?? "commented").toLowerCase()}`))),
        lines[0].text.split(/\n\s*\n/).filter((words) => words.trim()).map((words) => make("p", {}, words.replace(/\*\*/g, ""))),
        lines.some(({ still_holds: holds }) => !holds) ? make("p", { className: "hint" }, "You have changed the entry since.") : "")));
    }
    /** Codes whose acceptance goes when the entry is changed. */
    const listAccepted = ({ feedback: all }) => all.filter((line, at) => line.verdict === "accepted" && line.still_holds && all.findIndex(({ code }) => code === line.code) === at).map(({ code }) => code);
    function refreshIntro(answer) {
      const { sent_back: back, status_title: status } = answer, accepted = answer.locked ? [] : listAccepted(answer);
      submit.hidden = isSubmitted() || !!answer.unread || !!answer.locked;
      undo.hidden = !answer.undo;
      if (!isNew(intro, [answer.locked, answer.unread, answer.is_example, back, accepted, status, isSubmitted()])) return;
      fill(intro,
        answer.locked ? make("p", { className: "notice" }, sentence(answer.locked)) : null,
        answer.unread ? make("p", { className: "notice" }, sentence(answer.unread), " You can go on writing below.") : null,
        answer.is_example ? make("p", { className: "notice" }, "This is an example, to look at. It counts for nothing. To make it your own, take out the sentence that says so.") : null,
        accepted.length ? make("p", { className: "hint" }, `Accepted: ${accepted.join(", ")}. If you change this entry, your assessor has to look at ${accepted.length === 1 ? "it" : "them"} again.`) : null,
        back.length && !isSubmitted() ? make("p", { className: "notice" }, sayBack(answer)) : null,
        isSubmitted() ? make("div", { className: back.length ? "submitted back" : "submitted", tabIndex: -1 }, make("p", {}, back.length ? sayBack(answer) : "Submitted. Your assessor sees it the next time you give them your portfolio. You can still change it."), make("p", { className: "buttons" },
          make("a", { className: "button", href: "#give" }, "Go on to give it to them"), button("Read it once more for names", () => readDialog(host, saver, { goTo, say })), button("Make it a draft again", () => change(() => ({ what: "set", field: "status", value: "draft" }), "It is a draft again.").then(() => submit.focus()), "link"))) : null);
    }
    /** Says which codes were sent back, and what to do next. */
    const sayBack = ({ sent_back: back, status_title: status }) => [`${status}: `, ...back.flatMap((code) => [showCode(code), " "]),
      status === "Sent back" ? "Read what your assessor wrote below and change your words, then give it to them again." : isSubmitted() ? "Your assessor sees the change the next time you give them your portfolio." : "Change your words, then submit it and give it to them again."];

    function refresh(answer) {
      const now = JSON.stringify([answer.stages.map(({ id, title, shares }) => [id, title, shares]), answer.other.map((one) => one.is_comment)]);
      if (shape !== now) {
        shape = now;
        makeBoxes(answer);
      }
      put(heading, valueOf("title") || "Without a title");
      refreshIntro(answer);
      makeForm(answer);
      for (const field of answer.fields) refreshField(field, answer.findings);
      refreshFacts(answer);
      for (const box of boxes.values()) refreshBox(box, answer);
      refreshShows(answer);
      refreshFeedback(answer);
      writeFiles.showPictures(host, saver, pictures, answer, { say, isClosed: !!answer.unread || !!answer.locked });
      const shown = new Set([...answer.fields.map(({ name }) => name), ...boxes.keys(), "claims", "other"]);
      const rest = answer.findings.filter(({ field }) => !shown.has(field));
      const list = make("ul", { className: "findings", role: "list" });
      if (isNew(whole, rest)) {
        fillFindings(list, rest);
        fill(whole, rest.length ? [make("h2", {}, "About the whole entry"), list] : null);
      }
      put(document.querySelector("title"), `${heading.textContent} – Write`);
      showNearly(answer, isSubmitted());
    }

    /** Shows both versions of what was changed here and in the file. */
    function showConflicts(all) {
      fill(conflicts, make("p", { className: "notice", role: "alert" }, "This entry was also changed somewhere else. Nothing is lost: choose which words to keep in the parts marked below."));
      for (const { id, mine, theirs } of all) {
        const box = boxes.get(id);
        const panel = make("div", { className: "card conflict" });
        const end = (keepsMine) => {
          panel.remove();
          saver.resolve(id, keepsMine);
          if (!conflictsLeft()) fill(conflicts);
          box?.area.focus();
        };
        const copy = button("Copy your words", () => navigator.clipboard.writeText(mine).then(() => { copy.textContent = "Copied"; }, () => { copy.textContent = "Select the words and copy them"; }));
        panel.append(make("h3", {}, box ? `Two versions of “${box.title}”` : "This part is no longer in the entry"),
          make("div", { className: "versions" },
            make("div", {}, make("h4", {}, "Your words here"), make("div", { className: "words", tabIndex: 0, role: "group", "aria-label": "Your words here" }, mine)),
            theirs === null ? "" : make("div", {}, make("h4", {}, "The words saved somewhere else"), make("div", { className: "words", tabIndex: 0, role: "group", "aria-label": "The words saved somewhere else" }, theirs || "(empty)"))),
          make("p", { className: "buttons" },
            box ? button("Keep your words", () => end(true), "main") : "",
            button(box ? "Keep the other words" : "Go on without them", () => end(false)), copy));
        (box?.conflict ?? conflicts).append(panel);
      }
    }
    function showGone() {
      writeGone(host, saver, conflicts, [...boxes.values()], inputs.get("title")?.input.value.trim() || valueOf("title"));
    }
    const { nearly, showNearly } = nearCodes(host, first.path);
    const conflictsLeft = () => document.querySelectorAll(".conflict").length;

    const view = make("div", {},
      make("p", { className: "trail" }, make("a", { href: "#" }, "← All entries")),
      heading, says, notices, intro, conflicts,
      make("div", { className: "columns" },
        make("div", {}, form, stages, pictures, more),
        make("aside", { "aria-label": "About this entry" }, make("section", { className: "card" }, actions), whole, shows, nearly)));
    writeFiles.takeDrops(view, (files) => writeFiles.takeInEntry(host, saver, files, say));
    refresh(first);
    /** Goes to the feedback, or to a finding: `worst`, or `rule.0` for the first one of this rule. */
    function goToPlace(place) {
      if (place === "feedback") {
        feedback.focus();
        feedback.scrollIntoView({ block: "start" });
        return;
      }
      const [rule, number] = place.split("."), { findings } = saver.answer;
      const finding = place === "worst" ? findings[0] : findings.filter((one) => one.rule === rule)[number];
      if (finding) goTo(finding);
      if (!view.contains(document.activeElement)) heading.focus();
    }
    return { saver, parts: [view], goToPlace };
  };
})();
