// Opens sites built from the hostile inputs of tests/hostile/ in the system's Chromium: nothing in them runs or requests
// anything but the site's own files. The content security policy is disabled, so that it cannot hide a defect.
// KSBFOLIO_BINARY: path of the program.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import { chromium } from "playwright-core";
import { parse } from "yaml";

const binary = resolve(process.env.KSBFOLIO_BINARY ?? "");
const tables = fileURLToPath(new URL("../hostile", import.meta.url));
const THEMES = ["html", "links", "markdown", "breakouts", "front-matter", "private", "terminal"];
const ENTRY = "portfolio/entries/hostile.md";
/** What an input leaves on a page that shows it. */
const TRACES = /pwned|evil\.example|javascript|onerror|onclick|onmouseover|example\.org|\{\{|\{%/;

const read = (name) => parse(readFileSync(join(tables, `${name}.yaml`), "utf8"), { maxAliasCount: -1 });
const world = read("workspace");
const allowed = new Set(Object.keys(world.allowed.elements).map((name) => name.toLowerCase()));

/** Inputs that are a text and need nothing else; a browser shows what is long no differently. */
const inputs = THEMES.flatMap((theme) => read(theme).map((one) => ({ ...one, theme })))
  .filter((one) => typeof one.text === "string" && !one.also && !one.parts && !one.repeat && one.where in world.slots);

/** Text escaped for double quotes in YAML or JSON. */
const quoted = (text) => JSON.stringify(text).slice(1, -1)
  .replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`)
  .replace(/[\u{1fffe}-\u{1ffff}]/gu, (sign) => `\\U${sign.codePointAt(0).toString(16).padStart(8, "0")}`);

function put(root, path, text, input = "") {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  if (text.trim() === "%PICTURE%") return writeFileSync(target, Buffer.from(world.picture, "base64"));
  writeFileSync(target, text.replaceAll("%INNER%", () => quoted(input)).replaceAll("%TEXT%", () => input));
}

/** A workspace with the files that all have, in a folder of its own. */
function workspace() {
  const root = mkdtempSync(join(folder, "ws-"));
  for (const [path, text] of Object.entries(world.files)) put(root, path, text);
  return root;
}

/** Runs the program to its end, while the browser goes on. */
function run(root, ...words) {
  const child = spawn(binary, ["--root", root, "--as-of", "2026-11-21", "--quiet", ...words], { stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => { stderr += text; });
  return new Promise((done, failed) => child.on("error", failed).on("close", (status) => done({ status, stderr })));
}

/** Every HTML file below a folder, in order. */
function pagesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return pagesBelow(path);
    return name.endsWith(".html") ? [path] : [];
  });
}

/** Tabs that pages are opened in, side by side. */
const TABS = 3;
let browser;
const tabs = [];
const folder = mkdtempSync(join(tmpdir(), "ksbfolio-hostile-"));
/** The folder of the sites; requests for any other file are violations. */
const OWN = new RegExp(`^${pathToFileURL(folder).href}/ws-[^/]+/output(/|-pack\\.html)`);
before(async () => {
  const executablePath = process.env.PATH.split(":").map((folder) => join(folder, "chromium")).find(existsSync);
  assert.ok(executablePath, "chromium is not on the PATH");
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
  for (let tab = 0; tab < TABS; tab += 1) tabs.push(await watched());
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a page is made of that it should not be, as the browser understood it; its form for decisions is opened first,
 *  where it has one, and sent empty. */
async function strangers([elements, formed]) {
  const found = [];
  function look(elements) {
    const known = new Set(elements);
    for (const one of document.querySelectorAll("*")) {
      const name = one.localName.toLowerCase();
      if (!known.has(name)) found.push(`the element ${name}`);
      for (const attribute of one.attributes) {
        // The only form that leads anywhere is the box of the search.
        if (name === "form" && attribute.name === "action" && /^(\.\.\/)*search\.html$/.test(attribute.value)) continue;
        if (attribute.name.toLowerCase().startsWith("on") || ["style", "srcdoc", "action", "formaction", "ping", "srcset", "xlink:href"].includes(attribute.name)) {
          found.push(`${name} with ${attribute.name}`);
        }
      }
      const address = one.href?.baseVal ?? one.href ?? one.src;
      if (address && !/^(file|https?|mailto):/.test(address) && !(name === "img" && address.startsWith("data:image/"))) found.push(`${name} leads to ${address}`);
      if (name === "script" && one.textContent) found.push("a script on the page");
    }
  }
  look(elements);
  const box = formed && document.querySelector(".deciding[data-entry]");
  if (box) {
    const late = performance.now() + 10_000;
    const come = async (what) => {
      while (!box.querySelector(what) && performance.now() < late) await new Promise((wake) => setTimeout(wake, 2));
      box.querySelector(what) ? box.querySelector(what).click() : found.push(`${what} of the form for decisions does not come`);
    };
    await come(".primary");
    await come("form .primary");
    look(formed);
  }
  if (globalThis.pwned !== undefined) found.push("a script of an entry ran");
  if (globalThis.frames.length) found.push("a frame");
  return found;
}

/** A tab that notes whatever should not happen, in whatever site it is used for. */
async function watched() {
  // Only the DOM is inspected, and a small window paints faster.
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 320, height: 200 } });
  const page = await context.newPage();
  const tab = { page, at: "", problems: [] };
  tab.note = (what) => tab.problems.push(`${tab.at}: ${what}`);
  page.on("dialog", async (dialog) => { tab.note(`a dialog: ${dialog.message()}`); await dialog.dismiss(); });
  page.on("pageerror", (error) => tab.note(String(error)));
  page.on("popup", () => tab.note("a window opened"));
  page.on("download", () => tab.note("a download began"));
  page.on("request", (request) => {
    if (!OWN.test(request.url()) && !request.url().startsWith("data:image/")) tab.note(`asked for ${request.url()}`);
  });
  return tab;
}

/** Does something in all tabs at once, and gives back all that they have noted. */
async function inTabs(look) {
  await Promise.all(tabs.map(look));
  return tabs.flatMap((tab) => tab.problems.splice(0));
}

/** Opens each page in one of the tabs and gives back all that was wrong. */
function opened(site, paths) {
  const waiting = [...paths];
  return inTabs(async (tab) => {
    for (let path = waiting.shift(); path; path = waiting.shift()) {
      tab.at = relative(site, path);
      const address = pathToFileURL(path).href;
      // A page that navigates by itself aborts the evaluation, which is reported too.
      const found = await tab.page.goto(address, { waitUntil: "load" })
        .then(() => tab.page.evaluate(strangers, [[...allowed, "style"], [...allowed, "style", "fieldset", "legend", "textarea"]]))
        .catch((error) => [String(error)]);
      found.forEach(tab.note);
      if (tab.page.url() !== address) tab.note(`the page went to ${tab.page.url()}`);
    }
  });
}

/** Whether an input can share a workspace with others, one entry each. */
const inEntries = (one) => Object.keys(world.slots[one.where]).join() === ENTRY;

for (const theme of THEMES) {
  const batch = inputs.filter((one) => one.theme === theme && inEntries(one));

  test(`${theme}: nothing of ${batch.length} entries runs or asks for anything`, async () => {
    const root = workspace();
    for (const one of batch) put(root, `portfolio/entries/${one.id}.md`, world.slots[one.where][ENTRY], one.text);
    // The private audience also sees drafts and unreadable entries.
    const built = await run(root, "build", "--audience", "private");
    assert.ok(built.status === 0 || built.status === 1, built.stderr);
    const alone = await run(root, "pack", "--audience", "private", "--output", join(root, "output-pack.html"));
    assert.equal(alone.status, 0, alone.stderr);
    const site = join(root, "output");
    const pages = pagesBelow(site);
    assert.ok(pages.length > batch.length);
    const problems = await opened(site, pages);
    problems.push(...await opened(root, [join(root, "output-pack.html")]));
    problems.push(...await searched(site));
    assert.deepEqual(problems, []);
  });
}

/** Searches for what hostile titles and passages hold, and looks at what is shown. */
function searched(site) {
  const waiting = ["window", "pwned", "script", "onmouseover", "K2", "<img src=x onerror=window.pwned=1>", "__proto__", "constructor"];
  return inTabs(async (tab) => {
    const { page } = tab;
    for (let words = waiting.shift(); words; words = waiting.shift()) {
      tab.at = `search for ${words}`;
      await page.goto(pathToFileURL(join(site, "search.html")).href);
      await page.fill("#search-box", words);
      await page.press("#search-box", "Enter");
      await page.waitForFunction(() => document.querySelector("#search-status").textContent);
      for (const found of await page.evaluate(strangers, [[...allowed]])) tab.note(found);
    }
  });
}

const alone = inputs.filter((one) => !inEntries(one));
// Chunks of equal size: a short one at the end might show nothing.
const part = Math.ceil(alone.length / Math.ceil(alone.length / 50));
for (let from = 0; from < alone.length; from += part) {
  const some = alone.slice(from, from + part);

  test(`settings, standards, decisions and names, ${from + 1} to ${from + some.length}: nothing runs or asks for anything`, async () => {
    const problems = [];
    let looked = 0;
    // The next site is built while the pages of this one are inspected.
    let next = built(some[0]);
    for (const [at, one] of some.entries()) {
      const { root, status } = await next;
      next = at + 1 < some.length ? built(some[at + 1]) : undefined;
      const site = join(root, "output");
      if (status === 0 || status === 1) {
        const pages = pagesBelow(site).filter((path) => TRACES.test(readFileSync(path, "utf8")));
        looked += pages.length;
        problems.push(...(await opened(site, pages)).map((problem) => `${one.id}: ${problem}`));
      }
      rmSync(root, { recursive: true, force: true });
    }
    assert.ok(looked > 0, "no page was looked at");
    assert.deepEqual(problems, []);
  });
}

/** Builds a workspace with one input in it. */
async function built(one) {
  const root = workspace();
  for (const [path, text] of Object.entries(world.slots[one.where])) {
    put(root, path.replaceAll("%TEXT%", () => one.text), text, one.text);
  }
  const { status } = await run(root, "build", "--audience", "private");
  return { root, status };
}

test("no delayed violation", async () => {
  assert.deepEqual(await inTabs((tab) => tab.page.goto("about:blank")), []);
});
