"use strict";
// The dialog that finds a code by everyday words.
//
// findCode(host, { words }) resolves to { code, because } or null. Without words, the code is for the whole entry, and a
// reason is asked.
const findCode = (() => {
  const { make, button, counted, fill, showState, showCode, clip } = writeMake;

  return (host, { words, done: alreadyShown = [] }) => new Promise((decide) => {
    const list = make("ul", { id: "find-list", role: "listbox", "aria-label": "Codes" });
    const count = make("p", { className: "unseen", role: "status" });
    const none = make("p", { hidden: true }), browse = make("div", {});
    const input = make("input", {
      id: "find-words", type: "text", role: "combobox", autocomplete: "off", spellcheck: false,
      "aria-controls": "find-list", "aria-expanded": "true", "aria-autocomplete": "list", "aria-describedby": "find-hint",
    });
    const reason = make("textarea", { id: "find-reason", rows: 3, "aria-describedby": "find-reason-hint" });
    const chosen = make("p", { className: "chosen" });
    const wrong = make("p", { className: "wrong", role: "alert" });
    const add = make("button", { type: "submit", className: "main" }, "Add this code");
    const why = make("div", { hidden: true },
      chosen,
      make("label", { htmlFor: "find-reason" }, "What in this entry shows it?"),
      make("p", { className: "hint", id: "find-reason-hint" }, "One sentence is enough."),
      reason, wrong, make("p", { className: "buttons" }, add, button("Choose another code", () => choose(null))));
    const search = make("div", {},
      make("label", { htmlFor: "find-words" }, "Find a code"),
      make("p", { className: "hint", id: "find-hint" }, "Type an everyday word, such as pain or handover, or a code. Arrow keys and Enter choose."),
      input, count, none, browse, list);
    const close = () => { dialog.close(); };
    const form = make("form", { method: "dialog", className: "find-form" }, search, why, make("p", { className: "buttons" }, button("Cancel", close)));
    const dialog = make("dialog", { className: "find-code", "aria-labelledby": "find-title" },
      make("h2", { id: "find-title" }, words ? "What do these words show?" : "What does this entry show?"),
      words ? make("blockquote", {}, clip(words, 240)) : make("p", {}, "No words are selected, so the code is for the whole entry. Your assessor finds it faster if you select the words that show it."),
      form);

    let found = [], active = -1, picked = null, asked = 0, result = null, shownFor = null, isWanted = false;
    function light(at) {
      active = at;
      [...list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
      const option = list.children[at];
      if (option) input.setAttribute("aria-activedescendant", option.id);
      else input.removeAttribute("aria-activedescendant");
      option?.scrollIntoView({ block: "nearest" });
    }
    function show({ codes, groups = [] }) {
      found = codes;
      fill(list, codes.map((one, at) => make("li", { role: "option", id: `find-${at}`, "aria-selected": "false", onclick: () => choose(one), onpointermove: () => { if (active !== at) light(at); } },
        showCode(one.code), " ", make("span", {}, one.statement ?? "We do not have the wording of this code."),
        one.found_by ? make("span", { className: "hint" }, ` Found by “${one.found_by}”`) : "",
        " ", alreadyShown.includes(one.code) ? make("span", { className: "flag" }, "in this entry") : "", " ", showState(one.state, one.state_title))));
      none.hidden = codes.length > 0;
      none.textContent = `“${input.value.trim()}” is in none of the codes. Only the words of the standard and questions about it are searched. Try another word${groups.length ? ", or look through the codes" : ""}.`;
      fill(browse, groups.map(({ title, codes: all }) => make("details", {}, make("summary", {}, clip(title, 100)), all.map((one) => make("p", {}, make("button", { type: "button", className: "link", onclick: () => choose(one) }, one.code), ` ${one.statement ?? ""}`)))));
      list.hidden = !codes.length;
      count.textContent = codes.length ? counted(codes.length, "code") : "Nothing found";
      light(codes.length && input.value.trim() ? 0 : -1);
      // Enter was pressed before the answer was there.
      if (isWanted && found[active]) choose(found[active]);
      isWanted = false;
    }
    async function ask() {
      const number = asked += 1, wanted = input.value.trim();
      const answer = await host.ask({ request: "find-code", words: wanted }).catch(writeMake.lost);
      if (number !== asked) return;
      shownFor = wanted;
      if (answer.answer === "codes") show(answer);
      else fill(none, writeMake.advice(answer)), none.hidden = false;
    }
    function choose(one) {
      if (one && words) {
        result = { code: one.code };
        close();
        return;
      }
      picked = one;
      search.hidden = !!one;
      why.hidden = !one;
      if (one) fill(chosen, showCode(one.code), " ", one.statement ?? "");
      (one ? reason : input).focus();
    }
    input.addEventListener("input", () => {
      isWanted = false;
      ask();
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && found.length) light((active + step + found.length + (active < 0 && step < 0 ? 1 : 0)) % found.length);
      else if (event.key === "Enter" && shownFor !== input.value.trim()) isWanted = true;
      else if (event.key === "Enter" && found[active]) choose(found[active]);
      else if (event.key !== "Enter") return;
      event.preventDefault();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!picked) return;
      if (!reason.value.trim()) {
        wrong.textContent = "Say in a sentence what shows it.";
        reason.focus();
        return;
      }
      result = { code: picked.code, because: reason.value.trim() };
      close();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      decide(result);
    });
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
    ask();
  });
})();

/** What submitting a draft would do, and codes that it would nearly cover. They take longer than all else, so they are asked for
 * once a claim changed. */
const nearCodes = (host, path) => {
  const { make, fill, isNew, showCode, showState, sentence } = writeMake, nearly = make("section", { className: "nearly" });
  const list = (items, show) => make("ul", { className: "claims", role: "list" }, items.map((one) => make("li", {}, showCode(one.code), " ", show(one))));
  async function showNearly({ claims }, isSubmitted) {
    if (!isNew(nearly, [isSubmitted, claims.map(({ code, how, against }) => [code, how, against])])) return;
    const { codes = [], submitted = [] } = await host.ask({ request: "near", path }).catch(() => ({}));
    fill(nearly,
      submitted.length ? [make("h2", {}, "Once you submit it"), list(submitted, ({ state, state_title: title, next }) => [showState(state, title), next ? ` ${sentence(next)}` : ""])] : null,
      codes.length ? [make("h2", {}, "It may also show"), make("p", { className: "hint" }, "This entry would nearly cover these codes, which have no evidence yet. If it does, select the words that show it."), list(codes, ({ statement }) => statement ?? "")] : null);
  }
  return { nearly, showNearly };
};
