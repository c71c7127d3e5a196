// Assesses in the write page, with the real program, in Chromium: what waits, deciding beside the text, one file, the way back.
// KSBFOLIO_BINARY: path of the program. KSBFOLIO_WORKSPACE: a portfolio, which is copied. KSBFOLIO_SHOTS: a folder for pictures
// of each view. KSBFOLIO_PAGE: a folder whose scripts and styles take the place of those in the program.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";

import axe from "axe-core";
import { chromium } from "playwright-core";

const binary = resolve(process.env.KSBFOLIO_BINARY ?? "");
const workspace = resolve(process.env.KSBFOLIO_WORKSPACE ?? "");
const { KSBFOLIO_SHOTS: shots, KSBFOLIO_PAGE: pages } = process.env;

let browser, root, child, address, context, page, errors;
before(async () => {
  const executablePath = process.env.PATH.split(":").map((folder) => join(folder, "chromium")).find(existsSync);
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
});
after(() => browser?.close());
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "ksbfolio-assess-"));
  for (const folder of ["portfolio", "standards"]) cpSync(join(workspace, folder), join(root, folder), { recursive: true });
  child = spawn(binary, ["--root", root, "serve"], { stdio: ["ignore", "pipe", "pipe"] });
  address = await new Promise((done, failed) => {
    let log = "";
    child.stderr.on("data", (text) => {
      log += text;
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?key=[0-9a-f]{64}/.exec(log);
      if (found) done(found[0]);
    });
    child.on("exit", (code) => failed(new Error(`ended with ${code}: ${log}`)));
  });
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
  context.setDefaultTimeout(15000);
  errors = [];
  page = await open();
});
afterEach(async () => {
  await context.close();
  const over = new Promise((done) => child.on("exit", done));
  child.kill("SIGINT");
  await over;
  rmSync(root, { recursive: true, force: true });
  assert.deepEqual(errors, []);
});

async function open() {
  const one = await context.newPage();
  one.on("pageerror", (error) => errors.push(String(error)));
  one.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
  one.on("dialog", (dialog) => dialog.accept());
  if (pages) {
    const list = readFileSync(join(pages, "../page.rs"), "utf8");
    const script = [...list.matchAll(/"page\/(write-\w+\.js)"/g)].map(([, name]) => readFileSync(join(pages, name), "utf8")).join("\n");
    await one.route("**/write.js", (route) => route.fulfill({ contentType: "text/javascript", body: script }));
    await one.route("**/write.css", (route) => route.fulfill({ contentType: "text/css", body: readFileSync(join(pages, "write.css"), "utf8") }));
  }
  await one.goto(address);
  // The page takes its key out of the address.
  await one.waitForURL((url) => !url.search, { waitUntil: "load" });
  await one.goto(new URL("/_ksbfolio/write.html", address).href);
  await one.waitForSelector("h1");
  return one;
}
const go = async (hash) => {
  await page.evaluate((to) => { location.hash = to; }, hash);
  await page.waitForFunction(() => document.activeElement?.matches("h1"));
};
const heading = () => page.locator("h1").textContent();
const toFirst = async () => {
  await go("assess");
  await page.locator("ol.entries a.title").first().click();
  await page.waitForSelector(".assess");
};
const fillWho = (who) => page.getByLabel("Your reference").fill(who);
/** The first code on the page: accepted or referred, with the rules of evidence. */
async function decideFirst(verdict, note = "") {
  const claim = page.locator("section.claim").first();
  await claim.getByLabel(verdict, { exact: true }).check();
  if (note) await claim.locator("textarea").fill(note);
  await answerRules(verdict);
  await page.getByText("Kept.").waitFor();
}
/** Answers the rules of evidence: what is sent back is not enough. */
async function answerRules(verdict) {
  if (verdict === "Accept") {
    await page.getByRole("button", { name: "Yes to all five" }).first().click();
    return;
  }
  await page.locator('.rules input[name="back:sufficient"][value=no]').check();
  await page.getByRole("button", { name: "Yes to the others" }).click();
}
const decisions = () => (existsSync(join(root, "portfolio/decisions")) ? readdirSync(join(root, "portfolio/decisions"), { recursive: true }).filter((name) => /\.yaml$/.test(name)) : []);

/** Looks at a view: wide and narrow, light and dark, with axe; nothing is wider than the screen. */
async function look(name) {
  await page.evaluate(axe.source);
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
      assert.deepEqual(found.violations.map(({ id, nodes }) => [id, nodes[0].html]), [], `${name} ${width} ${colorScheme}`);
      if (shots) await page.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${name} is ${wide} pixels too wide at ${width}`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 900 });
}

test("what waits is listed, and the arrow keys go through it", async () => {
  await page.getByRole("link", { name: "What waits to be assessed" }).click();
  await page.waitForFunction(() => document.activeElement?.matches("h1"));
  assert.equal(await heading(), "To assess");
  const links = page.locator("ol.entries a.title");
  assert.ok(await links.count() > 2);
  assert.match(await page.locator("ol.entries > li").first().textContent(), /Waits: .*[KSB]\d+/);
  await links.first().focus();
  await page.keyboard.press("ArrowDown");
  assert.ok(await links.nth(1).evaluate((link) => link === document.activeElement));
  await page.keyboard.press("ArrowUp");
  assert.ok(await links.first().evaluate((link) => link === document.activeElement));
  await look("waiting");
});

test("an entry is read with its passages, and nothing is chosen beforehand", async () => {
  await toFirst();
  assert.equal(await page.locator(".assess input:checked").count(), 0);
  assert.equal(await page.locator(".assess textarea").first().inputValue(), "");
  // A code is no word of the sentence.
  assert.ok(await page.locator("article.text .code").count() > 0);
  const quotes = page.locator(".assess .quote");
  if (await quotes.count()) {
    await quotes.first().click();
    const marked = await page.evaluate(() => document.activeElement.matches("mark"));
    assert.ok(marked, "the words are found in the text");
  }
  await page.locator("section.claim").first().getByLabel("Refer", { exact: true }).check();
  await look("assess");
  const next = page.getByRole("link", { name: /^Next/ });
  const title = await heading();
  await next.click();
  await page.waitForFunction((before) => document.querySelector("h1")?.textContent !== before, title);
  assert.equal(await page.getByRole("link", { name: /^Previous|^← Previous/ }).count(), 1);
});

test("a sitting survives a reload, says what is missing, and becomes one file", async () => {
  await toFirst();
  await fillWho("AP-2041");
  await page.locator("section.claim").first().getByLabel("Refer", { exact: true }).check();
  await page.getByText("Kept.").waitFor();
  await page.waitForTimeout(600);
  await page.reload();
  await page.waitForSelector(".assess");
  assert.ok(await page.locator("section.claim").first().getByLabel("Refer", { exact: true }).isChecked());
  await go("assess");
  assert.equal(await page.getByLabel("Your reference").inputValue(), "AP-2041");
  await page.getByRole("button", { name: "Save my decisions" }).click();
  const wrong = page.locator(".wrong ul");
  await wrong.waitFor();
  const said = await wrong.textContent();
  assert.match(said, /This is the apprentice’s reference/);
  assert.match(said, /Say what is missing for/);
  assert.match(said, /Answer the rules of evidence for/);
  await look("unfinished");
  await fillWho("AS-12");
  await wrong.locator("a").first().click();
  await page.waitForSelector(".assess");
  await page.getByRole("button", { name: "Go there" }).first().click();
  await page.keyboard.type("Say why you chose this scale.");
  await answerRules("Refer");
  await go("assess");
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save my decisions" }).click();
  const saved = await saving;
  assert.match(saved.suggestedFilename(), /-AS-12-[0-9a-f]{8}\.yaml$/);
  const text = readFileSync(await saved.path(), "utf8");
  assert.match(text, /referred/);
  assert.match(text, /Say why you chose this scale\./);
  await page.locator("#as-done").waitFor();
  assert.match(await page.locator(".submitted").textContent(), /ssh-keygen -Y sign -n ksbfolio-decision/);
  await look("saved");
  // The apprentice takes it in, and finds it where it belongs.
  const before = decisions().length;
  await go("");
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Add a file from my assessor" }).click();
  await (await choosing).setFiles({ name: saved.suggestedFilename(), mimeType: "text/yaml", buffer: Buffer.from(text) });
  await page.getByText(/ is added: \d+ decisions? on \d+ entr/).waitFor();
  assert.equal(decisions().length, before + 1);
  await page.reload();
  await page.waitForSelector(".to-change");
  assert.match(await page.locator(".to-change").textContent(), /Say why you chose this scale\./);
  await look("to-change");
  const title = await page.locator(".to-change a", { has: page.locator("xpath=ancestor::li[contains(., 'Say why you chose')]") }).first().textContent();
  await page.locator(".to-change a", { hasText: title }).first().click();
  await page.waitForSelector("textarea");
  assert.ok(await page.locator(".said", { hasText: "Say why you chose this scale." }).count() >= 1, "beside the code");
  await look("feedback");
});

test("the panel says what is chosen, what is missing and what contradicts itself, while it is filled in", async () => {
  await toFirst();
  await fillWho("AS-12");
  const claim = page.locator("section.claim").first(), panel = page.locator(".assess > aside");
  assert.match(await claim.textContent(), /Not yet decided/);
  await claim.getByLabel("Refer", { exact: true }).check();
  await claim.getByText("You chose: referred. Not saved yet.").waitFor();
  assert.doesNotMatch(await claim.textContent(), /Not yet decided/);
  await panel.getByRole("heading", { name: "Still to do here" }).waitFor();
  await panel.getByText(/Say what is missing for/).waitFor();
  assert.equal(await page.getByRole("button", { name: "Yes to all five" }).count(), 0);
  await page.getByRole("button", { name: "Yes to the others" }).click();
  await page.getByText("First say no to what it does not meet.").waitFor();
  for (const rule of ["valid", "authentic", "current", "sufficient", "reliable"]) await page.locator(`.rules input[name="back:${rule}"][value=yes]`).check();
  await panel.getByText(/Say what .* not meet, or accept: all five are yes/).waitFor();
  await look("contradiction");
  await page.locator('.rules input[name="back:valid"][value=no]').check();
  await claim.locator("textarea").fill("Say whom you asked.");
  await page.waitForFunction(() => !document.querySelector(".assess > aside").textContent.includes("Still to do here"));
});

test("what was decided and saved in this sitting is shown in the entry, and can be changed or withdrawn", async () => {
  await toFirst();
  await fillWho("AS-12");
  await decideFirst("Refer", "Say whom you asked.");
  const title = await heading();
  const save = async () => {
    await page.getByRole("link", { name: "Go on to save my decisions" }).click();
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save my decisions" }).click();
    const name = (await saving).suggestedFilename();
    await page.locator("#as-done").waitFor();
    return name;
  };
  const first = await save();
  assert.match(await page.locator(".site").textContent(), /Portfolio of AP-2041/);
  await page.locator("ol.entries a.title", { hasText: title }).first().click();
  const card = page.locator(".assess > aside .card");
  await card.getByText(first).waitFor();
  assert.match(await card.textContent(), /referred.*Say whom you asked\./s);
  await look("decided");
  await card.getByRole("button", { name: "Change it" }).click();
  await page.waitForSelector("section.claim");
  assert.ok(await page.locator("section.claim").first().getByLabel("Refer", { exact: true }).isChecked());
  await page.locator("section.claim").first().locator("textarea").fill("Say whom you asked, and when.");
  const second = await save();
  await page.getByText(`Do not send ${first}: this file takes its place.`).waitFor();
  await page.locator("ol.entries a.title", { hasText: title }).first().click();
  await card.getByRole("button", { name: "Withdraw it" }).click();
  await page.waitForSelector("section.claim");
  assert.equal(await page.locator(".assess input:checked").count(), 0);
  await go("assess");
  await page.getByText(`Withdrawn. Do not send ${second} to the apprentice.`).waitFor();
});

test("a photo is shown with what it shows in words", async () => {
  const path = "portfolio/entries/2026/charted.md";
  writeFileSync(join(root, path), "---\ntitle: Charted\ndate: 2026-11-20\ntype: product\nstatus: submitted\nksbs: [{ K7: I counted }]\nanonymised: true\nattachments: [{ file: evidence/skin-bundle-audit.png, shows: nobody, alt: A chart of twenty records }]\n---\n\nI counted what was written down.\n");
  const figure = page.locator(".assess figure");
  for (let tries = 0; tries < 40 && !await figure.count(); tries += 1) {
    await page.evaluate((to) => { location.hash = `assess=${encodeURIComponent(to)}`; }, path);
    await page.waitForTimeout(300);
    if (!await figure.count()) await page.evaluate(() => { location.hash = "assess"; });
    await page.waitForTimeout(200);
  }
  assert.equal(await figure.locator("figcaption").textContent(), "A chart of twenty records");
  assert.ok(await figure.locator("img").evaluate((image) => image.decode().then(() => image.naturalWidth > 0)));
});

test("decisions are filed in the folder", async () => {
  const before = decisions().length;
  await toFirst();
  await fillWho("AS-12");
  await decideFirst("Accept");
  await go("assess");
  const waits = await page.locator("ol.entries > li").count();
  await page.getByRole("button", { name: "Add them to this portfolio" }).click();
  await page.locator("#as-done").waitFor();
  assert.equal(decisions().length, before + 1);
  assert.match(await page.locator(".submitted").textContent(), /accepted/);
  assert.ok(await page.locator("ol.entries > li").count() <= waits);
});

test("everything is reached by keyboard alone", async () => {
  await go("assess");
  const press = async (until, key = "Tab", most = 300) => {
    for (let tries = 0; tries < most; tries += 1) {
      if (await page.evaluate(until)) return;
      await page.keyboard.press(key);
    }
    assert.fail(`${until} is not reached`);
  };
  await press(() => document.activeElement.id === "as-who");
  await page.keyboard.type("AS-12");
  await press(() => document.activeElement.matches("a.title"));
  await page.keyboard.press("Enter");
  await page.waitForSelector(".assess");
  await press(() => document.activeElement.matches("section.claim input[type=radio]"));
  await page.keyboard.press("Space");
  await press(() => document.activeElement.textContent === "Yes to all five");
  await page.keyboard.press("Enter");
  await page.waitForTimeout(400);
  await press(() => document.activeElement.textContent === "Go on to save my decisions");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Save my decisions" }).waitFor();
  const saving = page.waitForEvent("download");
  await press(() => document.activeElement.textContent === "Save my decisions");
  await page.keyboard.press("Enter");
  assert.match((await saving).suggestedFilename(), /AS-12/);
});

test("a round of assessor and apprentice takes no mouse, and the focus is never lost or out of sight", async () => {
  /** What has the focus: a part of the page, on screen, and with a sign of it. */
  const focus = async (after) => {
    const found = await page.evaluate(() => {
      const one = document.activeElement, { top, bottom } = one.getBoundingClientRect(), style = getComputedStyle(one);
      return { name: (one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent ?? one.textContent).trim().slice(0, 80), isLost: one === document.body,
        isSeen: bottom > 0 && top < innerHeight, isMarked: style.outlineStyle !== "none" || style.boxShadow !== "none" || one.tabIndex < 0 };
    });
    assert.deepEqual([found.isLost, found.isSeen, found.isMarked], [false, true, true], `${after}: ${JSON.stringify(found)}`);
    return found.name;
  };
  const tabTo = async (is, what) => {
    for (let tries = 0; tries < 400; tries += 1) {
      await page.keyboard.press("Tab");
      const name = await focus(`Tab to ${what}`);
      if (await page.evaluate(is)) return name;
    }
    return assert.fail(`${what} is not reached`);
  };
  const press = async (key, wait) => {
    await page.keyboard.press(key);
    await wait?.();
    await page.waitForTimeout(300);
    return focus(key);
  };
  // The assessor opens the list and an entry, and decides each code.
  await go("assess");
  await tabTo(() => document.activeElement.id === "as-who", "the reference");
  await page.keyboard.type("AS-12");
  const title = await tabTo(() => document.activeElement.matches("ol.entries a.title"), "an entry");
  await press("Enter", () => page.waitForSelector(".assess"));
  const codes = await page.locator(".assess aside > div:not([hidden]) > section.claim").count();
  for (let at = 0; at < codes; at += 1) {
    await tabTo(() => document.activeElement.matches("section.claim input[value=accepted]"), "the verdicts");
    // A group of choices is one stop; the arrow keys choose.
    await press("ArrowRight");
    await press("ArrowRight");
    assert.equal(await page.evaluate(() => document.activeElement.value), "referred");
    await tabTo(() => document.activeElement.matches("section.claim textarea"), "the feedback");
    await page.keyboard.type(`Say why, ${at}.`);
  }
  for (const rule of ["valid", "authentic", "current", "sufficient", "reliable"]) {
    await tabTo(() => document.activeElement.matches(".rules input[type=radio]"), rule);
    await press("Space");
    if (rule === "valid") await press("ArrowRight");
  }
  await page.waitForTimeout(500);
  await tabTo(() => document.activeElement.textContent === "Go on to save my decisions", "saving");
  await press("Enter", () => page.getByRole("button", { name: "Save my decisions" }).waitFor());
  await tabTo(() => document.activeElement.textContent === "Save my decisions", "the button that saves");
  const saving = page.waitForEvent("download");
  await press("Enter", () => page.locator("#as-done").waitFor());
  const saved = await saving, text = readFileSync(await saved.path(), "utf8");
  // The apprentice takes the file in, and goes on from the message to the feedback.
  await tabTo(() => document.activeElement.textContent === "← The portfolio", "the portfolio").catch(() => go(""));
  if (await page.evaluate(() => document.activeElement.matches("a"))) await press("Enter", () => page.waitForSelector(".exchange"));
  // From before the key, so that the browser knows in time that there will be no dialog.
  const choosing = page.waitForEvent("filechooser", { timeout: 60_000 });
  await tabTo(() => document.activeElement.textContent === "Add a file from my assessor", "adding the file");
  await page.keyboard.press("Enter");
  await (await choosing).setFiles({ name: saved.suggestedFilename(), mimeType: "text/yaml", buffer: Buffer.from(text) });
  await page.getByText(/ is added: \d+ decisions? on 1 entry\./).waitFor();
  await focus("adding the file");
  assert.equal(await tabTo(() => document.activeElement.matches(".exchange li a"), "the entry"), title);
  assert.match(await press("Enter", () => page.waitForSelector("textarea")), /^What people said about it/);
  assert.match(await page.locator(".submitted").textContent(), /^Sent back: /);
  // They change it, and give it again.
  await tabTo(() => document.activeElement.matches(".stages textarea"), "a box");
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" I chose it because she could not speak.");
  await page.getByText("Changed since it was sent back").first().waitFor();
  for (let tries = 0; tries < 60 && await page.evaluate(() => document.activeElement.textContent !== "Go on to give it to them"); tries += 1) await press("Shift+Tab");
  await press("Enter", () => page.waitForSelector(".exchange"));
  assert.equal(await focus("giving"), "Give to my assessor");
  const giving = page.waitForEvent("download", { timeout: 60000 });
  await press("Enter", () => page.getByText("Your browser has saved").waitFor({ timeout: 60000 }));
  await giving;
  assert.equal(await focus("given"), "Give to my assessor");
  // A dialog gives the focus back to what opened it.
  await go("");
  await tabTo(() => document.activeElement.matches(".entries a.title"), "an entry");
  await press("Enter", () => page.getByRole("button", { name: "Rename…" }).waitFor());
  for (const name of ["Show me the file", "Rename…", "Delete…", "Add a code for the whole entry"]) {
    await page.getByRole("button", { name, exact: true }).focus();
    await press("Enter", () => page.locator("dialog[open]").waitFor());
    await page.keyboard.press("Escape");
    await page.waitForTimeout(200);
    assert.equal(await focus(`${name} and Escape`), name);
  }
});

test("the zip for the assessor is offered with what is in it and what is not", async () => {
  const card = page.locator(".exchange");
  assert.match(await card.textContent(), /without drafts, private entries, days of events, consents and your answers/);
  const saving = page.waitForEvent("download");
  await card.getByRole("button", { name: "Give to my assessor" }).click();
  assert.equal((await saving).suggestedFilename().replace(/\d{4}-\d\d-\d\d-\d{4}/, "DAY-TIME"), "AP-2041-for-assessor-DAY-TIME.zip");
  await card.getByText("Your browser has saved").waitFor();
  await look("given");
});

test("home says how the pace goes on", async () => {
  assert.match(await page.locator("main").textContent(), /At the pace so far, all codes have evidence by|No forecast yet: /);
});
