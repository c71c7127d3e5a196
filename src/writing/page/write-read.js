"use strict";
// The reading step of a submitted entry: every word that may show who somebody is, one at a time. Names that are typed are
// looked for and not kept.
//
// readDialog(host, saver, { goTo, say }) opens it. `goTo(place)` selects words, `say(words)` announces.
const readDialog = async (host, saver, { goTo, say }) => {
  const { make, button, fill, counted, advice, lost } = writeMake;
  await saver.flush();
  const { path } = saver.answer;
  const questions = await host.ask({ request: "reading", path }).catch(lost);
  if (questions.answer !== "reading") {
    writeDialog("Read it once more", make("p", {}, advice(questions)));
    return;
  }
  const isOld = () => saver.answer.hash !== questions.hash;
  const { found, words, files } = questions, all = [
    ...found.map((one) => ({ kind: "found", one })), ...words.map((one) => ({ kind: "words", one })), ...files.map((one) => ({ kind: "files", one })),
  ];
  const reasons = [], hide = [], later = [];
  const body = make("div", {});
  const dialog = writeDialog("Read it once more", body);
  const show = (...inside) => {
    fill(body, ...inside);
    (body.querySelector("input, .first") ?? body.querySelector("button"))?.focus();
  };
  const goToPlace = (place) => {
    dialog.close();
    goTo(place);
  };

  function askNames() {
    const input = make("input", { id: "read-names", type: "text", autocomplete: "off", spellcheck: false, "aria-describedby": "read-names-hint" });
    const said = make("div", { role: "status" });
    const form = make("form", { className: "find-form", noValidate: true },
      make("label", { htmlFor: "read-names" }, "Who was in it? (not saved)"),
      make("p", { className: "hint", id: "read-names-hint" }, "Type the names of the people, with commas between them. They are looked for in your entry, and forgotten."),
      input, make("p", { className: "buttons" }, make("button", { type: "submit" }, "Look for these names")), said,
      make("p", { className: "buttons" }, button(all.length ? `Go on: ${counted(all.length, "question")}` : "Go on", () => ask(0), "main")));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (!input.value.trim()) return;
      const answer = await host.ask({ request: "find-names", path, names: input.value }).catch(lost);
      if (answer.answer !== "names") {
        fill(said, make("p", { className: "wrong" }, advice(answer)));
        return;
      }
      const places = [...answer.exact, ...answer.one_letter_off];
      const inFiles = answer.files.map((at) => files[at]?.file).filter(Boolean);
      input.value = "";
      fill(said, make("p", {}, places.length ? `Found ${counted(places.length, "time")}. Write what the person is to you instead.` : "None of these names is in your text."),
        places.length ? make("ul", { role: "list" }, places.map((place, at) => make("li", {}, button(`Show the ${["first", "second", "third"][at] ?? `${at + 1}th`} place`, () => goToPlace(place), "link")))) : null,
        inFiles.length ? make("p", {}, `A name is also in the name of: ${inFiles.join(", ")}.`) : null);
    });
    show(make("p", {}, "An assessor and others will read this entry. Make sure that nobody in it can be recognised."), form);
  }

  const QUESTIONS = {
    found: ({ context }) => [make("p", { className: "first", tabIndex: -1 }, "This looks as if it could identify somebody:"), make("blockquote", {}, context)],
    words: (one) => [make("p", { className: "first", tabIndex: -1 }, "Does ", make("strong", {}, one.words), " show who somebody is?"), make("blockquote", {}, one.context)],
    files: ({ file, is_picture: isPicture }) => [make("p", { className: "first", tabIndex: -1 }, isPicture ? "Look at this picture. Can anybody be recognised on it, also by a name badge or a screen?" : "Look through this file. Can anybody be recognised in it?"), isPicture ? writeFiles.makeLook(host, path, file, "") : "", make("blockquote", {}, file)],
  };

  function ask(at) {
    if (at >= all.length) {
      finish();
      return;
    }
    const { kind, one } = all[at];
    const next = (list) => {
      list?.push(all[at]);
      ask(at + 1);
    };
    const count = make("p", { className: "hint" }, `${at + 1} of ${all.length}`);
    if (kind !== "found") {
      show(count, QUESTIONS[kind](one), make("p", { className: "buttons" },
        keyed("n", button("Nobody (N)", () => next(), "main")), keyed("h", button("I have to hide it (H)", () => next(hide))), keyed("l", button("Look later (L)", () => next(later)))));
      return;
    }
    const reason = make("input", { id: "read-reason", type: "text", autocomplete: "off" }), wrong = make("p", { className: "wrong", role: "alert" });
    const form = make("form", { className: "find-form", noValidate: true }, make("label", { htmlFor: "read-reason" }, "If it identifies nobody, say why"), reason, wrong,
      make("p", { className: "buttons" }, make("button", { type: "submit", className: "main" }, "Nobody"), button("I have to hide it", () => next(hide)), button("Look later", () => next(later))));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (reason.value.trim()) {
        reasons.push(reason.value.trim());
        next();
      } else wrong.textContent = "Give a reason in a few words.";
    });
    show(count, QUESTIONS.found(one), form);
  }
  const keyed = (key, made) => {
    made.dataset.key = key;
    made.setAttribute("aria-keyshortcuts", key);
    return made;
  };
  dialog.addEventListener("keydown", (event) => {
    if (event.target.matches("input, textarea") || event.ctrlKey || event.altKey || event.metaKey) return;
    const made = body.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!made) return;
    event.preventDefault();
    made.click();
  });

  async function finish() {
    const open = [...hide, ...later];
    if (open.length) {
      const list = (some) => make("ul", {}, some.map(({ one }) => make("li", {}, one.words ?? one.context ?? one.file, " ",
        one.places?.length ? button("Show the words", () => goToPlace({ field: "other", ...one.places[0] }), "link") : "")));
      show(make("p", { className: "first", tabIndex: -1 }, `${counted(open.length, "thing")} left. Change your words, then read it once more.`),
        hide.length ? [make("h3", {}, "To hide"), list(hide)] : null, later.length ? [make("h3", {}, "To look at later"), list(later)] : null);
      return;
    }
    const answer = await saver.ask(() => (isOld() ? null : { request: "record-reading", reasons, words: words.length, files: files.length }));
    if (answer?.answer === "entry") {
      dialog.close();
      say("Saved: you have read it, and nobody can be recognised.");
    } else show(make("p", { className: "wrong first", tabIndex: -1 }, answer ? advice(answer) : "The entry has changed meanwhile. Read it once more from the start."));
  }
  askNames();
};
