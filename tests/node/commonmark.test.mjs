// Runs CommonMark 0.31.2's examples through the real program and compares the HTML with the specification. Intended
// differences are listed with their reason in commonmark.json. Raw HTML is shown as text, so those examples are compared
// with the reference implementation's output, its raw HTML escaped too.
// KSBFOLIO_BINARY: path of the program.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";

import { HtmlRenderer, Node, Parser } from "commonmark";
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

/** The examples, and once more with addresses of the web in the place of others, so that links with titles are kept. */
const examples = spec.tests.flatMap(({ number, markdown, html }) => {
  const [tabs, web] = [(text) => text.replaceAll("→", "\t"), (text) => text.replaceAll("/url", "https://example.org/url")];
  const example = { name: `e${number}`, number, markdown: tabs(markdown), html: tabs(html) };
  if (!/"\/url"/.test(html)) return [example];
  return [example, { name: `w${number}`, markdown: web(tabs(markdown)), html: web(tabs(html)) }];
});

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
  for (const { name, markdown } of examples) {
    const head = `---\ntitle: Example ${name}\ndate: 2026-01-01\ntype: product\n---\n`;
    write(`portfolio/entries/${name}.md`, head + markdown);
  }
  execFileSync(program, ["--root", folder, "--as-of", "2026-01-02", "--quiet", "build", "--audience", "private"], { stdio: "ignore" });
  return folder;
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The HTML of the reference implementation with raw HTML as text, and whether there is any. Comments are left out. */
function reference(markdown) {
  const parsed = new Parser().parse(markdown);
  const nodes = [];
  const walker = parsed.walker();
  for (let event = walker.next(); event; event = walker.next()) {
    if (event.entering && /^html_/.test(event.node.type)) nodes.push(event.node);
  }
  for (const node of nodes) {
    const shown = node.literal.replace(/<!--[^]*?(-->|$)/g, "");
    if (node.type === "html_inline") {
      const text = new Node("text");
      text.literal = shown;
      node.insertBefore(text);
    } else if (shown.trim()) {
      // A paragraph would lose its tags in a tight list.
      const block = new Node("custom_block");
      block.onEnter = `<p>${escaped(shown.trim())}</p>`;
      node.insertBefore(block);
    }
    node.unlink();
  }
  return { html: new HtmlRenderer().render(parsed), raw: nodes.length > 0 };
}

/** The reason an example is changed on purpose: empty if it is unchanged, "differs" if the change is unintended. Runs in the page. */
function compare([expected, actual, raw]) {
  const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body;
  const isAllowed = (href) => /^(https?:|mailto:)/i.test(href ?? "");
  const reasons = new Set(raw ? ["raw HTML is shown as text"] : []);

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
    for (const number of body.querySelectorAll("span.n")) {
      if (number.nextSibling?.nodeType === Node.TEXT_NODE) number.nextSibling.data = number.nextSibling.data.replace(/^ /, "");
      number.remove();
    }
    for (const own of body.querySelectorAll("span")) own.replaceWith(...own.childNodes);
    for (const pre of body.querySelectorAll("pre")) pre.textContent = pre.textContent;
    for (const element of body.querySelectorAll("*")) {
      if (element.tagName === "A") element.setAttribute("href", decodeURIComponent(new URL(element.href).href));
      for (const name of element.getAttributeNames()) {
        if (!["href", "start", "title"].includes(name)) element.removeAttribute(name);
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
  return `differs: wanted ${wanted} made ${made}`;
}

test("CommonMark's examples match the specification or are listed with a reason", async () => {
  const folder = built();
  const chromes = process.env.PATH.split(":").map((path) => join(path, "chromium"));
  const browser = await chromium.launch({ executablePath: chromes.find(existsSync), args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage();
    const found = {};
    for (const { name, number, markdown, html } of examples) {
      const actual = readFileSync(join(folder, `output/entries/${name}.html`), "utf8");
      const made = reference(markdown);
      const compared = await page.evaluate(compare, [made.raw ? made.html : html, actual, made.raw]);
      const isNote = compared.startsWith("differs") && number && markdown.includes("[[");
      const reason = isNote ? "double brackets are a link to a note, as in Obsidian" : compared;
      if (reason && number) (found[reason] ??= []).push(number);
      else assert.doesNotMatch(reason, /^differs/, name);
    }
    if (process.env.KSBFOLIO_WRITE) writeFileSync(new URL("commonmark.json", import.meta.url), JSON.stringify(found, null, 1).replace(/\n\s+(\d+)/g, " $1").replace(/(\d)\n\s*\]/g, "$1 ]") + "\n");
    else assert.deepEqual(found, changed);
    assert.ok(Object.keys(found).every((reason) => !reason.startsWith("differs")), JSON.stringify(found, null, 1));
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
});
