// The search of a built site, from disk and over http, in the system's Chromium.
// KSBFOLIO_SITE: folder of the sample's site.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import vm from "node:vm";

import { ask, judge, openBrowser, read } from "./searching.mjs";

const site = resolve(process.env.KSBFOLIO_SITE ?? "");
const address = (path) => pathToFileURL(join(site, path)).href;
const questions = JSON.parse(readFileSync(new URL("questions.json", import.meta.url), "utf8"));
const FIRST_QUERY = 40_000;
/** More than the pause after which the page answers, in milliseconds. */
const PAUSE = 400;

let browser, server, origin;
before(async () => {
  browser = await openBrowser();
  const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
  server = createServer((request, response) => {
    const path = join(site, new URL(request.url, "http://x").pathname);
    if (!existsSync(path)) return response.writeHead(404).end();
    response.setHeader("content-type", types[extname(path)] ?? "application/octet-stream");
    return response.end(readFileSync(path));
  });
  await new Promise((done) => { server.listen(0, "127.0.0.1", done); });
  origin = `http://127.0.0.1:${server.address().port}`;
});
after(async () => {
  await browser?.close();
  server?.close();
});

const search = (words) => ask(browser, address("search.html"), words);

test("the script's stems are those of the program", () => {
  const context = vm.createContext({});
  for (const path of ["assets/search-index.js", "assets/search/manifest.js"]) {
    vm.runInContext(readFileSync(join(site, path), "utf8"), context);
  }
  const rows = readFileSync(new URL("../fixtures/stems.tsv", import.meta.url), "utf8").trim().split("\n").map((line) => line.split("\t"));
  const stems = vm.runInContext("(words) => words.map(stem)", context)(rows.map(([word]) => word));
  assert.deepEqual([...stems], rows.map(([, stem]) => stem));
});

for (const question of questions.design) {
  test(`from disk, "${question.query}" finds all that belong, the best first or second`, async () => {
    const { results, bytes, status } = await search(question.query);
    const judged = judge(question, results);
    assert.ok(judged.good, JSON.stringify({ judged, status, results }, null, 1));
    assert.ok(bytes <= FIRST_QUERY, `${bytes} bytes`);
  });
}

test("of the further questions at least 28 of 30 are answered well", async () => {
  const wrong = [];
  for (const question of questions.further) {
    const { results } = await search(question.query);
    if (!judge(question, results).good) wrong.push(question.query);
  }
  assert.ok(wrong.length <= 2, wrong.join(", "));
});

test("over http the answers are the same", async () => {
  for (const words of ["S14", "safegaurding", "falls"]) {
    const [there, here] = [await ask(browser, `${origin}/search.html`, words), await search(words)];
    assert.deepEqual(there.results, here.results);
    assert.equal(there.status, here.status);
  }
});

test("a code leads to the passage that claims it", async () => {
  let seen = 0;
  for (const code of ["S14", "K7", "B1", "K28", "S28", "K4", "MN-LO4", "K13"]) {
    const { results } = await search(code);
    assert.equal(results[0].title, code);
    for (const { href, words } of results.filter((one) => one.href.startsWith("entries/") && one.href.includes("#p-"))) {
      const [path, anchor] = href.split("#");
      const html = readFileSync(join(site, path), "utf8");
      const [, codes] = new RegExp(`<mark id="${anchor}"[^]*?</mark>((?: <a class="code"[^>]*>[^<]*</a>)*)`).exec(html) ?? [];
      assert.ok(codes?.includes(`>${code}<`), `${code}: ${href} is a passage for ${codes}`);
      assert.ok(words.length > 10, `${code}: ${href} shows nothing`);
      seen += 1;
    }
  }
  assert.ok(seen >= 8, `${seen} passages were looked at`);
});

test("each entry shows the sentence that was found, with the word marked", async () => {
  for (const words of ["falls", "handover", "sepsis", "pressure ulcers", "consent", "tablet", "bruises"]) {
    const { results } = await search(words);
    for (const one of results.filter(({ href }) => href.startsWith("entries/"))) {
      assert.ok(one.marks.length || /^Evidence for /.test(one.words), `${words}: ${JSON.stringify(one)}`);
    }
  }
});

test("feedback, duties, terms and the guide are found", async () => {
  const kinds = async (words) => (await search(words)).results.map(({ kind }) => kind);
  assert.equal((await kinds("Duty 10"))[0], "Duty");
  assert.ok((await kinds("waiver")).slice(0, 2).includes("Term"));
  assert.ok((await kinds("what counts")).includes("Guide"));
  assert.equal((await kinds("gateway"))[0], "Page");
  const decisions = readFileSync(join(site, "decisions.html"), "utf8");
  const [, feedback] = /<div class="feedback">\s*<p>([^<]{60,})</.exec(decisions) ?? [];
  assert.ok(feedback, "the sample has no feedback");
  const words = feedback.replaceAll(/&[^;]*;/g, " ").match(/[A-Za-z]{6,}/g).slice(0, 5).join(" ");
  assert.ok((await search(words)).results.some(({ href }) => href.startsWith("entries/")), words);
});

test("codes are found as they are typed, and words in both spellings", async () => {
  for (const code of ["K7", "k7", "K 7", "k07"]) assert.equal((await search(code)).results[0].title, "K7", code);
  const places = async (words) => (await search(words)).results.map(({ href }) => href);
  assert.deepEqual(await places("well-being"), await places("wellbeing"));
});

test("only common words, nothing found, and a mistyped word are explained", async () => {
  for (const words of ["the", "and of the", "a"]) assert.match((await search(words)).status, /too common/);
  assert.match((await search("zyxxyz")).status, /^Nothing found/);
  assert.match((await search("zyxxyz sepsis")).status, /^Not found: zyxxyz\. \d+ results?\.$/);
  const { status, results } = await search("safegaurding");
  assert.equal(status, `Showing results for safeguarding. ${results.length} results.`);
  assert.match((await search("<img src=x onerror=alert(1)>")).status, /found/i);
});

test("it answers from two letters on while one types, and an unknown beginning is no error", async () => {
  const page = await browser.newPage();
  const problems = [];
  page.on("console", (message) => problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(address("search.html"));
  const typed = async (letters) => {
    await page.locator("#search-box").pressSequentially(letters);
    await page.waitForTimeout(PAUSE);
    return read(page);
  };
  assert.deepEqual(await typed("s"), { status: "", results: [] });
  assert.ok((await typed("a")).results.length > 0);
  for (const letter of "feguarding") {
    const { status, results } = await typed(letter);
    assert.ok(results.length > 0 && !/Showing|found/.test(status), `${letter}: ${status}`);
  }
  await page.fill("#search-box", "");
  assert.equal((await typed("zyxx")).status, "No results yet. Keep typing.");
  await page.press("#search-box", "Enter");
  await page.waitForFunction(() => document.querySelector("#search-status").textContent.startsWith("Nothing found"));
  assert.match(page.url(), /\?q=zyxx$/);
  await page.close();
  assert.deepEqual(problems, []);
});

test("results are a list, the count is announced, and more results take the focus", async () => {
  const page = await browser.newPage();
  await page.goto(`${address("search.html")}?q=patient`);
  await page.waitForSelector("#search-results > li");
  assert.equal(await page.getAttribute("#search-status", "role"), "status");
  assert.equal(await page.getByRole("list", { name: "Results" }).getByRole("listitem").count(), 10);
  await page.click("#search-more");
  await page.waitForFunction(() => document.querySelectorAll("#search-results > li").length > 10);
  assert.equal(await page.evaluate(() => [...document.querySelectorAll("#search-results > li")].findIndex((one) => one.contains(document.activeElement))), 10);
  await page.close();
});

test("the box in the header leads to the answer, from disk and over http", async () => {
  for (const start of ["index.html", `entries/${readdirSync(join(site, "entries"))[0]}`]) {
    for (const from of [address(start), `${origin}/${start}`]) {
      const page = await browser.newPage();
      const problems = [];
      page.on("console", (message) => problems.push(message.text()));
      await page.goto(from);
      // No letter is a shortcut.
      for (const key of ["s", "/", "f"]) await page.keyboard.press(key);
      assert.equal(await page.evaluate(() => document.activeElement.tagName), "BODY");
      await page.fill("header input[type=search]", "sepsis");
      await page.press("header input[type=search]", "Enter");
      await page.waitForSelector("#search-results > li");
      assert.match(page.url(), /search\.html\?q=sepsis$/);
      assert.equal(await page.inputValue("#search-box"), "sepsis");
      assert.equal(await page.locator("header form").count(), 0, "the search page has one box");
      await page.close();
      assert.deepEqual(problems, []);
    }
  }
});

test("the search box appears only with script, and the page works without", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address("search.html"));
  assert.equal(await page.isVisible("#search-box"), false);
  assert.match(await page.innerText("main"), /Search needs JavaScript/);
  assert.ok(await page.locator("main a").count() > 50);
  await context.close();
});
