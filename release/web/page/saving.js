// Saves what changed.

/** Where words are that are typed now, and until when: the one place that says so. */
function whereWords() {
  if (opened.folder && !opened.refusedToSave) return { place: "in your portfolio folder", until: "" };
  const isKept = journal.key && !journal.problem && canKeep();
  return { place: isKept ? "in this page and in this browser" : "in this page only", until: ", until you save a zip file" };
}

function showChanges() {
  const { changes, folder, saved } = opened, { place, until } = whereWords();
  // After saving, the button and the words about it stay.
  byId("saving").hidden = !changes.length && !saved;
  byId("saving").classList.toggle("done", !changes.length);
  byId("saving-title").textContent = changes.length ? "Not saved" : "Saved";
  const where = folder ? "not in the folder yet" : place + until;
  byId("saving-says").textContent = [saved, changes.length ? `${saved ? "What you changed since is" : opened.isBegun ? "Your new portfolio is" : "What you changed is"} ${where}.` : ""].filter(Boolean).join(" ");
  byId("changes").hidden = !changes.length || !!opened.isBegun;
  byId("save").hidden = !folder;
  byId("save-zip").classList.toggle("primary", !folder);
  byId("changes").querySelector("ul").replaceChildren(...listChanges(changes));
  showKeeping();
}

/** Files that changed, as items of a list. */
const listChanges = (changes) => [...changes.slice(0, SHOWN).map(({ path, what }) => make("li", {}, `${path} (${what})`)),
  ...changes.length > SHOWN ? [make("li", {}, `and ${changes.length - SHOWN} more`)] : []];

addEventListener("beforeunload", (event) => {
  if (opened?.changes.length) event.preventDefault();
});

/** Gives the reader a file. */
function download(name, bytes, type = "application/zip") {
  const link = make("a", { href: URL.createObjectURL(new Blob([bytes], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The name of a saved file says whose it is, what it holds and when it was saved: Mags-for-assessor-2026-11-29-1432.html. */
const fileName = (what, ending) => {
  const now = new Date(), two = (number) => String(number).padStart(2, "0");
  return writeMake.timedName(`${(byId("learner").textContent || "learner").replace(/[^\w-]+/g, "-")}-${what}-${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}${ending}`);
};

const moment = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

async function saveZip() {
  const { bytes, missing } = await worker.call("zip");
  const name = fileName("portfolio", ".zip");
  download(name, bytes);
  await worker.call("saved");
  opened.changes = [];
  const untaken = leaveWriting?.isSaved() === false ? " Words that the page has not taken in yet are not in it." : "";
  const left = missing.length ? ` Not in it, because they are too large or can no longer be read: ${missing.slice(0, 3).join(", ")}${missing.length > 3 ? ` and ${missing.length - 3} more` : ""}.` : "";
  opened.saved = `Saved as ${name}, ${moment()}.${opened.isUnpacked ? " Unpack it over your portfolio folder." : ""}${left}${untaken}`;
  await forgetSaved();
  showChanges();
  return opened.saved;
}

/** The folder that holds a path below the chosen one, and the last name. */
async function place(path, create) {
  const names = (opened.root + path.slice(opened.above.length)).split("/"), last = names.pop();
  let folder = opened.folder;
  for (const name of names) folder = await folder.getDirectoryHandle(name, { create });
  return { folder, last };
}

/** The bytes that are at a path now; undefined if there is no file. */
async function present(path) {
  try {
    const { folder, last } = await place(path, false);
    const file = await (await folder.getFileHandle(last)).getFile();
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    if (error.name === "NotFoundError") return undefined;
    throw error;
  }
}

async function saveFolder() {
  if (await opened.folder.requestPermission({ mode: "readwrite" }) !== "granted") {
    throw new Problem("The browser may not write into your folder. Allow it, or save a zip file.");
  }
  const { files } = await worker.call("changed");
  const isSame = (one, other) => one?.length === other?.length && (one ?? []).every((byte, at) => byte === other[at]);
  for (const { path, before } of files) {
    if (!isSame(await present(path), before)) {
      throw new Problem(`“${path.split("/").pop()}” was changed in the folder since it was opened here. Nothing was written. Save a zip file, and compare.`);
    }
  }
  // What goes is removed last: a file that moved is never missing.
  for (const { path, now } of [...files].sort((one, other) => (one.now === undefined) - (other.now === undefined))) {
    const { folder, last } = await place(path, true);
    if (now === undefined) {
      await folder.removeEntry(last);
      continue;
    }
    const stream = await (await folder.getFileHandle(last, { create: true })).createWritable();
    await stream.write(now);
    await stream.close();
  }
  await worker.call("saved");
  opened.changes = [];
  opened.saved = `Saved in your portfolio folder, ${moment()}: ${counted(files.length, "file")}.`;
  await forgetSaved();
  showChanges();
  return opened.saved;
}
