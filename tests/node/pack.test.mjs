// Opens an unpacked gateway pack from file:// and follows a code to its passage.
// KSBFOLIO_GATEWAY: folder of the unpacked pack.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import axe from "axe-core";
import { chromium } from "playwright-core";

const pack = resolve(process.env.KSBFOLIO_GATEWAY ?? "");
const address = (path) => pathToFileURL(join(pack, path)).href;

let browser;
before(async () => {
  const executablePath = process.env.PATH.split(":").map((folder) => join(folder, "chromium")).find(existsSync);
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
});
after(async () => { await browser?.close(); });

/** A page on which every complaint and every request that leaves the pack is noted. */
async function watched(options = {}) {
  const page = await browser.newPage(options);
  const problems = [];
  page.on("console", (message) => { if (message.type() !== "debug") problems.push(message.text()); });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => { if (!request.url().startsWith(pathToFileURL(pack).href)) problems.push(request.url()); });
  return { page, problems };
}

test("from the first page of the unpacked site to a code, and from there to its passage", async () => {
  const { page, problems } = await watched();
  await page.goto(address("01-site/index.html"));
  await page.locator("main a[href$='standards/st0215.html']").first().click();
  await page.locator("main a", { hasText: /^K7$/ }).first().click();
  assert.equal(await page.getAttribute("html", "data-page-type"), "criterion");
  const passage = page.locator("main a[href*='entries/'][href*='#']").first();
  const anchor = (await passage.getAttribute("href")).split("#")[1];
  await passage.click();
  assert.equal(await page.getAttribute("html", "data-page-type"), "entry");
  assert.ok(await page.locator(`[id="${anchor}"]`).isVisible(), anchor);
  assert.deepEqual(problems, []);
  await page.close();
});

test("the annex is styled, leads to each passage, and says what is left out", async () => {
  const { page, problems } = await watched();
  await page.goto(address("03-mapping.html"));
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).marginTop), "0px", "the style applies");
  const links = await page.$$eval("main a[href]", (all) => all.map((one) => one.href));
  assert.ok(links.length > 200, `${links.length} links`);
  for (const link of links) {
    const target = new URL(link);
    assert.ok(existsSync(decodeURIComponent(target.pathname)), link);
    if (target.hash) assert.ok(readFileSync(decodeURIComponent(target.pathname), "utf8").includes(`id="${target.hash.slice(1)}"`), link);
  }
  assert.match(await page.innerText("main"), /Left out, and why/);
  await page.locator("main a[href*='entries/'][href*='#']").first().click();
  assert.equal(await page.getAttribute("html", "data-page-type"), "entry");
  assert.deepEqual(problems, []);
  await page.close();
});

test("the annex has no accessibility violation, and nothing scrolls sideways", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [320, 768, 1280]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(address("03-mapping.html"));
      const [scroll, client] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      assert.ok(scroll <= client, `${width}: ${scroll} wide in ${client}`);
      if (width === 1280) {
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
        assert.deepEqual(violations.map((one) => `${colorScheme}: ${one.id}: ${one.nodes[0].html.slice(0, 120)}`), []);
      }
      await context.close();
    }
  }
});

test("the printable pack is self-contained and has its pictures", async () => {
  const { page, problems } = await watched();
  await page.goto(address("02-portfolio.html"));
  const broken = await page.evaluate(async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode().catch(() => 0)));
    return [...document.images].filter((image) => !image.naturalWidth).length;
  });
  assert.equal(broken, 0);
  assert.ok((await page.$$("img")).length > 0);
  assert.deepEqual(problems.filter((one) => !one.startsWith("data:")), []);
  await page.close();
});
