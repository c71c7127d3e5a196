// Opens every page of a built site from file:// in the system's Chromium.
// KSBFOLIO_SITE: folder of the site. KSBFOLIO_PACK, KSBFOLIO_REVIEW: the standalone pages.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";

import axe from "axe-core";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";

const site = resolve(process.env.KSBFOLIO_SITE ?? "");
const WIDTHS = [320, 768, 1280];
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Rules of axe that look at colours. */
const AXE_COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** Every HTML file below a folder, in order. */
function pagesBelow(folder) {
  return readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return pagesBelow(path);
    return name.endsWith(".html") ? [path] : [];
  });
}

function systemChromium() {
  const found = process.env.PATH.split(":").map((folder) => join(folder, "chromium")).find(existsSync);
  assert.ok(found, "chromium is not on the PATH");
  return found;
}

const pages = pagesBelow(site);
const typeOf = new Map(pages.map((path) => [path, /data-page-type="([^"]+)"/.exec(readFileSync(path, "utf8"))?.[1]]));
/** The richest page of each type: the one with most bytes. */
const samples = [...grouped(pages)].map(([, group]) =>
  group.reduce((best, path) => (statSync(path).size > statSync(best).size ? path : best)));

function grouped(paths) {
  const groups = new Map();
  for (const path of paths) groups.set(typeOf.get(path), [...(groups.get(typeOf.get(path)) ?? []), path]);
  return groups;
}

let browser;
before(async () => { browser = await chromium.launch({ executablePath: systemChromium(), args: FLAGS }); });
after(async () => { await browser?.close(); });

const named = (path) => relative(site, path);

test("there are pages of every type", () => {
  const types = new Set(typeOf.values());
  for (const type of [
    "home", "gaps", "to-decide", "entries", "standard", "matrix", "group", "criterion", "entry", "search", "pack", "timeline", "hours",
    "actions", "cpd", "review", "decisions", "assessment", "changes", "waivers", "gateway", "guide", "data-protection",
    "404",
  ]) {
    assert.ok(types.has(type), `no page of type ${type}`);
  }
});

test("every page opens without errors, reaches nothing outside, and all links resolve", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const problems = [];
  let current = "";
  page.on("console", (message) => { if (message.type() !== "debug") problems.push(`${current}: console: ${message.text()}`); });
  page.on("pageerror", (error) => problems.push(`${current}: ${error}`));
  // The browser aborts a pending picture when the next page opens; that its file exists is checked below.
  page.on("requestfailed", (request) => {
    if (request.failure()?.errorText !== "net::ERR_ABORTED") problems.push(`${current}: failed: ${request.url()}`);
  });
  page.on("request", (request) => { if (!request.url().startsWith("file:")) problems.push(`${current}: asked for ${request.url()}`); });
  const ids = new Map();
  const links = [];
  for (const path of pages) {
    current = named(path);
    await page.goto(pathToFileURL(path).href);
    const facts = await page.evaluate(() => ({
      ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
      links: [...document.querySelectorAll("a[href], link[href], img[src]")].map((element) => ({
        url: element.href || element.src, written: element.getAttribute("href") ?? element.getAttribute("src"),
      })),
      inline: document.querySelectorAll("script:not([src]), style, [style]").length
        + [...document.querySelectorAll("*")].filter((element) => [...element.attributes].some((one) => one.name.startsWith("on"))).length,
      policy: document.querySelector("meta[http-equiv='Content-Security-Policy']")?.content ?? "",
      styled: getComputedStyle(document.body).marginTop === "0px",
      broken: [...document.images].filter((image) => image.loading !== "lazy" && !image.naturalWidth).length,
    }));
    ids.set(path, facts.ids);
    if (new Set(facts.ids).size !== facts.ids.length) problems.push(`${current}: duplicate id`);
    if (facts.inline) problems.push(`${current}: ${facts.inline} inline scripts, styles or handlers`);
    if (!facts.policy.startsWith("default-src 'none'")) problems.push(`${current}: no strict policy`);
    if (!facts.styled) problems.push(`${current}: the style sheet did not apply`);
    if (facts.broken) problems.push(`${current}: ${facts.broken} broken pictures`);
    links.push(...facts.links.map((link) => ({ ...link, from: path })));
  }
  for (const { url, written, from } of links) {
    if (/^(https?|mailto):/.test(written)) continue;
    if (!url.startsWith("file:")) { problems.push(`${named(from)}: ${written} leaves the site`); continue; }
    const target = new URL(url);
    const fragment = decodeURIComponent(target.hash.slice(1));
    target.hash = "";
    const path = fileURLToPath(target);
    if (!path.startsWith(site) || !existsSync(path) || statSync(path).isDirectory()) problems.push(`${named(from)}: ${written} leads nowhere`);
    else if (fragment && !ids.get(path)?.includes(fragment)) problems.push(`${named(from)}: ${written} has no such place`);
  }
  await context.close();
  assert.ok(links.length > pages.length, "no links were looked at");
  assert.deepEqual(problems, []);
});

test("the pack is self-contained and looks the same", async () => {
  const alone = resolve(process.env.KSBFOLIO_PACK);
  const context = await browser.newContext({ viewport: { width: 1024, height: 900 } });
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => problems.push(message.text()));
  page.on("request", (request) => { if (request.url() !== pathToFileURL(alone).href && !request.url().startsWith("data:")) problems.push(request.url()); });
  await page.goto(pathToFileURL(alone).href);
  const facts = await page.evaluate(async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode().catch(() => 0)));
    const ids = new Set([...document.querySelectorAll("[id]")].map((one) => one.id));
    return {
      styled: getComputedStyle(document.body).marginTop === "0px",
      broken: [...document.images].filter((image) => !image.naturalWidth).length,
      pictures: document.images.length,
      outside: [...document.querySelectorAll("a[href]")].map((one) => one.getAttribute("href")).filter((href) => !/^(https?:|mailto:)/.test(href) && !(href.startsWith("#") && ids.has(href.slice(1)))),
      text: document.querySelector("main").innerText.length,
    };
  });
  const pdf = await page.pdf({ format: "A4" });
  await context.close();
  assert.deepEqual(problems, []);
  assert.deepEqual(facts.outside, []);
  assert.ok(facts.styled && facts.broken === 0 && facts.pictures > 0 && facts.text > 10000, JSON.stringify(facts));
  assert.ok(pdf.length > 10000);
  // Apart from pictures, the compressed document should be little more than its text.
  const html = readFileSync(alone, "utf8").replace(/"data:[^"]*"/g, '""');
  const words = html.replace(/<style>.*?<\/style>/s, "").replace(/<[^>]*>/g, "");
  const ratio = brotliCompressSync(html).length / brotliCompressSync(words).length;
  console.log(`# pack: Brotli ${brotliCompressSync(html).length} bytes, ${ratio.toFixed(3)} times its text`);
  assert.ok(ratio <= 1.25, `${ratio} times the text`);
});

test("a filter shows its matches, is kept in the address, and works as a link", async () => {
  const path = pages.find((one) => typeOf.get(one) === "standard" && /data-state="gap"/.test(readFileSync(one, "utf8")));
  const page = await browser.newPage();
  const problems = [];
  page.on("console", (message) => problems.push(message.text()));
  await page.goto(pathToFileURL(path).href);
  const visible = () => page.$$eval("tr[data-state]", (rows) => rows.filter((row) => row.offsetParent).map((row) => row.dataset.state));
  const all = await visible();
  const order = ["gap", "drafted", "thin", "evidenced", "accepted", "waived"].filter((state) => all.includes(state));
  assert.deepEqual([...new Set(all)], order, "what is missing comes first");
  await page.selectOption("select[name=state]", "gap");
  const gaps = await visible();
  assert.ok(gaps.length > 0 && gaps.length < all.length && gaps.every((state) => state === "gap"));
  assert.match(page.url(), /\?state=gap$/);
  await page.goto(`${pathToFileURL(path).href}?state=gap`);
  assert.deepEqual(await visible(), gaps);
  await page.fill("#filter input[name=words]", "zyxxyz");
  assert.match(await page.textContent("#filter-status"), /No code matches/);
  assert.equal(await page.isVisible("table.criteria"), false);
  await page.click("#filter button");
  await page.waitForFunction((count) => [...document.querySelectorAll("tr[data-state]")].filter((row) => row.offsetParent).length === count, all.length);
  await page.close();
  assert.deepEqual(problems, []);
});

/** What axe finds on a page: by all rules in light, and in dark by those that look at colours, which alone are other ones. */
async function violations(path) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  const found = [];
  for (const [colorScheme, runOnly] of [["light", AXE_TAGS], ["dark", AXE_COLOURS]]) {
    await page.emulateMedia({ colorScheme });
    await page.goto(pathToFileURL(path).href);
    await page.evaluate(axe.source);
    const { violations, passes } = await page.evaluate((runOnly) => globalThis.axe.run(document, { runOnly }), runOnly);
    assert.ok(passes.some((one) => one.id === "color-contrast"), `${named(path)} ${colorScheme}: no colour was looked at`);
    found.push(...violations.map((one) => `${named(path)} ${colorScheme}: ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`));
  }
  await context.close();
  return found;
}

/** Standalone pages: the pack and the progress review. */
const alone = [["pack", process.env.KSBFOLIO_PACK], ["review", process.env.KSBFOLIO_REVIEW]];

for (const [name, file] of alone) {
  test(`the ${name} is self-contained: no accessibility violation, light and dark`, async () => {
    assert.deepEqual(await violations(resolve(file)), []);
  });
}

for (const path of samples) {
  const type = typeOf.get(path);

  test(`${type}: no accessibility violation, light and dark`, async () => {
    assert.deepEqual(await violations(path), []);
  });

  test(`${type}: nothing scrolls sideways, and it reads without script`, async () => {
    const bare = await browser.newContext({ javaScriptEnabled: false });
    const [page, scripted] = [await bare.newPage(), await browser.newPage()];
    await page.goto(pathToFileURL(path).href);
    for (const width of WIDTHS) {
      for (const one of [page, scripted]) {
        await one.setViewportSize({ width, height: 900 });
        // Scripts may depend on the width when the page opens.
        if (one === scripted) await one.goto(pathToFileURL(path).href);
        const [scroll, client] = await one.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(scroll <= client, `${named(path)} at ${width}: ${scroll} wide in ${client}`);
      }
      assert.ok((await page.locator("main").innerText()).length > 40, `${named(path)}: nothing to read`);
    }
    await bare.close();
    await scripted.close();
  });

  test(`${type}: a page over three screens has contents, and the part of the site is marked`, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    for (const [width, height] of [[1280, 900], [320, 800]]) {
      await page.setViewportSize({ width, height });
      await page.goto(pathToFileURL(path).href);
      const facts = await page.evaluate(() => ({
        screens: document.documentElement.scrollHeight / innerHeight,
        contents: document.querySelectorAll("[aria-label='On this page'], .pack-contents").length,
        lines: [...document.querySelectorAll("main p, main li > p")].filter((one) => one.clientWidth > 68 * 0.66 * parseFloat(getComputedStyle(one).fontSize)).length,
        marked: document.querySelectorAll(".main-nav [aria-current], footer [aria-current]").length,
      }));
      // On a narrow screen a table becomes cards: its page has contents if it is long on a wide one too.
      if (width === 1280 && facts.screens > 3) assert.equal(facts.contents, 1, `${named(path)}: ${facts.screens} screens without contents`);
      assert.equal(facts.lines, 0, `${named(path)} at ${width}: lines are too long`);
      if (type !== "404") assert.ok(facts.marked >= 1, `${named(path)}: no part of the site is marked`);
    }
    await context.close();
  });

  test(`${type}: focus is never covered, forwards and backwards`, async () => {
    // Without motion, so that a scroll has ended when its target is looked at.
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto(pathToFileURL(path).href);
    const covered = [];
    for (const key of ["Tab", "Shift+Tab"]) {
      for (let stop = 0; stop < 70; stop += 1) {
        await page.keyboard.press(key);
        const what = await page.evaluate(() => {
          const one = document.activeElement;
          if (!one || one === document.body) return "";
          const boxes = [...one.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
          const isSeen = boxes.some((box) => [0.1, 0.5, 0.9].some((share) => {
            // A region may be taller than the window: its part within the window counts.
            const middle = (Math.max(0, box.top) + Math.min(innerHeight, box.bottom)) / 2;
            const top = document.elementFromPoint(box.left + box.width * share, middle);
            return top && (one.contains(top) || top.contains(one));
          }));
          return isSeen ? "" : one.outerHTML.slice(0, 90);
        });
        if (what) covered.push(`${key}: ${what}`);
      }
    }
    await context.close();
    assert.deepEqual(covered, [], named(path));
  });

  test(`${type}: by keyboard, zoomed, widely spaced and on paper nothing is lost`, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.goto(pathToFileURL(path).href);
    let before = 0;
    for (; before < 40; before += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const one = document.activeElement, box = one.getBoundingClientRect();
        const style = getComputedStyle(one);
        return {
          inMain: Boolean(one.closest("main, footer")), seen: box.width > 0 && box.height > 0 && box.right > 0,
          outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, what: one.outerHTML.slice(0, 80),
        };
      });
      assert.ok(at.seen && at.outlined, `${named(path)}: focus cannot be seen on ${at.what}`);
      if (at.inMain) break;
    }
    assert.ok(before <= 12, `${named(path)}: ${before} stops before the main part`);
    // 200 % and 400 % zoom are a viewport of half and a quarter; the criterion 1.4.12 asks for these spacings.
    for (const width of [640, 320]) {
      await page.setViewportSize({ width, height: 450 });
      await page.evaluate(() => {
        for (const one of document.querySelectorAll("body *")) {
          const set = (name, value) => one.style.setProperty(name, value, "important");
          set("line-height", "1.5"); set("letter-spacing", "0.12em"); set("word-spacing", "0.16em");
        }
      });
      const [scroll, client] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      assert.ok(scroll <= client, `${named(path)} at ${width} with wide spacing: ${scroll} wide`);
    }
    await page.reload();
    await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
    const lost = await page.evaluate(() => [...document.querySelectorAll(".state, .flag, .bar rect, mark, html")].filter((one) => {
      const style = getComputedStyle(one);
      if (one.matches("html")) return style.scrollBehavior === "smooth" || parseFloat(style.transitionDuration) > 0;
      if (one.matches("rect")) return style.stroke === "none";
      return one.matches("mark") ? style.outlineStyle === "none" && style.borderStyle === "none" : style.borderStyle === "none" && one.textContent.trim() === "";
    }).map((one) => one.outerHTML.slice(0, 90)));
    assert.deepEqual(lost, [], `${named(path)}: with the system's own colours or without motion`);
    await page.emulateMedia({ forcedColors: "none", reducedMotion: null });
    // A4 within margins of 15 mm, in CSS pixels: portrait, and landscape for a matrix.
    const lying = await page.evaluate(() => Boolean(document.querySelector(".matrix")));
    await page.setViewportSize({ width: lying ? 1009 : 680, height: 1000 });
    await page.emulateMedia({ media: "print" });
    const clipped = await page.evaluate(() => {
      const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      const boxes = [...document.querySelectorAll("main *")].filter((one) => {
        const style = getComputedStyle(one);
        return ["auto", "scroll", "hidden"].includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1
          && one.clientWidth > 1;
      });
      return { wide, boxes: boxes.map((one) => one.outerHTML.slice(0, 90)) };
    });
    await context.close();
    assert.deepEqual(clipped, { wide: 0, boxes: [] }, named(path));
  });

  test(`${type}: valid HTML`, async () => {
    const validator = new HtmlValidate({
      extends: ["html-validate:recommended"],
      rules: {
        // Style, not validity.
        "long-title": "off", "no-trailing-whitespace": "off", "void-style": "off", "attribute-boolean-style": "off",
        // A scrolling table must be reachable by keyboard.
        "no-redundant-role": "off", "prefer-native-element": "off",
        // Rows that become blocks on a narrow screen keep their roles; the script-free page needs no subresource hash.
        "require-sri": "off",
      },
    });
    const report = await validator.validateString(readFileSync(path, "utf8"));
    const mistakes = report.results.flatMap((result) => result.messages.map((one) => `${named(path)}:${one.line}: ${one.ruleId}: ${one.message}`));
    assert.deepEqual(mistakes.slice(0, 20), []);
  });
}
