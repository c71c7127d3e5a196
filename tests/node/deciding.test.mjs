// Fills the decision panel of an entry's page in the system's Chromium, from disk and from a server. The program must be able to read the
// file that the panel composes, for any input.
// KSBFOLIO_BINARY: path of the program.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
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

/** A page of the site with its panel open, and everything that should not happen on it. */
async function opened(href, options = {}) {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  const own = new URL(href).origin;
  page.on("request", (request) => {
    if (!/^(file|blob):/.test(request.url()) && !request.url().startsWith(own)) problems.push(`asked for ${request.url()}`);
  });
  await open(page, href);
  return { context, page, problems };
}

/** Opens the panel on a page. */
async function open(page, href) {
  await page.goto(href);
  await page.click(".deciding .primary");
  await page.waitForSelector(".deciding form");
}

/** Chooses a radio button by its field's name and value. */
const choose = (page, name, value) => page.check(`.deciding input[name="${name}"][value="${value}"]`);

/** Sets a field rather than typing into it, so that any character is possible. */
const set = (page, name, text) => page.$eval(`#decide_${name}`, (area, value) => { area.value = value; }, text);

async function fill(page, { who = "AS-12", verdicts = ["accepted"], sufficient = "true", feedback = "Well shown.", note = "Say why." } = {}) {
  await page.$eval(".deciding .you", (you) => { you.open = true; });
  await page.fill("#decide_who", who);
  await page.fill("#decide_date", "2026-11-20");
  for (const [at, verdict] of verdicts.entries()) {
    await choose(page, `claim${at}`, verdict);
    if (verdict !== "accepted") await set(page, `note${at}`, note);
  }
  for (const side of new Set(verdicts.map((verdict) => (verdict === "accepted" ? "accepted" : "back")))) {
    for (const rule of ["valid", "authentic", "current", "reliable"]) await choose(page, `${side}_${rule}`, "true");
    await choose(page, `${side}_sufficient`, side === "back" ? "false" : sufficient);
  }
  await set(page, "feedback", feedback);
}

/** Saves, and gives back what was downloaded. */
async function saved(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(".deciding form .primary")]);
  const text = readFileSync(await download.path(), "utf8");
  await page.waitForSelector(".done:not([hidden])");
  assert.equal(await page.inputValue("#decide_file"), text, "what is shown is what is saved");
  return { name: download.suggestedFilename(), text };
}

/** The form again, after it was saved. */
const again = (page) => page.click("text=Change these decisions");

const digestOf = (text) => createHash("sha256").update(text).digest("hex");

const keep = (page) => page.check("#decide_keep");

/** Takes the way of an assessor: the next entry in the list, on which the panel is open already. */
async function next(page) {
  await page.click('nav[aria-label="To assess"] a[rel=next]');
  await page.waitForSelector(".deciding form");
}

/** Serves the built site. */
async function serve() {
  const types = { html: "text/html", css: "text/css", js: "text/javascript", svg: "image/svg+xml" };
  const server = createServer((request, answer) => {
    const path = join(root, "output", decodeURIComponent(new URL(request.url, "http://x").pathname));
    if (!existsSync(path)) return answer.writeHead(404).end();
    answer.writeHead(200, { "content-type": types[path.split(".").at(-1)] ?? "application/octet-stream" }).end(readFileSync(path));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { server, site: `http://127.0.0.1:${server.address().port}/` };
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
  assert.equal(name, `2026-11-20-AS-12-for-AP-2041-${digestOf(text).slice(0, 8)}.yaml`, "a name carries eight digits of the file's digest");
  const { digest, previous } = await page.$eval(".deciding", (box) => ({ ...box.dataset }));
  const wordings = /^standards: \{ st0215: sha256:[0-9a-f]{64}, .*\}\n/m;
  assert.match(text, wordings);
  assert.equal(text.replace(wordings, ""), `version: 1
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
  assert.match(await page.textContent(".done"), /decisions on 1 entry[^]*Send this file to the apprentice or their tutor/);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Decision file saved", "the confirmation takes focus");
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
    await again(page);
    const wanted = typed.replace(/\p{Surrogate}/gu, "\ufffd").trimEnd();
    const read = parse(text).decisions[0].feedback;
    assert.equal(read.trimEnd(), wanted, what);
    assert.deepEqual(filed(text), [], `${what}:\n${text.slice(0, 600)}`);
  }
  for (const who of ["no", "-", "1.0", "AS_12.b"]) {
    await fill(page, { who });
    const { text, name } = await saved(page);
    await again(page);
    assert.equal(parse(text).assessor.id, who);
    assert.match(name, /^[\w.-]+\.yaml$/);
    assert.deepEqual(filed(text), [], text);
  }
  assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
  rmSync(join(root, FILED));
  await context.close();
  assert.deepEqual(problems, []);
});

test("an id with any characters reaches the file unchanged", async () => {
  const { page, context } = await opened(pageOf("no-x-b-e"));
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

test("missing input is reported at the field and in a summary, until it is right", async () => {
  const { context, page, problems } = await opened(pageOf(ENTRY));
  const title = await page.title();
  const errors = () => page.$$eval(".deciding [role=alert]:not([hidden]) a", (links) => links.map((link) => link.textContent));
  const save = () => page.click(".deciding form .primary");
  assert.equal(await page.locator(".deciding form :checked").count(), await page.locator(".deciding option:checked").count(), "nothing is ticked beforehand");
  await page.fill("#decide_date", "2999-01-01");
  await save();
  assert.deepEqual(await errors(), ["Enter your reference", "Choose a decision for at least one code", "Enter a day that is not in the future"]);
  assert.equal(await page.title(), `Error: ${title}`);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "alert");
  assert.equal(await page.getAttribute("#decide_who", "aria-invalid"), "true");
  assert.match(await page.textContent("#decide_who_error"), /^Error: /);
  const group = page.locator("fieldset[role=radiogroup]:has([name=claim0])");
  assert.equal(await group.getAttribute("aria-invalid"), "true", "a radio group is invalid as a whole");
  assert.equal(await group.getAttribute("aria-describedby"), "decide_claim0_error");
  await page.click(".deciding [role=alert] a >> nth=0");
  assert.equal(await page.evaluate(() => document.activeElement.id), "decide_who");

  await page.keyboard.type("AS-12");
  assert.deepEqual(await errors(), ["Choose a decision for at least one code", "Enter a day that is not in the future"]);
  assert.equal(await page.getAttribute("#decide_who", "aria-invalid"), null, "a corrected field is no longer reported");
  assert.equal(await page.getAttribute("#decide_who", "aria-describedby"), "decide_who_hint", "and keeps its hint");
  await choose(page, "claim0", "referred");
  await page.fill("#decide_date", "2026-11-20");
  assert.deepEqual(await errors(), []);
  assert.equal(await page.title(), title);

  await save();
  const code = await page.getAttribute("[data-claim]", "data-claim");
  assert.deepEqual(await errors(), [`Say what is missing for ${code}`, `Answer the rules of evidence for ${code}`]);
  await choose(page, "back_valid", "true");
  await page.fill("#decide_note0", "   ");
  await save();
  assert.equal((await errors()).length, 5, "each rule without an answer, and feedback of spaces");
  await page.fill("#decide_who", "ap-2041");
  await save();
  assert.match((await errors())[0], /the apprentice’s reference/);
  for (const who of ["AS 12", "Mrs Oakapple", "Ä\u202e"]) {
    await page.fill("#decide_who", who);
    await save();
    assert.match((await errors())[0], /only letters, digits and hyphens/);
  }
  await page.fill("#decide_date", "2025-09-02");
  await save();
  assert.match((await errors()).at(-1), /^Enter a day from 2\d{3}-\d\d-\d\d: earlier decisions do not count$/);

  await fill(page, { sufficient: "false" });
  await choose(page, "accepted_current", "false");
  await save();
  assert.deepEqual(await errors(), ["current", "enough"].map((words) => `You accept ${code}, but say that the evidence is not ${words}: change one of the two`));
  await fill(page, { verdicts: ["referred"] });
  await choose(page, "back_sufficient", "true");
  await save();
  assert.deepEqual(await errors(), [`Say what ${code} does not meet, or accept: all five are yes`]);
  await fill(page, { verdicts: ["referred"] });
  assert.match((await saved(page)).text, /referred/);
  await context.close();
  assert.deepEqual(problems, []);
});

test("accepted and referred codes are two decisions, each with its rules and its feedback", async () => {
  const { context, page, problems } = await opened(pageOf(ENTRY));
  const codes = await page.$$eval("[data-claim]", (all) => all.map((one) => one.dataset.claim));
  await page.fill("#decide_who", "AS-12");
  await page.fill("#decide_date", "2026-11-20");
  await choose(page, "claim0", "accepted");
  await choose(page, "claim1", "referred");
  const press = (nth) => page.click(`.deciding .rules:not([hidden]) button >> nth=${nth}`);
  await press(0);
  await press(1);
  await choose(page, "back_sufficient", "false");
  await page.fill("#decide_note0", "Clear.");
  await page.fill("#decide_note1", "Say how you knew.");
  await page.fill("#decide_feedback", "Nearly there.");
  const { text } = await saved(page);
  const all = { valid: true, authentic: true, current: true, sufficient: true, reliable: true };
  assert.deepEqual(parse(text).decisions.map(({ claims, vacsr, feedback }) => [claims, vacsr, feedback]), [
    [{ [codes[0]]: "accepted" }, all, "Clear.\n"],
    [{ [codes[1]]: "referred" }, { ...all, sufficient: false }, `Nearly there.\n\n**${codes[1]}**\n\nSay how you knew.\n`],
  ]);
  assert.deepEqual(filed(text), []);
  rmSync(join(root, FILED));
  await again(page);
  await page.click(`text=Undo ${codes[1]}`);
  assert.deepEqual(parse((await saved(page)).text).decisions.map(({ claims }) => claims), [{ [codes[0]]: "accepted" }], "a decision can be taken back");
  await context.close();
  assert.deepEqual(problems, []);
});

for (const from of ["disk", "a server"]) {
  test(`three entries are decided and saved as one file, from ${from}`, async () => {
    const { server, site } = from === "disk" ? { site: pathToFileURL(join(root, "output/")).href } : await serve();
    const workspace = mkdtempSync(join(tmpdir(), "ksbfolio-imported-"));
    try {
      const context = await browser.newContext({ acceptDownloads: true });
      const page = await context.newPage();
      const asked = [], problems = [];
      page.on("dialog", (dialog) => { asked.push(dialog.type()); dialog.accept(); });
      page.on("pageerror", (error) => problems.push(String(error)));
      await page.goto(`${site}to-decide.html`);
      const rows = await page.locator("main > table [data-waits]").count();
      assert.match(await page.textContent(".lead"), new RegExp(`claims to decide in ${rows} entries`));
      assert.equal(await page.locator(".deciding form").count(), 0, "the list has a form only while decisions are not saved");
      await page.click("[data-waits] th a");
      await page.click(".deciding .primary");
      await page.waitForSelector(".deciding form");
      const ids = [];
      for (const number of [1, 2, 3]) {
        if (number === 1) await keep(page);
        else await next(page);
        ids.push(await page.getAttribute(".deciding", "data-entry"));
        assert.equal(await page.locator(".deciding [type=radio]:checked").count(), 0, "nothing is ticked beforehand");
        await fill(page, { verdicts: number === 3 ? ["referred"] : ["accepted"] });
        await page.dispatchEvent("#decide_feedback", "input");
        assert.match(await page.textContent(".deciding .unsaved summary"), number === 1 ? /^1 entry decided, not saved yet$/ : new RegExp(`^${number} entries decided, not saved yet$`));
      }
      assert.deepEqual(asked, [], "pages of the site keep what is not saved");
      await page.click('nav[aria-label="To assess"] a[rel=prev]');
      await page.waitForSelector(".deciding form");
      assert.equal(await page.inputValue("#decide_who"), "AS-12");
      assert.equal(await page.isChecked(".deciding [name=claim0][value=accepted]"), true, "a decision is still there");
      await page.click('nav[aria-label="To assess"] >> text=All to assess');
      await page.waitForSelector(".deciding form");
      assert.equal(await page.locator("main > table [data-waits] .unsaved").count(), 3);
      await page.fill("#decide_date", "2026-11-20");
      const { text, name } = await saved(page);
      assert.match(await page.textContent(".done"), /with decisions on 3 entries/);
      const document = parse(text);
      assert.deepEqual(document.decisions.map((one) => one.entry), ids);
      assert.equal(new Set(document.decisions.map((one) => one.digest)).size, 3, "each entry has its digest");
      assert.equal(await page.evaluate(() => Object.keys(localStorage).join()), "ksbfolio-assessor", "saved decisions are not kept");
      await page.goto(`${site}to-decide.html`);
      assert.equal(await page.locator(".deciding form").count(), 0);
      assert.deepEqual(asked, [], "nothing is left to ask about");
      await context.close();
      assert.deepEqual(problems, []);

      for (const part of ["portfolio", "themes"]) cpSync(join(root, part), join(workspace, part), { recursive: true });
      writeFileSync(join(workspace, name), text);
      const before = accepted();
      const imported = spawnSync(binary, ["--root", workspace, "--as-of", "2026-11-21", "decisions", "import", join(workspace, name)], { encoding: "utf8" });
      assert.equal(imported.status, 0, imported.stderr);
      for (const id of ids) assert.match(imported.stdout, new RegExp(`^${id}, attempt 1$`, "m"));
      const sampled = root;
      root = workspace;
      assert.ok(accepted() > before, `${accepted()} accepted after ${before}`);
      root = sampled;
    } finally {
      server?.close();
      rmSync(workspace, { recursive: true, force: true });
    }
  });
}

test("decisions are kept only if the assessor agrees, and leaving without saving asks", async () => {
  const { context, page, problems } = await opened(pageOf(ENTRY));
  const asked = [];
  page.on("dialog", (dialog) => { asked.push(dialog.type()); dialog.dismiss(); });
  const stored = () => page.evaluate(() => Object.keys(localStorage).concat(Object.keys(sessionStorage)));
  await page.fill("#decide_who", "AS-12");
  await choose(page, "claim0", "accepted");
  assert.deepEqual(await stored(), []);
  await page.click("header a >> nth=0", { noWaitAfter: true });
  await page.waitForTimeout(500);
  assert.deepEqual(asked, ["beforeunload"], "a link asks while nothing is kept");
  await page.$eval(".deciding .you", (you) => { you.open = true; });
  await keep(page);
  assert.equal((await stored()).length, 2);
  await page.waitForTimeout(1100);
  await page.close({ runBeforeUnload: true });
  await new Promise((done) => setTimeout(done, 500));
  assert.deepEqual(asked, ["beforeunload", "beforeunload"], "closing the page asks");
  await page.uncheck("#decide_keep");
  assert.deepEqual(await stored(), [], "taking back the consent removes everything");
  await page.click("text=Clear this entry");
  assert.equal(await page.locator(".deciding [type=radio]:checked").count(), 0);
  await page.close({ runBeforeUnload: true });
  await new Promise((done) => setTimeout(done, 500));
  assert.equal(asked.length, 2, "nothing is left to ask about");
  await context.close();
  assert.deepEqual(problems, []);
});

test("decisions about an entry that changed since are not saved", async () => {
  const { context, page } = await opened(pageOf(ENTRY));
  await keep(page);
  await fill(page, { feedback: "Well shown." });
  await page.dispatchEvent("#decide_feedback", "input");
  await page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.startsWith("ksbfolio-sitting:"));
    localStorage.setItem(key, localStorage.getItem(key).replace(/sha256:\w+/, `sha256:${"0".repeat(64)}`));
  });
  page.on("dialog", (dialog) => dialog.accept());
  await page.reload();
  await page.waitForSelector(".deciding form");
  assert.match(await page.textContent(".deciding [role=status]"), /has changed since you decided/);
  assert.equal(await page.locator(".deciding [type=radio]:checked").count(), 0);
  assert.equal(await page.inputValue("#decide_feedback"), "Well shown.");
  assert.equal(await page.isVisible(".deciding .unsaved"), false);
  await context.close();
});

test("tabs of one portfolio share a sitting", async () => {
  const { context, page } = await opened(pageOf(ENTRY));
  await keep(page);
  await fill(page);
  const other = await context.newPage();
  await other.goto(pageOf("recognising-pain"));
  await other.waitForSelector(".deciding form");
  await choose(other, "claim0", "accepted");
  await page.waitForFunction(() => /^2 entries/.test(document.querySelector(".deciding .unsaved summary").textContent));
  await other.click("text=Clear this entry");
  await page.waitForFunction(() => /^1 entry/.test(document.querySelector(".deciding .unsaved summary").textContent));
  assert.equal(await page.inputValue("#decide_feedback"), "Well shown.", "what is typed here stays");
  await saved(page);
  await other.waitForFunction(() => document.querySelector(".deciding .unsaved").hidden);
  await context.close();
});

test("an entry that is not finished is named when another one is saved", async () => {
  const { context, page } = await opened(pageOf(ENTRY));
  await keep(page);
  await choose(page, "claim0", "accepted");
  await next(page);
  await fill(page);
  await page.click(".deciding form .primary");
  const link = page.locator(".deciding [role=alert] a");
  assert.match(await link.textContent(), /^Finish “.+”$/);
  await link.click();
  await page.waitForSelector(".deciding form");
  assert.equal(await page.getAttribute(".deciding", "data-entry"), ENTRY);
  await context.close();
});

test("tutors and employers comment and give no verdict", async () => {
  const { context, page } = await opened(pageOf(ENTRY));
  await fill(page);
  await page.selectOption("#decide_role", "tutor");
  assert.equal(await page.locator(".deciding fieldset:visible").count(), 0);
  const { text } = await saved(page);
  assert.doesNotMatch(text, /claims|vacsr/);
  assert.deepEqual(filed(text), []);
  rmSync(join(root, FILED));
  await context.close();
});

test("a reference is kept in the browser only if the assessor agrees", async () => {
  const { context, page } = await opened(pageOf(ENTRY));
  await fill(page);
  await saved(page);
  await open(page, pageOf("recognising-pain"));
  assert.equal(await page.inputValue("#decide_who"), "");
  await keep(page);
  await fill(page, { who: "AS-31" });
  await saved(page);
  const other = await context.newPage();
  await open(other, pageOf(ENTRY));
  assert.equal(await other.inputValue("#decide_who"), "AS-31");
  assert.equal(await other.textContent(".deciding .you summary"), "You: AS-31, assessor");
  assert.equal(await other.isVisible("#decide_who"), false);
  await context.close();
});

test("the panel works where storage is refused, and today is the local date", async () => {
  const context = await browser.newContext({ timezoneId: "Pacific/Kiritimati" });
  const page = await context.newPage();
  await page.addInitScript(() => {
    Object.defineProperty(Crypto.prototype, "subtle", { value: undefined });
    for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(globalThis, name, { get() { throw new Error("no"); } });
  });
  await open(page, pageOf(ENTRY));
  const here = await page.evaluate(() => [new Date().getFullYear(), new Date().getMonth() + 1, new Date().getDate()].map((part) => String(part).padStart(2, "0")).join("-"));
  assert.equal(await page.inputValue("#decide_date"), here);
  await page.click("#decide_keep");
  assert.equal(await page.isChecked("#decide_keep"), false);
  assert.match(await page.textContent(".deciding [role=status]"), /keeps nothing[^]*Save before you leave/);
  await fill(page);
  assert.equal((await saved(page)).name, "2026-11-20-AS-12-for-AP-2041.yaml", "without digests, as on a plain server, the name has none");
  await context.close();
});

test("the claim whose passage was asked for is lit, and the panel stays beside the text", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(pageOf(ENTRY));
  const hash = await page.$eval(".claims section:nth-of-type(2) blockquote a", (link) => link.hash);
  await page.goto(pageOf(ENTRY) + hash);
  const lit = () => page.$$eval("aside .lit", (all) => all.filter((one) => one.offsetParent).map((one) => one.querySelector("blockquote a").hash));
  assert.deepEqual(await lit(), [hash]);
  const isVisible = () => page.$eval("aside", (aside) => { const { top, bottom } = aside.getBoundingClientRect(); return top > -1 && top < 40 && bottom < innerHeight + 1; });
  await page.evaluate(() => document.querySelector(".prose").scrollIntoView({ block: "end", behavior: "instant" }));
  assert.equal(await isVisible(), true);
  await page.click(".deciding .primary");
  await page.waitForSelector(".deciding form");
  assert.deepEqual(await lit(), [hash], "also in the panel");
  await page.click(".deciding section:nth-of-type(1) blockquote a");
  assert.notDeepEqual(await lit(), [hash]);
  assert.equal((await lit()).length, 1);
  await context.close();
});

test("the open form has no accessibility violation and no sideways scroll, and is not printed", async () => {
  for (const [width, colorScheme] of [[320, "light"], [320, "dark"], [1280, "light"], [1280, "dark"]]) {
    const { context, page } = await opened(pageOf(ENTRY), { viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    await page.click(".deciding form .primary");
    await page.evaluate(axe.source);
    const audit = () => page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    const summarise = ({ violations }) => violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
    assert.deepEqual(summarise(await audit()), [], `${width} ${colorScheme} with mistakes`);
    await fill(page, { verdicts: ["accepted", "referred"] });
    await page.dispatchEvent("#decide_feedback", "input");
    assert.deepEqual(summarise(await audit()), [], `${width} ${colorScheme} filled in`);
    await page.$eval(".deciding .you", (you) => { you.open = true; });
    await keep(page);
    await page.click('nav[aria-label="To assess"] >> text=All to assess');
    await page.waitForSelector(".deciding form");
    await page.evaluate(axe.source);
    assert.deepEqual(summarise(await audit()), [], `${width} ${colorScheme} on the list`);
    await page.goBack();
    await page.waitForSelector(".deciding form");
    await page.evaluate(axe.source);
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

test("the panel works by keyboard alone", async () => {
  const context = await browser.newContext({ acceptDownloads: true });
  const page = await context.newPage();
  await page.goto(pageOf(ENTRY));
  const tabTo = async (is) => {
    for (let presses = 0; presses < 200; presses += 1) {
      if (await page.evaluate(is)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`no stop for ${is}`);
  };
  await tabTo(() => document.activeElement.matches(".deciding .primary"));
  await page.keyboard.press("Enter");
  await page.waitForSelector(".deciding form");
  await page.waitForFunction(() => document.activeElement.textContent === "Your decision");
  await tabTo(() => document.activeElement.id === "decide_who");
  await page.keyboard.type("AS-12");
  // Space chooses the first button of a group, arrow keys the others.
  await tabTo(() => document.activeElement.name === "claim0");
  await page.keyboard.press("Space");
  assert.equal(await page.isChecked(".deciding [name=claim0][value=accepted]"), true);
  await tabTo(() => document.activeElement.name === "claim1");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.isChecked(".deciding [name=claim1][value=referred]"), true);
  await tabTo(() => document.activeElement.id === "decide_note1");
  await page.keyboard.type("Say how you knew.");
  await tabTo(() => document.activeElement.textContent === "Yes to all five");
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await tabTo(() => document.activeElement.textContent === "Yes to all five");
  await page.keyboard.press("Enter");
  await tabTo(() => document.activeElement.name === "back_sufficient");
  await page.keyboard.press("ArrowRight");
  await tabTo(() => document.activeElement.id === "decide_feedback");
  await page.keyboard.type("Shown.");
  await tabTo(() => document.activeElement.type === "submit");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  const { decisions } = parse(readFileSync(await download.path(), "utf8"));
  assert.deepEqual(decisions.map((one) => Object.values(one.claims)), [["accepted"], ["referred"]]);
  assert.equal(decisions[1].vacsr.sufficient, false);
  await page.waitForFunction(() => document.activeElement.textContent === "Decision file saved");
  await context.close();
});

test("without script the page says so; a public page has no form, no list and no links to it", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(pageOf(ENTRY));
  assert.match(await page.innerText(".deciding"), /needs JavaScript/);
  assert.equal(await page.locator(".claims section").count() > 0, true);
  await context.close();
  const html = readFileSync(join(root, "public/index.html"), "utf8");
  assert.match(html, /data-page-type/);
  assert.equal(existsSync(join(root, "public/to-decide.html")), false);
  const all = spawnSync("grep", ["-rlE", "data-digest|decide\\.js|to-decide", join(root, "public"), "--include=*.html"], { encoding: "utf8" }).stdout;
  assert.equal(all, "");
});
