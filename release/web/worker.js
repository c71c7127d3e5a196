// The worker: keeps the files of the portfolio, and runs the program on them. The page sends one message at a time with a
// number, and gets one answer with the same number.

const ROOT = "/work", OUTPUT = "/output", INPUT = "/input";

/** The format of a portfolio's files that the program knows. */
const FORMAT = 1;

/** Folders that a portfolio is read from. */
const SOURCES = ["portfolio/", "standards/", "themes/"];

let program;
/** The files of the portfolio: bytes by path. */
let workspace = new Map();
/** The same when they were opened or last saved. */
let saved = new Map();
/** What the last run wrote, by kind of result. */
const results = new Map();

const packed = (base64) => Uint8Array.fromBase64?.(base64) ?? Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

const isSame = (one, other) => one === other || (one?.length === other?.length && one.every((byte, at) => byte === other[at]));

/** Paths that differ from what is saved, with what happened to them. */
function changes() {
  const paths = [...new Set([...saved.keys(), ...workspace.keys()])].sort();
  const changed = paths.filter((path) => !isSame(saved.get(path), workspace.get(path)));
  return changed.map((path) => ({ path, what: saved.has(path) ? (workspace.has(path) ? "changed" : "removed") : "new" }));
}

/** The files that belong to a portfolio, under paths from its root; the root may be any folder of what was given. */
function portfolioIn(files) {
  const settings = "portfolio/portfolio.yaml";
  const depth = (path) => path.split("/").length;
  const found = [...files.keys()].filter((path) => path === settings || path.endsWith(`/${settings}`)).sort((a, b) => depth(a) - depth(b));
  let root = found[0]?.slice(0, -settings.length), above = "";
  if (root === undefined) {
    // The folder `portfolio` itself was chosen, perhaps under another name.
    const own = [...files.keys()].filter((path) => path.split("/").at(-1) === "portfolio.yaml").sort((a, b) => depth(a) - depth(b))[0];
    if (own === undefined) return null;
    root = own.slice(0, -"portfolio.yaml".length);
    above = "portfolio/";
  }
  const inside = new Map();
  for (const [path, bytes] of files) {
    if (!path.startsWith(root)) continue;
    const name = above + path.slice(root.length);
    if (SOURCES.some((source) => name.startsWith(source)) && !name.includes("/.git/")) inside.set(name, bytes);
  }
  return { files: inside, root, above };
}

/** The first file whose format is newer than the one that this program knows. */
function newerFile(files) {
  const texts = [...files].filter(([path]) => /\.ya?ml$/.test(path));
  return texts.find(([, bytes]) => Number(/^version:\s*(\d+)/m.exec(new TextDecoder().decode(bytes))?.[1]) > FORMAT)?.[0];
}

/** Runs the program once. The files it writes are kept only if it ends. */
async function run(requests, { asOf = null, inputs = new Map() } = {}) {
  const folders = { [ROOT]: new MemoryFolder(), [OUTPUT]: new MemoryFolder(), [INPUT]: new MemoryFolder() };
  for (const [path, bytes] of workspace) folders[ROOT].put(path, bytes);
  for (const [path, bytes] of inputs) folders[INPUT].put(path, bytes);
  const input = JSON.stringify({ root: ROOT, output: OUTPUT, as_of: asOf, requests });
  const { stdout } = await runModule(program, { input, folders });
  const { answers, program: version } = JSON.parse(stdout);
  workspace = folders[ROOT].files();
  return { answers, version, output: folders[OUTPUT].files() };
}

const below = (files, folder) => new Map([...files].filter(([path]) => path.startsWith(folder)).map(([path, bytes]) => [path.slice(folder.length), bytes]));

const actions = {
  /** Compiles the program while it is unpacked. */
  async start({ module }) {
    const stream = new Blob([packed(module)]).stream().pipeThrough(new DecompressionStream("gzip"));
    const wasm = new Response(stream, { headers: { "Content-Type": "application/wasm" } });
    program = await WebAssembly.compileStreaming(wasm);
    return {};
  },

  /** Takes the files of a portfolio: those given, those of a zip, or none for a new one. */
  async open({ files, zip, base64 }) {
    const given = files ?? (zip || base64 ? await readZip(zip ?? packed(base64)) : new Map());
    const found = given.size || zip ? portfolioIn(given) : { files: given, root: "", above: "" };
    if (!found) return { isPortfolio: false, isSite: [...given.keys()].some((path) => /(^|\/)index\.html$/.test(path)) };
    const newer = newerFile(found.files);
    if (newer) return { isPortfolio: true, newer };
    workspace = found.files;
    saved = base64 || given.size ? new Map(workspace) : new Map();
    results.clear();
    return { isPortfolio: true, root: found.root, above: found.above };
  },

  /** Requests that answer with documents. */
  async ask({ requests, asOf, inputs }) {
    const { answers, version } = await run(requests, { asOf, inputs });
    results.clear();
    return { answers, version, changes: changes() };
  },

  /** Makes a site, a pack or a hand-in, and keeps it. */
  async make({ request, asOf }) {
    const { answers: [answer], output } = await run([request], { asOf });
    results.set(request.request, answer.answer === "refused" ? new Map() : output);
    return { answer };
  },

  /** One file of the last site. */
  async page({ path }) {
    return { bytes: results.get("site")?.get(`site/${path}`) };
  },

  /** The last result, to be saved. */
  async result({ kind, file }) {
    const output = results.get(kind);
    if (kind === "site") {
      const files = below(output, "site/");
      files.delete(".ksbfolio.json");
      return { bytes: await writeZip(new Map([...files].map(([path, bytes]) => [`site/${path}`, bytes]))) };
    }
    return { bytes: output.get(file.slice(OUTPUT.length + 1)) };
  },

  /** The whole portfolio as a zip. */
  async zip() {
    return { bytes: await writeZip(workspace) };
  },

  /** The files that changed, with what they were when they were opened. */
  async changed() {
    return { files: changes().map(({ path, what }) => ({ path, what, before: saved.get(path), now: workspace.get(path) })) };
  },

  /** Records that everything is saved. */
  async saved() {
    saved = new Map(workspace);
    return { changes: [] };
  },
};

onmessage = async ({ data: { number, action, ...details } }) => {
  try {
    postMessage({ ...await actions[action](details), number });
  } catch (error) {
    postMessage({ number, failed: error.message, isOurs: error instanceof ZipError });
  }
};
