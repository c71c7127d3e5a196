// Drives the live preview with the real program, files and browser.
// KSBFOLIO_BINARY: path of the program. KSBFOLIO_WORKSPACE: a portfolio, which is copied.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { chromium } from "playwright-core";

const binary = resolve(process.env.KSBFOLIO_BINARY ?? "");
const workspace = resolve(process.env.KSBFOLIO_WORKSPACE ?? "");
const ENTRY = "portfolio/entries/2026/recognising-pain.md";
const PAGE = "entries/recognising-pain.html";

let browser, root, preview;
before(async () => {
  const executablePath = process.env.PATH.split(":").map((folder) => join(folder, "chromium")).find(existsSync);
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
});
after(async () => { await browser?.close(); });

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "ksbfolio-serve-"));
  for (const folder of ["portfolio", "standards", "themes"]) cpSync(join(workspace, folder), join(root, folder), { recursive: true });
  preview = await started();
});
afterEach(async () => {
  await stopped(preview);
  rmSync(root, { recursive: true, force: true });
});

/** Starts the program and waits until it says where it serves. */
async function started(...options) {
  const child = spawn(binary, ["--root", root, "--as-of", "2026-11-21", "serve", ...options], { stdio: ["ignore", "pipe", "pipe"] });
  const run = { child, log: "", address: "", key: "", cookie: "" };
  await new Promise((done, failed) => {
    child.stderr.on("data", (text) => {
      run.log += text;
      const found = /(http:\/\/127\.0\.0\.1:(\d+)\/)\?key=([0-9a-f]{64})\s/.exec(run.log);
      if (!found) return;
      [, run.address, , run.key] = found;
      run.cookie = `ksbfolio-${found[2]}=${run.key}`;
      done();
    });
    child.on("exit", (code) => failed(new Error(`ended with ${code}: ${run.log}`)));
  });
  return run;
}

async function stopped({ child }) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((done) => child.on("exit", done));
  child.kill("SIGINT");
  const stuck = setTimeout(() => child.kill("SIGKILL"), 5000);
  await over;
  clearTimeout(stuck);
}

const path = (name) => join(root, name);
const edit = (name, from, to) => {
  const text = readFileSync(path(name), "utf8");
  assert.ok(text.includes(from), `${name} has no ${from}`);
  writeFileSync(path(name), text.replace(from, to));
};
const said = async (pattern) => {
  for (let tries = 0; tries < 100 && !pattern.test(preview.log); tries += 1) await new Promise((done) => setTimeout(done, 30));
  assert.match(preview.log, pattern);
};

const get = (page, { address, cookie } = preview) => fetch(address + page, { headers: { Cookie: cookie } });

async function opened(page) {
  const context = await browser.newContext({ viewport: { width: 900, height: 500 } });
  context.setDefaultTimeout(5000);
  const tab = await context.newPage();
  const errors = [];
  tab.on("pageerror", (error) => errors.push(String(error)));
  tab.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
  await tab.goto(`${preview.address}?key=${preview.key}`);
  await tab.waitForURL(preview.address);
  await tab.goto(preview.address + page);
  await tab.waitForFunction(() => document.querySelector(".ksb-live")?.textContent);
  return { tab, errors, close: () => context.close() };
}

const shows = (tab, words) => tab.waitForFunction((words) => document.querySelector("main").textContent.includes(words), words, { timeout: 5000 });

test("a save updates the open page in place and prints the change of state", async () => {
  const { tab, errors, close } = await opened(PAGE);
  await tab.evaluate(() => scrollTo(0, 900));
  const before = await tab.evaluate(() => { globalThis.mine = true; return scrollY; });
  assert.ok(before > 300);
  edit(ENTRY, "ksb:K7)", "ksb:K33)");
  await tab.waitForFunction(() => [...document.querySelectorAll("a.code")].some((one) => one.textContent === "K33"));
  assert.equal(await tab.evaluate(() => scrollY), before, "the place was lost");
  assert.ok(await tab.evaluate(() => globalThis.mine), "the page was loaded anew");
  await said(/Saved: portfolio\/entries\/2026\/recognising-pain\.md/);
  await said(/K33 gap -> /);
  assert.deepEqual(errors, []);
  await close();
});

test("a finding appears and disappears with the line that causes it", async () => {
  const { tab, close } = await opened(PAGE);
  assert.equal(await tab.locator(".ksb-findings").count(), 0);
  edit(ENTRY, "ksb:K7)", "ksb:K77)");
  const item = tab.locator(".ksb-findings li", { hasText: "K77" });
  await item.waitFor();
  const line = readFileSync(path(ENTRY), "utf8").split("\n").findIndex((text) => text.includes("ksb:K77")) + 1;
  assert.match(await item.textContent(), new RegExp(`^Line ${line}, error: .*K77`));
  // A later update may replace the list while it is looked at.
  await tab.waitForFunction((wanted) => [...document.querySelectorAll(".ksb-findings li")].some((one) => one.textContent.includes("K77")
    && Number(one.parentElement.previousElementSibling?.dataset.line) === wanted), line);
  await said(/K77/);
  edit(ENTRY, "ksb:K77)", "ksb:K7)");
  await tab.waitForFunction(() => !document.querySelector(".ksb-findings"));
  await said(/fixed/);
  await close();
});

test("pages lead to the write page: an entry to its own boxes", async () => {
  const { tab, errors, close } = await opened(PAGE);
  await tab.click("text=Write in this entry");
  await tab.waitForSelector("textarea");
  assert.match(tab.url(), /_ksbfolio\/write\.html#entry=portfolio/);
  assert.deepEqual(errors, []);
  await close();
  const other = await opened("entries.html");
  assert.equal(await other.tab.textContent(".ksb-write:not([hidden])"), "Write");
  await other.close();
});

test("a page that cannot be rendered keeps its last good version and shows the error until corrected", async () => {
  const { tab, close } = await opened(PAGE);
  const was = await tab.locator("main").innerHTML();
  writeFileSync(path("themes/default/entry.html"), "{% extends \"base.html\" %}{% block main %}{{ page.nothing_of_this_name }}");
  await tab.waitForFunction(() => document.querySelector(".ksb-error")?.textContent.includes("entry.html"));
  assert.equal(await tab.locator("main").innerHTML(), was);
  rmSync(path("themes/default/entry.html"));
  cpSync(join(workspace, "themes/default/entry.html"), path("themes/default/entry.html"));
  await tab.waitForFunction(() => document.querySelector(".ksb-live") && !document.querySelector(".ksb-error"));
  edit(ENTRY, "## Feelings", "## Feelings then");
  await shows(tab, "Feelings then");
  await close();
});

test("unreadable front matter is reported in the page, and the preview goes on", async () => {
  const { tab, close } = await opened(PAGE);
  edit(ENTRY, "title:", "title: Broken: here\nwas:");
  await tab.locator(".ksb-findings li").first().waitFor();
  edit(ENTRY, "title: Broken: here\nwas:", "title:");
  await tab.waitForFunction(() => !document.querySelector(".ksb-findings"));
  await close();
});

test("lists, counts and search follow a title, a code, a new file, a rename and a removal", async () => {
  const { tab, close } = await opened("entries.html");
  const title = /^title: (.*)$/m.exec(readFileSync(path(ENTRY), "utf8"))[1];
  edit(ENTRY, title, "Zebrafish on the ward");
  await shows(tab, "Zebrafish on the ward");
  await tab.goto(`${preview.address}search.html?q=zebrafish`);
  await tab.waitForFunction(() => document.querySelector("#search-results")?.textContent.includes("Zebrafish"));
  await tab.goto(`${preview.address}entries.html`);
  // Saved by rename, as some editors do.
  writeFileSync(path("portfolio/entries/2026/.recognising-pain.md.swp"), "notes of an editor");
  writeFileSync(path("portfolio/entries/2026/4913"), "");
  rmSync(path("portfolio/entries/2026/4913"));
  writeFileSync(path("portfolio/entries/2026/next.tmp"), readFileSync(path(ENTRY), "utf8").replace("Zebrafish", "Okapi"));
  renameSync(path("portfolio/entries/2026/next.tmp"), path(ENTRY));
  await shows(tab, "Okapi on the ward");
  writeFileSync(path("portfolio/entries/2026/brand-new.md"), "---\ntitle: Brand new entry\ndate: 2026-11-20\nksbs: [K33]\n---\n\nSome words.\n");
  await shows(tab, "Brand new entry");
  renameSync(path("portfolio/entries/2026/brand-new.md"), path("portfolio/entries/2026/renamed.md"));
  await tab.waitForFunction(() => [...document.querySelectorAll("main a")].some((one) => one.href.endsWith("/entries/renamed.html")));
  rmSync(path("portfolio/entries/2026/renamed.md"));
  await tab.waitForFunction(() => !document.querySelector("main").textContent.includes("Brand new entry"));
  await close();
});

test("a replaced folder is still watched", async () => {
  const { tab, close } = await opened("entries.html");
  renameSync(path("portfolio"), path("portfolio-old"));
  await tab.waitForFunction(() => document.querySelector(".ksb-error"));
  cpSync(path("portfolio-old"), path("portfolio"), { recursive: true });
  await tab.waitForFunction(() => !document.querySelector(".ksb-error"), undefined, { timeout: 5000 });
  const title = /^title: (.*)$/m.exec(readFileSync(path(ENTRY), "utf8"))[1];
  edit(ENTRY, title, "Seen after the folder was replaced");
  await shows(tab, "Seen after the folder was replaced");
  await close();
});

/** The status of a request as it is typed. */
function raw(text) {
  return new Promise((done, failed) => {
    const socket = connect(Number(new URL(preview.address).port), "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.on("data", (data) => { answer += data; });
    socket.on("end", () => done({ status: Number(answer.slice(9, 12)), answer }));
    socket.on("error", failed);
  });
}

const OUTSIDE = ["/../portfolio/portfolio.yaml", "/%2e%2e/portfolio/portfolio.yaml", "/..%2fportfolio%2fportfolio.yaml", "/portfolio/portfolio.yaml", "//etc/passwd", "/assets/../../portfolio/portfolio.yaml", "/..\\portfolio\\portfolio.yaml"];

test("only this machine's own pages are answered, and only files of the site", async () => {
  const host = new URL(preview.address).host;
  const secret = `Cookie: ${preview.cookie}`;
  const status = async (line, ...headers) => (await raw(`${line} HTTP/1.1\r\nConnection: close\r\n${headers.join("\r\n")}\r\n\r\n`)).status;
  assert.equal(await status("GET /", `Host: ${host}`, secret), 200);
  assert.equal(await status("HEAD /", `Host: ${host}`, secret), 200);
  // Foreign origins are refused with and without the key.
  for (const headers of [[], [secret]]) {
    assert.equal(await status("GET /", "Host: rebound.example", ...headers), 403);
    assert.equal(await status("GET /", `Host: ${host}`, "Origin: http://rebound.example", ...headers), 403);
    assert.equal(await status("GET /data/coverage.json", `Host: ${host}`, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", ...headers), 403);
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) assert.equal(await status(`${method} /`, `Host: ${host}`, "Content-Length: 0", ...headers), 405);
  }
  for (const outside of OUTSIDE) {
    const { status, answer } = await raw(`GET ${outside} HTTP/1.1\r\nHost: ${host}\r\n${secret}\r\nConnection: close\r\n\r\n`);
    assert.ok(status === 404 || status === 400, `${outside}: ${status}`);
    assert.ok(!answer.includes("learner:"), outside);
    const locked = await raw(`GET ${outside} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    assert.ok(locked.status === 403 || locked.status === 400, `${outside}: ${locked.status}`);
  }
});

test("the key opens the preview and remains neither in the address nor in the history", async () => {
  const context = await browser.newContext();
  const tab = await context.newPage();
  const errors = [];
  tab.on("pageerror", (error) => errors.push(String(error)));
  tab.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
  await tab.goto(`${preview.address}?key=${preview.key}`);
  await tab.waitForURL(preview.address);
  await tab.waitForFunction(() => document.querySelector(".ksb-live")?.textContent);
  assert.equal(await tab.evaluate(() => document.referrer), "");
  assert.ok(!await tab.evaluate((key) => document.cookie.includes(key), preview.key));
  const [cookie] = await context.cookies();
  assert.deepEqual([cookie.name, cookie.httpOnly, cookie.sameSite, cookie.path], [preview.cookie.split("=")[0], true, "Strict", "/"]);
  await tab.reload();
  await tab.evaluate(() => location.reload());
  await tab.waitForFunction(() => document.querySelector(".ksb-live")?.textContent);
  await tab.locator("header nav a:visible").nth(1).click();
  await tab.waitForFunction(() => document.querySelector(".ksb-live")?.textContent);
  for (let back = 0; back < 3; back += 1) {
    await tab.goBack().catch(() => {});
    assert.ok(!tab.url().includes("key"), tab.url());
  }
  assert.deepEqual(errors, []);
  await context.close();
});

/** Starts a preview with --open, with a program in the place of the system's that notes its arguments and the file. */
async function startedWithOpen() {
  const notes = mkdtempSync(join(tmpdir(), "ksbfolio-browser-"));
  writeFileSync(join(notes, "xdg-open"), `#!/bin/sh\nset -e\nprintf '%s\\n' "$@" >"${notes}/arguments"\n`
    + `stat -c %a "$1" "$(dirname "$1")" >"${notes}/modes"\ncp "$1" "${notes}/page.html"\ntouch "${notes}/done"\n`, { mode: 0o755 });
  const was = process.env.PATH;
  process.env.PATH = `${notes}:${was}`;
  try {
    const run = await started("--port", "8300", "--open");
    for (let tries = 0; tries < 200 && !existsSync(join(notes, "done")); tries += 1) await new Promise((done) => setTimeout(done, 20));
    const lines = (name) => readFileSync(join(notes, name), "utf8").trim().split("\n");
    return { run, notes, file: lines("arguments")[0], arguments: lines("arguments"), modes: lines("modes") };
  } finally {
    process.env.PATH = was;
  }
}

test("--open passes the key to the browser only through a file that the user alone can read", async () => {
  const opened = await startedWithOpen();
  try {
    assert.equal(opened.arguments.length, 1);
    assert.ok(!opened.arguments.join().includes(opened.run.key));
    assert.ok(!readFileSync(`/proc/${opened.run.child.pid}/cmdline`, "utf8").includes(opened.run.key));
    assert.deepEqual(opened.modes, ["600", "700"]);
    const context = await browser.newContext();
    const tab = await context.newPage();
    await tab.goto(`file://${opened.file}`);
    await tab.waitForURL(opened.run.address);
    await tab.waitForFunction(() => document.querySelector(".ksb-live")?.textContent);
    for (let tries = 0; tries < 100 && existsSync(opened.file); tries += 1) await new Promise((done) => setTimeout(done, 20));
    assert.ok(!existsSync(resolve(opened.file, "..")), "the file is there after the browser came");
    await context.close();
  } finally {
    await stopped(opened.run);
    rmSync(opened.notes, { recursive: true, force: true });
  }
});

test("the file of --open is removed with the preview", async () => {
  const opened = await startedWithOpen();
  assert.ok(existsSync(opened.file));
  await stopped(opened.run);
  assert.ok(!existsSync(resolve(opened.file, "..")));
  rmSync(opened.notes, { recursive: true, force: true });
});

test("a page left open explains that the preview has a new key", async () => {
  const { tab, close } = await opened("entries.html");
  const { port } = new URL(preview.address);
  await stopped(preview);
  preview = await started("--port", port);
  await tab.waitForFunction(() => document.querySelector(".ksb-error")?.textContent.includes("address in the terminal"), undefined, { timeout: 8000 });
  await close();
});

test("a page on another port of this machine cannot read the preview, though the browser sends it the cookie", async () => {
  const elsewhere = createServer((_, answer) => { answer.setHeader("Content-Type", "text/html"); answer.end("<!doctype html><title>x</title>"); });
  await new Promise((done) => elsewhere.listen(0, "127.0.0.1", done));
  try {
    const { tab, close } = await opened("index.html");
    await tab.goto(`http://127.0.0.1:${elsewhere.address().port}/`);
    const read = await tab.evaluate((address) => fetch(address, { mode: "no-cors", credentials: "include" }).then((answer) => answer.type, () => "refused"), `${preview.address}entries.html`);
    assert.equal(read, "refused");
    await tab.evaluate((address) => { location.href = address; }, `${preview.address}entries.html`);
    await tab.waitForURL(`${preview.address}entries.html`);
    assert.equal(await tab.locator("h1").textContent(), "This preview is locked");
    // A navigation by the user to the same address is answered.
    await tab.goto(`${preview.address}entries.html`);
    await tab.waitForFunction(() => document.querySelector(".ksb-live")?.textContent);
    await close();
  } finally {
    elsewhere.close();
  }
});

test("a page from elsewhere cannot read the preview", async () => {
  const elsewhere = createServer((_, answer) => { answer.setHeader("Content-Type", "text/html"); answer.end("<!doctype html><title>x</title>"); });
  await new Promise((done) => elsewhere.listen(0, "127.0.0.1", done));
  const tab = await (await browser.newContext()).newPage();
  await tab.goto(`http://127.0.0.1:${elsewhere.address().port}/`);
  const read = await tab.evaluate(async (address) => {
    const tried = [];
    for (const options of [{}, { mode: "no-cors" }]) tried.push(await fetch(address, options).then((answer) => answer.text()).catch(() => ""));
    const script = document.createElement("script");
    script.src = `${address}assets/search/manifest.js`;
    tried.push(await new Promise((done) => { script.onload = () => done("script"); script.onerror = () => done(""); document.head.append(script); }));
    return tried.join("");
  }, preview.address);
  assert.equal(read, "");
  await tab.context().close();
  elsewhere.close();
});

test("drafts and private entries are not served for the public", async () => {
  await stopped(preview);
  preview = await started("--audience", "public");
  const hidden = readdirSync(path("portfolio/entries"), { recursive: true }).filter((name) => name.endsWith(".md")).filter((name) =>
    /^(status: draft|visibility: (private|assessor))/m.test(readFileSync(join(path("portfolio/entries"), name), "utf8")));
  assert.ok(hidden.length > 0);
  for (const name of hidden) {
    const page = `entries/${name.split("/").at(-1).replace(".md", ".html")}`;
    assert.equal((await get(page)).status, 404, page);
  }
  // An edit must not expose them either.
  const name = hidden[0];
  writeFileSync(join(path("portfolio/entries"), name), `${readFileSync(join(path("portfolio/entries"), name), "utf8")}\nMore words.\n`);
  await new Promise((done) => setTimeout(done, 300));
  assert.equal((await get(`entries/${name.split("/").at(-1).replace(".md", ".html")}`)).status, 404);
});

test("idle and slow connections do not block others", async () => {
  const port = Number(new URL(preview.address).port);
  const silent = [];
  for (let at = 0; at < 200; at += 1) {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.on("connect", () => { if (at % 2) socket.write("GET / HTTP/1.1\r\nHost: 127"); });
    silent.push(socket);
  }
  await new Promise((done) => setTimeout(done, 200));
  const start = Date.now();
  assert.equal((await get("")).status, 200);
  assert.ok(Date.now() - start < 2000);
  silent.forEach((socket) => socket.destroy());
});

test("a port in use gives the next one and says so; Ctrl-C ends it at once", async () => {
  const { port } = new URL(preview.address);
  const second = await started("--port", port);
  assert.notEqual(new URL(second.address).port, port);
  assert.match(second.log, new RegExp(`Port ${port} is in use`));
  // The open page has a pending event stream, which must not delay the exit.
  const waiting = get("_ksbfolio/news?since=1", second).catch(() => {});
  await new Promise((done) => setTimeout(done, 100));
  const start = Date.now();
  await stopped(second);
  assert.ok(Date.now() - start < 1000, `${Date.now() - start} ms`);
  assert.equal(second.child.exitCode, 0);
  await waiting;
});
