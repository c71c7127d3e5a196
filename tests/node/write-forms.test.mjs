// The write page's forms over settings, reviews, breaks and consents; entries that are renamed, deleted and brought back. With
// the program, in Chromium. KSBFOLIO_BINARY: path of the program. KSBFOLIO_WORKSPACE: a portfolio, which is copied.
// KSBFOLIO_SHOTS: a folder for pictures of the views, if they are wanted.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, beforeEach, test } from "node:test";

import axe from "axe-core";
import { chromium } from "playwright-core";

const SETTINGS = "portfolio/portfolio.yaml", CONSENTS = "portfolio/consents.yaml";
const PAIN = "portfolio/entries/2026/plain.md", OTHER = "portfolio/entries/2026/another.md";
const ENTRY = "---\ntitle: A plain visit\ndate: 2026-03-14\ntype: reflection\nstatus: draft\nid: plain\nksbs: [K7]\nattachments: [{ file: evidence/only-here.png, alt: A dot, shows: nobody }]\n---\n\n## Description\n\nI sat with her until the pain was less.\n";
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const shots = process.env.KSBFOLIO_SHOTS;

let browser, root, child, address, page, errors;
const file = (path) => readFileSync(join(root, path), "utf8");
before(async () => {
  root = mkdtempSync(join(tmpdir(), "ksbfolio-forms-"));
  for (const folder of ["portfolio", "standards"]) cpSync(join(resolve(process.env.KSBFOLIO_WORKSPACE), folder), join(root, folder), { recursive: true });
  writeFileSync(join(root, PAIN), ENTRY);
  writeFileSync(join(root, "portfolio/evidence/only-here.png"), PIXEL);
  writeFileSync(join(root, OTHER), "---\ntitle: Another visit\ndate: 2026-03-15\nstatus: draft\n---\n\n## Description\n\nAs [before](plain.md).\n");
  child = spawn(resolve(process.env.KSBFOLIO_BINARY), ["--root", root, "--as-of", "2026-11-21", "serve", "--audience", "private"], { stdio: ["ignore", "ignore", "pipe"] });
  const found = await new Promise((done, failed) => {
    let log = "";
    child.stderr.on("data", (words) => {
      log += words;
      const match = /(http:\/\/127\.0\.0\.1:\d+\/)\?key=([0-9a-f]{64})\s/.exec(log);
      if (match) done(match);
    });
    child.on("exit", (code) => failed(new Error(`ended with ${code}: ${log}`)));
  });
  address = found[1];
  const executablePath = process.env.PATH.split(":").map((folder) => join(folder, "chromium")).find(existsSync);
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  page = await signedIn({ viewport: { width: 1280, height: 900 } }, found[2]);
  key = found[2];
  if (shots) mkdirSync(shots, { recursive: true });
});
let key;
after(async () => {
  await browser?.close();
  child?.kill("SIGINT");
  rmSync(root, { recursive: true, force: true });
});

async function signedIn(options, secret = key) {
  const context = await browser.newContext(options), made = await context.newPage();
  made.setDefaultTimeout(20000);
  errors = [];
  made.on("pageerror", (error) => errors.push(String(error.stack)));
  await made.goto(`${address}?key=${secret}`);
  await made.waitForURL(address);
  await made.goto(`${address}_ksbfolio/write.html`);
  await made.waitForSelector("h1", { state: "attached" });
  return made;
}
const go = async (hash, title, on = page) => {
  await on.evaluate((to) => { location.hash = to; }, hash);
  await on.getByRole("heading", { level: 1, name: title }).waitFor({ state: "attached" });
};
const toEntry = (path) => `entry=${encodeURIComponent(path)}`;
async function until(is, what) {
  for (let tries = 0; tries < 300; tries += 1) {
    if (is()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(what());
}
beforeEach(() => { assert.deepEqual(errors ?? [], []); });

test("settings are reached from home, saved once left, and taken back", async () => {
  await page.getByRole("link", { name: "Settings", exact: true }).press("Enter");
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  const before = file(SETTINGS);
  await page.getByLabel("Title of the portfolio").fill("My two years");
  await page.keyboard.press("Tab");
  await until(() => /^title: "?My two years/m.test(file(SETTINGS)), () => file(SETTINGS));
  await page.waitForFunction(() => document.querySelector("#status").textContent.startsWith("Saved"));
  await page.getByLabel("Paid hours in a week").fill("30");
  await page.keyboard.press("Enter");
  await until(() => /weekly_hours: 30\b/.test(file(SETTINGS)), () => file(SETTINGS));
  for (const left of [1, 0]) {
    await page.getByRole("button", { name: "Undo the last change" }).click();
    if (left) await until(() => !/weekly_hours: 30\b/.test(file(SETTINGS)), () => file(SETTINGS));
  }
  await until(() => file(SETTINGS) === before, () => file(SETTINGS));
  await page.waitForFunction(() => document.querySelector("#set-title").value !== "My two years");
  assert.ok(await page.getByText("Assistant practitioner (health)").isVisible());
});

test("a wrong value is answered under its field, and is not written", async () => {
  const before = file(SETTINGS);
  await page.getByLabel("Time zone").fill("Erewhon/Nowhere");
  await page.keyboard.press("Tab");
  const wrong = page.locator("#set-timezone-wrong");
  await page.waitForFunction(() => document.querySelector("#set-timezone-wrong").textContent);
  assert.match(await wrong.textContent(), /name of a time zone/);
  assert.equal(await page.getByLabel("Time zone").getAttribute("aria-invalid"), "true");
  assert.equal(await page.textContent("#status"), "Not saved: Look at what is marked.");
  assert.equal(file(SETTINGS), before);
  await page.getByLabel("Time zone").fill("Europe/Paris");
  await page.keyboard.press("Tab");
  await until(() => /^timezone: Europe\/Paris/m.test(file(SETTINGS)), () => file(SETTINGS));
  await page.waitForFunction(() => !document.querySelector("#set-timezone-wrong").textContent);
});

test("words in a field are saved by going to another view", async () => {
  await page.getByLabel("Cohort").fill("autumn");
  await page.evaluate(() => { location.hash = "reviews"; });
  await page.getByRole("heading", { level: 1, name: "Reviews and breaks" }).waitFor();
  assert.match(file(SETTINGS), /cohort: "?autumn/);
});

test("a settings file that changed underneath is shown, and not overwritten", async () => {
  await go("settings", "Settings");
  writeFileSync(join(root, SETTINGS), file(SETTINGS).replace(/^title: .*$/m, "title: Typed elsewhere"));
  await page.getByLabel("Cohort").fill("spring");
  await page.keyboard.press("Tab");
  await page.getByText("also changed somewhere else", { exact: false }).first().waitFor();
  assert.match(file(SETTINGS), /cohort: "?autumn/);
  await page.waitForFunction(() => document.querySelector("#set-title").value === "Typed elsewhere");
  await page.getByRole("button", { name: "Close" }).click();
});

test("the list of entries asks for the first day of the programme where it is not known, and leads to the worst finding", async () => {
  const before = file(SETTINGS), entry = file(OTHER);
  writeFileSync(join(root, SETTINGS), before.replace(/^start: .*\n/m, ""));
  writeFileSync(join(root, OTHER), entry.replace("As ", "Mrs Oakapple rang. As "));
  const other = await signedIn({ viewport: { width: 320, height: 640 } });
  await other.getByRole("link", { name: "When did your programme begin?" }).press("Enter");
  await other.getByLabel("First day of the programme").waitFor();
  assert.equal(await other.getByLabel("First day of the programme").inputValue(), "");
  writeFileSync(join(root, SETTINGS), before);
  await other.reload();
  await other.evaluate(() => { location.hash = ""; });
  await other.getByRole("button", { name: /^Show all/ }).press("Enter");
  await other.getByRole("link", { name: /: Another visit$/ }).press("Enter");
  await other.waitForFunction(() => document.activeElement.matches("textarea"));
  assert.match(await other.evaluate(() => document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)), /Oakapple/);
  await other.evaluate(() => { location.hash = ""; });
  await other.getByRole("link", { name: "Write a new entry" }).waitFor();
  assert.equal(await other.getByRole("link", { name: "When did your programme begin?" }).count(), 0);
  writeFileSync(join(root, OTHER), entry);
  await other.context().close();
});

test("reviews and breaks are added, ended and removed with the keyboard", async () => {
  await go("reviews", "Reviews and breaks");
  await page.getByRole("button", { name: "Add this review" }).press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.type), "date");
  await page.getByLabel("Day of the review").fill("2026-10-07");
  await page.getByLabel("My employer").press("Space");
  await page.getByLabel("Day of the review").press("Enter");
  await until(() => /date: 2026-10-07, with: \[employer\]/.test(file(SETTINGS)), () => file(SETTINGS));
  await page.getByText("7 October 2026, with employer").waitFor();
  await page.getByLabel("Day of the review").fill("2036-10-07");
  await page.keyboard.press("Enter");
  await page.locator(".wrong", { hasText: "once it has taken place" }).waitFor();
  await page.getByLabel("First day").fill("2026-06-01");
  await page.getByLabel("Reason").fill("sick leave");
  await page.keyboard.press("Enter");
  await until(() => /from: 2026-06-01, to: unknown, reason: "?sick leave/.test(file(SETTINGS)), () => file(SETTINGS));
  await page.getByText("1 June 2026 to a day that is not agreed yet: sick leave").waitFor();
  await page.getByLabel("Last day of the break from 1 June 2026").fill("2026-05-01");
  await page.keyboard.press("Enter");
  await page.getByText(/It has to be a day on or after the first day/).waitFor();
  await page.getByLabel("Last day of the break from 1 June 2026").fill("2026-07-01");
  await page.keyboard.press("Enter");
  await page.getByText("1 June 2026 to 1 July 2026: sick leave").waitFor();
  await page.getByRole("button", { name: "Remove: break from 1 June 2026" }).press("Enter");
  await until(() => !/sick leave/.test(file(SETTINGS)), () => file(SETTINGS));
  await page.waitForFunction(() => document.activeElement.tagName === "H1");
});

test("consents are added by a reference, and withdrawn", async () => {
  await go("consents", "Consents");
  await page.getByLabel("Reference").fill("Mrs Oakapple");
  await page.getByLabel("Day it was given").fill("2026-10-01");
  await page.getByLabel("My portfolio").check();
  await page.getByRole("button", { name: "Add this consent" }).click();
  await page.locator(".wrong", { hasText: "may identify a person" }).waitFor();
  assert.match(await page.evaluate(() => document.activeElement.id), /-id$/);
  await page.getByLabel("Reference").fill("CON-099");
  await page.keyboard.press("Enter");
  await until(() => /id: CON-099/.test(file(CONSENTS)), () => file(CONSENTS));
  await page.getByRole("button", { name: "It was withdrawn: CON-099" }).press("Enter");
  await until(() => /id: CON-099.*withdrawn: true/s.test(file(CONSENTS)), () => file(CONSENTS));
});

test("a photo names a consent of the list", async () => {
  await page.getByLabel("Reference").fill("CON-100");
  await page.getByLabel("Day it was given").fill("2026-10-01");
  await page.getByLabel("My portfolio").check();
  await page.getByRole("button", { name: "Add this consent" }).click();
  await until(() => /id: CON-100/.test(file(CONSENTS)), () => file(CONSENTS));
  await go(toEntry(PAIN), "A plain visit");
  await page.getByRole("button", { name: "Consent… of A dot" }).press("Enter");
  await page.getByLabel("Consent", { exact: true }).selectOption("CON-100");
  assert.equal(await page.locator("#clear-consent option[value=CON-099]").count(), 0, "a withdrawn one is not offered");
  await page.getByRole("button", { name: "Save", exact: true }).press("Enter");
  await until(() => /consent: CON-100/.test(file(PAIN)), () => file(PAIN));
  await page.getByRole("button", { name: "Undo the last change" }).click();
  await until(() => file(PAIN) === ENTRY, () => file(PAIN));
});

test("an entry is renamed with its file and the links to it, after a list of what changes", async () => {
  await go(toEntry(PAIN), "A plain visit");
  await page.getByRole("button", { name: "Rename…" }).press("Enter");
  await page.getByLabel("New title").fill("A visit at night");
  await page.keyboard.press("Enter");
  await page.getByText("1 other entry names it. Its link follows:").waitFor();
  assert.match(await page.innerText("dialog"), /Another visit: 1 link to it/);
  assert.equal(file(PAIN), ENTRY);
  await picture("rename");
  await page.getByRole("button", { name: "Rename it" }).press("Enter");
  const path = "portfolio/entries/2026/a-visit-at-night.md";
  await until(() => existsSync(join(root, path)) && !existsSync(join(root, PAIN)), () => "not renamed");
  assert.equal(file(path), ENTRY.replace("A plain visit", "A visit at night"));
  assert.match(file(OTHER), /\[before\]\(a-visit-at-night\.md\)/);
  await page.getByRole("heading", { level: 1, name: "A visit at night" }).waitFor({ state: "attached" });
  await page.getByRole("textbox", { name: "Description" }).press("Control+End");
  await page.keyboard.type(" And stayed.");
  await until(() => file(path).includes("less. And stayed."), () => file(path));
});

test("an entry whose new title names another file keeps its file, in one step", async () => {
  const path = "portfolio/entries/2026/a-visit-at-night.md";
  await page.getByRole("button", { name: "Rename…" }).click();
  await page.getByLabel("New title").fill("Another");
  await page.keyboard.press("Enter");
  await until(() => /^title: Another$/m.test(file(path)), () => file(path));
  await page.getByText("Renamed.").waitFor();
  await page.waitForFunction(() => document.querySelector("#field-title").value === "Another");
  await page.getByRole("textbox", { name: "Description" }).press("Control+End");
  await page.keyboard.type(" Until six.");
  await until(() => file(path).includes("stayed. Until six."), () => file(path));
});

test("an entry is deleted with what only it uses, and brought back", async () => {
  const path = "portfolio/entries/2026/a-visit-at-night.md", text = file(path), evidence = join(root, "portfolio/evidence/only-here.png");
  await page.getByRole("button", { name: "Delete…" }).press("Enter");
  await page.getByText("1 other entry names it, and its link leads nowhere then:").waitFor();
  await page.getByLabel(/Also delete the picture or file that no other entry uses/).check();
  await picture("delete");
  await page.getByRole("button", { name: "Delete it" }).press("Enter");
  await page.getByRole("heading", { name: "Deleted" }).waitFor();
  assert.ok(!existsSync(join(root, path)) && !existsSync(evidence));
  await picture("deleted");
  await page.getByRole("button", { name: "Bring back Another", exact: true }).press("Enter");
  await page.getByRole("heading", { level: 1, name: "Another", exact: true }).waitFor({ state: "attached" });
  assert.equal(file(path), text);
  assert.ok(existsSync(evidence));
});

test("an entry that was decided about is not deleted, and becomes a draft instead", async () => {
  const path = "portfolio/entries/2026/recognising-pain.md";
  await go(toEntry(path), "Recognising pain in a patient who could not speak");
  await page.getByRole("button", { name: "Delete…" }).click();
  await page.getByText("the record would name an entry that is not there", { exact: false }).waitFor();
  await page.getByRole("button", { name: "Make it a draft instead" }).press("Enter");
  await until(() => /^status: draft/m.test(file(path)), () => file(path));
});

async function picture(name, on = page, more = "") {
  if (shots) await on.screenshot({ path: join(shots, `${name}${more}.png`), fullPage: !["rename", "delete"].includes(name) });
}

for (const [width, scheme, forced, zoom] of [[320, "light"], [320, "dark"], [1280, "light"], [1280, "dark"], [640, "light", "active"], [640, "light", undefined, "200%"]]) {
  test(`no violations and no sideways scrolling: ${width}, ${scheme}${forced ? ", forced colours" : ""}${zoom ? `, ${zoom}` : ""}`, async () => {
    const other = await signedIn({ viewport: { width, height: 900 }, colorScheme: scheme, forcedColors: forced ?? "none", bypassCSP: true });
    await other.evaluate(axe.source);
    const look = async (name) => {
      if (zoom) await other.evaluate((size) => { document.documentElement.style.fontSize = size; }, zoom);
      const { violations } = await other.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      assert.deepEqual(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(({ target }) => target).join(" ")}`), []);
      assert.equal(await other.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, name);
      const small = await other.evaluate(() => [...document.querySelectorAll("button, a.button, summary, input, select")].map((one) => [one, one.getBoundingClientRect()])
        .filter(([one, { width: wide, height }]) => height && (wide < 24 || height < 24) && one.type !== "checkbox").map(([one]) => one.textContent));
      assert.deepEqual(small, [], name);
      const unnamed = await other.evaluate(() => [...document.querySelectorAll("input:not([type=file])")].filter((one) => !one.labels?.length).map(({ id }) => id));
      assert.deepEqual(unnamed, [], name);
      await picture(name, other, `-${width}-${scheme}${forced ? "-forced" : ""}${zoom ? "-zoom" : ""}`);
    };
    await look("home");
    for (const [hash, title] of [["settings", "Settings"], ["reviews", "Reviews and breaks"], ["consents", "Consents"]]) {
      await go(hash, title, other);
      await look(hash);
    }
    await other.getByRole("button", { name: "Add this consent" }).click();
    await look("missing");
    await go(toEntry(OTHER), "Another visit", other);
    await other.getByRole("button", { name: "Rename…" }).click();
    await look("rename");
    await other.keyboard.press("Escape");
    await other.getByRole("button", { name: "Delete…" }).click();
    await other.getByRole("button", { name: "Delete it" }).waitFor();
    await look("delete");
    await other.context().close();
  });
}
