// Opens a search page in the system's Chromium and asks it; shared by the tests and the comparison.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

export function openBrowser() {
  const found = process.env.PATH.split(":").map((folder) => join(folder, "chromium")).find(existsSync);
  assert.ok(found, "chromium is not on the PATH");
  return chromium.launch({ executablePath: found, args: FLAGS });
}

/** Reads the answer that a search page shows. */
export const read = (page) => page.evaluate(() => ({
  status: document.querySelector("#search-status").textContent,
  results: [...document.querySelectorAll("#search-results > li")].map((item) => ({
    href: item.querySelector("a").getAttribute("href"),
    title: item.querySelector("a").textContent,
    kind: item.querySelector(".meta").textContent,
    words: item.querySelector(".words")?.textContent ?? "",
    marks: [...item.querySelectorAll("mark")].map((mark) => mark.textContent.toLowerCase()),
  })),
}));

/** Asks the search page at `address`, and returns its answer with the bytes and requests that it took beyond the page. */
export async function ask(browser, address, words) {
  const page = await browser.newPage();
  const problems = [];
  page.on("console", (message) => problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  const bodies = [];
  page.on("response", (response) => {
    if (response.url().includes("/assets/search/")) bodies.push(response.body().then((body) => body.length, () => 0));
  });
  await page.goto(address);
  await page.fill("#search-box", words);
  await page.press("#search-box", "Enter");
  await page.waitForFunction(() => document.querySelector("#search-status").textContent);
  const answer = await read(page);
  const sizes = await Promise.all(bodies);
  await page.close();
  assert.deepEqual(problems, [], words);
  return { ...answer, bytes: sizes.reduce((sum, one) => sum + one, 0), requests: sizes.length };
}

/** Where a result is: its address without the fragment, as the question file names it. */
const place = (result) => result.href.split("#")[0];

/** A question is answered well if all that belong are found, and the best is first or second. */
export function judge(question, results) {
  const places = results.map(place);
  const ranks = question.belong.map((one) => places.indexOf(one));
  const best = Math.min(...[question.best].flat().map((one) => places.indexOf(one)).map((at) => (at < 0 ? Infinity : at)));
  return { good: best < 2 && ranks.every((at) => at >= 0), best: best + 1, missing: question.belong.filter((_, at) => ranks[at] < 0) };
}
