// Fills the decision form of an entry's page in the system's Chromium, from disk. The program must be able to read the
// file that the form composes, for any input.
// KSBFOLIO_BINARY: path of the program.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import axe from "axe-core";
import { chromium } from "playwright-core";
import { parse } from "yaml";

const binary = resolve(process.env.KSBFOLIO_BINARY ?? "");
const sample = fileURLToPath(new URL("../..", import.meta.url));
const ENTRY = "sharps-near-miss";
const FILED = "portfolio/decisions/new.yaml";

let browser, root;

function run(...words) {
  return spawnSync(binary, ["--root", root, "--as-of", "2026-11-21", ...words], { encoding: "utf8", maxBuffer: 1e8 });
}

const pageOf = (id, site = "output") => pathToFileURL(join(root, site, `entries/${id}.html`)).href;

before(async () => {
  root = mkdtempSync(join(tmpdir(), "ksbfolio-deciding-"));
  for (const part of ["portfolio", "themes"]) cpSync(join(sample, part), join(root, part), { recursive: true });
  // An id with characters that are special in YAML, shells and file systems.
  writeFileSync(join(root, "portfolio/entries/odd.md"),
    "---\ntitle: Odd\ndate: 2026-11-14\ntype: product\nid: \"no: {#} 'x' <b> \\\" & é\"\nksbs: [K33]\n---\n\nWords of its own.\n");
  assert.equal(run("build").status, 0);
  assert.equal(run("build", "--audience", "public", "--output", join(root, "public")).status, 0);
  const executablePath = process.env.PATH.split(":").map((folder) => join(folder, "chromium")).find(existsSync);
  assert.ok(executablePath, "chromium is not on the PATH");
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
});
after(async () => {
  await browser?.close();
  if (root) rmSync(root, { recursive: true, force: true });
});

/** A page of the site with its form open, and everything that should not happen on it. */
async function opened(href, options = {}) {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => { if (!/^(file|blob):/.test(request.url())) problems.push(`asked for ${request.url()}`); });
  await page.goto(href);
  await page.click(".deciding summary");
  await page.waitForSelector("#decide_who");
  return { context, page, problems };
}

/** Chooses a radio button by its field's name and value. */
const choose = (page, name, value) => page.check(`.deciding input[name="${name}"][value="${value}"]`);

async function fill(page, { who = "AS-12", verdicts = ["accepted"], sufficient = "true", feedback = "Well shown." } = {}) {
  await page.fill("#decide_who", who);
  await page.fill("#decide_date", "2026-11-20");
  for (const [at, verdict] of verdicts.entries()) await choose(page, `claim${at}`, verdict);
  for (const rule of ["valid", "authentic", "current", "reliable"]) await choose(page, rule, "true");
  await choose(page, "sufficient", sufficient);
  // Set rather than typed, so that any character is possible.
  await page.$eval("#decide_feedback", (area, text) => { area.value = text; }, feedback);
}

/** Saves, and gives back what was downloaded. */
async function saved(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(".deciding button")]);
  const text = readFileSync(await download.path(), "utf8");
  assert.equal(await page.inputValue("#decide_file"), text, "what is shown is what is saved");
  return { name: download.suggestedFilename(), text };
}

/** What the program says of a file among its decisions. */
function filed(text) {
  writeFileSync(join(root, FILED), text);
  const { findings } = JSON.parse(run("check", "--format", "json").stdout);
  return findings.filter((one) => one.file === FILED || /decision/.test(one.rule));
}

function accepted() {
  const { standards } = JSON.parse(run("coverage", "--format", "json").stdout);
  return standards.reduce((sum, one) => sum + one.summary.accepted, 0);
}

test("a decision is composed, saved and counts", async () => {
  const { context, page, problems } = await opened(pageOf(ENTRY));
  await fill(page, { feedback: "Seen **twice**.\n\nOn: a second line" });
  const codes = await page.$$eval("[data-claim]", (all) => all.map((one) => one.dataset.claim));
  const { name, text } = await saved(page);
  assert.equal(name, `2026-11-20-AS-12-${ENTRY}.yaml`);
  const { digest, previous } = await page.$eval(".deciding", (box) => ({ ...box.dataset }));
  assert.equal(text, `version: 1
assessor: { id: AS-12, role: assessor }
date: 2026-11-20
previous: ${previous}
decisions:
  - entry: ${ENTRY}
    attempt: 1
    digest: ${digest}
    claims: { ${codes[0]}: accepted }
    vacsr: { valid: true, authentic: true, current: true, sufficient: true, reliable: true }
    feedback: |
      Seen **twice**.

      On: a second line
`);
  const before = accepted();
  assert.deepEqual(filed(text), []);
  assert.equal(accepted(), before + 1);
  rmSync(join(root, FILED));
  assert.match(await page.textContent(".deciding [role=status]"), /decisions import/);
  await context.close();
  assert.deepEqual(problems, []);
});

const HOSTILE = {
  "leading spaces": "    indented code\nthen words",
  "a blank first line": "\n\n  then words",
  "trailing line ends": "words\n\n\n",
  "the end of a document": "---\nversion: 2\n...\n--- !!str\n",
  "keys and braces": "decisions: []\n}, { entry: x\n- entry: y\n? a\n: b",
  "marks of YAML": "# no comment\n& * ! | > ' \" % @ ` [ ] { } , key: value #",
  "tabs": "\tone\n  \ttwo\n\t",
  "carriage returns": "one\r\ntwo\rthree",
  "control characters": "a\u0000b\u0007c\u001b[31md\u007fe\u0085f\u009f",
  "line separators": "one\u2028two\u2029three\u0085four",
  "a byte-order mark": "\ufeffone\ufeff",
  "halves of pairs": "one\ud800two\udc00three \u{1f600}",
  "no characters": "\uffff\ufffe\ufdd0 \u{1ffff}",
  "markup": "</textarea><script>window.pwned=1</script><img src=x onerror=window.pwned=1>",
  "templates": "{{ page.title }} {% include \"x\" %} ${x}",
  "writing from the right": "\u202eabc\u2066def שלום مرحبا",
  "very long": "x".repeat(20000) + "\n" + " ".repeat(2000) + "y",
};

test("any input round-trips through the program and other YAML parsers", async () => {
  const { context, page, problems } = await opened(pageOf(ENTRY));
  for (const [what, feedback] of Object.entries(HOSTILE)) {
    await fill(page, { feedback });
    // The value of the field: browsers normalise line ends.
    const typed = await page.inputValue("#decide_feedback");
    const { text } = await saved(page);
    const wanted = typed.replace(/\p{Surrogate}/gu, "\ufffd").trimEnd();
    const read = parse(text).decisions[0].feedback;
    assert.equal(read.trimEnd(), wanted, what);
    assert.deepEqual(filed(text), [], `${what}:\n${text.slice(0, 600)}`);
  }
  for (const who of ["no", "AS 12: x", "'quoted'", "\"", "#1", "-", "Ä\u202e\u0007{}", "1.0", "~"]) {
    await fill(page, { who });
    const { text, name } = await saved(page);
    assert.equal(parse(text).assessor.id, who.trim());
    assert.match(name, /^[A-Za-z0-9-]+\.yaml$/);
    // A reference with confusable characters is read back, and accepts nothing.
    const expected = /^[A-Za-z0-9_.-]+$/.test(who) ? [] : ["unverified-decision"];
    assert.deepEqual(filed(text).map((finding) => finding.rule), expected, text);
  }
  assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
  rmSync(join(root, FILED));
  await context.close();
  assert.deepEqual(problems, []);
});

test("an id with any characters reaches the file unchanged", async () => {
  const { page, context } = await opened(pageOf("no-x-b"));
  await fill(page);
  const { text } = await saved(page);
  assert.equal(parse(text).decisions[0].entry, "no: {#} 'x' <b> \" & é");
  assert.deepEqual(filed(text), []);
  await context.close();
});

test("a code shared by two standards is written with its standard", async () => {
  const sampled = root;
  root = join(sampled, "two");
  for (const id of ["one", "other"]) {
    mkdirSync(join(root, "standards"), { recursive: true });
    writeFileSync(join(root, `standards/${id}.yaml`), `version: 1\nid: ${id}\ntitle: ${id}\nofficial: false\nkinds:\n  - { id: k, title: Knowledge, prefix: K }\ncriteria:\n  - { code: K1, kind: k, text: "One" }\n`);
  }
  mkdirSync(join(root, "portfolio/entries"), { recursive: true });
  mkdirSync(join(root, "portfolio/decisions"));
  writeFileSync(join(root, "portfolio/portfolio.yaml"), "version: 1\ntitle: T\nlearner: { id: L-1 }\nstandards: [one, other]\n");
  writeFileSync(join(root, "portfolio/entries/a.md"), "---\ntitle: A\ndate: 2026-11-14\ntype: product\nksbs: [\"other:K1\"]\n---\n\nWords of its own.\n");
  try {
    assert.equal(run("build").status, 0);
    const { page, context } = await opened(pageOf("a"));
    await fill(page);
    const { text } = await saved(page);
    assert.deepEqual(parse(text).decisions[0].claims, { "other:K1": "accepted" });
    assert.doesNotMatch(text, /previous/, "the first decision follows none");
    assert.deepEqual(filed(text), []);
    assert.equal(accepted(), 1);
    await context.close();
  } finally {
    root = sampled;
  }
});

test("missing input is reported at the field and in a summary that links to it", async () => {
  const { context, page, problems } = await opened(pageOf(ENTRY));
  await page.fill("#decide_date", "2999-01-01");
  await page.click(".deciding button");
  const errors = () => page.$$eval(".deciding [role=alert]:not([hidden]) a", (links) => links.map((link) => link.textContent));
  assert.deepEqual(await errors(), ["Enter your reference", "Enter a day that is not in the future", "Judge at least one claim"]);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "alert");
  await page.click(".deciding [role=alert] a >> nth=0");
  assert.equal(await page.evaluate(() => document.activeElement.id), "decide_who");
  assert.equal(await page.getAttribute("#decide_who", "aria-invalid"), "true");
  assert.match(await page.textContent("#decide_who_error"), /^Error: /);

  await fill(page, { sufficient: "false" });
  await page.click(".deciding button");
  assert.match((await errors()).join(), /Not sufficient, but accepted/);
  assert.equal(await page.getAttribute("#decide_who", "aria-invalid"), null, "a corrected field is no longer reported");
  await fill(page, { verdicts: ["referred"], sufficient: "false", feedback: "" });
  await page.click(".deciding button");
  assert.match((await errors()).join(), /Say what is missing for /);
  await fill(page, { verdicts: ["referred"], sufficient: "false" });
  assert.match((await saved(page)).text, /referred/);
  await context.close();
  assert.deepEqual(problems, []);
});

test("tutors and employers comment and give no verdict", async () => {
  const { context, page } = await opened(pageOf(ENTRY));
  await fill(page);
  await page.selectOption("#decide_role", "tutor");
  assert.equal(await page.isVisible(".deciding fieldset"), false);
  const { text } = await saved(page);
  assert.doesNotMatch(text, /claims|vacsr/);
  assert.deepEqual(filed(text), []);
  await context.close();
});

test("a reference is kept for this tab, and longer only where it is asked for", async () => {
  const { context, page } = await opened(pageOf(ENTRY));
  await fill(page);
  await saved(page);
  await page.goto(pageOf("recognising-pain"));
  await page.click(".deciding summary");
  assert.equal(await page.inputValue("#decide_who"), "AS-12");
  const other = await context.newPage();
  await other.goto(pageOf(ENTRY));
  await other.click(".deciding summary");
  assert.equal(await other.inputValue("#decide_who"), "");
  await other.check(".deciding [name=keep]");
  await fill(other, { who: "AS-31" });
  await saved(other);
  const third = await context.newPage();
  await third.goto(pageOf(ENTRY));
  await third.click(".deciding summary");
  assert.equal(await third.inputValue("#decide_who"), "AS-31");
  await context.close();
});

test("the form works without storage, and today is the local date", async () => {
  const context = await browser.newContext({ timezoneId: "Pacific/Kiritimati" });
  const page = await context.newPage();
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(globalThis, name, { get() { throw new Error("no"); } });
  });
  await page.goto(pageOf(ENTRY));
  await page.click(".deciding summary");
  const here = await page.evaluate(() => [new Date().getFullYear(), new Date().getMonth() + 1, new Date().getDate()].map((part) => String(part).padStart(2, "0")).join("-"));
  assert.equal(await page.inputValue("#decide_date"), here);
  await fill(page);
  await saved(page);
  await context.close();
});

test("the open form has no accessibility violation and no sideways scroll, and is not printed", async () => {
  for (const [width, colorScheme] of [[320, "light"], [320, "dark"], [1280, "light"], [1280, "dark"]]) {
    const { context, page } = await opened(pageOf(ENTRY), { viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    await page.click(".deciding button");
    await page.evaluate(axe.source);
    const audit = () => page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    const summarise = ({ violations }) => violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
    assert.deepEqual(summarise(await audit()), [], `${width} ${colorScheme} with mistakes`);
    await fill(page);
    await saved(page);
    assert.deepEqual(summarise(await audit()), [], `${width} ${colorScheme} when saved`);
    const [scroll, client] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(scroll <= client, `${scroll} wide in ${client}`);
    const small = await page.$$eval(".deciding :is(label, input, select, button, textarea, a)", (all) => all.filter((one) => one.offsetParent && !one.closest("label") && Math.min(one.offsetWidth, one.offsetHeight) < 24 && !one.matches("li a, label")).map((one) => one.outerHTML.slice(0, 80)));
    assert.deepEqual(small, []);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.isVisible(".deciding"), false);
    await context.close();
  }
});

test("the form works by keyboard", async () => {
  const context = await browser.newContext({ acceptDownloads: true });
  const page = await context.newPage();
  await page.goto(pageOf(ENTRY));
  await page.focus(".deciding summary");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#decide_who");
  await page.keyboard.press("Tab");
  await page.keyboard.type("AS-12");
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => ({ type: document.activeElement.type, name: document.activeElement.name, id: document.activeElement.id }));
    if (at.type === "radio") await page.keyboard.press(at.name.startsWith("claim") ? "ArrowRight" : "Space");
    if (at.id === "decide_feedback") await page.keyboard.type("Shown.");
    if (at.type === "submit") break;
  }
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  assert.match(readFileSync(await download.path(), "utf8"), /accepted[^]*Shown\./);
  await context.close();
});

test("without script the page names the command; a public page has neither form nor command", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(pageOf(ENTRY));
  await page.click(".deciding summary");
  assert.match(await page.textContent(".deciding"), new RegExp(`ksbfolio assess ${ENTRY}`));
  assert.equal(await page.locator(".deciding form").count(), 0);
  await context.close();
  const html = readFileSync(join(root, "public/index.html"), "utf8");
  assert.match(html, /data-page-type/);
  const all = spawnSync("grep", ["-rlE", "data-digest|decide\\.js", join(root, "public"), "--include=*.html"], { encoding: "utf8" }).stdout;
  assert.equal(all, "");
});
