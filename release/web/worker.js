// The worker: keeps the files of the portfolio, and the program that has it open. The page sends one message at a time with
// a number, and gets one answer with the same number.

const ROOT = "/work", OUTPUT = "/output", INPUT = "/input";

/** The format of a portfolio's settings that the program knows. It reports other files that it cannot read. */
const FORMAT = 1;
const SETTINGS = "portfolio/portfolio.yaml";

/** Folders that a portfolio is read from. */
const SOURCES = ["portfolio/", "standards/", "themes/"];

let program;
/** The running program, and the folders that it sees; null until it is needed, and after a crash. */
let session = null;
/** The files of the portfolio after the last answer: bytes by path. */
let workspace = new Map();
/** Files of what was opened that the program does not read: bytes, or a file of the disk (null if it is too large), by path in a
 * zip file of all. */
let others = new Map();
/** The folder of a zip file of all that the paths of the portfolio are in. */
let prefix = "";
/** Paths that the page changed since. */
let touched = new Set();
/** The same when they were opened or last saved. */
let saved = new Map();
/** What the page's journal has: bytes by path. */
let journaled = new Map();
/** What the last run wrote, by kind of result. */
const results = new Map();

const bytesOf = (base64) => Uint8Array.fromBase64?.(base64) ?? Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

/** The digits of base 85, as release/tab writes them. */
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;/=>?@^_`{|}~";

/** The bytes of a text in base 85: four for five digits. The last digits may be missing. */
function unpacked(text) {
  const values = new Uint8Array(128);
  for (let at = 0; at < DIGITS.length; at += 1) values[DIGITS.charCodeAt(at)] = at;
  const missing = (5 - text.length % 5) % 5, bytes = new Uint8Array((text.length + missing) / 5 * 4), view = new DataView(bytes.buffer);
  for (let from = 0, to = 0; from < text.length; from += 5, to += 4) {
    let word = 0;
    for (let at = from; at < from + 5; at += 1) word = word * 85 + (at < text.length ? values[text.charCodeAt(at)] : 84);
    view.setUint32(to, word);
  }
  return bytes.subarray(0, bytes.length - missing);
}

const isSame = (one, other) => one === other || (one?.length === other?.length && one.every((byte, at) => byte === other[at]));

/** Paths that differ from what is saved, with what happened to them. */
function changes() {
  const paths = [...new Set([...saved.keys(), ...workspace.keys()])].sort();
  const changed = paths.filter((path) => !isSame(saved.get(path), workspace.get(path)));
  return changed.map((path) => ({ path, what: saved.has(path) ? (workspace.has(path) ? "changed" : "removed") : "new" }));
}

/** The files that belong to a portfolio, under paths from its root, and the others; the root may be any folder of what was given. */
function portfolioIn(files) {
  const depth = (path) => path.split("/").length;
  const found = [...files.keys()].filter((path) => path === SETTINGS || path.endsWith(`/${SETTINGS}`)).sort((a, b) => depth(a) - depth(b));
  let root = found[0]?.slice(0, -SETTINGS.length), above = "";
  if (root === undefined) {
    // The folder `portfolio` itself was chosen, perhaps under another name.
    const own = [...files.keys()].filter((path) => path.split("/").at(-1) === "portfolio.yaml").sort((a, b) => depth(a) - depth(b))[0];
    if (own === undefined) return null;
    root = own.slice(0, -"portfolio.yaml".length);
    above = "portfolio/";
  }
  const inside = new Map(), beside = new Map();
  for (const [path, bytes] of files) {
    const name = path.startsWith(root) ? above + path.slice(root.length) : null;
    const isSource = name !== null && bytes instanceof Uint8Array && SOURCES.some((source) => name.startsWith(source)) && !name.includes("/.git/");
    if (isSource) inside.set(name, bytes);
    else beside.set(above && name !== null ? name : path, bytes);
  }
  return { files: inside, others: beside, root, above };
}

/** Whether the settings have a newer format than the one that this program knows. */
const isNewer = (files) => Number(/^version:\s*(\d+)/m.exec(new TextDecoder().decode(files.get(SETTINGS)))?.[1]) > FORMAT;

/** Starts the program on the files of the portfolio. */
async function begin() {
  if (!program) throw new ZipError("The program cannot be started in this browser.");
  const folders = { [ROOT]: new MemoryFolder(), [OUTPUT]: new MemoryFolder(), [INPUT]: new MemoryFolder() };
  for (const [path, bytes] of workspace) folders[ROOT].put(path, bytes);
  touched.clear();
  return { folders, answer: await startModule(program, folders) };
}

/** Replaces what is in a folder that the program sees. */
function fill(folder, files = new Map()) {
  folder.items.clear();
  for (const [path, bytes] of files) folder.put(path, bytes);
}

/**
 * Asks the program. It keeps the portfolio open between calls. If it crashes, the files are as they were before the call, and
 * the next call starts it again on them.
 */
async function run(requests, { asOf = null, inputs } = {}) {
  session ??= await begin();
  const { folders, answer } = session;
  fill(folders[OUTPUT]);
  fill(folders[INPUT], inputs);
  const input = JSON.stringify({ root: ROOT, output: OUTPUT, as_of: asOf, touched: [...touched], requests });
  let answered;
  try {
    answered = JSON.parse(answer(input));
  } catch (error) {
    session = null;
    throw error;
  }
  touched.clear();
  workspace = folders[ROOT].files();
  return { answers: answered.answers, version: answered.program, output: folders[OUTPUT].files() };
}

/** The zip within a zip: its files are compressed as one. */
async function innerZip(bytes) {
  const [inner] = (await readZip(bytes)).values();
  if (!inner) throw new ZipError("The portfolio in this file is damaged.");
  return inner;
}

const below = (files, folder) => new Map([...files].filter(([path]) => path.startsWith(folder)).map(([path, bytes]) => [path.slice(folder.length), bytes]));

const actions = {
  /** Compiles the program while it is unpacked. */
  async start({ module }) {
    const stream = new Blob([unpacked(module)]).stream().pipeThrough(new DecompressionStream("gzip"));
    const wasm = new Response(stream, { headers: { "Content-Type": "application/wasm" } });
    program = await WebAssembly.compileStreaming(wasm);
    return {};
  },

  /** Takes the files of a portfolio: those given, those of a zip, those of the sample, or none for a new one. */
  async open({ files, zip, base85 }) {
    const packed = zip ?? (base85 && await innerZip(unpacked(base85)));
    const given = files ?? (packed ? await readZip(packed) : new Map());
    const found = given.size || zip ? portfolioIn(given) : { files: given, others: new Map(), root: "", above: "" };
    if (!found) return { isPortfolio: false, isSite: [...given.keys()].some((path) => /(^|\/)index\.html$/.test(path)) };
    if (isNewer(found.files)) return { isPortfolio: true, isNewer: true };
    workspace = found.files;
    others = found.others;
    prefix = found.above ? "" : found.root;
    session = null;
    saved = given.size ? new Map(workspace) : new Map();
    results.clear();
    return { isPortfolio: true, root: found.root, above: found.above };
  },

  /** Writes files of the portfolio, and removes those without bytes. */
  async put({ files }) {
    for (const [path, bytes] of files) {
      if (bytes) workspace.set(path, bytes);
      else workspace.delete(path);
      if (!session) continue;
      const folder = session.folders[ROOT];
      if (bytes) folder.put(path, bytes);
      else folder.remove(path);
      touched.add(path);
    }
    return { changes: changes() };
  },

  /** Requests that answer with documents. */
  async ask({ requests, asOf, inputs }) {
    const { answers, version } = await run(requests, { asOf, inputs });
    if (requests.every(({ request }) => request !== "verify")) results.clear();
    return { answers, version, changes: changes() };
  },

  /** A request of the write page, its answer, and whether it changed a file. */
  async write({ request }) {
    const before = workspace;
    const { answers: [answer] } = await run([{ request: "write", text: JSON.stringify(request) }]);
    const isWritten = before.size !== workspace.size || [...workspace].some(([path, bytes]) => !isSame(before.get(path), bytes));
    if (isWritten) results.clear();
    return { answer: answer.answer === "document" ? JSON.parse(answer.document) : answer, isWritten, changes: changes() };
  },

  /** Hands over a file that was dropped on the write page. */
  async drop({ name, bytes }) {
    const { answers: [answer] } = await run([{ request: "drop", file: `${INPUT}/dropped`, name }], { inputs: new Map([["dropped", bytes]]) });
    return { answer: answer.answer === "document" ? JSON.parse(answer.document) : answer };
  },

  /** A file that the write page made. */
  async made({ name }) {
    const { output } = await run([{ request: "made", name }]);
    return { bytes: output.get("made") };
  },

  /** Makes a site, a pack or a hand-in, and keeps it. */
  async make({ request, asOf, inputs }) {
    const { answers: [answer], output } = await run([request], { asOf, inputs });
    results.set(request.request, answer.answer === "refused" ? new Map() : output);
    return { answer };
  },

  /** Takes the site of a file with the program: its pages can be read, and nothing is judged. */
  async carried({ base64 }) {
    const files = await readZip(await innerZip(bytesOf(base64)));
    const inside = (path) => files.get(`portfolio/${path}`);
    const record = inside("manifest.json");
    if (!record) throw new ZipError("The portfolio in this file is damaged.");
    const manifest = JSON.parse(new TextDecoder().decode(record));
    // Pictures of the site are in the archive as sources.
    const sources = new Map(Object.entries(manifest.sources).map(([path, sum]) => [sum, path]));
    const site = Object.entries(manifest.site).map(([path, sum]) => [`site/${path}`, inside(`site/${path}`) ?? inside(`sources/${sources.get(sum)}`)]);
    results.set("site", new Map(site.filter(([, bytes]) => bytes)));
    return { learner: manifest.learner, asOf: manifest.as_of, pages: site.filter(([path]) => path.endsWith(".html")).length };
  },

  /** One file of the last site. */
  async page({ path }) {
    return { bytes: results.get("site")?.get(`site/${path}`) };
  },

  /** The last result, to be saved. */
  async result({ kind, file }) {
    const output = results.get(kind);
    if (!output) return {};
    if (kind === "site") {
      const files = below(output, "site/");
      files.delete(".ksbfolio.json");
      return { bytes: await writeZip(new Map([...files].map(([path, bytes]) => [`site/${path}`, bytes]))) };
    }
    return { bytes: output.get(file.slice(OUTPUT.length + 1)) };
  },

  /** What was opened, as it is now, as a zip, with the paths that cannot be read any more; or the files that are given. */
  async zip({ files }) {
    if (files) return { bytes: await writeZip(new Map(files)) };
    const all = new Map(), missing = [];
    for (const [path, kept] of others) {
      try {
        all.set(path, kept instanceof Uint8Array ? kept : new Uint8Array(await kept.arrayBuffer()));
      } catch {
        missing.push(path);
      }
    }
    for (const [path, bytes] of workspace) all.set(prefix + path, bytes);
    return { bytes: await writeZip(all), missing };
  },

  /** Files of the portfolio as they are now; those that are not there are left out. */
  async read({ paths }) {
    return { files: new Map(paths.filter((path) => workspace.has(path)).map((path) => [path, workspace.get(path)])) };
  },

  /** The files that changed, with what they were when they were opened. */
  async changed() {
    return { files: changes().map(({ path, what }) => ({ path, what, before: saved.get(path), now: workspace.get(path) })) };
  },

  /** What is not saved, and of these files the ones that are not in the journal as they are; `isFirst` if none is. */
  async kept({ isFirst }) {
    if (isFirst) journaled = new Map();
    const all = changes(), now = new Map(all.map(({ path }) => [path, workspace.get(path)]));
    const isNew = ({ path }) => !journaled.has(path) || !isSame(journaled.get(path), now.get(path));
    const files = all.filter(isNew).map(({ path }) => ({ path, before: saved.get(path), now: now.get(path) }));
    const gone = [...journaled.keys()].filter((path) => !now.has(path));
    journaled = now;
    return { all, files, gone };
  },

  /** Records that everything is saved. */
  async saved() {
    saved = new Map(workspace);
    return { changes: [] };
  },
};

/** The last message's work: each waits for the one before it, the first one being to compile the program. */
let turn = Promise.resolve();

onmessage = ({ data }) => { turn = turn.then(() => take(data)); };

async function take({ number, action, ...details }) {
  try {
    postMessage({ ...await actions[action](details), number });
  } catch (error) {
    postMessage({ number, failed: error.message, isOurs: error instanceof ZipError });
  }
}
