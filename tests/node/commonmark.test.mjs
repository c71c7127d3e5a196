// The examples of CommonMark 0.31.2 through the real program: what it makes of each is what the specification says,
// but for those that are changed on purpose; commonmark.json lists them with the reason.
// KSBFOLIO_BINARY names the program.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";

import spec from "commonmark-spec";
import { chromium } from "playwright-core";

const program = resolve(process.env.KSBFOLIO_BINARY ?? "target/release/ksbfolio");
const changed = JSON.parse(readFileSync(new URL("commonmark.json", import.meta.url), "utf8"));

const STANDARD = `version: 1
id: tiny
title: T
official: false
kinds: [{ id: k, title: K, prefix: K }]
criteria: [{ code: K1, kind: k, text: One }]
groups: []
`;

/** A workspace in which each example is an entry, and the theme shows nothing of it but its text. */
function built() {
  const folder = mkdtempSync(join(tmpdir(), "ksbfolio-commonmark-"));
  const write = (path, text) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write("standards/tiny.yaml", STANDARD);
  write("portfolio/portfolio.yaml", "version: 1\ntitle: T\nlearner: { id: L }\nstandards: [tiny]\n");
  write("themes/default/entry.html", "{{ page.body | safe }}");
  for (const { number, markdown } of spec.tests) {
    const head = `---\ntitle: Example ${number}\ndate: 2026-01-01\ntype: product\n---\n`;
    write(`portfolio/entries/e${number}.md`, head + markdown.replaceAll("→", "\t"));
  }
  execFileSync(program, ["--root", folder, "--as-of", "2026-01-02", "--quiet", "build", "--audience", "private"], { stdio: "ignore" });
  return folder;
}

/** Why an example is changed on purpose; nothing where it is not, "differs" where nobody meant it. Runs in the page. */
function compare([expected, actual, markdown]) {
  const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body;
  const isAllowed = (href) => /^(https?:|mailto:)/i.test(href ?? "");
  const reasons = new Set();

  /** What the program makes of the specification's HTML on purpose. */
  const onPurpose = (body) => {
    for (const picture of body.querySelectorAll("img")) {
      reasons.add("a picture is shown where it is the learner's own file");
      picture.replaceWith(picture.alt ? `[picture left out: ${picture.alt}]` : "[picture left out]");
    }
    for (const link of body.querySelectorAll("a")) {
      if (isAllowed(link.getAttribute("href"))) continue;
      reasons.add("a link leads to a page of the site, or to http, https or mailto");
      link.replaceWith(...link.childNodes);
    }
    for (const heading of body.querySelectorAll("h1")) {
      reasons.add("the page has a heading of the first rank already");
      const second = document.createElement("h2");
      second.append(...heading.childNodes);
      heading.replaceWith(second);
    }
    return body;
  };

  /** Without what a reader does not see: line ends between blocks, attributes of ours, colours of code. */
  const normal = (body) => {
    for (const own of body.querySelectorAll("span")) own.replaceWith(...own.childNodes);
    for (const pre of body.querySelectorAll("pre")) pre.textContent = pre.textContent;
    for (const element of body.querySelectorAll("*")) {
      if (element.tagName === "A") element.setAttribute("href", decodeURIComponent(new URL(element.href).href));
      for (const name of element.getAttributeNames()) {
        if (!["href", "start"].includes(name)) element.removeAttribute(name);
      }
    }
    body.normalize();
    const walk = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walk.nextNode()) texts.push(walk.currentNode);
    for (const text of texts) {
      if (text.parentElement.closest("pre, code")) continue;
      text.data = text.data.replace(/\s+/g, " ");
      if (["LI", "BLOCKQUOTE", "BODY", "UL", "OL"].includes(text.parentElement.tagName)) text.data = text.data.trim();
    }
    return body.innerHTML;
  };

  const made = normal(parsed(actual));
  const wanted = normal(onPurpose(parsed(expected)));
  if (wanted === made) return [...reasons].sort().join("; ");
  const safe = /^(P|H[1-6]|EM|STRONG|CODE|PRE|BLOCKQUOTE|UL|OL|LI|A|HR|BR|IMG)$/;
  const raw = [...parsed(expected).querySelectorAll("*")].some((element) => !safe.test(element.tagName))
    || /<!|<\?|<\/?(div|ins|img|a|b2|style|script|pre|del|foo|p|strong|em|br|i)\b/i.test(markdown);
  return raw ? "raw HTML is shown as text" : `differs: wanted ${wanted} made ${made}`;
}

test("CommonMark's examples are what the specification says, or listed with the reason", async () => {
  const folder = built();
  const chromes = process.env.PATH.split(":").map((path) => join(path, "chromium"));
  const browser = await chromium.launch({ executablePath: chromes.find(existsSync), args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage();
    const found = {};
    for (const { number, markdown, html } of spec.tests) {
      const actual = readFileSync(join(folder, `output/entries/e${number}.html`), "utf8");
      const reason = await page.evaluate(compare, [html.replaceAll("→", "\t"), actual, markdown]);
      if (reason) (found[reason] ??= []).push(number);
    }
    if (process.env.KSBFOLIO_WRITE) writeFileSync(new URL("commonmark.json", import.meta.url), JSON.stringify(found, null, 1).replace(/\n\s+(\d+)/g, " $1").replace(/(\d)\n\s*\]/g, "$1 ]") + "\n");
    else assert.deepEqual(found, changed);
    assert.ok(Object.keys(found).every((reason) => !reason.startsWith("differs")), JSON.stringify(found, null, 1));
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
});
