// Opens what is built from the hostile inputs of tests/hostile/ in the system's Chromium: nothing of them runs, and
// nothing of them asks for anything but the site's own files. The policy of the pages is switched off, so that it
// hides nothing that only it would stop.
// KSBFOLIO_BINARY names the program.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
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

/** A text as it stands between the double quotes of YAML or JSON. */
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
  const root = mkdtempSync(join(tmpdir(), "ksbfolio-hostile-"));
  for (const [path, text] of Object.entries(world.files)) put(root, path, text);
  return root;
}

function run(root, ...words) {
  return spawnSync(binary, ["--root", root, "--as-of", "2026-11-21", "--quiet", ...words], { encoding: "utf8" });
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

let browser;
const roots = [];
before(async () => {
  const executablePath = process.env.PATH.split(":").map((folder) => join(folder, "chromium")).find(existsSync);
  assert.ok(executablePath, "chromium is not on the PATH");
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
});
after(async () => {
  await browser?.close();
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

/** What a page is made of that it should not be, as the browser understood it. */
function strangers([elements]) {
  const known = new Set(elements), found = [];
  for (const one of document.querySelectorAll("*")) {
    const name = one.localName.toLowerCase();
    if (!known.has(name)) found.push(`the element ${name}`);
    for (const attribute of one.attributes) {
      if (attribute.name.toLowerCase().startsWith("on") || ["style", "srcdoc", "action", "formaction", "ping", "srcset", "xlink:href"].includes(attribute.name)) {
        found.push(`${name} with ${attribute.name}`);
      }
    }
    const address = one.href?.baseVal ?? one.href ?? one.src;
    if (address && !/^(file|https?|mailto):/.test(address) && !(name === "img" && address.startsWith("data:image/"))) found.push(`${name} leads to ${address}`);
    if (name === "script" && one.textContent) found.push("a script on the page");
  }
  if (globalThis.pwned !== undefined) found.push("a script of an entry ran");
  if (globalThis.frames.length) found.push("a frame");
  return found;
}

/** A tab that notes whatever should not happen. */
async function watched(site) {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  const seen = { problems: [], at: "" };
  const note = (what) => seen.problems.push(`${seen.at}: ${what}`);
  const own = `${pathToFileURL(site).href}`;
  page.on("dialog", async (dialog) => { note(`a dialog: ${dialog.message()}`); await dialog.dismiss(); });
  page.on("pageerror", (error) => note(String(error)));
  page.on("popup", () => note("a window opened"));
  page.on("download", () => note("a download began"));
  page.on("request", (request) => { if (!request.url().startsWith(own) && !request.url().startsWith("data:image/")) note(`asked for ${request.url()}`); });
  return { context, page, seen, note };
}

/** What the form for decisions is made of that it should not be, where the page has one. */
async function decided(page) {
  if (await page.locator(".deciding").count() === 0) return [];
  await page.$eval(".deciding", (box) => { box.open = true; });
  await page.waitForSelector(".deciding form");
  await page.click(".deciding button");
  return page.evaluate(strangers, [[...allowed, "style", "fieldset", "legend", "textarea"]]);
}

/** Opens pages one after the other and gives back all that was wrong. */
async function opened(site, paths) {
  const { context, page, seen, note } = await watched(site);
  for (const path of paths) {
    seen.at = relative(site, path);
    // A page that goes elsewhere by itself ends what is being asked of it, and that is told too.
    const found = await page.goto(pathToFileURL(path).href, { waitUntil: "load" })
      .then(() => page.evaluate(strangers, [[...allowed, "style"]])).catch((error) => [String(error)]);
    found.forEach(note);
    (await decided(page).catch((error) => [String(error)])).forEach(note);
    if (page.url() !== pathToFileURL(path).href) note(`the page went to ${page.url()}`);
  }
  await context.close();
  return seen.problems;
}

/** Whether an input can stand beside others, each in an entry of its own; all others need a workspace of their own. */
const inEntries = (one) => Object.keys(world.slots[one.where]).join() === ENTRY;

for (const theme of THEMES) {
  const batch = inputs.filter((one) => one.theme === theme && inEntries(one));

  test(`${theme}: nothing of ${batch.length} entries runs or asks for anything`, async () => {
    const root = workspace();
    roots.push(root);
    for (const one of batch) put(root, `portfolio/entries/${one.id}.md`, world.slots[one.where][ENTRY], one.text);
    // For the author, who sees drafts and what could not be read too.
    const built = run(root, "build", "--audience", "private");
    assert.ok(built.status === 0 || built.status === 1, built.stderr);
    const alone = run(root, "pack", "--audience", "private", "--output", join(root, "output-pack.html"));
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
async function searched(site) {
  const { context, page, seen, note } = await watched(site);
  for (const words of ["window", "pwned", "script", "onmouseover", "K2", "<img src=x onerror=window.pwned=1>", "__proto__", "constructor"]) {
    seen.at = `search for ${words}`;
    await page.goto(pathToFileURL(join(site, "search.html")).href);
    await page.fill("#search-box", words);
    await page.press("#search-box", "Enter");
    await page.waitForFunction(() => document.querySelector("#search-status").textContent);
    for (const found of await page.evaluate(strangers, [[...allowed]])) note(found);
  }
  await context.close();
  return seen.problems;
}

const alone = inputs.filter((one) => !inEntries(one));
for (let from = 0; from < alone.length; from += 40) {
  const some = alone.slice(from, from + 40);

  test(`settings, standards, decisions and names, ${from + 1} to ${from + some.length}: nothing runs or asks for anything`, async () => {
    const problems = [];
    let looked = 0;
    for (const one of some) {
      const root = workspace();
      for (const [path, text] of Object.entries(world.slots[one.where])) {
        put(root, path.replaceAll("%TEXT%", () => one.text), text, one.text);
      }
      const built = run(root, "build", "--audience", "private");
      const site = join(root, "output");
      if (built.status === 0 || built.status === 1) {
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
