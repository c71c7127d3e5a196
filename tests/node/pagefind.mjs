// Compares the search with Pagefind on the pages of one built site. Not part of the tests.
// node tests/node/pagefind.mjs SITE FOLDER: FOLDER has Pagefind installed (`npm install --prefix FOLDER pagefind@1.6.0`).

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { ask, judge, openBrowser } from "./searching.mjs";

const [site, installed] = process.argv.slice(2).map((path) => resolve(path));
const questions = JSON.parse(readFileSync(new URL("questions.json", import.meta.url), "utf8"));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm", ".css": "text/css", ".json": "application/json" };

/** Serves a folder on loopback, which Pagefind needs. */
function serve(folder) {
  const server = createServer((request, response) => {
    const path = join(folder, decodeURIComponent(new URL(request.url, "http://x").pathname));
    try {
      response.setHeader("content-type", TYPES[extname(path)] ?? "application/octet-stream");
      response.end(readFileSync(statSync(path).isDirectory() ? join(path, "index.html") : path));
    } catch { response.writeHead(404).end(); }
  });
  return new Promise((done) => { server.listen(0, "127.0.0.1", () => done(server)); });
}

/** Asks Pagefind in a fresh page: its first ten results, and the bytes that it loaded. */
async function askPagefind(browser, origin, words) {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  const sizes = [];
  page.on("response", (response) => {
    if (response.url().includes("/pagefind/")) sizes.push(response.body().then((body) => body.length, () => 0));
  });
  await page.goto(`${origin}/404.html`);
  const hrefs = await page.evaluate(async (words) => {
    const pagefind = await import("/pagefind/pagefind.js");
    const { results } = await pagefind.search(words);
    const some = await Promise.all(results.slice(0, 10).map((one) => one.data()));
    return some.map((one) => one.url.replace(/^\//, ""));
  }, words);
  const bytes = (await Promise.all(sizes)).reduce((sum, one) => sum + one, 0);
  await context.close();
  return { results: hrefs.map((href) => ({ href })), bytes };
}

const copy = mkdtempSync(join(tmpdir(), "pagefind-"));
cpSync(site, copy, { recursive: true });
execFileSync(join(installed, "node_modules/.bin/pagefind"), ["--site", copy], { stdio: "ignore" });
const server = await serve(copy), origin = `http://127.0.0.1:${server.address().port}`;
const browser = await openBrowser();
const word = ({ good, best, missing }) => (good ? "good" : `best ${Number.isFinite(best) && best ? best : "none"}${missing.length ? `, ${missing.length} missing` : ""}`);
try {
  for (const [name, list] of Object.entries(questions)) {
    const counts = [0, 0];
    console.log(`\n| ${name} | ours | bytes | Pagefind | bytes |\n|---|---|---:|---|---:|`);
    for (const question of list) {
      const ours = await ask(browser, pathToFileURL(join(site, "search.html")).href, question.query);
      const theirs = await askPagefind(browser, origin, question.query);
      const judged = [ours, theirs].map(({ results }) => judge(question, results));
      judged.forEach(({ good }, at) => { counts[at] += Number(good); });
      console.log(`| ${question.query} | ${word(judged[0])} | ${ours.bytes} | ${word(judged[1])} | ${theirs.bytes} |`);
    }
    console.log(`| **good of ${list.length}** | **${counts[0]}** | | **${counts[1]}** | |`);
  }
} finally {
  await browser.close();
  server.close();
  rmSync(copy, { recursive: true });
}
