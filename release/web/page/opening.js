// Opens a folder or a zip file.

/** The most that is read from a folder, in bytes. */
const MOST = 1 << 30;
/** The most that is kept of other files of a folder, in bytes. They stay on the disk. */
const MOST_BESIDE = 1 << 28;

/** The portfolio that is open: its facts, and the folder it can be written to. */
let opened = null;

/** The files of a folder that the browser lets us read. */
async function readHandle(folder, prefix = "", files = new Map(), size = { total: 0, beside: 0 }) {
  for await (const item of folder.values()) {
    const path = prefix + item.name;
    if (item.kind !== "directory") await take(files, size, path, await item.getFile());
    else if (!NOT_KEPT.test(`${path}/`)) await readHandle(item, `${path}/`, files, size);
  }
  return files;
}

async function readInput(list) {
  const files = new Map(), size = { total: 0, beside: 0 };
  for (const file of list) {
    // The first part is the name of the chosen folder.
    const path = file.webkitRelativePath.split("/").slice(1).join("/");
    if (!NOT_KEPT.test(path)) await take(files, size, path, file);
  }
  return files;
}

/** Folders that other programs make and keep. They stay on the disk, and are in no zip file of the rest. */
const NOT_KEPT = /(^|\/)(\.git|node_modules|output|target)\//;

/** Takes a file of a folder. One that cannot be part of a portfolio is read when a zip file is made; null if it is too large. */
async function take(files, size, path, file) {
  if (!isSource(path)) {
    size.beside += file.size;
    files.set(path, size.beside > MOST_BESIDE ? null : file);
    return;
  }
  size.total += file.size;
  if (size.total > MOST) throw new Problem("This folder holds more than 1 GB. Choose the folder of your portfolio only.");
  files.set(path, new Uint8Array(await file.arrayBuffer()));
}

/** Whether a path in a chosen folder can be part of a portfolio: in one of its folders, or the chosen folder is one. */
function isSource(path) {
  return /(^|\/)(portfolio|standards|themes|entries|evidence|decisions)\//.test(path) || !path.includes("/");
}

/** Opens files, and shows the portfolio. */
async function open(given, { folder = null, isSample = false, isGiven = false } = {}) {
  const bytes = [given.zip, ...given.files?.values() ?? []].filter((one) => one instanceof Uint8Array);
  const found = await worker.call("open", given, bytes);
  if (!found.isPortfolio) {
    throw new Problem(found.isSite
      ? "These are the pages of a portfolio, to be read: unpack them, and open index.html. To write or assess here, open the portfolio itself."
      : "There is no portfolio in it. Choose the zip file or the folder that your portfolio was saved in.");
  }
  if (found.isNewer) {
    throw new Problem(`This portfolio was written by a newer ksbfolio than this one (${version}). Open it with the newer ksbfolio.html. Nothing was changed.`);
  }
  opened = { folder, root: found.root, above: found.above, isSample, isGiven, isUnpacked: !!given.files && !folder, changes: [] };
  await judge();
  show("work");
  if (!isSample) await offerHere();
}
