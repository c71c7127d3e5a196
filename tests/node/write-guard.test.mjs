// Sends the server of the write page what only strangers would send, with the real program and files.
// KSBFOLIO_BINARY: path of the program. KSBFOLIO_WORKSPACE: a portfolio, which is copied.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";

const binary = resolve(process.env.KSBFOLIO_BINARY ?? "");
const workspace = resolve(process.env.KSBFOLIO_WORKSPACE ?? "");
const ENTRY = "portfolio/entries/2026/recognising-pain.md";

let root, outside, preview;
before(async () => {
  root = mkdtempSync(join(tmpdir(), "ksbfolio-write-"));
  outside = mkdtempSync(join(tmpdir(), "ksbfolio-outside-"));
  for (const folder of ["portfolio", "standards", "themes"]) cpSync(join(workspace, folder), join(root, folder), { recursive: true });
  writeFileSync(join(outside, "secret.md"), "---\ntitle: Outside of the portfolio\ndate: 2026-11-01\n---\n\nA secret.\n");
  symlinkSync(join(outside, "secret.md"), join(root, "portfolio/entries/2026/linked.md"));
  symlinkSync(outside, join(root, "portfolio/entries/linked"));
  preview = await start();
});
after(async () => {
  await stop(preview);
  for (const folder of [root, outside]) rmSync(folder, { recursive: true, force: true });
});

/** Starts the program, and reads its key, cookie and token. */
async function start(...options) {
  const child = spawn(binary, ["--root", root, "--as-of", "2026-11-21", "serve", ...options], { stdio: ["ignore", "pipe", "pipe"] });
  const run = { child };
  await new Promise((done, failed) => {
    let log = "";
    child.stderr.on("data", (text) => {
      log += text;
      const found = /http:\/\/127\.0\.0\.1:(\d+)\/\?key=([0-9a-f]{64})\s/.exec(log);
      if (!found) return;
      Object.assign(run, { port: Number(found[1]), key: found[2], cookie: `ksbfolio-${found[1]}=${found[2]}` });
      done();
    });
    child.on("exit", (code) => failed(new Error(`ended with ${code}: ${log}`)));
  });
  const page = await send(run, "GET /_ksbfolio/write.html", { Host: `127.0.0.1:${run.port}`, Cookie: run.cookie });
  run.page = page.body;
  run.token = /"([0-9a-f]{64})"/.exec(page.body)?.[1];
  return run;
}

async function stop({ child }) {
  const over = new Promise((done) => child.on("exit", done));
  child.kill("SIGINT");
  await over;
}

/** Sends a request byte for byte, and returns the status and the body. */
function send({ port }, line, headers, body = "") {
  const lines = Object.entries(headers).flatMap(([name, values]) => [values].flat().map((value) => `${name}: ${value}`));
  return new Promise((done, failed) => {
    const chunks = [];
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(`${line} HTTP/1.1\r\n${lines.join("\r\n")}\r\nConnection: close\r\n\r\n`);
      socket.write(body);
    });
    const finish = () => {
      const text = Buffer.concat(chunks).toString();
      done({ status: Number(text.slice(9, 12)), head: text.split("\r\n\r\n", 1)[0], body: text.split("\r\n\r\n").slice(1).join("\r\n\r\n") });
    };
    socket.on("data", (data) => chunks.push(data));
    socket.on("end", finish);
    // The server closes without reading the rest of what is too long.
    socket.on("error", (error) => (chunks.length || ["ECONNRESET", "EPIPE"].includes(error.code) ? finish() : failed(error)));
  });
}

const right = (body, run = preview) => ({
  "Host": `127.0.0.1:${run.port}`,
  "Origin": `http://127.0.0.1:${run.port}`,
  "Sec-Fetch-Site": "same-origin",
  "Cookie": run.cookie,
  "X-Ksbfolio-Token": run.token,
  "Content-Type": "application/json",
  "Content-Length": Buffer.byteLength(body),
});

const ask = async (request) => {
  const body = JSON.stringify(request);
  const answer = await send(preview, "POST /_ksbfolio/write", right(body), body);
  assert.equal(answer.status, 200, answer.head);
  return JSON.parse(answer.body);
};

/** A hash over names and bytes of everything in the portfolio and outside of it. */
function everything() {
  const hash = createHash("sha256");
  for (const folder of [root, outside]) {
    for (const name of readdirSync(folder, { recursive: true }).sort()) {
      if (name.startsWith(".ksbfolio") || name.startsWith("output")) continue;
      hash.update(`${name}\0`);
      if (statSync(join(folder, name)).isFile()) hash.update(readFileSync(join(folder, name)));
    }
  }
  return hash.digest("hex");
}

const begin = JSON.stringify({ request: "begin", title: "From elsewhere" });

test("requests that the write page would not send are refused, and change nothing", async () => {
  const was = everything();
  const port = preview.port;
  const changed = (headers) => ({ ...right(begin), ...headers });
  const without = (name) => Object.fromEntries(Object.entries(right(begin)).filter(([known]) => known !== name));
  const hostile = [
    ["POST /_ksbfolio/write", without("Host")],
    ["POST /_ksbfolio/write", changed({ Host: "rebound.example" })],
    ["POST /_ksbfolio/write", changed({ Host: `rebound.example:${port}` })],
    ["POST /_ksbfolio/write", changed({ Host: `127.0.0.1:${port + 1}` })],
    ["POST /_ksbfolio/write", without("Origin")],
    ["POST /_ksbfolio/write", changed({ Origin: "http://rebound.example" })],
    ["POST /_ksbfolio/write", changed({ Origin: `http://rebound.example:${port}` })],
    ["POST /_ksbfolio/write", changed({ Origin: `http://127.0.0.1:${port + 1}` })],
    ["POST /_ksbfolio/write", changed({ Origin: `https://127.0.0.1:${port}` })],
    ["POST /_ksbfolio/write", changed({ Origin: "null" })],
    ["POST /_ksbfolio/write", changed({ Origin: "file://" })],
    ["POST /_ksbfolio/write", without("Sec-Fetch-Site")],
    ["POST /_ksbfolio/write", changed({ "Sec-Fetch-Site": "cross-site" })],
    ["POST /_ksbfolio/write", changed({ "Sec-Fetch-Site": "same-site" })],
    ["POST /_ksbfolio/write", changed({ "Sec-Fetch-Site": "none" })],
    ["POST /_ksbfolio/write", changed({ "Sec-Fetch-Site": ["same-origin", "same-origin"] })],
    ["POST /_ksbfolio/write", without("Cookie")],
    ["POST /_ksbfolio/write", changed({ Cookie: `ksbfolio-${port}=${"0".repeat(64)}` })],
    ["POST /_ksbfolio/write", changed({ Cookie: `${preview.cookie}; ${preview.cookie}` })],
    ["POST /_ksbfolio/write", without("X-Ksbfolio-Token")],
    ["POST /_ksbfolio/write", changed({ "X-Ksbfolio-Token": "" })],
    ["POST /_ksbfolio/write", changed({ "X-Ksbfolio-Token": "0".repeat(64) })],
    ["POST /_ksbfolio/write", changed({ "X-Ksbfolio-Token": preview.key })],
    ["POST /_ksbfolio/write", changed({ "X-Ksbfolio-Token": [preview.token, preview.token] })],
    ["POST /_ksbfolio/write", without("Content-Type")],
    ["POST /_ksbfolio/write", changed({ "Content-Type": "text/plain" })],
    ["POST /_ksbfolio/write", changed({ "Content-Type": "application/x-www-form-urlencoded" })],
    ["POST /_ksbfolio/write", changed({ "Content-Type": "multipart/form-data; boundary=x" })],
    ["POST /_ksbfolio/write", changed({ "Content-Type": "application/octet-stream" })],
    ["POST /_ksbfolio/drop", changed({})],
    [`POST /_ksbfolio/write?key=${preview.key}`, changed({})],
    ["POST /_ksbfolio/write/", changed({})],
    ["POST /_ksbfolio/../_ksbfolio/write", changed({})],
    ["POST /", changed({})],
    ["POST /_ksbfolio/write.html", changed({})],
    ["PUT /_ksbfolio/write", changed({})],
    ["PATCH /_ksbfolio/write", changed({})],
    ["DELETE /_ksbfolio/write", changed({})],
    ["OPTIONS /_ksbfolio/write", changed({ "Access-Control-Request-Method": "POST" })],
  ];
  assert.ok(hostile.length >= 38);
  for (const [line, headers] of hostile) {
    const answer = await send(preview, line, headers, begin);
    assert.ok([400, 403, 404, 405].includes(answer.status), `${line} ${JSON.stringify(headers)}: ${answer.status}`);
    assert.ok(!/access-control-allow/i.test(answer.head), line);
  }
  assert.equal(everything(), was);
});

test("what is too long is refused, whether or not it says so", async () => {
  const was = everything();
  const long = `{"request":"begin","title":"${"x".repeat(3_000_000)}"}`;
  // 0: the server closed the connection without reading the rest.
  assert.ok([413, 0].includes((await send(preview, "POST /_ksbfolio/write", right(long), long)).status));
  const { "Content-Length": _, ...unstated } = right("");
  const piece = "x".repeat(1_500_000), size = piece.length.toString(16);
  const chunked = `${size}\r\n${piece}\r\n${size}\r\n${piece}\r\n0\r\n\r\n`;
  assert.ok([413, 0].includes((await send(preview, "POST /_ksbfolio/write", { ...unstated, "Transfer-Encoding": "chunked" }, chunked)).status));
  const file = Buffer.alloc(33_000_000);
  const dropped = { ...right(file), "Content-Type": "application/octet-stream" };
  assert.ok([413, 0].includes((await send(preview, "POST /_ksbfolio/drop", dropped, file)).status));
  assert.equal(everything(), was);
});

test("requests are about files of the portfolio alone", async () => {
  const was = everything();
  const hash = createHash("sha256").update(readFileSync(join(outside, "secret.md"))).digest("hex");
  const paths = [
    "../secret.md", "portfolio/../../secret.md", "portfolio/entries/../../../secret.md", join(outside, "secret.md"), "/etc/passwd",
    "portfolio/entries/2026/linked.md", "portfolio/entries/linked/secret.md", "portfolio/entries\\..\\..\\secret.md",
    "themes/default/base.html", ".ksbfolio/lock", "C:\\Windows\\win.ini", "portfolio/entries/2026/nothing.md", "", "\u0000", ENTRY.toUpperCase(),
  ];
  for (const path of paths) {
    for (const request of [
      { request: "entry", path },
      { request: "file", path },
      { request: "splice", path, hash, splices: [{ from: 0, to: 0, insert: "x" }] },
      { request: "change", path, hash, change: { what: "set", field: "title", value: "x" } },
      { request: "undo", path, hash },
      { request: "submit", path, hash },
      { request: "reading", path },
      { request: "find-names", path, names: "Oakapple" },
      { request: "record-reading", path, hash, words: 0, files: 0 },
      { request: "near", path },
      { request: "assess", path },
      { request: "restore", path },
      { request: "look", path, file: "../../secret.md" },
      { request: "look", path: ENTRY, file: path },
      { request: "picture", path, hash, dropped: path, alt: "x" },
      { request: "rename", path, hash, name: "x", write: true },
      { request: "delete", path, hash, with_files: true, write: true },
    ]) {
      const answer = await ask(request);
      assert.ok(answer.answer === "refused" && !answer.message.startsWith("the request cannot be read"), `${JSON.stringify(request)}: ${JSON.stringify(answer).slice(0, 200)}`);
      assert.ok(!JSON.stringify(answer).includes("A secret"), path);
    }
  }
  for (const title of ["../../outside", "/etc/passwd", "..", "CON", "a/b\\c", "\u0000"]) await ask({ request: "begin", title, date: "2026-11-20" });
  const made = readdirSync(root, { recursive: true });
  assert.ok(!made.includes("outside.md") && !readdirSync(outside).includes("outside.md"));
  assert.deepEqual(readdirSync(outside), ["secret.md"]);
  assert.notEqual(everything(), was, "titles like these are ordinary titles of new entries");
});

test("texts that are no request get an answer, and the server goes on", async () => {
  for (const body of ["", "{}", "[]", "null", "{\"request\":\"format-the-disk\"}", "{\"request\":\"home\",\"extra\":1}", "\u0000", "{".repeat(100_000), "{\"request\":\"splice\",\"path\":1}"]) {
    const answer = await send(preview, "POST /_ksbfolio/write", right(body), body);
    assert.equal(answer.status, 200);
    assert.equal(JSON.parse(answer.body).answer, "refused", body.slice(0, 40));
  }
  assert.equal((await ask({ request: "home" })).answer, "home");
});

test("the page has the token, and nobody without the key has the page", async () => {
  assert.match(preview.page, /<main/);
  for (const name of ["write.html", "write.js", "write.css", "made/x.zip"]) {
    const locked = await send(preview, `GET /_ksbfolio/${name}`, { Host: `127.0.0.1:${preview.port}` });
    assert.equal(locked.status, 403, name);
    assert.ok(!locked.body.includes(preview.token));
  }
  const page = await send(preview, "GET /_ksbfolio/write.html", { Host: `127.0.0.1:${preview.port}`, Cookie: preview.cookie });
  assert.match(page.head, /content-security-policy: default-src 'none'; script-src 'self'/i);
  assert.match(page.head, /x-frame-options: DENY/i);
});

test("nothing is written for other audiences, or beside a theme with scripts of its own", async () => {
  for (const [prepare, ...options] of [
    [() => {}, "--audience", "assessor"],
    [() => {}, "--audience", "public"],
    [() => writeFileSync(join(root, "themes/default/assets/own.js"), "steal()")],
  ]) {
    prepare();
    const other = await start(...options);
    try {
      assert.match(other.page, /Writing is off/);
      assert.equal(other.token, undefined);
      assert.equal((await send(other, "POST /_ksbfolio/write", right(begin, { ...other, token: "0".repeat(64) }), begin)).status, 403);
    } finally {
      await stop(other);
    }
  }
});
