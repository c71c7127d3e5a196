// Saves what changed.

function showChanges() {
  const { changes, folder } = opened;
  // After saving, the button and the words about it stay.
  byId("saving").hidden = !changes.length && !opened.saved;
  byId("saving-title").textContent = changes.length ? "Not saved" : "Saved";
  byId("saving-says").textContent = describeChanges();
  byId("changes").hidden = !changes.length || !!opened.isBegun;
  byId("save").textContent = "Save into the folder";
  byId("save").hidden = !folder;
  byId("save-zip").classList.toggle("primary", !folder);
  byId("changes").replaceChildren(...changes.slice(0, SHOWN).map(({ path, what }) => make("li", {}, `${path} (${what})`)),
    ...changes.length > SHOWN ? [make("li", {}, `and ${changes.length - SHOWN} more`)] : []);
}

function describeChanges() {
  const { changes, folder, saved, isBegun } = opened;
  if (!changes.length) return saved ?? "";
  const before = saved ? `${saved} ` : "";
  if (isBegun) return saved ? `${before}What has changed since is in this page alone. Save it again before you close.` : "Your new portfolio is in this page alone. Save it as a zip file before you close.";
  const what = `${before}${counted(changes.length, "file")} changed since ${saved ? "then" : "the portfolio was opened"}`;
  return folder ? `${what}:` : `${what}. This page cannot write into the folder, so save a zip file before you close:`;
}

addEventListener("beforeunload", (event) => {
  if (opened?.changes.length) event.preventDefault();
});

/** Gives the reader a file. */
function download(name, bytes, type = "application/zip") {
  const link = make("a", { href: URL.createObjectURL(new Blob([bytes], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The name of a saved file says whose it is, what it holds and of which day it is: Mags-for-assessor-2026-11-29.html. */
const fileName = (what, ending) => {
  const now = new Date(), two = (number) => String(number).padStart(2, "0");
  return `${(byId("learner").textContent || "learner").replace(/[^\w-]+/g, "-")}-${what}-${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}${ending}`;
};

const moment = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

async function saveZip() {
  const { bytes } = await worker.call("zip");
  const name = fileName("portfolio", ".zip");
  download(name, bytes);
  await worker.call("saved");
  opened.changes = [];
  opened.saved = `Saved as ${name}, ${moment()}.${opened.isUnpacked ? " Unpack it over your portfolio folder." : ""}`;
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
    throw new Problem("The browser may not write into this folder. Allow it, or save a zip file.");
  }
  const { files } = await worker.call("changed");
  const isSame = (one, other) => one?.length === other?.length && (one ?? []).every((byte, at) => byte === other[at]);
  for (const { path, before } of files) {
    if (!isSame(await present(path), before)) {
      throw new Problem(`${path} was changed in the folder since it was opened here. Nothing was written. Save a zip file, and compare.`);
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
