// Opens a folder or a zip file.

/** The most that is read from a folder, in bytes. */
const MOST = 1 << 30;

/** The portfolio that is open: its facts, and the folder it can be written to. */
let opened = null;

/** The files of a folder that the browser lets us read, as far as they can belong to a portfolio. */
async function readHandle(folder, prefix = "", files = new Map(), size = { total: 0 }) {
  for await (const item of folder.values()) {
    if (item.kind === "directory") {
      if (![".git", "node_modules", "output", "target"].includes(item.name)) await readHandle(item, `${prefix}${item.name}/`, files, size);
    } else if (isSource(prefix + item.name)) {
      const file = await item.getFile();
      count(size, file);
      files.set(prefix + item.name, new Uint8Array(await file.arrayBuffer()));
    }
  }
  return files;
}

async function readInput(list) {
  const files = new Map(), size = { total: 0 };
  for (const file of list) {
    // The first part is the name of the chosen folder.
    const path = file.webkitRelativePath.split("/").slice(1).join("/");
    if (!isSource(path) || /(^|\/)(\.git|node_modules|output|target)\//.test(path)) continue;
    count(size, file);
    files.set(path, new Uint8Array(await file.arrayBuffer()));
  }
  return files;
}

/** Whether a path in a chosen folder can be part of a portfolio: in one of its folders, or the chosen folder is one. */
function isSource(path) {
  return /(^|\/)(portfolio|standards|themes|entries|evidence|decisions)\//.test(path) || !path.includes("/");
}

function count(size, file) {
  size.total += file.size;
  if (size.total > MOST) throw new Problem("This folder holds more than 1 GB. Choose the folder that holds the portfolio alone.");
}

/** Opens files, and shows the portfolio. */
async function open(given, { folder = null, isSample = false } = {}) {
  const found = await worker.call("open", given);
  if (!found.isPortfolio) {
    throw new Problem(found.isSite
      ? "This is a built site, not a portfolio: there is no portfolio.yaml in it. Unpack it, and open its index.html to read it."
      : "There is no portfolio in it: no file is called portfolio.yaml. Choose the folder that holds the folder `portfolio`.");
  }
  if (found.newer) {
    throw new Problem(`${found.newer} was written by a newer ksbfolio, and this file (${version}) cannot know what it means. Open the portfolio with the newer ksbfolio.html. Nothing was changed.`);
  }
  opened = { folder, root: found.root, above: found.above, isSample, isUnpacked: !!given.files && !folder, changes: [] };
  await judge();
  show("work");
  if (!isSample) await offerHere();
}
