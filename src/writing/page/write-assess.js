"use strict";
// The assessor's side: the list of what waits, and one decision file for all that was decided.
//
// writeAssess(host, { ask, lost, again, site }) returns { show(path) }: the parts of the list, or of an entry to assess.
const writeAssess = (() => {
  const { make, button, counted, fill, showCode, sentence, advice, clip } = writeMake;
  const toAssess = (path) => "#assess=" + encodeURIComponent(path);
  const COMMENTS = ["tutor", "employer"];

  return function writeAssess(host, { ask, lost, again, site }) {
    // Left and shown again, the page has the same sitting.
    const sitting = host.sitting ??= writeSitting(host);

    /** Who decides. `changed()` is called after each change. */
    function showWho({ roles, learner }, changed) {
      const who = make("input", { id: "as-who", type: "text", autocomplete: "off", value: sitting.state.who, "aria-describedby": "as-who-hint as-who-wrong" });
      const role = make("select", { id: "as-role" }, roles.map(({ id, title }) => make("option", { value: id, selected: id === sitting.state.role }, title)));
      const note = () => {
        Object.assign(sitting.state, { who: who.value.trim(), role: role.value });
        sitting.changed();
        changed?.();
      };
      who.addEventListener("input", note);
      role.addEventListener("change", note);
      return make("section", { className: "card who" }, make("h2", {}, "Who decides?"),
        make("label", { htmlFor: "as-who" }, "Your reference"),
        make("p", { className: "hint", id: "as-who-hint" }, `For example AS-12. Not your name, and not ${learner}, which is the apprentice’s.`),
        make("p", { className: "wrong", id: "as-who-wrong" }), who,
        make("label", { htmlFor: "as-role" }, "Your role"), role);
    }

    const isDecided = (path) => sitting.find(path) ? "Decided, not saved yet" : sitting.findFile(path) ? "In the file that you saved" : "";
    function showWaiting(one) {
      const decided = isDecided(one.entry.path);
      return make("li", {},
        make("a", { className: "title", href: toAssess(one.entry.path) }, one.entry.title || "Without a title"),
        make("p", { className: "tags" },
          make("span", { className: "flag" }, `Waits: ${one.waits}`),
          one.reason === "not decided yet" ? "" : make("span", { className: "flag warn" }, sentence(one.reason).slice(0, -1)),
          decided ? make("span", { className: "flag" }, decided) : ""),
        make("ul", { className: "waits", role: "list" }, one.claims.map(({ code, statement }) => make("li", {}, showCode(code), " ", clip(statement ?? "", 160)))));
    }
    /** A list whose entries the arrow keys go through. */
    function showList(entries) {
      const list = make("ol", { className: "entries", role: "list" }, entries.map(showWaiting));
      list.addEventListener("keydown", (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], links = [...list.querySelectorAll("a.title")], at = links.indexOf(event.target);
        if (!step || at < 0 || !links[at + step]) return;
        event.preventDefault();
        links[at + step].focus();
      });
      return list;
    }

    /** What was decided so far, and the buttons that make a file of it. */
    function showDecided(waiting) {
      const wrong = make("div", { className: "wrong", role: "alert", tabIndex: -1 });
      const day = make("input", { id: "as-day", type: "date", max: waiting.today, value: sitting.state.day || waiting.today });
      day.addEventListener("change", () => {
        sitting.state.day = day.value;
        sitting.changed();
      });
      const titleOf = (path) => sitting.find(path)?.title ?? path;
      async function decide(file) {
        const entries = structuredClone(sitting.state.entries);
        const answer = await sitting.decide(file).catch((error) => ({ ...writeMake.lost(error), help: "Your decisions are still here." }));
        if (answer.answer === "unfinished") {
          fill(wrong, make("p", {}, "Nothing is saved yet:"), make("ul", {}, answer.faults.map(({ path, field, message }) => make("li", {},
            path ? [make("a", { href: toAssess(path) }, titleOf(path)), ": "] : "", sentence(message),
            !path && field === "who" ? button("Go there", () => document.getElementById("as-who").focus(), "link") : ""))));
          wrong.focus();
        } else if (answer.answer !== "decided") {
          fill(wrong, make("p", {}, advice(answer)));
          wrong.focus();
        } else {
          sitting.add({ ...answer, entries, replaces: sitting.replaced.splice(0) });
          sitting.set([]);
          await sitting.flush();
          if (!file) host.download(answer.name, answer.name);
          await again();
          document.querySelector("#as-done")?.focus();
        }
      }
      const { entries } = sitting.state;
      return make("section", { className: "card" }, make("h2", {}, "Your decisions"),
        make("p", {}, `Not saved yet: your decisions on ${counted(entries.length, "entry", "entries")}. ${host.keeps ? "They are kept until ksbfolio ends." : "They are in this page only, until you save them."}`),
        make("ul", {}, entries.map(({ path, title }) => make("li", {}, make("a", { href: toAssess(path) }, title || "Without a title"),
          sitting.faults.some((one) => one.path === path) ? make("span", { className: "flag warn" }, "Not finished") : ""))),
        make("label", { htmlFor: "as-day" }, "Day of the decisions"), day, wrong,
        make("p", { className: "buttons" }, button("Save my decisions", () => decide(false), "main"),
          host.canFile ? button("Add them to this portfolio", () => decide(true)) : ""));
    }
    function showDone() {
      const { name, path, changes, remarks, sign, entries, replaces } = sitting.saved;
      return make("section", { className: "submitted" }, make("h2", { id: "as-done", tabIndex: -1 }, path ? "Added to the portfolio" : "Saved"),
        make("p", {}, path ? `Your decisions on ${counted(entries.length, "entry", "entries")} are in this portfolio. They are never edited: decide again to say otherwise.`
          : [make("strong", {}, name), `, with your decisions on ${counted(entries.length, "entry", "entries")}. Send this file to the apprentice, who adds it to their portfolio.`]),
        replaces.length ? make("p", { className: "notice" }, `Do not send ${replaces.join(" or ")}: this file takes its place.`) : "",
        changes.trim() ? make("details", {}, make("summary", {}, path ? "What has changed" : "What it changes"), make("pre", { tabIndex: 0, role: "group", "aria-label": "Changes" }, changes.trim())) : "",
        remarks.map((words) => make("p", {}, sentence(words))),
        make("details", { className: "more" }, make("summary", {}, "If your organisation asks for a signature"), make("p", { className: "hint" }, "Run this command with your key where the file is. Then send the .sig file that it makes, too: ", make("code", {}, sign))),
        path ? "" : make("p", { className: "buttons" }, button("Save it again", () => host.download(name, name)),
          button("Change these decisions", async () => {
            sitting.reopen(sitting.saved);
            await again();
            document.querySelector("h1").focus();
          }, "link")));
    }

    /** Says at the top whose portfolio it is. */
    const showWhose = ({ learner }) => { site.textContent = `Portfolio of ${learner}`; };

    async function showAll() {
      await sitting.flush();
      const waiting = await ask({ request: "waiting" });
      if (waiting.answer !== "waiting") return lost(waiting);
      sitting.start(waiting.sitting);
      sitting.follow(() => {});
      showWhose(waiting);
      document.title = "To assess – Write";
      const { accepted } = waiting;
      return [
        waiting.is_copy ? "" : make("p", { className: "trail" }, make("a", { href: "#" }, "← The portfolio")),
        make("h1", { tabIndex: -1 }, "To assess"),
        make("p", {}, `${waiting.title}, ${waiting.learner}.${sitting.saved && !sitting.saved.path ? "" : ` ${waiting.lead}.`}`),
        make("p", { className: "hint" }, "For assessors. Open an entry, read it, and decide beside it. All decisions become one file."),
        sitting.replaced.length && !sitting.isUnsaved() ? make("p", { className: "notice" }, `Withdrawn. Do not send ${sitting.replaced.join(" or ")} to the apprentice.`) : "",
        sitting.saved ? showDone() : "",
        sitting.isUnsaved() ? showDecided(waiting) : "",
        showWho(waiting),
        waiting.entries.length ? make("section", {}, make("h2", {}, "What waits, the most urgent first"), showList(waiting.entries)) : "",
        accepted.length ? make("details", { className: "more" }, make("summary", {}, `Also claimed, already accepted (${accepted.length})`),
          make("p", { className: "hint" }, "Other entries are accepted for these codes. A decision changes no state."), showList(accepted)) : "",
      ];
    }

    async function showOne(path) {
      const waiting = await ask({ request: "waiting" });
      const shown = await ask({ request: "assess", path });
      if (waiting.answer !== "waiting" || shown.answer !== "assess") return lost(shown.answer === "assess" ? waiting : shown);
      sitting.start(waiting.sitting);
      showWhose(waiting);
      document.title = `${shown.page.title} – Assess`;
      return assessEntry(host, shown, { sitting, isComment: () => COMMENTS.includes(sitting.state.role), who: (changed) => showWho(waiting, changed), again });
    }

    return { show: (path) => (path ? showOne(path) : showAll()), flush: () => sitting.flush() };
  };
})();
