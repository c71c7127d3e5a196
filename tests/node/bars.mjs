// Measures a built site against the bars it set itself, over every page. Prints a table; nothing here passes or fails.
//
//     ksbfolio build --output SITE && node tests/node/bars.mjs SITE [--axe]
//
// With --axe every page is also audited in light and dark at 320 pixels, which takes minutes.

import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";

import axe from "axe-core";
import { chromium } from "playwright-core";

const site = resolve(process.argv[2] ?? "");
const audit = process.argv.includes("--axe");
const below = (folder) => readdirSync(folder).sort().flatMap((name) => {
  const path = join(folder, name);
  return statSync(path).isDirectory() ? below(path) : [path];
});
const files = below(site);
const pages = files.filter((path) => path.endsWith(".html"));
const brotli = new Map();
const squeezed = (path) => {
  if (!brotli.has(path)) brotli.set(path, brotliCompressSync(readFileSync(path)).length);
  return brotli.get(path);
};

const executablePath = process.env.PATH.split(":").map((folder) => join(folder, "chromium")).find(existsSync);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const most = new Map();
const note = (bar, value, path) => {
  if (!(most.get(bar)?.value >= value)) most.set(bar, { value, path: relative(site, path) });
};

for (const path of pages) {
  const html = readFileSync(path, "utf8");
  const type = /data-page-type="([^"]+)"/.exec(html)[1];
  const kind = type === "matrix" ? "matrix" : type === "pack" ? "pack" : "page";
  const page = await browser.newPage({ viewport: { width: 320, height: 640 }, bypassCSP: audit });
  const asked = new Set();
  page.on("request", (request) => { if (request.url().startsWith("file:")) asked.add(request.url().split(/[?#]/)[0]); });
  await page.goto(pathToFileURL(path).href);
  const loaded = [...asked].map((url) => decodeURIComponent(new URL(url).pathname)).filter((one) => !/\.(png|jpg)$/.test(one));
  note(`${kind}: cold, Brotli, kB`, loaded.reduce((sum, one) => sum + squeezed(one), 0) / 1000, path);
  note(`${kind}: cold, raw, kB`, loaded.reduce((sum, one) => sum + statSync(one).size, 0) / 1000, path);
  note(`${kind}: requests without pictures`, loaded.length, path);
  note(`${kind}: elements`, await page.evaluate(() => document.querySelectorAll("*").length), path);
  if (audit) {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      note("all pages: axe violations at 320, light and dark", violations.length, path);
    }
  }
  await page.close();
}
await browser.close();
for (const name of ["site.css", "search.js", "filter.js", "decide.js", "decide.css", "decide-form.js", "decision-file.js"]) {
  const path = join(site, "assets", name);
  if (existsSync(path)) note(`${name}: raw, kB`, statSync(path).size / 1000, path);
}
const bytes = files.reduce((sum, path) => sum + statSync(path).size, 0);
note("whole site: MB", bytes / 1e6, site);
note("whole site: files", files.length, site);
console.log("| measured | most | where |\n|---|---:|---|");
for (const [bar, { value, path }] of [...most].sort()) console.log(`| ${bar} | ${Number.isInteger(value) ? value : value.toFixed(1)} | ${path || "."} |`);
