"use strict";
// The first view: what is written, what is missing, and what to write about next. And the form for a new entry.
const writeHome = (() => {
  const { make, button, counted, showDay, showState, showCode, sentence } = writeMake;
  const toEntry = (path) => "#entry=" + encodeURIComponent(path);
  const toNew = (code) => "#new" + (code ? "=" + encodeURIComponent(code) : "");
  const FEW = 8;

  function showBar({ states, of }) {
    const known = { accepted: 0, evidenced: 0, thin: 0, drafted: 0, gap: 0 };
    for (const { state, count } of states) if (state in known) known[state] = count;
    return make("div", { className: "bar", "aria-hidden": "true" },
      Object.keys(known).filter((state) => known[state]).map((state) => {
        const part = make("span", { className: `part state-${state}` });
        part.style.flexGrow = String(known[state] / (of || 1));
        return part;
      }));
  }

  function showStandards({ standards, pace, forecast, lacks_start: lacksStart }) {
    return make("section", {}, make("h2", {}, "How far you are"),
      pace ? make("p", {}, sentence(pace)) : "",
      forecast ? make("p", {}, sentence(forecast)) : "",
      lacksStart ? make("p", {}, make("a", { href: "#settings" }, "When did your programme begin?"), " Then this says whether you are on time.") : "",
      standards.map((one) => make("div", { className: "standard" },
        make("h3", {}, one.title),
        make("p", {}, make("strong", {}, `${one.complete} of ${one.of}`), " codes have enough evidence."),
        showBar(one),
        make("ul", { className: "key", role: "list" }, one.states.filter(({ count }) => count).map(({ state, title, count }) =>
          make("li", {}, showState(state, `${count} ${title}`)))))));
  }

  function showPrompts(prompts, isFirst) {
    const list = make("ul", {}, prompts.slice(0, 3).map((words) => make("li", {}, words)));
    if (!prompts.length) return "";
    return isFirst ? [make("p", { className: "hint" }, "Questions that help:"), list] : make("details", {}, make("summary", {}, "Questions that help"), list);
  }

  function showNext(one, at) {
    return make("li", { className: "card" },
      make("h3", {}, showCode(one.code), " ", one.statement ?? "We do not have the wording of this code."),
      make("p", {}, showState(one.state, one.state_title), one.next ? " " + sentence(one.next) : ""),
      showPrompts(one.prompts, !at),
      make("p", { className: "buttons" },
        make("a", { className: "button", href: toNew(one.code) }, "Write about this", make("span", { className: "unseen" }, ": " + one.code)),
        one.nearest ? make("span", {}, "or add to ", make("a", { href: toEntry(one.nearest.path) }, one.nearest.title)) : ""));
  }

  function showEntry(one) {
    const counts = [[one.errors, "to fix"], [one.warnings, "to check"]].filter(([count]) => count).map(([count, words]) => `${count} ${words}`);
    return make("li", {},
      make("a", { className: "title", href: toEntry(one.path) }, one.title || "Without a title"),
      make("p", { className: "hint" }, [one.date ? showDay(one.date) : "No day yet", one.kind, counted(one.words, "word")].filter(Boolean).join(" · ")),
      make("p", { className: "tags" },
        make("span", { className: one.is_referred ? "flag warn" : "flag" }, one.status_title),
        one.is_unread ? make("span", { className: "flag warn" }, "Cannot be read in full") : "",
        counts.length ? make("a", { className: "flag", href: toEntry(one.path) + "=worst", "aria-label": `${counts.join(", ")}: ${one.title || "Without a title"}` }, counts.join(", ")) : "",
        one.visibility === "private" ? make("span", { className: "flag" }, "Only you can see it") : "",
        one.is_example ? "" : one.codes.map((code) => showCode(code))));
  }

  function showEntries(all) {
    const entries = all.filter(({ is_example: is }) => !is), examples = all.filter(({ is_example: is }) => is);
    const sent = entries.filter(({ is_referred: is }) => is), rest = entries.filter(({ is_referred: is }) => !is);
    const list = make("ul", { className: "entries", role: "list" }, [...sent, ...rest].map(showEntry));
    const more = button(`Show all ${entries.length} entries`, () => {
      const [hidden] = list.querySelectorAll("[hidden]");
      for (const item of list.children) item.hidden = false;
      more.remove();
      hidden?.querySelector("a").focus();
    });
    [...list.children].forEach((item, at) => { item.hidden = at >= Math.max(FEW, sent.length) && entries.length > FEW + 2; });
    return make("section", {}, make("h2", {}, entries.length ? `Your entries (${entries.length})` : "Your entries"),
      entries.length ? "" : make("p", {}, "Nothing yet. Your first entry can be short: one thing that happened at work, and what you made of it."),
      entries.length ? list : "", list.querySelector("[hidden]") ? make("p", {}, more) : "",
      examples.length ? make("details", { className: "more" }, make("summary", {}, counted(examples.length, "example")),
        make("p", { className: "hint" }, "To look at. They count for nothing, and your assessor does not see them. Delete them when you like."),
        make("ul", { className: "entries", role: "list" }, examples.map(showEntry))) : "");
  }

  /** The view of the answer `home`. */
  function show(host, home, again) {
    const isNew = home.entries.every(({ is_example: is }) => is);
    return [
      make("h1", { tabIndex: -1 }, home.title),
      home.problem ? make("p", { className: "notice" }, sentence(home.problem)) : "",
      make("p", { className: "begin" }, isNew ? make("a", { className: "button main big", href: "#first" }, "Write your first reflection") : make("a", { className: "button main big", href: toNew() }, "Write a new entry")),
      make("p", { className: "hint" }, `What you write is kept ${host.where}. Nothing is sent anywhere.`,
        host.site ? [" ", make("a", { href: host.site }, "See your portfolio as your assessor sees it")] : ""),
      writeFeedback.showToChange(home),
      make("nav", { "aria-label": "Settings" }, writeSettings.showLinks()),
      writeMove.showDeleted(host, home.deleted),
      make("div", { className: "columns" },
        make("div", {}, showEntries(home.entries), home.standards.length ? showStandards(home) : ""),
        make("div", {},
          home.next.length ? make("section", {}, make("h2", {}, "Write about this next"), make("ul", { className: "cards", role: "list" }, home.next.map(showNext))) : "",
          home.near.length ? make("section", {}, make("h2", {}, "Nearly there"), make("ul", {}, home.near.map((near) =>
            make("li", {}, sentence(near.sentence), " ", make("a", { href: toEntry(near.entry.path) }, "Open it", make("span", { className: "unseen" }, `: ${near.entry.title}`)))))) : "",
          writeFiles.showExchange(host, again), writeFiles.showImport(host, again))),
    ];
  }

  const option = (value, title) => make("option", { value }, title);
  /** The form for a new entry. `began(path)` is called when it is there. */
  function showNew(host, home, code, began) {
    const title = make("input", { id: "new-title", type: "text", autocomplete: "off", "aria-describedby": "new-title-hint new-title-wrong" });
    const wrong = make("p", { className: "wrong", id: "new-title-wrong", role: "alert" });
    const day = make("input", { id: "new-day", type: "date", value: home.as_of, "aria-describedby": "new-day-hint" });
    const kind = make("select", { id: "new-kind" }, home.kinds.map(({ id, title: words }) => option(id, words)));
    const model = make("select", { id: "new-model", "aria-describedby": "new-model-hint" }, home.models.map(({ id, title: words }) => option(id, words)));
    const stages = make("p", { className: "hint", id: "new-model-hint" });
    const name = () => {
      const one = home.models.find(({ id }) => id === model.value);
      stages.textContent = one ? `Its parts: ${one.stages.map(({ title: words }) => words).join(", ")}.` : "";
    };
    model.addEventListener("change", name);
    const about = home.next.find((one) => one.code === code);
    if (home.models.some(({ id }) => id === "gibbs")) model.value = "gibbs";
    name();
    const form = make("form", { className: "new", noValidate: true },
      make("label", { htmlFor: "new-title" }, "What happened?"),
      make("p", { className: "hint", id: "new-title-hint" }, "A few words, for example: A patient who could not tell me about her pain. No names."),
      wrong, title,
      make("label", { htmlFor: "new-day" }, "Day you write this"),
      make("p", { className: "hint", id: "new-day-hint" }, "Usually today."), day,
      make("label", { htmlFor: "new-kind" }, "What kind of evidence is it?"), kind,
      home.models.length ? [make("label", { htmlFor: "new-model" }, "How do you want to set it out?"), stages, model] : "",
      make("p", { className: "buttons" }, make("button", { type: "submit", className: "main" }, "Start writing"), make("a", { href: "#" }, "Cancel")));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      wrong.textContent = "";
      if (!title.value.trim()) {
        wrong.textContent = "Give it a title. You can change it later.";
        title.focus();
        return;
      }
      const request = { request: "begin", title: title.value.trim(), date: day.value || null, kind: kind.value || null, model: model.value || null, codes: code ? [code] : [] };
      const answer = await host.ask(request).catch((error) => ({ ...writeMake.lost(error), help: "Your title is still here." }));
      if (answer.answer === "entry") began(answer);
      else {
        wrong.textContent = writeMake.advice(answer);
        title.focus();
      }
    });
    return [
      make("p", { className: "trail" }, make("a", { href: "#" }, "← All entries")),
      make("h1", { tabIndex: -1 }, "New entry"),
      code ? make("div", { className: "card" }, make("p", {}, "Write about something that shows ", showCode(code), about?.statement ? " " + about.statement : ""),
        about?.prompts.length ? make("ul", {}, about.prompts.map((words) => make("li", {}, words))) : "") : "",
      form,
    ];
  }

  return { show, showNew };
})();
