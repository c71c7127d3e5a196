"use strict";
// The views of the settings: what pages say of the learner and the programme; reviews and breaks; consents.
//
// writeSettings(host, name, answer, status) returns { parts, saver }: the elements of the view `settings`, `reviews` or
// `consents`, and what saves fields that somebody is in.
const writeSettings = (() => {
  const { make, button, counted, fill, showDay, sentence, advice, lost, LEVELS } = writeMake;
  const GROUPS = [
    ["On your pages", "", ["title", "learner.id", "learner.name", "learner.employer", "learner.cohort"]],
    ["Your programme", "", ["start", "planned_end", "timezone"]],
    ["Off-the-job training", "", ["off_the_job.required_hours", "off_the_job.weekly_hours"]],
    ["For the gateway", "Leave empty what you do not know yet.", ["gateway.english", "gateway.maths", "gateway.credits", "gateway.employer", "gateway.qualifications"]],
  ];
  const HINTS = {
    title: "At the top of every page.",
    "learner.id": "A reference or a pseudonym. It is on every page.",
    "learner.name": "Only your assessor sees it. You can leave it empty.",
    "learner.employer": "You can leave it empty.",
    timezone: "Where you live, such as Europe/London.",
    "off_the_job.required_hours": "The total in your training plan.",
    "off_the_job.weekly_hours": "From your contract.",
    "gateway.english": "What you have achieved, or: not needed.",
    "gateway.maths": "What you have achieved, or: not needed.",
    "gateway.employer": "That you work at the standard or above.",
    "gateway.qualifications": "Any other that is required.",
  };
  /** What is not known is an empty field. */
  const shownValue = ({ value }) => (value.toLowerCase() === "unknown" ? "" : value);
  const SHARE = [["portfolio", "My portfolio"], ["teaching", "Teaching"], ["publication", "Publication"]];
  const VIEWS = [["settings", "Settings"], ["reviews", "Reviews and breaks"], ["consents", "Consents"]];
  const isDay = (words) => /^\d{4}-\d\d-\d\d$/.test(words);

  /** Links to these views. */
  const showLinks = (now) => make("ul", { className: "views", role: "list" }, VIEWS.map(([name, title]) =>
    make("li", {}, make("a", { href: "#" + name, "aria-current": now === name ? "page" : null }, title))));

  function show(host, name, first, status) {
    const title = VIEWS.find(([view]) => view === name)[1];
    let answer = first, waiting = 0, last = Promise.resolve(), isLost = false;
    const inputs = new Map(), lists = [];
    const says = make("p", { className: "unseen", role: "status" });
    const notices = make("div", { role: "alert" });
    const notice = (words) => fill(notices, words ? make("p", { className: "notice" }, words, " ", button("Close", () => notice(""))) : null);
    const hashFor = (change) => (/consent/.test(change.what) ? answer.consents_hash : answer.hash);

    /** Sends requests one at a time, each about the files that the one before left behind. */
    function send(compose, done) {
      waiting += 1;
      status("waiting");
      last = last.then(async () => {
        const said = await host.ask(compose()).catch(lost);
        waiting -= 1;
        isLost = said.answer === "lost";
        if (said.answer === "settings") answer = said;
        if (said.answer === "changed") {
          const now = await host.ask({ request: "settings" }).catch(lost);
          if (now.answer === "settings") answer = now;
          notice("This was also changed somewhere else. You see it as it is now: make your change again.");
        }
        if (isLost) status("lost", { ...said, waits: "" });
        else if (said.answer === "settings") status("saved");
        else status("refused", said.field ? { message: "Look at what is marked" } : said.answer === "changed" ? { message: "This was also changed somewhere else" } : said);
        refresh();
        done(said);
        return said;
      });
      return last;
    }
    const change = (about, done) => send(() => ({ request: "set-settings", hash: hashFor(about), change: about }), done);
    const undo = button("Undo the last change", () => {
      const consents = name === "consents";
      send(() => ({ request: "undo-settings", consents, hash: consents ? answer.consents_hash : answer.hash }), (said) => {
        says.textContent = said.answer === "settings" ? "Undone." : advice(said);
        if (undo.hidden) heading.focus();
      });
    });

    // Findings, in a list under what they are about.
    function showFindings(list, about) {
      const found = answer.findings.filter(({ field }) => field === about);
      list.hidden = !found.length;
      fill(list, found.map((one) => make("li", { className: `finding ${one.level}` }, make("strong", {}, LEVELS[one.level] ?? "", ": "), advice(one))));
    }
    const findingsOf = (about) => {
      const list = make("ul", { className: "findings", role: "list" });
      lists.push(() => showFindings(list, about));
      return list;
    };

    // Fields, each saved once it is left.
    function makeField(field) {
      const id = "set-" + field.name.replace(".", "-"), wrong = make("p", { className: "wrong", id: id + "-wrong", role: "alert" });
      const isNumber = field.shape === "number";
      const input = make("input", { id, type: field.shape === "date" && (!field.value || isDay(field.value)) ? "date" : "text", inputMode: isNumber ? "decimal" : null, autocomplete: "off", disabled: field.is_closed, "aria-describedby": `${id}-hint ${id}-wrong`, placeholder: field.default });
      const own = { input, saved: shownValue(field), save() {
        const value = input.value.trim();
        if (value === own.saved) return;
        const before = own.saved;
        own.saved = value;
        change({ what: "set", field: field.name, value }, (said) => {
          wrong.textContent = said.answer === "refused" ? advice(said) : "";
          input.ariaInvalid = said.answer === "refused" ? "true" : null;
          if (said.answer !== "settings") own.saved = before;
        });
      } };
      input.value = shownValue(field);
      input.addEventListener("change", own.save);
      inputs.set(field.name, own);
      return make("div", { className: "field" }, make("label", { htmlFor: id }, field.label), make("p", { className: "hint", id: id + "-hint" }, HINTS[field.name] ?? ""), input, wrong, findingsOf(field.name));
    }

    /** A form that adds to a list. `fields`: [name, label, hint, input, whether it is needed]. */
    function makeForm(title, words, fields, compose, said) {
      const wrongs = new Map();
      const general = make("p", { className: "wrong", role: "alert" });
      const parts = fields.map(([name, label, hint, input]) => {
        const id = input.id = `add-${title.replace(/\W+/g, "-").toLowerCase()}-${name}`;
        const wrong = make("p", { className: "wrong", id: id + "-wrong", role: "alert" });
        wrongs.set(name, wrong);
        input.setAttribute("aria-describedby", `${id}-hint ${id}-wrong`);
        const about = make("p", { className: "hint", id: id + "-hint" }, hint);
        return input.matches("fieldset") ? make("div", { className: "field" }, (input.prepend(make("legend", {}, label), about), input), wrong)
          : make("div", { className: "field" }, make("label", { htmlFor: id }, label), about, input, wrong);
      });
      const form = make("form", { className: "add", noValidate: true }, make("h2", {}, title), parts, general,
        make("p", { className: "buttons" }, make("button", { type: "submit", className: "main" }, words)));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        for (const wrong of [general, ...wrongs.values()]) wrong.textContent = "";
        const missing = fields.filter(([, , , input, need]) => need && !(input.value ?? "").trim());
        for (const [name, , , , need] of missing) wrongs.get(name).textContent = need;
        if (missing.length) {
          missing[0][3].focus();
          return;
        }
        change(compose(), (answered) => {
          if (answered.answer === "settings") {
            form.reset();
            says.textContent = said;
            (form.querySelector("input") ?? form).focus();
          } else if (answered.answer !== "changed") {
            (wrongs.get(answered.field) ?? general).textContent = advice(answered);
            fields.find(([field]) => field === answered.field)?.[3].focus();
          }
        });
      });
      return form;
    }
    const day = () => make("input", { type: "date" });
    const words = () => make("input", { type: "text", autocomplete: "off" });
    const ticks = (choices) => make("fieldset", {}, choices.map(([value, label]) => make("p", {}, make("label", { className: "tick" }, make("input", { type: "checkbox", value }), " ", label))));
    const ticked = (box) => [...box.querySelectorAll(":checked")].map(({ value }) => value);

    /** A list that is made again when the answer is new. */
    function makeList(items, none, line) {
      const list = make("ul", { className: "entries", role: "list" }), empty = make("p", {}, none);
      lists.push(() => {
        const all = items();
        const key = JSON.stringify(all);
        list.hidden = !all.length;
        empty.hidden = all.length > 0;
        if (list.key === key) return;
        list.key = key;
        fill(list, all.map((one) => make("li", {}, line(one))));
      });
      return [empty, list];
    }
    const heading = make("h1", { tabIndex: -1 }, title);
    const removes = (words, about, change_) => make("button", { type: "button", className: "link", "aria-label": `${words}: ${about}`, onclick: () => change(change_, (said) => {
      says.textContent = said.answer === "settings" ? "Done. You can undo it." : advice(said);
      heading.focus();
    }) }, words);
    const dayOrWords = (value) => (isDay(value) ? showDay(value) : value || "No day");

    const views = {
      settings: () => [
        ...GROUPS.map(([group, about, names]) => make("section", {}, make("h2", {}, group), about ? make("p", { className: "hint" }, about) : "",
          group === "Off-the-job training" ? make("p", {}, hours, " The hours of an entry are in the entry, under “More about this entry”.") : "",
          make("div", { className: "fields" }, answer.fields.filter((field) => names.includes(field.name)).map(makeField)))),
        make("section", {}, make("h2", {}, "Standards and awards"), make("p", { className: "hint" }, "All codes in your entries are from these, so they are not changed here. Ask your tutor if one is missing."),
          make("ul", {}, answer.standards.map((one) => make("li", {}, `${one.title}: ${counted(one.codes, "code")}${one.version ? `, version ${one.version}` : ""}`)))),
      ],
      reviews() {
        const reviewed = day(), parties = ticks([["employer", "My employer"], ["tutor", "My tutor"]]), from = day(), to = day(), reason = words();
        return [
          make("section", {}, make("h2", {}, "Progress reviews"),
            makeList(() => answer.reviews, "None is noted yet.", (one) => [make("p", {}, dayOrWords(one.date), one.with.length ? `, with ${one.with.join(" and ")}` : ""), make("p", {}, removes("Remove", `review of ${dayOrWords(one.date)}`, { what: "remove-review", at: one.at }))]),
            findingsOf("reviews")),
          makeForm("Add a review", "Add this review", [["date", "Day of the review", "The day it took place.", reviewed, "Fill in the day."], ["with", "Who was there besides you?", "", parties]],
            () => ({ what: "add-review", date: reviewed.value, with: ticked(parties) }), "The review is added."),
          make("section", {}, make("h2", {}, "Breaks in learning"), make("p", { className: "hint" }, "While a break lasts, nothing is expected of you: pace, hours and reviews stop."),
            makeList(() => answer.breaks, "None.", (one) => [make("p", {}, `${dayOrWords(one.from)} to ${one.to ? dayOrWords(one.to) : "a day that is not agreed yet"}: ${one.reason}`), one.to ? "" : endForm(one), make("p", {}, removes("Remove", `break from ${dayOrWords(one.from)}`, { what: "remove-break", at: one.at }))]),
            findingsOf("breaks")),
          makeForm("Add a break", "Add this break", [["from", "First day", "", from, "Fill in the first day."], ["to", "Last day", "Leave it empty while your return is not agreed.", to], ["reason", "Reason", "A word such as sick leave or parental leave. Others read it, so nothing that should stay private.", reason, "Give a reason: a word is enough."]],
            () => ({ what: "add-break", from: from.value, to: to.value || null, reason: reason.value }), "The break is added."),
        ];
      },
      consents() {
        const id = words(), given = day(), share = ticks(SHARE), expires = day();
        return [
          make("p", {}, "A consent lets you take a picture and show it. It is noted here by a reference, never by a name. The signed form stays where your workplace keeps it."),
          make("section", {}, make("h2", {}, "Your consents"),
            makeList(() => answer.consents, "None is noted yet.", (one) => [
              make("p", {}, make("strong", {}, one.id), " ", one.is_withdrawn ? make("span", { className: "flag warn" }, "Withdrawn") : one.is_expired ? make("span", { className: "flag warn" }, "No longer valid") : ""),
              make("p", { className: "hint" }, [one.date ? `Given ${showDay(one.date)}` : "", one.share.length ? `may be shown in: ${one.share.map((word) => SHARE.find(([known]) => known === word)?.[1].toLowerCase() ?? word).join(", ")}` : "may not be shown", one.expires ? `valid until ${showDay(one.expires)}` : ""].filter(Boolean).join(" · ")),
              one.is_withdrawn ? "" : make("p", {}, removes("It was withdrawn", one.id, { what: "withdraw-consent", id: one.id })),
            ]), findingsOf("consents")),
          makeForm("Add a consent", "Add this consent", [["id", "Reference", "Such as CON-014. It says nothing of who gave it.", id, "Give it a reference."], ["date", "Day it was given", "", given, "Fill in the day."], ["share", "Where may the picture be shown?", "Tick what the form says.", share], ["expires", "Valid until", "Leave it empty if the form has no such day.", expires]],
            () => ({ what: "add-consent", id: id.value, date: given.value, share: ticked(share), expires: expires.value || null }), "The consent is added. You can choose it at the photo, in its entry."),
        ];
      },
    };
    function endForm({ at, from }) {
      const end = day(), id = `end-${at}`, wrong = make("p", { className: "wrong", role: "alert" });
      end.id = id;
      const form = make("form", { className: "reason", noValidate: true }, make("label", { htmlFor: id }, "Last day", make("span", { className: "unseen" }, ` of the break from ${dayOrWords(from)}`)), end, wrong, make("p", { className: "buttons" }, make("button", { type: "submit" }, "Save the last day")));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        if (!end.value) wrong.textContent = "Fill in the last day.";
        else change({ what: "end-break", at, to: end.value }, (said) => {
          wrong.textContent = said.answer === "refused" ? advice(said) : "";
          if (said.answer === "settings") {
            says.textContent = "The last day is saved.";
            heading.focus();
          }
        });
      });
      return form;
    }

    const hours = make("span", {});
    function refresh() {
      hours.textContent = answer.hours;
      undo.hidden = !(name === "consents" ? answer.consents_undo : answer.undo);
      for (const field of answer.fields) {
        const own = inputs.get(field.name);
        if (!own || own.input.value.trim() !== own.saved || document.activeElement === own.input) continue;
        own.input.value = shownValue(field);
        own.saved = own.input.value;
      }
      for (const list of lists) list();
    }
    const path = name === "consents" ? "portfolio/consents.yaml" : "portfolio/portfolio.yaml";
    const saveAll = () => { for (const own of inputs.values()) own.save(); };
    const saver = {
      async flush() {
        saveAll();
        await last;
        return saver.isSaved();
      },
      close: saveAll,
      isSaved: () => !waiting && !isLost,
      answer: { path },
    };
    const file = button("Show me the file", () => fileDialog(host, saver, "These settings are one plain text file. Its place in your portfolio: "));
    const parts = [
      make("p", { className: "trail" }, make("a", { href: "#" }, "← All entries")),
      heading, says, notices, make("nav", { "aria-label": "Settings" }, showLinks(name)),
      answer.problem ? make("p", { className: "notice" }, sentence(answer.problem)) : "",
      answer.problem && name !== "consents" ? "" : make("div", { className: "settings" }, views[name]()),
      make("p", { className: "buttons" }, name === "consents" && !answer.consents_hash ? "" : file, undo),
    ];
    refresh();
    return { parts, saver };
  }

  return { show, showLinks, names: VIEWS.map(([name]) => name) };
})();
