"use strict";
// Files that come in and go out: photographs, an assessor's decisions, and the portfolio for the assessor.
const writeFiles = (() => {
  const { make, button, counted, fill, isNew, advice, lost, sentence, timedName } = writeMake;

  /** Hands a file to the host: its name there, or a refusal. */
  const drop = (host, file) => host.drop(file).then((name) => ({ name }), (error) => ({ refusal: lost(error) }));

  /** Takes files that are dropped on an element. */
  function takeDrops(element, take) {
    element.classList.add("takes");
    element.takeFiles = take;
    const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
    for (const name of ["dragenter", "dragover"]) {
      element.addEventListener(name, (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        element.classList.add("over");
      });
    }
    element.addEventListener("dragleave", (event) => { if (!element.contains(event.relatedTarget)) element.classList.remove("over"); });
    element.addEventListener("drop", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      element.classList.remove("over");
      take([...event.dataTransfer.files]);
    });
  }

  /** Takes files that were dropped beside all places for them: decisions go to their place, all others to the first. */
  function takeAnywhere(main, files) {
    const isDecision = files.some(({ name }) => /\.(ya?ml|sig)$/i.test(name));
    const places = [...main.querySelectorAll(".takes")];
    const place = places.find((one) => one.matches(".exchange") === isDecision) ?? places[0];
    if (!place) {
      writeDialog("Nothing was added", make("p", { role: "alert" }, "Drop a photo on the entry that it belongs to, and other files on the page All entries."));
      return;
    }
    place.scrollIntoView({ block: "nearest" });
    place.takeFiles(files);
  }

  /** Adds the photographs among files that were dropped on an entry, one after the other. */
  async function takeInEntry(host, saver, files, say) {
    const isOther = ({ name }) => /\.(ya?ml|sig|docx?|odt|md|txt|rtf|html?|zip)$/i.test(name);
    const others = files.filter(isOther), dialogs = [];
    if (others.length) {
      const names = others.map(({ name }) => `“${name}”`).join(", ");
      dialogs.push(() => writeDialog("This is no photo", make("p", { role: "alert" }, `Drop ${names} on the page All entries: documents become drafts there, and decisions are added.`)));
    }
    dialogs.push(...files.filter((file) => !isOther(file)).map((file) => () => addPicture(host, saver, file, say)));
    for (const show of dialogs) {
      const dialog = await show();
      if (dialog.open) await new Promise((resolve) => { dialog.addEventListener("close", resolve); });
    }
  }

  /** Kinds of files that telephones keep photographs in. */
  const HEIC = ["heic", "heix", "heif", "mif1", "msf1", "hevc", "avif"];

  /** Why a file cannot be added as a photograph; empty if it can. It is read before anything is asked about it. */
  async function refusePicture(file) {
    const start = new Uint8Array(await file.slice(0, 12).arrayBuffer()), begins = (bytes) => bytes.every((byte, at) => start[at] === byte);
    if (begins([0xff, 0xd8, 0xff]) || begins([0x89, 0x50, 0x4e, 0x47])) return "";
    const words = String.fromCharCode(...start);
    const kind = words.slice(4, 8) === "ftyp" ? words.slice(8) : "";
    if (kind && !HEIC.includes(kind)) return "This is a video, and only pictures can be shown. Add a picture of what it shows, or describe it in your words.";
    if (kind) return "Pictures in HEIC cannot be shown. On the phone choose Camera, Formats, Most compatible; or save it as JPEG, and add that.";
    if (words.startsWith("%PDF")) return "This is a PDF, not a photo. Save the page that you need as a picture in JPEG or PNG, and add that.";
    return "This is no photo in JPEG or PNG. Save it as one of these, and add that.";
  }

  /** Shows what a picture of the portfolio looks like in an element; nothing if it cannot be shown. */
  async function look(host, path, file, image) {
    const answer = await host.ask({ request: "look", path, file }).catch(lost);
    if (answer.answer !== "look") return;
    const bytes = Uint8Array.from(atob(answer.base64), (sign) => sign.charCodeAt(0));
    const address = URL.createObjectURL(new Blob([bytes], { type: answer.type }));
    for (const event of ["load", "error"]) image.addEventListener(event, () => URL.revokeObjectURL(address));
    image.src = address;
    image.hidden = false;
  }
  const makeLook = (host, path, file, alt) => {
    const image = make("img", { className: "look", alt, hidden: true });
    look(host, path, file, image);
    return image;
  };

  /** Asks for the description of a photograph, then attaches it. Returns the dialog. */
  async function addPicture(host, saver, file, say) {
    const refused = await refusePicture(file);
    if (refused) {
      return writeDialog("This cannot be added", make("p", { role: "alert" }, refused));
    }
    const register = await host.ask({ request: "settings" }).catch(lost);
    const consents = (register.consents ?? []).filter((one) => !one.is_withdrawn && !one.is_expired);
    const alt = make("input", { id: "picture-alt", type: "text", autocomplete: "off", "aria-describedby": "picture-alt-hint" });
    const nobody = make("input", { id: "picture-nobody", type: "checkbox" });
    const consent = make("select", { id: "picture-consent" }, make("option", { value: "" }, "None: nobody can be recognised"), consents.map(({ id }) => make("option", { value: id }, id)));
    const wrong = make("p", { className: "wrong", role: "alert" });
    const address = URL.createObjectURL(file);
    const look = make("img", { className: "look", alt: "", src: address });
    look.addEventListener("error", () => look.remove());
    const add = make("button", { type: "submit", className: "main" }, "Add the photo");
    const form = make("form", { className: "find-form", noValidate: true }, look,
      make("label", { htmlFor: "picture-alt" }, "What does the photo show?"),
      make("p", { className: "hint", id: "picture-alt-hint" }, "One sentence, for people who cannot see it. No names."), alt,
      make("p", {}, make("label", { className: "tick" }, nobody, " Nobody can be recognised on it, also not by a name badge or a screen")),
      consents.length ? [make("label", { htmlFor: "picture-consent" }, "Or is there a consent for it?"), consent] : make("p", { className: "hint" }, "Somebody can be recognised? ", make("a", { href: "#consents", onclick: () => dialog.close() }, "Add their consent first"), "."), wrong,
      make("p", { className: "buttons" }, add));
    const dialog = writeDialog("Add a photo", form);
    dialog.addEventListener("close", () => URL.revokeObjectURL(address));
    alt.focus();
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (!alt.value.trim()) {
        wrong.textContent = "Say in a sentence what it shows.";
        alt.focus();
        return;
      }
      if (!nobody.checked && !consent.value) {
        wrong.textContent = consents.length ? "Confirm that nobody can be recognised on it, or choose the consent." : "Confirm that nobody can be recognised on it.";
        nobody.focus();
        return;
      }
      add.disabled = true;
      const { name, refusal } = await drop(host, file);
      const answer = refusal ?? await saver.ask(() => ({ request: "picture", dropped: name, alt: alt.value.trim(), shows_nobody: nobody.checked, consent: consent.value || null }));
      add.disabled = false;
      if (answer?.answer === "entry") {
        dialog.close();
        say("The photo is added.");
      } else wrong.textContent = answer ? advice(answer) : "";
    });
    return dialog;
  }

  /** Asks by which consent a photograph may be shown, or whether it shows nobody. */
  async function clearPicture(host, saver, { at, alt, consent, shows_nobody: isNobody }, say) {
    const settings = await host.ask({ request: "settings" }).catch(lost);
    const known = (settings.consents ?? []).filter((one) => one.id === consent || !(one.is_withdrawn || one.is_expired));
    const option = (value, title) => make("option", { value }, title);
    const choose = make("select", { id: "clear-consent" }, option("", "No consent"), known.map(({ id }) => option(id, id)));
    const nobody = make("input", { id: "clear-nobody", type: "checkbox", checked: isNobody });
    const wrong = make("p", { className: "wrong", role: "alert" });
    choose.value = consent ?? "";
    const form = make("form", { className: "find-form", noValidate: true }, make("p", {}, alt),
      make("label", { htmlFor: "clear-consent" }, "Consent"), choose,
      make("p", { className: "hint" }, make("a", { href: "#consents", onclick: () => dialog.close() }, "Add another consent")),
      make("p", {}, make("label", { className: "tick" }, nobody, " Nobody can be recognised on it, also not by a name badge or a screen")), wrong,
      make("p", { className: "buttons" }, make("button", { type: "submit", className: "main" }, "Save")));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const answer = await saver.ask(() => ({ request: "change", change: { what: "clear-picture", at, consent: choose.value || null, shows_nobody: nobody.checked } }));
      if (answer?.answer === "entry") {
        dialog.close();
        say("Saved.");
      } else wrong.textContent = answer ? advice(answer) : "";
    });
    const dialog = writeDialog("Who may see this photo?", form);
    choose.focus();
  }

  const nameOf = ({ alt, file }) => alt || file.split("/").at(-1);
  /** The photographs and other files of an entry. */
  function showPictures(host, saver, section, { attachments }, { say, isClosed }) {
    if (!isNew(section, [attachments, isClosed])) return;
    const input = make("input", { type: "file", accept: "image/*", id: "picture-file", hidden: true });
    input.addEventListener("change", () => {
      if (input.files[0]) addPicture(host, saver, input.files[0], say);
      input.value = "";
    });
    const remove = (file) => saver.ask(() => ({ request: "change", change: { what: "detach", file } })).then((answer) => {
      section.querySelector("button")?.focus();
      say(answer?.answer === "entry" ? "Removed from this entry. It stays in your portfolio." : answer ? advice(answer) : "");
    });
    fill(section, make("h2", {}, "Photos and files"),
      attachments.length ? make("ul", { className: "entries", role: "list" }, attachments.map((one) => make("li", {},
        one.is_picture && one.is_there ? makeLook(host, saver.answer.path, one.file, one.alt) : "", make("p", {}, nameOf(one), one.is_there ? "" : make("strong", {}, " The file is missing.")),
        isClosed ? "" : make("p", {}, one.is_picture && Number.isInteger(one.at) ? [one.consent ? `Consent ${one.consent}. ` : one.shows_nobody ? "Nobody can be recognised. " : make("strong", {}, "No consent yet. "), make("button", { type: "button", className: "link", "aria-label": `Consent… of ${nameOf(one)}`, onclick: () => clearPicture(host, saver, one, say) }, "Consent…"), " "] : "",
          make("button", { type: "button", className: "link", "aria-label": `Remove from this entry: ${nameOf(one)}`, onclick: () => remove(one.file) }, "Remove from this entry"))))) : null,
      isClosed ? null : make("p", {}, button("Add a photo", () => input.click()), input));
  }

  /** Saves a made file. What was submitted and is left out of it is shown before that, in `said`. */
  function handOver(host, { name, withheld = [], news = [] }, said, how) {
    const meant = withheld.filter((one) => !one.is_chosen), chosen = withheld.filter((one) => one.is_chosen);
    const line = ({ path, title, reason, help }) => make("li", {}, make("a", { href: "#entry=" + encodeURIComponent(path) }, title || "Without a title"), ` ${reason} ${help}`);
    const others = chosen.length ? make("details", {}, make("summary", {}, `Not in it, as you chose: ${counted(chosen.length, "draft or private entry", "drafts and private entries")}`), make("ul", {}, chosen.map(line))) : "";
    const save = () => {
      const saved = timedName(name);
      host.download(name, saved);
      fill(said, make("p", {}, "Your browser has saved ", make("strong", {}, saved), `. ${how}`),
        news.length ? [make("p", {}, "New in it since the last decision:"), make("ul", {}, news.map((words) => make("li", {}, words)))] : "", meant.length ? [make("p", {}, "Left out of it:"), make("ul", {}, meant.map(line))] : "", others);
    };
    if (!meant.length) save();
    else {
      fill(said, make("p", {}, make("strong", {}, `Not saved yet: ${counted(meant.length, "submitted entry", "submitted entries")} would be left out.`)), make("ul", {}, meant.map(line)),
        make("p", { className: "buttons" }, button(meant.length === 1 ? "Save it without this entry" : "Save it without these entries", save)), others);
    }
    said.scrollIntoView({ block: "nearest" });
  }

  /** What a decision file brought: how many decisions on which entries, each with a link to its feedback. `link(view, words)` makes one. */
  function showFiled(name, answer, link = (view, words) => make("a", { href: "#" + view }, words)) {
    if (answer.answer !== "filed") return [make("p", { className: "wrong" }, `${name} is not added. ${advice(answer)}`)];
    if (answer.is_known) return [make("p", {}, `${name} was added before. Nothing has changed.`)];
    const { entries, changes, remarks } = answer, count = entries.flatMap(({ codes }) => codes).length;
    const sayCode = ({ code, verdict }) => `${code} ${writeFeedback.VERDICTS[verdict].toLowerCase()}`;
    return [make("p", {}, `${name} is added: ${count ? counted(count, "decision") : "comments"} on ${counted(entries.length, "entry", "entries")}.`),
      make("ul", {}, entries.map(({ entry, codes }) => make("li", {}, link(`entry=${encodeURIComponent(entry.path)}=feedback`, entry.title || "Without a title"), `: ${codes.map(sayCode).join(", ") || "a comment"}`))),
      changes.trim() ? make("details", {}, make("summary", {}, "How your codes have changed"), make("pre", { tabIndex: 0, role: "group", "aria-label": "How your codes have changed" }, changes.trim())) : "",
      ...remarks.map((words) => make("p", {}, sentence(words)))];
  }

  /** The part of the home view for what goes to the assessor and comes back. `again()` shows the view anew. */
  function showExchange(host, again) {
    const said = make("div", { role: "status", tabIndex: -1 });
    const input = make("input", { type: "file", accept: ".yaml,.yml,.sig", multiple: true, hidden: true });
    const making = (title, request, how, className) => {
      const made = button(title, async () => {
        made.disabled = true;
        fill(said, make("p", {}, "Making the file…"));
        const answer = await host.ask(request).catch(lost);
        made.disabled = false;
        // A button that is off loses the focus.
        if (document.activeElement === document.body) made.focus();
        if (answer.answer !== "made") {
          fill(said, make("p", { className: "wrong" }, advice(answer)));
          return;
        }
        handOver(host, answer, said, `Send this file to your assessor. ${how}`);
      }, className);
      return made;
    };
    const give = making("Give to my assessor", { request: "give-to-assessor" }, "They read the page in it, or open the zip file in their own ksbfolio.html and decide there.", "main");
    const page = making("Save one page to read", { request: "hand-in", audience: "assessor" }, "They open it with a double click.", "");
    async function take(chosen) {
      const isSignature = ({ name }) => name.endsWith(".sig");
      const lines = [];
      for (const file of chosen.filter((one) => !isSignature(one))) {
        const signature = chosen.find((one) => isSignature(one) && one.name.startsWith(file.name));
        const { name, refusal } = await drop(host, file);
        const signed = signature ? await drop(host, signature) : {};
        const request = { request: "decisions", dropped: name, signature: signed.name ?? null };
        const answer = refusal ?? signed.refusal ?? await host.ask(request).catch(lost);
        lines.push(...showFiled(file.name, answer));
      }
      await again();
      fill(said, lines);
      said.focus();
    }
    input.addEventListener("change", () => {
      const chosen = [...input.files];
      input.value = "";
      if (chosen.length) take(chosen);
    });
    const section = make("section", { className: "card exchange" }, make("h2", {}, "You and your assessor"),
      make("p", {}, "Give them one zip file: your submitted entries and their pictures, without drafts, private entries, days of events, consents and your answers to findings. When they send a file back, add it here."),
      make("p", { className: "buttons" }, give, page, button("Add a file from my assessor", () => input.click()), input), said,
      make("p", {}, make("a", { href: "#assess" }, "What waits to be assessed"), make("span", { className: "hint" }, " For assessors: read, and decide beside the text.")));
    takeDrops(section, take);
    return section;
  }

  /** What becomes of each document, as a table. Days that are not known are asked. */
  function showRows(rows, days) {
    const dayOf = (row) => {
      if (!row.needs_day) return row.day ? writeMake.showDay(row.day) : "";
      const day = make("input", { type: "date", value: days[row.file] ?? "", "aria-label": `Day of ${row.file}` });
      day.addEventListener("change", () => { days[row.file] = day.value; });
      return ["When did you write it? ", day];
    };
    const notes = (row) => [
      row.why_not ? sentence(row.why_not) : "",
      row.missing_stages.length ? `Without ${row.missing_stages.join(", ")}.` : "",
      row.identifiers ? `${counted(row.identifiers, "place")} that may show who somebody is.` : "",
      row.pictures ? `${counted(row.pictures, "picture or file", "pictures and files")}.` : "",
    ].filter(Boolean).join(" ");
    return make("div", { className: "rows" }, rows.map((row) => make("section", { className: "card" },
      make("h3", {}, row.title ?? row.file), row.title ? make("p", { className: "hint" }, row.file) : "",
      make("p", {}, dayOf(row)), notes(row) ? make("p", {}, notes(row)) : "")));
  }

  /** Shows what would become of documents, and makes drafts of them. */
  async function bringIn(host, files, again) {
    const names = [];
    for (const file of files) {
      const { name, refusal } = await drop(host, file);
      if (refusal) {
        writeDialog("Bring in what you have written", make("p", {}, `${file.name}: ${advice(refusal)}`));
        return;
      }
      names.push(name);
    }
    const days = {}, body = make("div", {}), wrong = make("p", { className: "wrong", role: "alert" });
    const ask = (request) => host.ask({ request, dropped: names, days: Object.fromEntries(Object.entries(days).filter(([, day]) => day)) }).catch(lost);
    const plan = await ask("import");
    if (plan.answer !== "import") {
      writeDialog("Bring in what you have written", make("p", {}, advice(plan)));
      return;
    }
    const useful = plan.rows.filter((row) => !row.why_not).length;
    const go = button(useful === 1 ? "Make 1 draft" : `Make ${useful} drafts`, async () => {
      if (plan.rows.some((row) => row.needs_day && !row.why_not && !days[row.file])) {
        wrong.textContent = "Fill in the days first.";
        body.querySelector("input")?.focus();
        return;
      }
      go.disabled = true;
      const done = await ask("import-write");
      go.disabled = false;
      if (done.answer !== "import") {
        wrong.textContent = advice(done);
        return;
      }
      const made = done.rows.filter((row) => row.path && !row.why_not);
      fill(body, make("p", { tabIndex: -1, className: "first" }, `${counted(made.length, "draft")} made. Your own files are not changed.`),
        make("ul", {}, made.map((row) => make("li", {}, make("a", { href: "#entry=" + encodeURIComponent(row.path), onclick: () => dialog.close() }, row.title ?? row.file)))));
      body.querySelector(".first").focus();
      await again();
    }, "main");
    fill(body, make("p", {}, useful ? "This is what becomes of them. Nothing is written yet." : "No draft can be made of these files."), showRows(plan.rows, days), wrong, useful ? make("p", { className: "buttons" }, go) : null);
    const dialog = writeDialog("Bring in what you have written", body);
  }

  /** The part of the home view that takes documents. */
  function showImport(host, again) {
    const input = make("input", { type: "file", accept: ".docx,.odt,.txt,.md,.markdown,.zip,image/*", multiple: true, hidden: true });
    const take = (files) => { if (files.length) bringIn(host, files, again); };
    input.addEventListener("change", () => {
      const chosen = [...input.files];
      input.value = "";
      take(chosen);
    });
    const section = make("section", { className: "card" }, make("h2", {}, "Written before?"),
      make("p", {}, "Drop files from Word, OpenOffice or Notepad here. You first see what becomes of them."),
      make("p", {}, button("Choose files", () => input.click()), input));
    takeDrops(section, take);
    return section;
  }

  return { makeLook, takeAnywhere, takeInEntry, takeDrops, showPictures, showFiled, showExchange, showImport };
})();
