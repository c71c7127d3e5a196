// Opens the page of a cohort of 30 generated learners from disk in the system's Chromium.
// KSBFOLIO_BINARY: path of the program.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import axe from "axe-core";
import { chromium } from "playwright-core";

const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
let browser, folder, url;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "ksbfolio-cohort-"));
  const generate = fileURLToPath(new URL("../cohort/generate.py", import.meta.url));
  run("python3", generate, folder, "30");
  const html = join(folder, "cohort.html");
  run(resolve(process.env.KSBFOLIO_BINARY ?? ""), "--as-of", "2026-11-21", "cohort", "--roots", join(folder, "roots.txt"),
    "--plan", join(folder, "cohort.yaml"), "--format", "html", "--output", html);
  url = pathToFileURL(html).href;
  const executablePath = process.env.PATH.split(":").map((one) => join(one, "chromium")).find(existsSync);
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

function run(program, ...words) {
  const done = spawnSync(program, words, { encoding: "utf8" });
  assert.equal(done.status, 0, `${program} ${words.join(" ")}: ${done.stderr}`);
}

async function open(width, colorScheme = "light") {
  const page = await browser.newPage({ viewport: { width, height: 700 }, colorScheme, reducedMotion: "reduce", bypassCSP: true });
  await page.goto(url);
  return page;
}

test("who needs help this week, and why, is at the top", async () => {
  const page = await open(1280);
  const facts = await page.evaluate(() => ({
    lead: document.querySelector(".lead").textContent,
    links: [...document.querySelectorAll("nav.pages a")].slice(0, 6).map((link) => [link.textContent, link.hash.slice(1)]),
    first: [...document.querySelectorAll("#act-today ~ ul > li")].slice(0, 3).map((item) => item.textContent),
    items: Object.fromEntries([...document.querySelectorAll("h2")].map((one) => [one.id, one.parentElement.querySelectorAll("ul > li").length])),
  }));
  assert.match(facts.lead, /^30 learners as of 21 November 2026: \d+ act today, \d+ look this week/);
  for (const [label, anchor] of facts.links) assert.equal(label.match(/\((\d+)\)$/)?.[1], String(facts.items[anchor]), label);
  assert.deepEqual(facts.links.map(([, anchor]) => anchor), ["act-today", "waiting-for-an-assessor", "near-the-gateway-or-past-the-planned-end", "may-finish-late", "look-this-week", "unknown"]);
  for (const item of facts.first) assert.match(item, /^AP-\d+ act today tutor TU-\d, (North|South).*\d/s);
  await page.close();
});

test("nothing overlaps, at 320 pixels and at 1280", async () => {
  for (const width of [320, 1280]) {
    const page = await open(width);
    const over = await page.evaluate(() => [...document.querySelectorAll("main .scroll")].filter((box) => {
      const limit = box.nextElementSibling ?? box.parentElement.nextElementSibling;
      const isVisible = getComputedStyle(box).overflowY === "visible";
      return limit && limit.tagName !== "SCRIPT" && isVisible && box.firstElementChild.getBoundingClientRect().bottom > limit.getBoundingClientRect().top + 1;
    }).map((box) => box.ariaLabel));
    assert.deepEqual(over, [], `at ${width}`);
    const cut = await page.evaluate(() => { const box = document.querySelector("#rules").parentElement.querySelector(".scroll"); return box.scrollWidth - box.clientWidth; });
    assert.ok(cut <= 1, `the sources of the rules are cut off at ${width}`);
    await page.close();
  }
});

test("a link leads to its heading, and a name to its row, at any width", async () => {
  for (const width of [320, 768, 1280]) {
    const page = await open(width);
    for (const link of await page.locator("nav.pages a").all()) {
      await link.click();
      const [top, last] = await page.evaluate(() => [document.querySelector(location.hash).getBoundingClientRect().top, innerHeight + scrollY >= document.documentElement.scrollHeight - 1]);
      assert.ok(Math.abs(top) < 40 || last, `${await link.textContent()} at ${width}: ${top}`);
    }
    await page.locator("#act-today ~ ul strong a").first().click();
    const row = await page.evaluate(() => { const place = document.querySelector(":target").getBoundingClientRect(); return place.top >= 0 && place.top < innerHeight; });
    assert.ok(row, `the row is not in view at ${width}`);
    await page.close();
  }
});

test("one tutor's learners alone are shown in every list, counted, and printed", async () => {
  const page = await open(1280);
  await page.selectOption("#filter [name=tutor]", "TU-1");
  const facts = await page.evaluate(() => {
    const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
    const all = shown(".all-learners tbody tr");
    return {
      tutors: [...new Set(all.map((row) => row.dataset.tutor))],
      rows: all.length,
      heat: shown(".matrix tbody tr").length,
      urgent: shown("#act-today ~ ul > li").length,
      link: document.querySelector("nav.pages a").textContent,
      said: document.querySelector("#shown").textContent,
    };
  });
  assert.deepEqual(facts.tutors, ["TU-1"]);
  assert.ok(facts.rows > 1 && facts.rows < 10 && facts.heat === facts.rows);
  assert.match(facts.link, new RegExp(`^Act today \\(${facts.urgent} of \\d+\\)$`));
  assert.match(facts.said, new RegExp(`^Only TU-1: ${facts.rows} of 30 learners`));
  // A word that is a whole word somewhere is none inside of others: AP-00001 is not found by AP-0000.
  await page.fill("#filter [name=words]", "ap-00001");
  assert.match(await page.textContent("#shown"), /^Only TU-1, ap-00001: 1 of 30 learners/);
  for (const width of [320, 768]) {
    await page.setViewportSize({ width, height: 700 });
    for (const list of [".all-learners tbody tr", ".matrix tbody tr"]) assert.equal(await page.locator(`${list}:visible`).count(), 1, `${list} at ${width}`);
  }
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".all-learners tbody tr:visible").count(), 1, "printed");
  assert.equal(await page.locator("#shown").isVisible(), true, "paper says that it has some learners only");
  await page.emulateMedia({ media: "screen" });
  await page.fill("#filter [name=words]", "nothing like this");
  assert.match(await page.textContent("#shown"), /: 0 of 30 learners/);
  await page.click("#filter > button");
  assert.equal(await page.textContent("#shown"), "");
  assert.equal(await page.locator(".all-learners tbody tr:visible").count(), 30);
  await page.close();
  const quiet = await browser.newPage({ javaScriptEnabled: false });
  await quiet.goto(url);
  assert.equal(await quiet.locator("#filter").isVisible(), false, "without a script there is nothing to choose");
  assert.equal(await quiet.locator(".all-learners tbody tr:visible").count(), 30);
  await quiet.close();
});

test("learners are sorted by a column, by mouse and keyboard, in the table and in the heat map", async () => {
  const page = await open(1280);
  const names = (list) => page.locator(`${list} tbody tr:visible th`).evaluateAll((all) => all.map((one) => one.firstChild.textContent.trim()));
  const said = () => page.textContent("#shown");
  const sorted = () => page.locator(".all-learners th[aria-sort]").evaluateAll((all) => all.map((one) => `${one.textContent} ${one.ariaSort}`));
  const head = (name) => page.getByRole("columnheader", { name }).getByRole("button");
  const settle = () => page.evaluate(() => new Promise((done) => setTimeout(done, 20)));
  const cells = async (column) => page.locator(`.all-learners tbody tr td:nth-of-type(${column})`).allTextContents();
  const byNeed = await names(".all-learners");
  assert.deepEqual(await sorted(), ["Action ascending"]);
  const colours = await page.locator(".all-learners tbody .state").allTextContents();
  const urgency = ["act today", "look this week", "unknown", "on plan"];
  assert.deepEqual(colours.map((one) => urgency.indexOf(one.trim())), colours.map((one) => urgency.indexOf(one.trim())).sort());
  assert.equal(await page.locator(".all-learners th").filter({ has: page.getByRole("button") }).count(), 9, "all but the reasons");
  await head("Last entry").focus();
  await page.keyboard.press("Enter");
  await settle();
  const days = await cells(6);
  assert.deepEqual(days, [...days].sort((a, b) => (a === "none" ? -1 : b === "none" ? 1 : a < b ? -1 : Number(a > b))), "oldest first");
  assert.deepEqual(await sorted(), ["Last entry ascending"]);
  assert.equal(await said(), "In order of last entry, oldest first.");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Last entry", "the focus stays");
  assert.deepEqual(await names(".matrix"), await names(".all-learners"), "the heat map follows");
  await page.keyboard.press("Enter");
  await settle();
  assert.deepEqual(await cells(6), [...days].sort((a, b) => (a === "none" ? 1 : b === "none" ? -1 : a > b ? -1 : Number(a < b))), "newest first");
  await head("Waiting").click();
  await settle();
  const waits = (await cells(5)).map((one) => Number(one.match(/(\d+) days?/)?.[1] ?? -1));
  assert.deepEqual(waits, [...waits].sort((a, b) => b - a), "longest first, and nothing at the end");
  await page.selectOption("[name=order]", { label: "waiting, shortest first" });
  await settle();
  const turned = (await cells(5)).map((one) => Number(one.match(/(\d+) days?/)?.[1] ?? 1e9));
  assert.deepEqual(turned, [...turned].sort((a, b) => a - b), "nothing is at the end in both directions");
  // With the filter, which keeps the order.
  await page.selectOption("[name=tutor]", "TU-1");
  const some = await names(".all-learners");
  assert.ok(some.length > 1 && some.length < 10);
  assert.match(await said(), /^Only TU-1: \d+ of 30 learners\..* In order of waiting, shortest first\.$/);
  await head("Learner").click();
  await settle();
  assert.deepEqual(await names(".all-learners"), [...some].sort());
  assert.deepEqual(await names(".matrix"), [...some].sort());
  await page.click("#filter > button");
  await page.selectOption("[name=order]", "1 ascending");
  await settle();
  assert.deepEqual(await names(".all-learners"), byNeed);
  assert.equal(await said(), "");
  await page.close();
  const quiet = await browser.newPage({ javaScriptEnabled: false });
  await quiet.goto(url);
  assert.deepEqual(await quiet.locator(".all-learners tbody th").evaluateAll((all) => all.map((one) => one.firstChild.textContent.trim())), byNeed, "without a script the order is by need");
  assert.equal(await quiet.locator(".all-learners thead button").count(), 0);
  await quiet.close();
  // Cards have no heads: there the order is chosen above.
  const small = await open(320);
  await small.selectOption("[name=order]", { label: "learner, A to Z" });
  await small.waitForTimeout(20);
  assert.equal(await small.locator(".all-learners tbody th").first().evaluate((one) => one.firstChild.textContent.trim()), "AP-00000");
  await small.close();
});

test("the script is allowed by its hash, and no other", async () => {
  const page = await browser.newPage();
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  await page.goto(url);
  assert.equal(await page.locator("#filter").isVisible(), true);
  assert.deepEqual(said, []);
  await page.close();
});

test("on paper the tables fit, and no heading is printed over another", async () => {
  // The width of A4, upright and across, without margins.
  for (const [width, selector] of [[680, ".cohort-table"], [1009, ".cohort-wide"]]) {
    const page = await open(width);
    await page.emulateMedia({ media: "print" });
    const facts = await page.evaluate((selector) => [...document.querySelectorAll(`${selector} table`)].map((table) => {
      const heads = [...table.querySelectorAll("thead tr:first-child > *")].map((one) => one.getBoundingClientRect());
      return { name: table.caption.textContent, over: table.getBoundingClientRect().right - document.documentElement.clientWidth, apart: heads.every((one, at) => !at || one.left >= heads[at - 1].right - 1) };
    }), selector);
    assert.ok(facts.length > 1);
    for (const { name, over, apart } of facts) assert.ok(over <= 1 && apart, `${name}: ${over}, ${apart}`);
    assert.equal(await page.locator("#filter").isVisible(), false);
    // Chromium does not paint a button in a head that is repeated on the next page.
    assert.equal(await page.locator(".all-learners thead button").evaluateAll((all) => all.filter((one) => one.getClientRects().length).length), 0);
    await page.close();
  }
});

test("the heat map keeps learners and codes in view", async () => {
  for (const width of [320, 1280]) {
    const page = await open(width);
    const map = page.locator(".matrix");
    await map.scrollIntoViewIfNeeded();
    await page.waitForTimeout(100);
    const facts = await map.evaluate((box) => {
      box.scrollTo(400, 300);
      const at = (element) => element.getBoundingClientRect();
      const [names, totals] = [box.querySelector("tbody th"), box.querySelector(".totals th")];
      const corner = box.querySelector(".corner");
      return { left: at(names).left - at(box).left, head: at(corner).top - at(box).top, below: at(totals).top - at(corner).bottom };
    });
    assert.ok(Math.abs(facts.left) < 3, `names stay at the left at ${width}: ${facts.left}`);
    assert.ok(Math.abs(facts.head) < 3, `codes stay at the top at ${width}: ${facts.head}`);
    if (width > 640) assert.ok(Math.abs(facts.below) < 3, `totals stay below the codes: ${facts.below}`);
    await page.close();
  }
});

test("axe finds nothing in light and dark, and all scrolling boxes are reached by keyboard", async () => {
  for (const [width, scheme] of [[320, "light"], [320, "dark"], [1280, "light"], [1280, "dark"]]) {
    const page = await open(width, scheme);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags }), AXE_TAGS);
    assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes[0].html}`), [], `${width}, ${scheme}`);
    await page.close();
  }
  const page = await open(1280);
  const boxes = await page.locator("main .scroll").count();
  const reached = new Set();
  for (let turn = 0; turn < 400 && reached.size < boxes; turn += 1) {
    await page.keyboard.press("Tab");
    const label = await page.evaluate(() => document.activeElement.matches(".scroll") && document.activeElement.ariaLabel);
    if (label) reached.add(label);
  }
  assert.equal(reached.size, boxes);
  await page.close();
});
