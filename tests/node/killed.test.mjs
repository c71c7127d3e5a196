// Kills the program at 60 moments while somebody types into the write page in Chromium. No word is lost but those of the
// last 400 ms and of the save that was under way; no file is half written; and the page keeps all words, and saves them once
// the program runs again. KSBFOLIO_BINARY: path of the program. KSBFOLIO_WORKSPACE: a portfolio, which is copied.
// KSBFOLIO_KILLS: another number of moments.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";

import { chromium } from "playwright-core";

const KILLS = Number(process.env.KSBFOLIO_KILLS ?? 60);
const ENTRY = "portfolio/entries/2026/recognising-pain.md";
/** The pause after which words are saved, in milliseconds. */
const PAUSE = 400;
/** How late the timer of a busy browser may be. */
const LATE = 100;

let browser, context, page, root, port, child, key;

const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port: free } = server.address();
    server.close(() => done(free));
  });
});

/** Starts the program on the same port, and lets the browser in. */
async function start() {
  child = spawn(resolve(process.env.KSBFOLIO_BINARY), ["--root", root, "--as-of", "2026-11-21", "serve", "--port", String(port)], { stdio: ["ignore", "ignore", "pipe"] });
  const started = child;
  key = await new Promise((done, failed) => {
    let log = "";
    started.stderr.on("data", (words) => {
      log += words;
      const found = /:(\d+)\/\?key=([0-9a-f]{64})\s/.exec(log);
      if (found) done(found[1] === String(port) ? found[2] : failed(new Error(`another port: ${log}`)));
    });
    started.on("exit", (code) => failed(new Error(`ended with ${code}: ${log}`)));
  });
  await context.addCookies([{ name: `ksbfolio-${port}`, value: key, domain: "127.0.0.1", path: "/", httpOnly: true, sameSite: "Strict" }]);
}

before(async () => {
  root = mkdtempSync(join(tmpdir(), "ksbfolio-killed-"));
  for (const folder of ["portfolio", "standards"]) cpSync(join(resolve(process.env.KSBFOLIO_WORKSPACE), folder), join(root, folder), { recursive: true });
  const executablePath = process.env.PATH.split(":").map((folder) => join(folder, "chromium")).find(existsSync);
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  context = await browser.newContext({ viewport: { width: 1100, height: 800 } });
  port = await freePort();
  await start();
  page = await context.newPage();
  page.setDefaultTimeout(30000);
  await page.goto(`http://127.0.0.1:${port}/_ksbfolio/write.html#entry=${encodeURIComponent(ENTRY)}`);
});
after(async () => {
  await browser?.close();
  child?.kill("SIGKILL");
  rmSync(root, { recursive: true, force: true });
});

test(`killed at ${KILLS} moments, nothing is lost but the last ${PAUSE} ms and one save`, { timeout: KILLS * 20000 }, async () => {
  const read = () => readFileSync(join(root, ENTRY), "utf8");
  const isSaved = () => page.waitForFunction(() => document.querySelector("#status").textContent.startsWith("Saved"));
  const area = page.getByRole("textbox", { name: "Feelings", exact: true });
  await area.press("Control+End");

  // When each save was asked for that has no answer yet, and the longest time that a save took, or had taken when it was killed.
  const asked = new Map();
  let slowest = 0;
  const longer = (since) => { slowest = Math.max(slowest, Date.now() - since); };
  page.on("request", (request) => { if (request.url().endsWith("/_ksbfolio/write")) asked.set(request, Date.now()); });
  for (const end of ["requestfinished", "requestfailed"]) {
    page.on(end, (request) => {
      if (asked.has(request) && end === "requestfinished") longer(asked.get(request));
      asked.delete(request);
    });
  }

  await page.keyboard.type("x");
  await page.waitForTimeout(PAUSE + LATE);
  await isSaved();
  await page.keyboard.press("Backspace");
  await page.waitForTimeout(PAUSE + LATE);
  await isSaved();
  const original = read(), shown = await area.inputValue();
  const line = shown.slice(shown.lastIndexOf("\n") + 1);
  const at = original.indexOf(line) + line.length;
  const [head, tail] = [original.slice(0, at), original.slice(at)];

  let seed = 28, typed = "", lost = 0, longest = 0, slowestOfAll = 0;
  const random = (most) => (seed = (seed * 48271) % 2147483647) % most;
  for (let kill = 1; kill <= KILLS; kill += 1) {
    // Typed letter by letter, without a pause, until the moment comes.
    const moments = [];
    const ends = Date.now() + random(1200);
    slowest = 0;
    // A request that the last kill cut off has no end.
    asked.clear();
    let killed = 0;
    const timer = setTimeout(() => {
      killed = Date.now();
      asked.forEach(longer);
      child.removeAllListeners("exit");
      child.kill("SIGKILL");
    }, ends - Date.now());
    const word = ` w${kill}`;
    for (let letter = 0; !killed || letter < 5; letter += 1) {
      const next = letter < word.length ? word[letter] : "abcdefghij"[random(10)];
      await page.keyboard.type(next);
      typed += next;
      moments.push([Date.now(), typed.length]);
      await new Promise((done) => setTimeout(done, 15));
    }
    clearTimeout(timer);
    if (child.exitCode === null && child.signalCode === null) await new Promise((done) => child.once("exit", done));

    const file = read();
    assert.ok(file.startsWith(head) && file.endsWith(tail), `kill ${kill}: half a file:\n${file}`);
    const kept = file.slice(head.length, file.length - tail.length);
    assert.ok(typed.startsWith(kept), `kill ${kill}: other words:\n${kept}\n${typed}`);
    const due = moments.filter(([moment]) => moment <= killed - PAUSE - LATE - slowest).at(-1)?.[1] ?? 0;
    assert.ok(kept.length >= due, `kill ${kill}: ${due - kept.length} letters lost; slowest save ${slowest} ms`);
    slowestOfAll = Math.max(slowestOfAll, slowest);
    lost = Math.max(lost, moments.filter(([moment, length]) => moment <= killed && length > kept.length).length);
    const first = moments.find(([, length]) => length > kept.length);
    longest = Math.max(longest, first ? killed - first[0] : 0);

    // The page has all words, and saves them without being loaded again.
    await start();
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await isSaved();
    for (let tries = 0; read() !== head + typed + tail; tries += 1) {
      assert.ok(tries < 200, `kill ${kill}: not saved afterwards:\n${read()}`);
      await new Promise((done) => setTimeout(done, 50));
    }
    assert.equal(await area.inputValue(), shown + typed);
  }
  console.log(`${KILLS} kills: at most ${lost} letters of the last ${longest} ms were not on disk; the slowest save took ${slowestOfAll} ms`);
  const left = readdirSync(join(root, "portfolio/entries/2026")).filter((name) => !name.endsWith(".md"));
  assert.ok(left.length <= 1, `left behind: ${left}`);
});
