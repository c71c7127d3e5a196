// Saves what changed.

function showChanges() {
  const { changes, folder } = opened;
  byId("saving").hidden = !changes.length;
  byId("saving-says").textContent = folder
    ? `${counted(changes.length, "file")} changed since the portfolio was opened:`
    : `${counted(changes.length, "file")} changed since the portfolio was opened. This page cannot write into the folder, so save a zip file, and unpack it over your portfolio:`;
  byId("save").textContent = "Save into the folder";
  byId("save").hidden = !folder;
  byId("save-zip").classList.toggle("primary", !folder);
  byId("changes").replaceChildren(...changes.slice(0, SHOWN).map(({ path, what }) => make("li", {}, `${path} (${what})`)),
    ...changes.length > SHOWN ? [make("li", {}, `and ${changes.length - SHOWN} more`)] : []);
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

const fileName = (ending) => `${(byId("learner").textContent || "portfolio").replace(/[^\w-]+/g, "-")}${ending}`;

async function saveZip() {
  const { bytes } = await worker.call("zip");
  download(fileName("-portfolio.zip"), bytes);
  await worker.call("saved");
  opened.changes = [];
  await forgetSaved();
  showChanges();
  return "The zip file is in your downloads. It holds the whole portfolio.";
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
  await forgetSaved();
  showChanges();
  return `Saved: ${counted(files.length, "file")}.`;
}
