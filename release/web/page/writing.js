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

const writeHost = {
  async ask(request) {
    const { answer, changes } = await worker.call("write", { request });
    opened.changes = changes;
    await saveWritten();
    // It stays once it was needed: whoever pressed it keeps the focus.
    if (opened.changes.length) byId("write-zip").hidden = false;
    showKeeping();
    // The page says that the words are kept once it has this answer.
    await keepNow();
    return answer;
  },
  async drop(file) {
    const { answer } = await worker.call("drop", { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
    if (answer.answer !== "received") throw Object.assign(new Error(answer.message), { answer });
    return answer.name;
  },
  async download(name) {
    const { bytes } = await worker.call("made", { name });
    download(name, bytes, "application/octet-stream");
  },
  get canFile() { return !!opened.folder; },
  // The page and the program end together.
  keeps: false,
  get state() {
    if (journal.key && !journal.problem && canKeep()) return "in this page and in this browser, until you save a zip file";
    if (!opened.folder) return "in this page alone: save a zip file before you close it";
    return opened.refusedToSave ? `in this page alone. ${opened.refusedToSave}` : "in your portfolio folder";
  },
};

function showWriting(isShown) {
  byId("tab-style").media = isShown ? "not all" : "";
  byId("write-style").media = isShown ? "" : "not all";
  for (const element of [byId("main"), byId("tab-header")]) element.hidden = isShown;
  byId("write").hidden = !isShown;
  byId("skip").href = isShown ? "#write-main" : "#main";
}

/** Shows the write page, or another of its views. */
async function startWriting(view = "") {
  // Asked once, by a click: browsers allow it only then.
  if (opened.folder && await opened.folder.requestPermission({ mode: "readwrite" }) !== "granted") {
    warn("The browser may not write into this folder. Your words stay in this page until you save a zip file.");
  }
  history.replaceState(null, "", `#${view || (opened.isFirst ? "first" : "")}`);
  opened.isFirst = false;
  showWriting(true);
  showKeeping();
  leaveWriting = writePage(writeHost, { main: byId("write-main"), status: byId("write-status") });
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
