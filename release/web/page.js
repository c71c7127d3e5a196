"use strict";
// The page around the program: opens a portfolio, shows what the program says of it, and saves. The program runs in a worker.

const byId = (id) => document.getElementById(id);
const counted = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;

/** Words of states, as pages of a site have them. */
const STATES = { gap: "no evidence", drafted: "draft only", thin: "needs more", evidenced: "ready to assess", accepted: "accepted" };
const LEVELS = { error: "Must be mended", warning: "Should be mended", note: "Worth knowing" };
/** Findings that are shown at once; the others follow on request. */
const SHOWN = 50;
/** The most that is read from a folder, in bytes. */
const MOST = 1 << 30;

/** The portfolio that is open: its facts, and the folder it can be written to. */
let opened = null;

/** An element with text or children. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function say(text) {
  byId("status").replaceChildren(...text ? [make("p", {}, text)] : []);
}

function warn(text) {
  byId("alert").replaceChildren(...text ? [make("p", {}, text)] : []);
}

/** A reason that the reader can do something about. */
class Problem extends Error {}

const worker = {
  waiting: new Map(),
  number: 0,

  begin() {
    const source = new Blob([byId("worker").textContent], { type: "text/javascript" });
    this.thread = new Worker(URL.createObjectURL(source));
    this.thread.onmessage = ({ data }) => {
      const { resolve, reject } = this.waiting.get(data.number);
      this.waiting.delete(data.number);
      if (data.failed === undefined) resolve(data);
      else reject(data.isOurs ? new Problem(data.failed) : new Error(data.failed));
    };
    this.thread.onerror = (event) => {
      event.preventDefault();
      for (const { reject } of this.waiting.values()) reject(new Error(event.message));
      this.waiting.clear();
    };
    return this.call("start", { module: byId("module").textContent });
  },

  call(action, details = {}) {
    const number = ++this.number;
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject });
      this.thread.postMessage({ number, action, ...details });
    });
  },
};

/** Runs one thing at a time, with its buttons off, and reports what went wrong. */
async function busy(words, work) {
  if (document.body.classList.contains("busy")) return;
  const before = document.activeElement;
  document.body.classList.add("busy");
  const buttons = [...document.querySelectorAll("button:not(:disabled)")];
  for (const button of buttons) button.disabled = true;
  say(words);
  warn("");
  let last = "";
  try {
    last = await work() ?? "";
  } catch (error) {
    // An AbortError is a choice that the reader cancelled.
    if (error.name !== "AbortError") warn(describe(error));
  }
  document.body.classList.remove("busy");
  for (const button of buttons) button.disabled = false;
  if (document.activeElement === document.body && before?.isConnected) before.focus({ preventScroll: true });
  say(last);
}

function describe(error) {
  if (error instanceof Problem) return error.message;
  if (error instanceof DOMException) return `The browser could not read or write a file: ${error.message}`;
  return `The program failed, and nothing is lost: the portfolio is as it was before. You can go on, or save it. Please report this:\nksbfolio ${version}: ${error.message}`;
}

const version = document.querySelector("meta[name=ksbfolio-version]").content;

/** The answers to requests; a refusal of any of them is thrown. */
async function ask(requests, details = {}) {
  const { answers, changes } = await worker.call("ask", { requests, ...details });
  if (opened) opened.changes = changes;
  const refused = answers.find((one) => one.answer === "refused");
  if (refused) throw refusal(refused);
  return answers;
}

function refusal({ message, help }) {
  const sentence = `${message[0].toUpperCase()}${message.slice(1)}`;
  return new Problem(help ? `${sentence.replace(/\.$/, "")}: ${help}.` : sentence);
}

// Opening.

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
  opened = { folder, root: found.root, above: found.above, isSample, changes: [] };
  await judge();
  show("work");
}

async function judge() {
  const [portfolio, findings, coverage] = await ask([{ request: "portfolio" }, { request: "check" }, { request: "coverage" }]).catch(async (error) => {
    // Settings that cannot be read leave the findings, which show the line.
    if (!(error instanceof Problem)) throw error;
    const answers = await ask([{ request: "portfolio" }, { request: "check" }]);
    warn(error.message);
    return answers;
  });
  byId("learner").textContent = portfolio.learner;
  byId("work-title").textContent = portfolio.title;
  byId("far").textContent = portfolio.of
    ? `${portfolio.complete} of ${portfolio.of} codes are ready to assess or accepted, from ${portfolio.entries} ${portfolio.entries === 1 ? "entry" : "entries"}.`
    : "No codes are judged: the portfolio names no standard that can be read.";
  byId("judged").textContent = `${portfolio.problem ? `${portfolio.problem}. ` : ""}Judged as of ${day(portfolio.as_of)}${portfolio.is_frozen ? ", the day that its settings name" : ""}.`;
  showFindings(JSON.parse(findings.document));
  showCoverage(coverage ? JSON.parse(coverage.document) : { standards: [] });
  showChanges();
  byId("viewer").hidden = true;
  byId("filed").hidden = true;
  viewed.path = null;
}

const day = (date) => new Date(`${date}T12:00:00`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });

function showFindings({ findings, summary }) {
  const box = byId("findings");
  if (!findings.length) return box.replaceChildren(make("p", {}, "Nothing to mend."));
  const numbers = Object.entries(summary).filter(([, number]) => number).map(([level, number]) => counted(number, level));
  const weight = { error: 0, warning: 1, note: 2 };
  const sorted = findings.map((one, at) => [one, at]).sort(([a, i], [b, j]) => weight[a.level] - weight[b.level] || i - j).map(([one]) => one);
  const list = make("ul", { class: "plain" }, ...sorted.slice(0, SHOWN).map(finding));
  box.replaceChildren(make("p", {}, `${numbers.join(", ")}.`), list);
  if (sorted.length > SHOWN) {
    const more = make("button", { type: "button" }, `Show ${counted(sorted.length - SHOWN, "more")}`.replace("mores", "more"));
    more.onclick = () => {
      const rest = sorted.slice(SHOWN).map(finding);
      list.append(...rest);
      more.remove();
      rest[0].tabIndex = -1;
      rest[0].focus();
    };
    box.append(more);
  }
}

/** Text with what is between backticks as code. */
const prose = (text) => text.split("`").map((part, at) => (at % 2 ? make("code", {}, part) : part));

function finding(one) {
  const help = one.help ? ` ${one.help[0].toUpperCase()}${one.help.slice(1)}` : "";
  const message = `${one.message[0].toUpperCase()}${one.message.slice(1)}`;
  const stop = (text) => (/[.!?:]$/.test(text) ? text : `${text}.`);
  return make("li", { class: "finding" },
    make("p", {}, make("span", { class: `level level-${one.level}` }, `${LEVELS[one.level]}: `), ...prose(stop(message)), ...prose(help && stop(help))),
    make("p", { class: "meta" }, `${one.file}, line ${one.line}`));
}

function showCoverage({ standards }) {
  byId("criteria").replaceChildren(...standards.map((standard) => {
    const { total, waived, evidenced, accepted } = standard.summary;
    const rows = standard.criteria.map((one) => make("tr", {},
      make("th", { scope: "row" }, one.code),
      make("td", {}, make("span", { class: `state state-${one.state}` }, STATES[one.state]), ...one.flags.map((flag) => ` ${flag}`)),
      make("td", {}, ...prose(one.why), ...one.next ? [make("span", { class: "own" }, ...prose(one.next))] : [])));
    const head = ["Code", "State", "Why, and what would change it"].map((title) => make("th", { scope: "col" }, title));
    const table = make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows));
    return make("details", {},
      make("summary", {}, `${standard.title}: ${evidenced + accepted}/${total - waived} ready to assess or accepted`),
      make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Codes of ${standard.title}` }, table));
  }));
}

// Saving.

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
  for (const { path, now } of files) {
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
  showChanges();
  return `Saved: ${counted(files.length, "file")}.`;
}

// Pages.

const viewed = { path: null, before: [], entry: null };

const MIME = { png: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg", svg: "image/svg+xml" };

async function siteFile(path) {
  const { bytes } = await worker.call("page", { path });
  return bytes;
}

const dataUrl = (bytes, path) => new Promise((resolve) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result);
  reader.readAsDataURL(new Blob([bytes], { type: MIME[path.split(".").pop().toLowerCase()] ?? "application/octet-stream" }));
});

/** Where a link of a page leads: a path of the site and a fragment, or nothing if it leaves the site. */
function target(href, from) {
  const site = "https://site.invalid/";
  const url = URL.parse?.(href, site + from) ?? new URL(href, site + from);
  if (!url.href.startsWith(site)) return null;
  return { path: decodeURIComponent(url.pathname.slice(1)), fragment: decodeURIComponent(url.hash.slice(1)) };
}

/** Shows a page of the site: its style and pictures inside, and no scripts. */
async function view(path, fragment = "") {
  const bytes = await siteFile(path);
  if (!bytes) throw new Problem(`The site has no page ${path}.`);
  const page = new DOMParser().parseFromString(new TextDecoder().decode(bytes), "text/html");
  for (const one of page.querySelectorAll("script, meta[http-equiv], link[rel=icon], form.find, .deciding > p")) one.remove();
  for (const link of page.querySelectorAll("link[rel=stylesheet]")) {
    const css = await siteFile(target(link.getAttribute("href"), path)?.path);
    link.replaceWith(make("style", {}, css ? new TextDecoder().decode(css) : ""));
  }
  for (const image of page.querySelectorAll("img[src]")) {
    const source = target(image.getAttribute("src"), path)?.path, picture = source && await siteFile(source);
    if (picture) image.src = await dataUrl(picture, source);
  }
  const frame = byId("frame");
  await new Promise((resolve) => {
    frame.onload = resolve;
    frame.srcdoc = `<!DOCTYPE html>${page.documentElement.outerHTML}`;
  });
  viewed.path = path;
  byId("viewer").hidden = false;
  byId("viewer-back").hidden = !viewed.before.length;
  const inside = frame.contentDocument;
  frame.title = `Page: ${inside.title}`;
  inside.addEventListener("click", follow);
  if (fragment) scrollInto(fragment);
  byId("panel").hidden = true;
  byId("panel").replaceChildren();
  viewed.entry = readEntry(page, path);
  byId("assess").hidden = !viewed.entry;
}

function follow(event) {
  const link = event.target.closest?.("a[href]");
  if (!link) return;
  event.preventDefault();
  const href = link.getAttribute("href"), to = target(href, viewed.path);
  if (!to) return say(`This link leads out of the portfolio: ${href}`);
  if (to.path === viewed.path) return to.fragment === "decide_" ? assess() : scrollInto(to.fragment);
  if (!to.path.endsWith(".html")) return busy("Opening…", () => saveSiteFile(to.path));
  const from = viewed.path;
  busy("Opening the page…", async () => {
    await view(to.path, to.fragment);
    viewed.before.push(from);
    byId("viewer-back").hidden = false;
    byId("frame").focus();
  });
}

function scrollInto(fragment) {
  byId("frame").contentDocument.getElementById(fragment)?.scrollIntoView();
}

async function saveSiteFile(path) {
  const bytes = await siteFile(path);
  if (!bytes) throw new Problem(`The site has no file ${path}.`);
  download(path.split("/").pop(), bytes, "application/octet-stream");
  return "The file is in your downloads.";
}

/** Makes something, and says what it leaves out. */
async function produce(request) {
  const { answer } = await worker.call("make", { request });
  if (answer.answer === "refused") throw refusal(answer);
  return answer;
}

const audience = () => byId("audience").value;

async function showPages() {
  const { remarks } = await produce({ request: "site", audience: audience() });
  viewed.before = [];
  await view("index.html");
  byId("frame").focus();
  return remarks.join(" ");
}

const GIVEN = {
  async pack() {
    const { file } = await produce({ request: "pack", audience: "assessor" });
    const { bytes } = await worker.call("result", { kind: "pack", file });
    download(fileName(".html"), bytes, "text/html");
    return "The page is in your downloads. It is for the assessor.";
  },
  async site() {
    const { files, remarks } = await produce({ request: "site", audience: audience() });
    const { bytes } = await worker.call("result", { kind: "site" });
    download(fileName("-site.zip"), bytes);
    return [`The site is in your downloads: ${counted(files, "file")}.`, ...remarks].join(" ");
  },
  async "hand-in"() {
    const { file, is_draft: isDraft } = await produce({ request: "hand-in" });
    const { bytes } = await worker.call("result", { kind: "hand-in", file });
    download(file.split("/").pop(), bytes);
    return `The zip file is in your downloads.${isDraft ? " It is a draft, and its cover page says so: the portfolio is not ready for the gateway." : ""}`;
  },
};

// Decisions.

/** The address of a page of the site in links of the decision panel. */
const SITE = "#/";

/** What a page says of its entry, as the decision panel takes it; null where nothing can be decided. */
function readEntry(page, path) {
  const box = page.querySelector(".deciding[data-entry]");
  if (!box) return null;
  const { entry: id, digest, attempt, notBefore, portfolio, previous, learner } = box.dataset;
  const link = (one) => {
    const { path: page, fragment } = target(one.getAttribute("href"), path);
    return `${SITE}${page}${fragment && `#${fragment}`}`;
  };
  const codes = [...page.querySelectorAll("[data-claim]")].map((one) => ({
    key: one.dataset.claim, code: one.dataset.code, href: link(one.querySelector("h3 a")), text: one.querySelector("p").textContent,
    passages: [...one.querySelectorAll("blockquote")].map((quote) => ({ text: quote.firstElementChild.textContent, href: link(quote.querySelector("a")) })),
    about: [...one.querySelectorAll(":scope > .meta")].map((line) => line.textContent.trim()),
  }));
  return { portfolio, previous: previous.split(" ").filter(Boolean), learner, site: SITE,
    entry: { id, digest, attempt, notBefore, title: page.querySelector("h1").textContent, path, codes } };
}

/** Opens the decision panel for the entry that is shown. */
function assess() {
  const box = byId("panel");
  byId("assess").hidden = true;
  box.hidden = false;
  decisionPanel(box, viewed.entry);
  box.querySelector("h2").focus();
}

/** Follows links of the decision panel into the page that is shown. */
function followFromPanel(event) {
  const href = event.target.closest("a[href]")?.getAttribute("href");
  if (!href?.startsWith(SITE)) return;
  event.preventDefault();
  const { path, fragment } = target(href.slice(SITE.length), "");
  if (path === viewed.path) return scrollInto(fragment);
  const from = viewed.path;
  busy("Opening the page…", async () => {
    await view(path, fragment);
    viewed.before.push(from);
    byId("viewer-back").hidden = false;
  });
}

async function importDecisions(list) {
  const inputs = new Map();
  for (const file of list) inputs.set(file.name, new Uint8Array(await file.arrayBuffer()));
  const names = [...inputs.keys()].filter((name) => !name.endsWith(".sig")).sort();
  if (!names.length) throw new Problem("None of these files is a decision file: it ends with .yaml.");
  const requests = names.map((name) => ({ request: "decisions", file: `/input/${name}` }));
  const { answers, changes } = await worker.call("ask", { requests, inputs });
  opened.changes = changes;
  const said = answers.map((answer, at) => {
    if (answer.answer === "refused") return `${names[at]}: not filed. ${answer.message}`;
    if (answer.is_known) return `${names[at]}: filed already, as ${answer.path}.`;
    return [`${names[at]}: filed as ${answer.path}.`, answer.changes, ...answer.remarks].join("\n");
  });
  await judge();
  byId("filed").textContent = said.join("\n");
  byId("filed").hidden = false;
  const filed = answers.filter((answer) => answer.answer === "decisions" && !answer.is_known).length;
  return `${counted(filed, "decision file")} filed.${filed ? " Save the portfolio." : ""}`;
}

// What is shown, and what buttons do.

function show(id) {
  for (const one of ["start", "beginning", "work"]) byId(one).hidden = one !== id;
  if (id === "start") byId("learner").textContent = "";
  byId("main").focus({ preventScroll: true });
  scrollTo(0, 0);
}

const canPick = "showDirectoryPicker" in window;

async function chooseFolder() {
  if (!canPick) return void byId("pick-folder").click();
  const folder = await showDirectoryPicker({ id: "portfolio" });
  const files = await readHandle(folder);
  await open({ files }, { folder });
  return "Opened.";
}

async function begin() {
  const { answers } = await worker.call("ask", { requests: [{ request: "standards" }] });
  byId("standards").replaceChildren(...answers[0].standards.map(({ id, title }) => {
    const box = make("input", { type: "checkbox", name: "standard", value: id });
    box.checked = id === "st0215";
    return make("label", {}, box, make("span", {}, title));
  }));
  show("beginning");
}

async function beginWith(form) {
  const data = new FormData(form);
  const standards = data.getAll("standard");
  if (!standards.length) throw new Problem("Choose at least one standard.");
  await worker.call("open", {});
  await ask([{ request: "begin", learner: data.get("who") || "learner", standards, start: data.get("from") || null, end: data.get("until") || null }]);
  opened = { folder: null, root: "", above: "", isSample: false, changes: [] };
  await judge();
  show("work");
  return "Your portfolio is ready. Save it, then write your entries in the folder `portfolio/entries` with any text editor, and open it here again.";
}

const on = (id, words, work) => { byId(id).addEventListener("click", () => busy(words, work)); };

function wire() {
  on("open-folder", "Reading the folder…", chooseFolder);
  on("look-folder", "Reading the folder…", chooseFolder);
  for (const id of ["open-zip", "look-zip"]) byId(id).addEventListener("click", () => byId("pick-zip").click());
  on("sample", "Opening the sample…", async () => {
    await open({ base64: byId("sample-zip").textContent }, { isSample: true });
    return "This is a sample: an invented apprentice. Nothing that you do here changes anything on this computer.";
  });
  on("begin", "", begin);
  byId("beginning-back").addEventListener("click", () => show("start"));
  byId("questions").addEventListener("submit", (event) => {
    event.preventDefault();
    busy("Beginning…", () => beginWith(event.target));
  });
  on("save", "Saving…", saveFolder);
  on("save-zip", "Packing…", saveZip);
  on("give-zip", "Packing…", saveZip);
  on("show", "Making the pages…", showPages);
  on("viewer-home", "", () => view("index.html"));
  on("viewer-back", "", () => view(viewed.before.pop()));
  for (const button of document.querySelectorAll("[data-make]")) button.addEventListener("click", () => busy("Making it…", GIVEN[button.dataset.make]));
  byId("import").addEventListener("click", () => byId("pick-decisions").click());
  byId("assess").addEventListener("click", assess);
  byId("panel").addEventListener("click", followFromPanel);
  byId("close").addEventListener("click", close);
  for (const [id, work] of [["pick-folder", async (list) => open({ files: await readInput(list) })], ["pick-zip", openZip], ["pick-decisions", importDecisions]]) {
    byId(id).addEventListener("change", ({ target: input }) => {
      const list = [...input.files];
      input.value = "";
      if (list.length) busy("Reading…", () => work(list));
    });
  }
  addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dropping"); });
  addEventListener("dragleave", () => document.body.classList.remove("dropping"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    const list = [...event.dataTransfer.files];
    const isFolder = [...event.dataTransfer.items].some((item) => item.webkitGetAsEntry?.()?.isDirectory);
    if (isFolder) warn("A folder cannot be dropped here. Choose it with the button, or drop a zip file of it.");
    else if (list.length) busy("Reading…", () => (/\.(ya?ml|sig)$/.test(list[0].name) && opened ? importDecisions(list) : openZip(list)));
  });
}

async function openZip([file]) {
  if (opened) throw new Problem("Close the portfolio that is open first.");
  if (file.size > MOST) throw new Problem("This file is larger than 1 GB.");
  if (/\.html?$/i.test(file.name)) throw new Problem("This is a page: open it in the browser itself, with a double click.");
  await open({ zip: new Uint8Array(await file.arrayBuffer()) });
}

function close() {
  if (opened?.changes.length && !confirm("There are changes that are not saved. Close the portfolio anyway?")) return;
  opened = null;
  location.reload();
}

async function start() {
  if (typeof WebAssembly !== "object" || typeof DecompressionStream !== "function" || typeof Worker !== "function") {
    return warn("This browser is too old for this page. Use Edge, Chrome, Firefox or Safari of the last two years.");
  }
  const began = worker.begin();
  wire();
  byId("start").hidden = false;
  try {
    await began;
    document.documentElement.dataset.ready = Math.round(performance.now());
  } catch (error) {
    warn(`The program cannot be started here (${error.message}). Some workplaces switch off WebAssembly: try another browser.`);
  }
}

start();
