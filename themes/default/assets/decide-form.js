"use strict";
// The decision panel: decisions about one entry after another, saved as one decision file. Nothing leaves the browser.
//
// decisionPanel(box, data) renders the panel into `box`. It may be called again with another entry; decisions about the
// earlier ones stay part of the sitting. It needs decisionFile (decision-file.js) and decide.css, and no other part of a page.
//   data.portfolio  names the portfolio in the browser's storage, which many portfolios may share
//   data.previous   the digests at the ends of the chain of decision files
//   data.standards  the digest of the wording of each standard: [[id, digest]]
//   data.learner    the reference of the learner, who cannot decide
//   data.site       the address under which all pages share the storage: leaving for one of them does not ask
//   data.save       takes the name and the text of the decision file; without it, the browser downloads the file
//   data.entry      { id, title, path, digest, attempt, notBefore, codes }; null to save decisions made elsewhere.
//                   `path` is that of its page below `site`, `notBefore` the first day on which a decision counts, or "".
//                   codes: [{ key, code, href, text, about: [words], passages: [{ text, href }] }]
//                   `key` is the code in a decision file, `text` its statement.
const decisionPanel = (() => {
  const RULES = {
    valid: "it shows what the code asks for", authentic: "it is the apprentice’s own", current: "it shows what they can do now",
    sufficient: "it is enough", reliable: "another assessor would decide the same",
  };
  const ROLES = { assessor: "Assessor", iqa: "Internal quality assurer", tutor: "Tutor", employer: "Employer" };
  const VERDICTS = { accepted: "Accept", partly: "Partly", referred: "Refer" };
  const SIDES = { accepted: "accepted", back: "partly accepted or referred" };
  // Anchors of headings contain no underscore, so ids never clash.
  const id = (name) => "decide_" + name;
  const counted = (number, one, many) => `${number} ${number === 1 ? one : many}`;
  const list = (codes) => codes.map(({ code }) => code).join(", ");

  /** The judged codes of a draft: those accepted, and those sent back. They meet different rules of evidence. */
  function split({ codes, verdicts }) {
    const of = (is) => codes.filter(({ key }) => verdicts[key] && (verdicts[key] === "accepted") === is);
    return { accepted: of(true), back: of(false) };
  }

  /** What is wrong with a draft: names of fields, and what to do about each. */
  function findFaults(draft, comments) {
    if (comments || !draft.codes.length) return draft.feedback.trim() ? [] : [["feedback", "Enter your feedback"]];
    const by = split(draft), found = [];
    if (!by.accepted.length && !by.back.length) return [["claim0", "Choose a decision for at least one code"]];
    draft.codes.forEach((one, at) => {
      if (by.back.includes(one) && !draft.notes[one.key]?.trim()) found.push(["note" + at, `Say what is missing for ${one.code}`]);
    });
    for (const side in by) {
      const open = by[side].length ? Object.keys(RULES).filter((rule) => !draft.rules[side][rule]) : [];
      if (open.length === 5) found.push([`${side}_valid`, `Answer the rules of evidence for ${list(by[side])}`]);
      else for (const rule of open) found.push([`${side}_${rule}`, `Say whether the evidence for ${list(by[side])} is ${rule}`]);
    }
    for (const rule of by.accepted.length ? Object.keys(RULES) : []) {
      if (draft.rules.accepted[rule] !== "false") continue;
      const words = { sufficient: "enough", authentic: "the apprentice’s own" }[rule] ?? rule;
      found.push([`accepted_${rule}`, `You accept ${list(by.accepted)}, but say that the evidence is not ${words}: change one of the two`]);
    }
    if (by.back.length && Object.keys(RULES).every((rule) => draft.rules.back[rule] === "true")) {
      found.push(["back_valid", `Say what ${list(by.back)} ${by.back.length === 1 ? "does" : "do"} not meet, or accept: all five are yes`]);
    }
    return found;
  }

  /** The decisions of a draft, as decisionFile takes them. */
  function compose({ id, attempt, digest, ...draft }, comments) {
    const by = comments ? {} : split(draft);
    let sides = Object.keys(by).filter((side) => by[side].length);
    if (!sides.length) sides = [null];
    return sides.map((side, at) => {
      const codes = by[side] ?? [];
      // Feedback on the whole entry belongs to the codes that are sent back, if there are any.
      const whole = at === sides.length - 1 && draft.feedback.trim() ? [draft.feedback.trimEnd()] : [];
      const alone = codes.length === 1 && !whole.length;
      const notes = codes.filter(({ key }) => draft.notes[key]?.trim())
        .map(({ key, code }) => (alone ? "" : `**${code}**\n\n`) + draft.notes[key].trimEnd());
      return { entry: id, attempt, digest, claims: codes.map(({ key }) => [key, draft.verdicts[key]]),
        rules: Object.keys(RULES).map((rule) => [rule, draft.rules[side]?.[rule]]), feedback: [...whole, ...notes].join("\n\n") };
    });
  }

  function make(element, set, ...inside) {
    const one = document.createElement(element);
    for (const key in set) key in one ? (one[key] = set[key]) : one.setAttribute(key, set[key]);
    one.append(...inside);
    return one;
  }
  function field(words, element, name, set, hint) {
    const about = hint ? [make("span", { className: "hint", id: id(name) + "_hint" }, hint)] : [];
    const more = hint ? { "aria-describedby": id(name) + "_hint" } : {};
    return make("p", {}, make("label", { htmlFor: id(name) }, ...[words].flat()), ...about, make(element, { id: id(name), name, ...more, ...set }));
  }
  const optional = () => make("span", { className: "optional" }, " (optional)");
  const choice = (name, legend, words, ...more) => make("fieldset", { role: "radiogroup" }, make("legend", {}, ...legend), ...more,
    make("div", { className: "choices" }, ...Object.keys(words).map((value, at) =>
      make("label", {}, make("input", { type: "radio", name, id: id(name) + (at || ""), value }), " " + words[value]))));
  const button = (words, onclick, className = "") => make("button", { type: "button", className, onclick }, words);

  // The sitting of this document. It is stored only if the assessor agrees; some browsers refuse to.
  let sitting;
  const isDraft = (one) => typeof one?.title === "string" && typeof one.feedback === "string" && Array.isArray(one.codes)
    && one.notes && one.verdicts && one.rules?.accepted && one.rules.back;
  function findStore() {
    for (const where of ["localStorage", "sessionStorage"]) {
      try {
        window[where].setItem("ksbfolio-try", "");
        window[where].removeItem("ksbfolio-try");
        return window[where];
      } catch {}
    }
    return null;
  }
  /** Drafts by entry. Without a prototype, because an entry may have any id, such as __proto__. */
  const collect = (pairs) => Object.assign(Object.create(null), Object.fromEntries(pairs));
  function readEntries() {
    try {
      const known = JSON.parse(sitting.store.getItem(sitting.key)) ?? {};
      return collect(Object.entries(known).filter(([, one]) => isDraft(one)));
    } catch {
      return collect([]);
    }
  }
  function start(portfolio) {
    sitting = { key: "ksbfolio-sitting:" + portfolio, store: findStore(), kept: false, role: "assessor", who: "", entries: collect([]), inner: false };
    const known = sitting.store?.getItem("ksbfolio-assessor") ?? null;
    if (known === null) return;
    const [role, ...who] = known.split(" ");
    Object.assign(sitting, { kept: true, role: role in ROLES ? role : "assessor", who: who.join(" "), entries: readEntries() });
  }
  /** Stores the sitting, or removes it if the assessor does not agree, or no longer. */
  function store() {
    try {
      const { key, kept, role, who, entries } = sitting;
      const put = (name, value) => (value ? sitting.store.setItem(name, value) : sitting.store.removeItem(name));
      put("ksbfolio-assessor", kept && `${role} ${who}`);
      put(key, kept && Object.keys(entries).length && JSON.stringify(entries));
    } catch {
      sitting.kept = false;
    }
  }
  /** Replaces the draft about one entry. Other tabs may have changed the others. */
  function update(entry, draft) {
    if (sitting.kept) sitting.entries = readEntries();
    if (draft) sitting.entries[entry] = draft;
    else delete sitting.entries[entry];
    store();
  }
  addEventListener("beforeunload", (event) => {
    if (!sitting || !Object.keys(sitting.entries).length || (sitting.inner && sitting.kept)) return;
    event.preventDefault();
    // Older browsers ask only then.
    event.returnValue = true;
  });

  /** The name says who decided about whose portfolio, and has eight digits of the digest. */
  async function nameFile(date, who, learner, text) {
    // Pages that are neither on disk nor on a secure server have no digests.
    const digest = await crypto.subtle?.digest("SHA-256", new TextEncoder().encode(text));
    const digits = digest ? "-" + [...new Uint8Array(digest, 0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("") : "";
    const whose = learner.replace(/[^\w-]+/g, "-");
    return `${date}-${who}${whose && `-for-${whose}`}${digits}.yaml`;
  }
  function download(name, text) {
    const href = URL.createObjectURL(new Blob([text]));
    make("a", { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
  }

  return function decisionPanel(box, data) {
    const { entry, learner, previous, standards, site } = data, save = data.save ?? download;
    if (!sitting) start(data.portfolio);
    const codes = entry?.codes ?? [], title = document.title.replace(/^Error: /, "");
    const now = new Date(), today = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);

    const notes = codes.map(({ code }, at) => {
      const mark = optional();
      return { mark, field: field([`Feedback on ${code}`, mark], "textarea", "note" + at, { rows: 3 }) };
    });
    const undo = codes.map(({ code }, at) => button(`Undo ${code}`, () => {
      for (const one of form.elements["claim" + at]) one.checked = false;
      changed();
      form.elements["claim" + at][0].focus();
    }, "plain"));
    const quote = ({ text, href }) => make("blockquote", {}, make("p", {}, text), make("p", { className: "meta" }, make("a", { href }, "Read it in place")));
    const judging = make("div", {}, ...codes.map(({ code, href, text, about, passages }, at) => make("section", { className: "side" },
      choice("claim" + at, [make("a", { href }, make("strong", {}, code)), " " + text], VERDICTS,
        ...passages.map(quote), ...about.filter(Boolean).map((words) => make("p", { className: "meta" }, words))),
      notes[at].field, undo[at])));
    const rules = Object.keys(SIDES).map((side) => {
      const heading = make("h3", {});
      const all = button("Yes to all five", () => {
        for (const rule in RULES) form.elements[`${side}_${rule}`].value = "true";
        changed();
        told.textContent = `All five rules: yes, for what is ${SIDES[side]}.`;
      });
      const each = Object.keys(RULES).map((rule) => choice(`${side}_${rule}`, [make("strong", {}, rule[0].toUpperCase() + rule.slice(1)), ": " + RULES[rule]], { true: "Yes", false: "No" }));
      return { side, heading, part: make("section", { className: "rules" }, heading, all, ...each) };
    });
    const summaryOfWho = make("summary", {}), you = make("details", { className: "you", open: !sitting.who }, summaryOfWho,
      field("Your assessor reference", "input", "who", { autocomplete: "off", value: sitting.who }, "For example AS-12. Do not use your name."),
      field("Your role", "select", "role"),
      make("p", {}, make("label", { className: "tick" }, make("input", { type: "checkbox", name: "keep", id: id("keep"), checked: sitting.kept, "aria-describedby": id("keep_hint") }),
        "Keep my reference and decisions in this browser until I save them"),
      make("span", { className: "hint", id: id("keep_hint") }, "Then you can decide on several entries and save one file. Everyone who uses this browser can read them.")));
    const form = make("form", { noValidate: true }, you,
      ...(entry ? [judging, ...rules.map(({ part }) => part), field(["Feedback on the whole entry", optional()], "textarea", "feedback", { rows: 4 })] : []),
      field("Date", "input", "date", { type: "date", value: today, max: today }),
      make("p", { className: "buttons" }, make("button", { className: "primary" }, "Save the decision file"),
        entry ? button("Clear this entry", () => { fill(null); changed(); heading.focus(); }) : ""));
    form.elements.role.append(...Object.keys(ROLES).map((one) => make("option", { value: one, selected: one === sitting.role }, ROLES[one])));
    const of = (name) => form.elements[name].value.trim();
    const comments = () => !["assessor", "iqa"].includes(of("role"));

    const heading = make("h2", { tabIndex: -1 }, entry ? "Your decision" : "Your decisions");
    const errors = make("div", { className: "notice errors", role: "alert", tabIndex: -1, hidden: true });
    const told = make("p", { role: "status" }), unsaved = make("details", { className: "unsaved", "aria-live": "polite" });
    const done = make("section", { className: "done", hidden: true });

    /** What the form says about its entry; null if it says nothing. */
    function read() {
      const draft = { id: entry.id, title: entry.title, path: entry.path, digest: entry.digest, attempt: entry.attempt, notBefore: entry.notBefore,
        codes: codes.map(({ key, code }) => ({ key, code })), verdicts: {}, notes: {}, rules: { accepted: {}, back: {} }, feedback: form.elements.feedback.value };
      codes.forEach(({ key }, at) => {
        if (!of("claim" + at)) return;
        draft.verdicts[key] = of("claim" + at);
        draft.notes[key] = form.elements["note" + at].value;
      });
      for (const side in SIDES) for (const rule in RULES) draft.rules[side][rule] = of(`${side}_${rule}`);
      return Object.keys(draft.verdicts).length || draft.feedback.trim() ? draft : null;
    }
    /** Shows a draft, or an empty form. */
    function fill(draft) {
      if (!entry) return;
      codes.forEach(({ key }, at) => {
        for (const one of form.elements["claim" + at]) one.checked = one.value === draft?.verdicts[key];
        form.elements["note" + at].value = draft?.notes[key] ?? "";
      });
      for (const side in SIDES) for (const rule in RULES) for (const one of form.elements[`${side}_${rule}`]) one.checked = one.value === draft?.rules[side][rule];
      form.elements.feedback.value = draft?.feedback ?? "";
    }

    /** What is wrong in the sitting: names of fields or addresses of pages, and what to do about each. */
    function faults() {
      const found = [], drafts = Object.values(sitting.entries), add = (is, name, words) => is && found.push([name, words]);
      const from = drafts.map((draft) => draft.notBefore).reduce((last, day) => (day > last ? day : last), "");
      add(!of("who"), "who", "Enter your reference");
      add(of("who") && !/^[\w.-]+$/.test(of("who")), "who", "Use only letters, digits and hyphens in your reference");
      add(of("who") && of("who").toLowerCase() === learner.toLowerCase(), "who", "This is the apprentice’s reference. They cannot decide on their own entries");
      const own = entry && (sitting.entries[entry.id] ?? (drafts.length ? null : { codes, verdicts: {}, notes: {}, rules: { accepted: {}, back: {} }, feedback: "" }));
      if (own) found.push(...findFaults(own, comments()));
      for (const draft of drafts.filter((one) => one !== own)) {
        add(findFaults(draft, comments()).length, site + draft.path, `Finish “${draft.title}”`);
      }
      add(!of("date") || of("date") > today, "date", "Enter a day that is not in the future");
      add(of("date") && of("date") < from, "date", `Enter a day from ${from}: earlier decisions do not count`);
      return found;
    }

    let shown = new Set();
    function tell(found) {
      shown = new Set(found.map(([name]) => name));
      form.querySelectorAll(".error").forEach((one) => one.remove());
      for (const one of form.querySelectorAll("[aria-invalid]")) {
        one.removeAttribute("aria-invalid");
        const hint = id(one.name) + "_hint";
        document.getElementById(hint) ? one.setAttribute("aria-describedby", hint) : one.removeAttribute("aria-describedby");
      }
      errors.replaceChildren(make("h3", {}, "There is a problem"), make("ul", {}, ...found.map(([name, words]) => {
        const input = form.elements[name] && document.getElementById(id(name));
        if (!input) return make("li", {}, make("a", { href: name }, words));
        const at = input.closest("fieldset") ?? input, error = id(name) + "_error";
        at.setAttribute("aria-invalid", true);
        at.setAttribute("aria-describedby", [at.getAttribute("aria-describedby") ?? "", error].join(" ").trim());
        if (you.contains(input)) you.open = true;
        const message = make("span", { className: "error", id: error }, make("span", { className: "unseen" }, "Error: "), words);
        at === input ? at.before(message) : at.querySelector(".choices").before(message);
        const onclick = () => {
          input.focus();
          return false;
        };
        return make("li", {}, make("a", { href: "#" + input.id, onclick }, words));
      })));
      errors.hidden = !found.length;
      document.title = (found.length ? "Error: " : "") + title;
    }

    /** Shows the state of the sitting, and only the fields that it needs. */
    function show() {
      judging.hidden = comments();
      const by = split({ codes, verdicts: (entry && read()?.verdicts) ?? {} });
      codes.forEach((one, at) => {
        const judged = by.accepted.includes(one) || by.back.includes(one);
        notes[at].field.hidden = undo[at].hidden = !judged;
        notes[at].mark.hidden = by.back.includes(one);
      });
      for (const { side, part, heading } of rules) {
        part.hidden = comments() || !by[side].length;
        heading.textContent = `Rules of evidence: ${list(by[side])}, ${SIDES[side]}`;
      }
      if (entry) form.elements.feedback.previousSibling.querySelector(".optional").hidden = comments() || !codes.length;
      summaryOfWho.textContent = sitting.who ? `You: ${sitting.who}, ${ROLES[sitting.role].toLowerCase()}` : "About you";
      const drafts = Object.values(sitting.entries);
      unsaved.hidden = !drafts.length;
      // Replaced only if it changed, because it is read out.
      if (unsaved.dataset.entries !== Object.keys(sitting.entries).join()) {
        unsaved.dataset.entries = Object.keys(sitting.entries).join();
        unsaved.replaceChildren(make("summary", {}, counted(drafts.length, "entry", "entries") + " decided, not saved yet"),
          make("ul", {}, ...drafts.map(({ path, title }) => make("li", {}, make("a", { href: site + path }, title)))));
      }
      for (const row of document.querySelectorAll("[data-waits]")) {
        row.querySelector(".unsaved")?.remove();
        if (sitting.entries[row.dataset.waits]) row.querySelector("th").append(make("span", { className: "flag unsaved" }, "decided, not saved yet"));
      }
    }
    function changed() {
      Object.assign(sitting, { who: of("who"), role: of("role") });
      const agreed = form.elements.keep.checked;
      told.textContent = "";
      if (agreed !== sitting.kept) {
        sitting.kept = agreed && Boolean(sitting.store);
        store();
      }
      entry ? update(entry.id, read()) : store();
      if (agreed && !sitting.kept) {
        form.elements.keep.checked = false;
        told.textContent = "This browser keeps nothing for this page. Save before you leave it.";
      }
      show();
      if (shown.size) tell(faults().filter(([name]) => shown.has(name)));
    }

    function confirm(name, text, drafts) {
      const head = make("h3", { tabIndex: -1 }, "Decision file saved");
      done.replaceChildren(head,
        make("p", {}, make("strong", {}, name), `, with decisions on ${counted(Object.keys(drafts).length, "entry", "entries")}.`),
        make("p", {}, "Send this file to the apprentice or their tutor, who adds it to the portfolio."),
        make("details", {}, make("summary", {}, "If your browser saved nothing"),
          field("Copy this text into a file of that name", "textarea", "file", { readOnly: true, rows: 12, value: text })),
        make("p", { className: "buttons" }, button("Save it again", () => save(name, text)), button("Change these decisions", () => {
          sitting.entries = drafts;
          store();
          fill(drafts[entry?.id] ?? null);
          done.hidden = true;
          form.hidden = false;
          show();
          told.textContent = "Delete the file that you saved: the next one replaces it.";
          heading.focus();
        })));
      done.hidden = false;
      form.hidden = true;
      head.focus();
    }
    form.oninput = changed;
    form.onsubmit = () => {
      changed();
      const found = faults(), drafts = sitting.entries;
      tell(found);
      if (found.length) {
        errors.focus();
        return false;
      }
      const who = of("who"), date = of("date"), commenting = comments();
      const text = decisionFile({ who, role: of("role"), date, previous, standards, decisions: Object.values(drafts).flatMap((draft) => compose(draft, commenting)) });
      nameFile(date, who, learner, text).then((name) => {
        save(name, text);
        sitting.entries = collect([]);
        store();
        you.open = false;
        fill(null);
        show();
        confirm(name, text, drafts);
      });
      return false;
    };
    // Other tabs decide on other entries, or save this one.
    addEventListener("storage", ({ key }) => {
      if (key !== sitting.key || !sitting.kept) return;
      const own = () => JSON.stringify(sitting.entries[entry?.id]), before = own();
      sitting.entries = readEntries();
      if (own() !== before) fill(sitting.entries[entry?.id] ?? null);
      show();
    });
    addEventListener("click", ({ target }) => {
      sitting.inner = Boolean(target.closest?.("a[href]")?.href.startsWith(site));
      setTimeout(() => { sitting.inner = false; }, 1000);
    });

    box.replaceChildren(heading, errors, told, unsaved, form, done);
    const known = entry && sitting.entries[entry.id];
    if (known && known.digest !== entry.digest) {
      update(entry.id, null);
      fill({ ...known, verdicts: {}, rules: { accepted: {}, back: {} } });
      told.textContent = "This entry has changed since you decided on it. Read it again and decide again; your feedback is still here.";
    } else fill(known);
    show();
  };
})();
