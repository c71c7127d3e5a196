"use strict";
// Dialogs of an entry: what is still to be done before it is submitted, and the file as it is.
const writeDialog = (title, ...inside) => {
  const { make, button } = writeMake;
  const dialog = make("dialog", { "aria-labelledby": "dialog-title" }, make("h2", { id: "dialog-title" }, title), ...inside,
    make("p", { className: "buttons" }, button("Close", () => dialog.close())));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
};

/** Submits an entry, or lists what is in the way. `goTo(place)` selects words, `say(words)` announces. */
const submitDialog = async (host, saver, { goTo, done }) => {
  const { make, button, fill, counted, advice } = writeMake;
  const must = make("ol", { className: "checklist" }), may = make("ul", { className: "checklist" }), lead = make("p", {}), also = make("h3", {}, "Worth a look"), wrong = make("p", { className: "wrong", role: "alert" });
  let dialog = null, seen = new Set();

  function showItem(item) {
    const line = make("li", {}, make("p", {}, advice(item)));
    const anonymised = saver.answer.fields.find(({ name }) => name === "anonymised");
    if (item.what === "confidentiality" && anonymised) {
      const box = make("input", { type: "checkbox", id: "anonymised", checked: anonymised.value === "true" });
      box.addEventListener("change", async () => {
        const answer = await saver.ask(() => ({ request: "change", change: { what: "set", field: "anonymised", value: String(box.checked) } }));
        wrong.textContent = answer?.answer === "refused" ? advice(answer) : "";
      });
      line.append(make("p", {}, make("label", { className: "tick" }, box, " I have left out or changed everything that could show who the people in it are")));
    } else {
      line.append(make("p", {}, button("Go there", () => {
        dialog.close();
        goTo(item);
      }, "link")));
    }
    return line;
  }

  async function ask(anyway) {
    await saver.flush();
    const answer = await saver.ask(() => ({ request: "submit", anyway }));
    if (answer?.answer === "entry") {
      dialog?.close();
      done("Submitted.");
      return;
    }
    const items = answer?.items ?? [];
    const first = items.filter((item) => item.must), rest = items.filter((item) => !item.must);
    const isSeen = (item) => seen.has(advice(item));
    // Nothing is in the way any more, and what is only worth a look was seen before.
    if (dialog && !anyway && items.length && !first.length && rest.every(isSeen)) return void await ask(true);
    seen = new Set(rest.map(advice));
    lead.textContent = first.length ? `${counted(first.length, "thing")} to do before you can submit it:`
      : items.length ? "You can submit it. Have a look at these first:"
        : answer?.message ? advice(answer) : "It could not be submitted. Try again.";
    fill(must, first.map(showItem));
    fill(may, rest.map(showItem));
    must.hidden = !first.length;
    may.hidden = !rest.length;
    also.hidden = !first.length || !rest.length;
    go.textContent = first.length || !items.length ? "Check again and submit" : "Submit it now";
    go.onclick = () => ask(items.length > 0 && !first.length);
    if (dialog) wrong.textContent = first.length ? `Not yet: ${counted(first.length, "thing")} to do.` : "";
    else dialog = writeDialog("Before you submit", lead, must, also, may, wrong, make("p", { className: "buttons" }, go));
  }
  const go = button("", null, "main");
  await ask(false);
};

/** Shows the file as it is. */
const fileDialog = async (host, saver, about = "Your entry is one plain text file. Other programs can read it too. Its place in your portfolio: ") => {
  const { make, button, advice } = writeMake;
  await saver.flush();
  const { path } = saver.answer;
  const answer = await host.ask({ request: "file", path }).catch(writeMake.lost);
  if (answer.answer !== "file") {
    writeDialog("The file", make("p", {}, advice(answer)));
    return;
  }
  const copy = button("Copy all of it", () => navigator.clipboard.writeText(answer.text).then(() => { copy.textContent = "Copied"; }, () => { copy.textContent = "Select the text and copy it"; }));
  writeDialog("The file", make("p", {}, about, make("code", {}, path)),
    make("pre", { tabIndex: 0, role: "group", "aria-label": "Text of the file" }, answer.text), make("p", {}, copy));
};
