// The write page inside this one: its host is the worker.

/** Leaves the write page; null while it is not shown. */
let leaveWriting = null;

/** Writes what changed into the folder, if it may; what cannot be written stays listed as not saved. */
async function saveWritten() {
  if (!opened.folder || !opened.changes.length) return;
  try {
    await saveFolder();
    opened.refusedToSave = "";
  } catch (error) {
    opened.refusedToSave = describe(error);
  }
}

/** What is said of words that no file has. */
const NOT_YET = "Not in a zip file yet";

/** The program in this page failed. Nobody can start it again but by loading the page. */
const stopped = (error) => {
  const help = `Copy the words that you typed last${opened.folder ? "" : ", save a zip file"}, and load this page again`;
  const why = error instanceof Problem ? { message: error.message } : { message: "ksbfolio stopped working in this page", help };
  throw Object.assign(error, { answer: { answer: "lost", ...why } });
};

const writeHost = {
  async ask(request) {
    const { answer, changes, isWritten } = await worker.call("write", { request }).catch(stopped);
    opened.changes = changes;
    // A new entry has no words yet.
    if (isWritten && request.request !== "begin") opened.isWritten = true;
    await saveWritten();
    // It stays once it was needed: whoever pressed it keeps the focus.
    if (opened.changes.length && opened.isWritten) byId("write-zip").hidden = false;
    showKeeping();
    // The page says that the words are kept once it has this answer.
    await keepNow();
    return answer;
  },
  async drop(file) {
    const { answer } = await worker.call("drop", { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }).catch(stopped);
    if (answer.answer !== "received") throw Object.assign(new Error(answer.message), { answer });
    return answer.name;
  },
  async download(name, as) {
    const { bytes } = await worker.call("made", { name });
    download(as, bytes, "application/octet-stream");
  },
  get canFile() { return !!opened.folder; },
  // The page and the program end together.
  keeps: false,
  describeSaved(time) {
    const { place, until } = whereWords();
    if (!until) return `Saved ${time} ${place}`;
    if (!opened.changes.length) return opened.saved ? `Saved ${time} in your zip file` : `Nothing left to save, ${time}`;
    return `${NOT_YET}: ${place}, ${time}${opened.refusedToSave ? `. ${opened.refusedToSave}` : ""}`;
  },
  get standing() {
    return whereWords().until && opened.changes.length && opened.isWritten ? `${NOT_YET}.` : "";
  },
  get where() { return whereWords().place + whereWords().until; },
};

function showWriting(isShown) {
  byId("tab-style").media = isShown ? "not all" : "";
  byId("write-style").media = isShown ? "" : "not all";
  for (const element of [byId("main"), byId("tab-header")]) element.hidden = isShown;
  byId("write").hidden = !isShown;
  byId("write").classList.toggle("reads", !!opened.isCopy);
  byId("skip").href = isShown ? "#write-main" : "#main";
}

/** Shows the write page, or another of its views. */
async function startWriting(view = "") {
  // Asked once, by a click: browsers allow it only then.
  if (opened.folder && !opened.isCopy && await opened.folder.requestPermission({ mode: "readwrite" }) !== "granted") {
    opened.refusedToSave = "The browser may not write into your folder.";
  }
  history.replaceState(null, "", `#${view || (opened.isFirst ? "first" : "")}`);
  if (opened.changes.length && !opened.isFirst) opened.isWritten = true;
  opened.isFirst = false;
  byId("write-zip").hidden = !opened.changes.length || !opened.isWritten;
  showWriting(true);
  showKeeping();
  leaveWriting = writePage(writeHost, { main: byId("write-main"), status: byId("write-status") });
  byId("write-main").focus();
}

/** Goes back to the overview, once the last words have been taken in. */
async function stopWriting() {
  if (!await leaveWriting()) return;
  leaveWriting = null;
  history.replaceState(null, "", "#");
  showWriting(false);
  byId("write-main").replaceChildren();
  await keepNow();
  await judge();
  show("work");
}
