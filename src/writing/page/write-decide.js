"use strict";
// An entry to assess: its text with the passages marked, and beside it the form for a decision.
//
// assessEntry(host, answer, { sitting, isComment, who, again }) returns the parts. Nothing is chosen beforehand.
const assessEntry = (() => {
  const { make, button, fill, isNew, showCode, sentence } = writeMake;
  const { showLines } = writeFeedback;
  const VERDICTS = { accepted: "Accept", partly: "Partly", referred: "Refer" };
  const RULES = {
    valid: "it shows what the code asks for", authentic: "it is the apprentice’s own", current: "it shows what they can do now",
    sufficient: "it is enough", reliable: "another assessor would decide the same",
  };
  const DECIDED = { accepted: "accepted", partly: "partly accepted", referred: "referred" };
  const SIDES = { accepted: "accepted", back: "partly accepted or referred" };
  const idOf = (name) => "as-" + name.replace(/[^\w-]/g, "-");
  const toAssess = ({ path }) => "#assess=" + encodeURIComponent(path);
  let pictures = [];

  /** A picture inside the page, from its `data:` address. */
  function showPicture(address) {
    const [kind, data] = address.slice("data:".length).split(";base64,");
    const url = URL.createObjectURL(new Blob([Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))], { type: kind }));
    pictures.push(url);
    return url;
  }

  /** HTML that the program made of an author's Markdown. Its ids get a prefix, and its links stay on this page or open another. */
  function showHtml(html, host, sitePath = "") {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    for (const one of body.querySelectorAll("[id]")) one.id = "text-" + one.id;
    for (const image of body.querySelectorAll("img[src^='data:']")) image.src = showPicture(image.getAttribute("src"));
    for (const link of body.querySelectorAll("a[href]")) {
      const href = link.getAttribute("href");
      if (href.startsWith("#")) {
        link.addEventListener("click", (event) => {
          event.preventDefault();
          document.getElementById("text-" + href.slice(1))?.scrollIntoView();
        });
        continue;
      }
      const isOut = /^(https?:|mailto:)/i.test(href);
      // A code stays apart from the author's words.
      if (!isOut && !host.site) link.replaceWith(make("span", { className: link.className === "code" ? "code" : "" }, ...link.childNodes));
      else {
        if (!isOut) link.href = host.site + new URL(href, "https://site.invalid/" + sitePath).href.slice("https://site.invalid/".length);
        Object.assign(link, { target: "_blank", rel: "noreferrer noopener" });
      }
    }
    return [...body.childNodes];
  }

  function showFile(file, host) {
    // The description is shown too: the assessor judges it with the picture.
    if (file.src.startsWith("data:")) return make("figure", {}, make("img", { src: showPicture(file.src), alt: file.alt, className: "shot" }), file.caption || file.alt ? make("figcaption", { "aria-hidden": file.caption ? null : "true" }, file.caption || file.alt) : "");
    const where = host.site ? "Open it from the page of the entry." : "To open it, go to the overview and show the pages.";
    return make("p", {}, file.name ? `${file.name} (${file.document}). ${where}` : `${file.alt || "A file"}: ${file.withheld}.`);
  }

  return function assessEntry(host, shown, { sitting, isComment, who, again }) {
    for (const url of pictures.splice(0)) URL.revokeObjectURL(url);
    const { page, path, digest } = shown;
    const known = sitting.find(path), hasChanged = known && known.digest !== digest;
    const draft = known ?? { path, title: page.title, digest, verdicts: {}, notes: {}, accepted: {}, back: {}, feedback: "" };
    if (hasChanged) Object.assign(draft, { digest, verdicts: {}, accepted: {}, back: {} });
    const says = make("p", { className: "notice", hidden: !hasChanged }, "This entry has changed since you decided. Read it again and decide again; your feedback is still here.");
    const said = make("p", { role: "status", className: "hint" });

    /** Goes to words of the text. */
    function goTo(href) {
      const mark = document.getElementById("text-" + href.slice(1));
      if (!mark) return;
      mark.tabIndex = -1;
      mark.scrollIntoView({ block: "center" });
      mark.focus({ preventScroll: true });
    }
    const choice = (name, legend, words, value, choose) => make("fieldset", { className: "choice" }, make("legend", {}, legend),
      make("div", { className: "choices" }, Object.entries(words).map(([key, title]) => {
        const input = make("input", { type: "radio", name, value: key, checked: value === key });
        input.addEventListener("change", () => choose(key));
        return make("label", { className: "tick" }, input, " " + title);
      })));
    const textArea = (id, label, value, write) => {
      const area = make("textarea", { id, rows: 3, value });
      area.addEventListener("input", () => { write(area.value); changed(); });
      return make("div", {}, make("label", { htmlFor: id }, label), area);
    };

    const claims = make("div", {}), others = make("details", { className: "more" }), rules = make("div", {}), whole = make("div", {}), open = make("div", {});
    const sideOf = (side) => page.claims.filter(({ key }) => draft.verdicts[key] && (draft.verdicts[key] === "accepted") === (side === "accepted"));

    function showClaim(claim) {
      const { key } = claim, back = (shown.before[key] ?? []), note = make("div", {}), undo = make("p", {}), standing = make("p", { className: "hint" });
      const refresh = () => {
        const verdict = draft.verdicts[key];
        standing.textContent = verdict ? `You chose: ${DECIDED[verdict]}. Not saved yet.` : claim.verdict ? sentence(claim.verdict) : "";
        fill(note, verdict ? textArea(idOf("note:" + key), verdict === "accepted" ? `Feedback on ${claim.code} (optional)` : `What is missing for ${claim.code}?`, draft.notes[key] ?? "", (words) => { draft.notes[key] = words; }) : null);
        fill(undo, verdict ? button(`Undo ${claim.code}`, () => {
          delete draft.verdicts[key];
          for (const input of section.querySelectorAll("input")) input.checked = false;
          refresh();
          changed();
          section.querySelector("input").focus();
        }, "link") : null);
        showRules();
      };
      const section = make("section", { className: "claim", id: idOf("claim:" + key) },
        choice("claim:" + key, [showCode(claim.code), " ", claim.text], VERDICTS, draft.verdicts[key], (verdict) => {
          draft.verdicts[key] = verdict;
          refresh();
          changed();
        }),
        claim.passages.map(({ text, href }) => make("p", {}, button(`“${text}”`, () => goTo(href), "link quote"))),
        claim.justification ? make("p", {}, "Their reason: ", claim.justification) : "",
        !claim.passages.length && !claim.justification ? make("p", { className: "hint" }, "No words are linked to this code: the whole entry is offered.") : "",
        standing,
        back.length ? make("details", { open: true }, make("summary", {}, "What was said before", make("span", { className: "unseen" }, ` about ${claim.code}`)), showLines(back)) : "",
        note, undo);
      refresh();
      return section;
    }
    function showRules() {
      fill(rules, isComment() ? null : Object.keys(SIDES).map((side) => {
        const codes = sideOf(side).map(({ code }) => code).join(", ");
        if (!codes) return null;
        const fillIn = (answer) => {
          for (const rule in RULES) draft[side][rule] ??= true;
          for (const input of part.querySelectorAll("input")) input.checked = (input.value === "yes") === draft[side][input.name.split(":")[1]];
          said.textContent = answer;
          changed();
        };
        // What is sent back does not meet one of them: that is the reason.
        const all = side === "accepted" ? button("Yes to all five", () => {
          draft[side] = {};
          fillIn("All five rules: yes.");
        }) : [make("p", { className: "hint" }, "Say which of the five it does not meet: at least one."), button("Yes to the others", () => {
          if (Object.values(draft[side]).includes(false)) fillIn("The others: yes.");
          else {
            said.textContent = "First say no to what it does not meet.";
            part.querySelector("input[value=no]").focus();
          }
        })];
        const part = make("section", { className: "rules" }, make("h3", {}, `Rules of evidence: ${codes}, ${SIDES[side]}`), all,
          Object.entries(RULES).map(([rule, words]) => {
            const answer = draft[side][rule];
            return choice(`${side}:${rule}`, [make("strong", {}, rule[0].toUpperCase() + rule.slice(1)), `: ${words}`], { yes: "Yes", no: "No" }, answer === undefined ? null : answer ? "yes" : "no", (value) => {
              draft[side][rule] = value === "yes";
              changed();
            });
          }));
        return part;
      }));
    }
    function changed() {
      const isEmpty = !Object.keys(draft.verdicts).length && !draft.feedback.trim();
      sitting.put(path, isEmpty ? null : draft);
      saidKept.textContent = isEmpty ? "" : `Kept. ${host.keeps ? "" : "Save your decisions before you close this page."}`.trim();
      save.textContent = sitting.isUnsaved() ? "Go on to save my decisions" : "All entries";
    }
    const saidKept = make("p", { className: "hint", role: "status" });
    const save = make("a", { className: "button", href: "#assess" }, sitting.isUnsaved() ? "Go on to save my decisions" : "All entries");

    /** Lists what is missing or contradicts itself, while the form is filled in. */
    function showOpen() {
      const isDecided = sitting.find(path);
      const faults = isDecided ? sitting.faults.filter((one) => one.path === path) : [];
      if (isDecided && !sitting.state.who) faults.push({ message: "Fill in your reference.", field: "who" });
      if (!isNew(open, faults)) return;
      fill(open, faults.length ? [make("h3", {}, "Still to do here"), make("ul", {}, faults.map(({ message, field }) => make("li", {}, sentence(message), " ", field ? button("Go there", () => focusField(field), "link") : "")))] : null);
    }
    sitting.follow(showOpen);

    function fillForm() {
      const waiting = page.claims.filter(({ key }) => shown.waits.includes(key)), rest = page.claims.filter((one) => !waiting.includes(one));
      claims.hidden = others.hidden = isComment();
      fill(claims, waiting.map(showClaim));
      fill(others, make("summary", {}, `Other codes of this entry (${rest.length})`), rest.map(showClaim));
      others.hidden ||= !rest.length;
      others.open = rest.some(({ key }) => draft.verdicts[key]) || !waiting.length;
      fill(whole, textArea("as-feedback", isComment() ? "Feedback" : "Feedback on the whole entry (optional)", draft.feedback, (words) => { draft.feedback = words; }));
      showRules();
    }
    fillForm();
    showOpen();
    function focusField(field) {
      const at = document.getElementById({ feedback: "as-feedback", who: "as-who" }[field] ?? idOf(field)) ?? document.querySelector(`[name="${CSS.escape(field)}"]`) ?? claims.querySelector("input");
      const details = at?.closest("details");
      if (details) details.open = true;
      at?.focus();
    }

    const text = make("article", { className: "text" }, showHtml(page.body, host, shown.site_path));
    const moves = make("nav", { className: "buttons", "aria-label": "Entries to assess" },
      shown.previous ? make("a", { className: "button", href: toAssess(shown.previous) }, "← Previous", make("span", { className: "unseen" }, `: ${shown.previous.title}`)) : "",
      shown.next ? make("a", { className: "button main", href: toAssess(shown.next) }, "Next →", make("span", { className: "unseen" }, `: ${shown.next.title}`)) : "",
      save);
    const file = known ? null : sitting.findFile(path);
    /** What a file that was made in this sitting says about this entry. */
    function showFiled() {
      const { verdicts, notes, feedback } = file.entries.find((one) => one.path === path);
      const reopen = (without) => async () => {
        sitting.reopen(file, without);
        await again();
        document.querySelector("h1").focus();
      };
      return make("section", { className: "card" }, make("p", {}, "You decided about this entry. It is in ", make("strong", {}, file.name), ", which you saved."),
        make("ul", { role: "list" }, Object.entries(verdicts).map(([code, verdict]) => make("li", {}, make("span", { className: `verdict verdict-${verdict}` }, `${code} ${DECIDED[verdict]}`), notes[code] ? ` ${notes[code]}` : ""))),
        feedback ? make("p", {}, feedback) : "",
        make("p", { className: "buttons" }, button("Change it", reopen(null)), button("Withdraw it", reopen(path))),
        make("p", { className: "hint" }, `Either way, save your decisions again afterwards, and send only the new file. ${file.entries.length > 1 ? `It has ${file.entries.length === 2 ? "the other decision" : `the other ${file.entries.length - 1} decisions`} of this file too.` : ""}`.trim()));
    }
    return [
      make("p", { className: "trail" }, make("a", { href: "#assess" }, "← To assess"), shown.place ? ` ${shown.place} of ${shown.of}` : ""),
      make("h1", { tabIndex: -1 }, page.title || "Without a title"),
      make("p", { className: "hint" }, [page.date, page.kind, page.model].filter(Boolean).join(" · "), shown.attempt ? ` · ${shown.attempt}` : ""),
      says, shown.is_part ? make("p", { className: "hint" }, "What only its author needs, such as notes or the day it happened, is not in your copy. Your decision is about the whole entry.") : "",
      make("div", { className: "columns assess" },
        make("div", {}, text,
          page.attachments.length ? make("section", {}, make("h2", {}, "Files"), page.attachments.map((file) => showFile(file, host))) : "",
          page.details.length ? make("dl", {}, page.details.map(({ name, value }) => [make("dt", {}, name), make("dd", {}, value)])) : "",
          page.decisions.length ? make("section", {}, make("h2", {}, "Earlier decisions"), [...page.decisions].reverse().map((one) => make("div", { className: "card" },
            make("p", { className: "hint" }, `${one.assessor} (${one.role}), ${one.date}`, one.changed_since ? ". The entry has changed since." : ""),
            make("p", { className: "tags" }, one.verdicts.map(({ code, state }) => make("span", { className: `verdict verdict-${state.key}` }, `${code.label} ${state.words}`))),
            showHtml(one.feedback, host), one.defects ? make("p", {}, sentence(one.defects)) : ""))) : ""),
        make("aside", { "aria-label": "Your decision" }, make("h2", {}, "Your decision"),
          file ? [showFiled(), moves] : [sitting.state.who ? "" : who(fillForm), claims, others, rules, said, whole, open, saidKept, moves])),
    ];
  };
})();
