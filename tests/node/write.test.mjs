// The write page in Chromium, with the host of write_host.mjs, and once with the program itself. The texts of boxes are
// tested without a browser. KSBFOLIO_BINARY: path of the program. KSBFOLIO_WORKSPACE: a portfolio, which is copied.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { brotliCompressSync } from "node:zlib";

import { chromium } from "playwright-core";

import { Portfolio, SAMPLE, scripts, serve } from "./write_host.mjs";

const PATH = "portfolio/entries/2026/pain.md";
const text = new Function(`${readFileSync(new URL("../../src/writing/page/write-text.js", import.meta.url), "utf8")}; return writeText;`)();

describe("texts of boxes", () => {
  const passages = (file) => [...file.matchAll(/\[[^\]]*\]\(ksb:[^)]*\)/g)].map((link) => ({ from: link.index, to: link.index + link[0].length }));
  /** The file after somebody changed what is shown; `|` is the caret afterwards. */
  function edited(file, change) {
    const tokens = text.findTokens(file, passages(file)), shown = text.show(file, tokens);
    const after = change(shown), edit = text.diff(shown, after.replace("|", ""), after.indexOf("|"));
    return text.edited({ text: file, tokens }, edit).text;
  }
  for (const [name, file, from, to, wanted] of [
    ["words before a passage", "a [b c](ksb:K7) d", "a b", "a new |b", "a new [b c](ksb:K7) d"],
    ["words in a passage", "a [b c](ksb:K7) d", "b c", "b x |c", "a [b x c](ksb:K7) d"],
    ["words behind a passage", "a [b c](ksb:K7) d", "c d", "c and |d", "a [b c](ksb:K7) and d"],
    ["the rest of the last word of a passage", "a [scale](ksb:K7) d", "scale", "scales|", "a [scales](ksb:K7) d"],
    ["a full stop behind a passage", "a [scale](ksb:K7)", "scale", "scale.|", "a [scale](ksb:K7)."],
    ["all words of a passage go", "a [b c](ksb:K7) d", "b c ", "|", "a d"],
    ["other words take the place of a passage", "a [b c](ksb:K7) d", "b c", "xyz|", "a [xyz](ksb:K7) d"],
    ["paragraphs take the place of a passage", "a [b c](ksb:K7) d", "b c", "x\n\ny|", "a x\n\ny d"],
    ["a bracket takes the place of a passage", "a [b c](ksb:K7) d", "b c", "x]|", "a x] d"],
    ["the end of a passage and what follows go", "a [b c](ksb:K7) d e", " c d", "|", "a [b](ksb:K7) e"],
    ["two passages lose words", "[a b](ksb:K7) [c d](ksb:S7)", "b c", "|", "[a ](ksb:K7)[ d](ksb:S7)"],
    ["two passages side by side", "[a](ksb:K7)[b](ksb:S7)", "ab", "a |b", "[a](ksb:K7) [b](ksb:S7)"],
    ["the first of two goes", "[a](ksb:K7)[b](ksb:S7)", "ab", "|b", "[b](ksb:S7)"],
    ["words before a note in a line of its own", "a\n\n<!-- n -->\n\nb", "a\n\nb", "ax|\n\nb", "ax\n\n<!-- n -->\n\nb"],
    ["words behind a note in a line of its own", "a\n\n<!-- n -->\n\nb", "b", "x|b", "a\n\n<!-- n -->\n\nxb"],
    ["words before the notes at the end", "a\n\n<!-- n -->\n<!-- m -->", "a", "ax|", "ax\n\n<!-- n -->\n<!-- m -->"],
    ["all words go, and the note stays", "a\n\n<!-- n -->\n\nb", "a\n\nb", "|", "<!-- n -->\n\n"],
    ["lines are joined over a note", "a\n\n<!-- n -->\n\nb", "a\n\nb", "a|b", "a<!-- n -->\n\nb"],
    ["a passage behind a note", "<!-- n -->\nb [c](ksb:K7)", "b c", "|c", "<!-- n -->\n[c](ksb:K7)"],
    ["words behind a comment in its line", "<!-- n --> a", "<!-- n --> a", "<!-- n --> ab|", "<!-- n --> ab"],
    ["a comment in code", "```\n<!-- n -->\n```", "<!-- n -->", "<!-- nx| -->", "```\n<!-- nx -->\n```"],
    ["an emoji is not split", "a 👩‍⚕️ [👍🏽](ksb:K7)", "👍🏽", "👍🏿|", "a 👩‍⚕️ [👍🏿](ksb:K7)"],
  ]) {
    test(name, () => {
      assert.equal(edited(file, (shown) => {
        assert.ok(shown.includes(from), shown);
        return shown.replace(from, to);
      }), wanted);
    });
  }
  test("any edit is what is shown afterwards, and splices keep their order", () => {
    let seed = 7;
    const random = (most) => (seed = (seed * 48271) % 2147483647) % most;
    const parts = ["a", "é", "🙂", "\n", " ", "[x y](ksb:K7)", "[🙂z](ksb:K7,S7)", "word", "[a\\]b](ksb:B1)", "]("];
    for (let round = 0; round < 5000; round += 1) {
      const file = Array.from({ length: random(12) }, () => parts[random(parts.length)]).join("");
      const links = [...file.matchAll(/\[(?:[^\]\\]|\\.)*\]\(ksb:[^)]*\)/g)].map((link) => ({ from: link.index, to: link.index + link[0].length }));
      const tokens = text.findTokens(file, links), shown = text.show(file, tokens);
      const units = Array.from(shown), from = random(units.length + 1), to = from + random(units.length + 1 - from);
      const after = [...units.slice(0, from), Array.from({ length: random(3) }, () => ["q", "🙃", " ", "\n"][random(4)]).join(""), ...units.slice(to)].join("");
      const edit = text.diff(shown, after), splices = text.toSplices(edit, file, tokens);
      splices.reduce((end, splice) => { assert.ok(splice.from >= end && splice.to >= splice.from, JSON.stringify({ file, edit, splices })); return splice.to; }, 0);
      const written = text.applied(file, splices);
      for (const { from: at, to: end } of splices) for (const place of [at, end]) assert.ok(!/^[\uDC00-\uDFFF]/.test(file.slice(place)), "splits a character");
      const left = tokens.filter((_, at) => at % 2 === 0).map((open, at) => file.slice(tokens[at * 2 + 1].from, tokens[at * 2 + 1].to));
      let rest = written;
      for (const close of left) if (rest.includes(close)) rest = rest.replace(close, "").replace("[", "");
      const again = text.edited({ text: file, tokens }, edit);
      assert.equal(again.text, written);
      assert.equal(text.show(again.text, again.tokens), after);
      for (const { from: at, to: end, opens } of again.tokens) assert.ok(opens ? written.slice(at, end) === "[" : written.slice(at, end).startsWith("](ksb:"), JSON.stringify({ file, edit, again }));
      assert.equal(rest.replace(/[[]/g, ""), after.replace(/[[]/g, ""), JSON.stringify({ file, shown, after, splices }));
    }
  });
  test("no edit changes a note, or brings words into its line", () => {
    let seed = 11;
    const random = (most) => (seed = (seed * 48271) % 2147483647) % most;
    const parts = ["a", "🙂", "\n", "\n\n", " ", "[x y](ksb:K7)", "<!-- n -->", "\n<!-- n\nn -->\n", "<!-- [z](ksb:S7) -->", "```\n"];
    for (let round = 0; round < 5000; round += 1) {
      const file = Array.from({ length: random(12) }, () => parts[random(parts.length)]).join("");
      const links = [...file.replace(/<!--[^]*?-->/g, (note) => " ".repeat(note.length)).matchAll(/\[x y\]\(ksb:[^)]*\)/g)].map((link) => ({ from: link.index, to: link.index + link[0].length }));
      const tokens = text.findTokens(file, links), shown = text.show(file, tokens), units = Array.from(shown);
      const from = random(units.length + 1), to = from + random(units.length + 1 - from);
      const after = [...units.slice(0, from), Array.from({ length: random(3) }, () => ["q", " ", "\n"][random(3)]).join(""), ...units.slice(to)].join("");
      const again = text.edited({ text: file, tokens }, text.diff(shown, after)), notes = (all, of) => all.filter(({ isNote }) => isNote).map((note) => of.slice(note.from, note.to));
      assert.equal(text.show(again.text, again.tokens), after, JSON.stringify({ file, after }));
      assert.deepEqual(notes(again.tokens, again.text), notes(tokens, file));
      for (const note of again.tokens.filter(({ isNote }) => isNote)) assert.ok(note.endsLine || note.to === again.text.length, JSON.stringify({ file, after, written: again.text }));
    }
  });
  test("escapes at the beginning of a line are not shown, and go with what they escape", () => {
    for (const [file, shown] of [["a\n\\- b", "a\n- b"], ["- \\# x", "- # x"], ["\\\\# x", "\\# x"], ["x <\\!-- y", "x <!-- y"], ["[\\# a](ksb:K1)", "# a"],
      ["\\\\server\\a", "\\\\server\\a"], ["a \\- b", "a \\- b"]]) assert.equal(text.show(file, text.findTokens(file, passages(file))), shown);
    for (const [file, from, to, wanted] of [["a\n\\- b", "- b", "- bc|", "a\n\\- bc"], ["a\n\\- b", "- b", "x|- b", "a\nx- b"], ["a\n\\- b", "a\n-", "a|-", "a- b"], ["a\n\\#", "#", "|", "a\n"],
      ["a", "a", "\\# b|", "\\\\# b"], ["a", "a", "\\x|", "\\x"]]) assert.equal(edited(file, (shown) => shown.replace(from, to)), wanted);
    let seed = 5;
    const random = (most) => (seed = (seed * 48271) % 2147483647) % most;
    const keys = ["a", " ", "\n", "-", "--", "=", "#", "# ", "*", "`", "<", "!--", ">", "[", "\\", "1. ", "- "];
    for (let round = 0; round < 1000; round += 1) {
      let now = { text: "", tokens: [] };
      for (let step = 0; step < 30; step += 1) {
        const shown = text.show(now.text, now.tokens), from = random(shown.length + 1), isGone = random(3) === 0;
        const after = shown.slice(0, from) + (isGone ? "" : keys[random(keys.length)]) + shown.slice(isGone ? from + random(3) : from);
        now = text.edited(now, text.diff(shown, after));
        assert.equal(text.show(now.text, now.tokens), after);
        assert.equal(text.show(now.text, text.findTokens(now.text, [])), after, "read again");
        // As the engine does where a line would be more than words.
        const place = now.text.search(/^[-#=`~<*_](?!.*\\)/m);
        if (random(4) || place < 0) continue;
        const kept = now.text.slice(0, place) + "\\" + now.text.slice(place);
        now = { text: kept, tokens: text.findTokens(kept, []) };
        assert.equal(text.show(kept, now.tokens), after);
      }
    }
  });
  test("a selection is whole words", () => {
    for (const [shown, chosen, wanted] of [
      ["I scored her pain at rest.", "cored her pai", "scored her pain"], ["I scored her pain at rest.", " her pain at rest.", "her pain at rest"],
      ["“Well-being,” she said", "eing,” sh", "Well-being,” she"], ["I don’t know", "I don", "I don’t"], ["a – b", " – ", null], ["a  b", "  ", null],
      ["(twice) a day", "twice", "twice"], ["Zażółć gęślą", "żół", "Zażółć"], ["👍🏽 well done", "👍🏽 wel", "👍🏽 well"], ["one. Two", "e. T", "one. Two"], ["x" .repeat(300), "xx", "x".repeat(82)],
      ["- item", "- item", "item"], ["the patients’ bowls", "patients", "patients"],
    ]) {
      const at = shown.indexOf(chosen), from = at < 0 ? 0 : shown.length === 300 ? 100 : at, found = text.snap(shown, from, from + chosen.length);
      assert.equal(found && shown.slice(found.from, found.to).slice(0, shown.length === 300 ? 82 : undefined), wanted, chosen);
    }
  });
  test("places of the text and of what is shown", () => {
    const file = "a [b c](ksb:K7) d", tokens = text.findTokens(file, passages(file));
    assert.equal(text.show(file, tokens), "a b c d");
    for (const [shown, place] of [[0, 0], [2, 2], [3, 4], [5, 6], [6, 16]]) assert.equal(text.toText(shown, tokens, () => false), place);
    assert.equal(text.toShown(file.length, tokens), 7);
    assert.equal(text.toShown(3, tokens), 2);
  });
  test("a link that is not plain is shown as it is", () => {
    const file = "a [b](https://example.org) c";
    assert.deepEqual(text.findTokens(file, [{ from: 2, to: 26 }]), []);
  });
  test("words are counted as people count them", () => {
    assert.equal(text.countWords("She didn’t say: “well-being”, twice — 4 times."), 7);
  });
});

test("the script is at most 40 kB, and nothing is inline", () => {
  const size = brotliCompressSync(Buffer.from(scripts())).length;
  console.log(`write.js: ${size} bytes Brotli`);
  assert.ok(size <= 40000, `${size} bytes`);
  assert.doesNotMatch(scripts(), /\beval\(|innerHTML|new Function|insertAdjacentHTML/);
});

describe("in Chromium", () => {
  let browser, portfolio, host, context, errors;
  before(async () => {
    const executablePath = process.env.PATH.split(":").map((folder) => join(folder, "chromium")).find(existsSync);
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  });
  after(() => browser?.close());
  beforeEach(async () => {
    portfolio = new Portfolio();
    host = await serve(portfolio);
    context = await browser.newContext({ viewport: { width: 1100, height: 800 } });
    context.setDefaultTimeout(5000);
    errors = [];
  });
  afterEach(async () => {
    await context.close();
    await host.close();
    assert.deepEqual(errors, []);
  });

  async function open(hash = "", options = {}) {
    const page = options.context ? await options.context.newPage() : await context.newPage();
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => { if (message.type() === "error" && !host.state.down) errors.push(message.text()); });
    await page.goto(host.address + hash);
    await page.waitForSelector("h1", { state: "attached" });
    return page;
  }
  const openEntry = (options) => open(`#entry=${encodeURIComponent(PATH)}`, options);
  const box = (page, name) => page.getByRole("textbox", { name, exact: true });
  const file = (path = PATH) => portfolio.files.get(path);
  const until = async (is, what) => {
    for (let tries = 0; tries < 300; tries += 1) {
      if (await is()) return;
      await new Promise((done) => setTimeout(done, 30));
    }
    assert.fail(what);
  };
  const saved = (page) => page.waitForFunction(() => document.querySelector("#status").textContent.startsWith("Saved"));
  /** Selects words in a box as a person with a mouse would. */
  const select = (page, name, words) => box(page, name).evaluate((area, chosen) => {
    const at = area.value.indexOf(chosen);
    area.focus();
    area.setSelectionRange(at, at + chosen.length);
    area.dispatchEvent(new Event("select"));
  }, words);

  test("typing is saved after 400 ms as one splice, and changes nothing else", async () => {
    const page = await openEntry();
    await box(page, "Feelings").press("Control+End");
    const began = Date.now();
    await page.keyboard.type(" It mattered 🙂.");
    const most = 1 + Math.floor((Date.now() - began) / 400);
    await until(() => file() === SAMPLE.replace("and we did.", "and we did. It mattered 🙂."), file());
    await saved(page);
    const splices = portfolio.log.filter(({ request }) => request === "splice").length;
    assert.ok(splices >= 1 && splices <= most, `${splices} splices, at most ${most}`);
    assert.match(await page.textContent("#status"), /^Saved \d\d:\d\d in your portfolio folder$/);
  });

  test("the signs of links are not shown, and stay in the file", async () => {
    const page = await openEntry();
    assert.equal(await box(page, "Feelings").inputValue(), "I felt pushy. I asked if we could stop, and we did.");
    await select(page, "Feelings", "pushy");
    await page.keyboard.type("strange");
    await select(page, "Feelings", "could");
    await page.keyboard.type("might");
    await saved(page);
    await until(() => file().includes("I felt strange. [I asked if we might stop](ksb:B1), and we did."), file());
    assert.equal(file().split("](ksb:").length, SAMPLE.split("](ksb:").length);
  });

  test("an answer leaves the caret, the focus and words typed meanwhile", async () => {
    const page = await openEntry();
    host.state.slow = 300;
    await box(page, "Description").press("Control+Home");
    await page.keyboard.type("One. ");
    await page.waitForTimeout(500);
    await page.keyboard.type("Two. ");
    await page.waitForTimeout(1200);
    await page.keyboard.type("Three. ");
    await until(() => file().includes("One. Two. Three. A woman"), file());
    assert.equal(await box(page, "Description").evaluate((area) => [document.activeElement === area, area.selectionStart].join()), "true,17");
  });

  test("a box without a heading in the file begins it, in its place", async () => {
    const page = await openEntry();
    await box(page, "Evaluation").fill("It went well.");
    await saved(page);
    await until(() => /## Feelings[^#]*## Evaluation\n\nIt went well\.\n\n## Analysis/.test(file()), file());
    await box(page, "Evaluation").press("Control+End");
    await page.keyboard.type(" Mostly.");
    await until(() => file().includes("It went well. Mostly."), file());
  });

  test("blank lines at the end are not sent again and again", async () => {
    const page = await openEntry();
    await box(page, "Feelings").press("Control+End");
    await page.keyboard.type("\n\n");
    await page.waitForTimeout(900);
    assert.equal(file(), SAMPLE);
    await page.keyboard.type("More.");
    await until(() => file().includes("and we did.\n\nMore.\n\n## Analysis"), file());
  });

  test("words of an input method are saved when they are there", async () => {
    const page = await openEntry();
    await box(page, "Description").press("Control+End");
    const client = await context.newCDPSession(page);
    await client.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
    await page.waitForTimeout(700);
    assert.equal(file(), SAMPLE);
    await client.send("Input.imeSetComposition", { text: "日本", selectionStart: 2, selectionEnd: 2 });
    await client.send("Input.insertText", { text: "日本" });
    await until(() => file().includes("was not there.日本"), file());
  });

  test("words typed just before leaving are saved: to another view, and away from the page", async () => {
    const page = await openEntry();
    await box(page, "Description").press("Control+End");
    await page.keyboard.type(" First.");
    await page.getByRole("link", { name: "All entries" }).click();
    await page.getByRole("heading", { name: "Portfolio of AP-2041" }).waitFor();
    assert.match(file(), /not there\. First\./);
    await page.goBack();
    await box(page, "Description").press("Control+End");
    await page.keyboard.type(" Second.");
    page.on("dialog", (dialog) => dialog.accept());
    await page.goto("about:blank");
    await until(() => file().includes("First. Second."), file());
  });

  test("a title is saved 400 ms after the last key, on going to another view, and on closing", async () => {
    const page = await openEntry(), title = page.getByLabel("Title"), isThere = (words) => () => file().includes(`title: ${words}\n`);
    await title.fill("One");
    await page.waitForTimeout(250);
    assert.ok(!isThere("One")());
    await page.waitForTimeout(450);
    assert.ok(isThere("One")(), file());
    host.state.slow = 500;
    await title.press("End");
    await page.keyboard.type(" and then more", { delay: 120 });
    await until(isThere("One and then more"), file());
    assert.equal(await page.getByRole("button", { name: "Keep what you typed" }).count(), 0);
    host.state.slow = 0;
    await title.fill("Two");
    await page.evaluate(() => { location.hash = ""; });
    await page.getByRole("heading", { name: "Portfolio of AP-2041" }).waitFor();
    assert.ok(isThere("Two")(), file());
    await page.goBack();
    await title.fill("Three");
    const asks = await page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));
    // A slow computer asks after the words were saved, and has nothing to ask.
    assert.ok(asks || isThere("Three")());
    await until(isThere("Three"), file());
  });

  for (const [choice, wanted] of [["Keep what you typed", "Mine"], ["Keep “Theirs”", "Theirs"]]) {
    test(`a title that was changed in another tab too: ${choice}`, async () => {
      const page = await openEntry();
      portfolio.files.set(PATH, file().replace(/^title: .*$/m, "title: Theirs"));
      await page.getByLabel("Title").fill("Mine");
      await page.getByRole("button", { name: choice }).waitFor();
      assert.match(file(), /^title: Theirs$/m);
      await page.getByRole("button", { name: choice }).click();
      await until(async () => new RegExp(`^title: ${wanted}$`, "m").test(file()) && await page.getByLabel("Title").inputValue() === wanted, file());
      await page.waitForTimeout(600);
      assert.equal(await page.getByRole("button", { name: choice }).count(), 0);
    });
  }

  test("an entry that was deleted underneath can be written anew, and the page can be left", async () => {
    const page = await openEntry();
    portfolio.files.delete(PATH);
    await box(page, "Feelings").press("Control+End");
    await page.keyboard.type(" Kept.");
    await page.getByText("This entry is no longer there.").first().waitFor();
    await page.getByRole("button", { name: "Copy my words" }).waitFor();
    await page.getByRole("button", { name: "Write it anew" }).click();
    await until(() => [...portfolio.files].some(([path, words]) => path !== PATH && words.includes("and we did. Kept.") && words.includes("K7,S7")), [...portfolio.files.values()].join());
    await page.waitForFunction((path) => location.hash.startsWith("#entry=") && !location.hash.includes(path), encodeURIComponent(PATH));
    await until(async () => await page.locator(".gone").count() === 0 && await box(page, "Feelings").count() === 1, "the new entry is open");
    portfolio.files.clear();
    await box(page, "Feelings").press("Control+End");
    await page.keyboard.type(" Again.");
    await page.getByRole("button", { name: "Leave without my words" }).click();
    await page.getByRole("heading", { name: "Portfolio of AP-2041" }).waitFor();
  });

  test("a page that is open is heard of, also while nobody types", async () => {
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(`${host.address}#entry=${encodeURIComponent(PATH)}`);
    await page.waitForSelector("textarea");
    const before = host.state.news;
    await page.clock.fastForward(25000);
    await until(() => host.state.news > before, "a request within 25 seconds");
  });

  test("text that belongs to no stage goes only once its box is left, and the next keeps its words", async () => {
    portfolio.files.set(PATH, SAMPLE.replace("## Description", "Before all.\n\n## Description"));
    const page = await openEntry();
    await box(page, "Other text").fill("");
    await page.waitForTimeout(700);
    assert.match(file(), /Before all/);
    await page.keyboard.type("Other words.");
    await until(() => file().includes("Other words.\n\n## Description"), file());
  });

  test("words that are not in the file as they were typed are not taken from the box", async () => {
    const page = await openEntry(), answer = portfolio.answer.bind(portfolio);
    portfolio.answer = (request) => {
      if (request.request === "splice") request.splices[0].insert = " Scrambled.";
      return answer(request);
    };
    await box(page, "Feelings").press("Control+End");
    await page.keyboard.type(" Typed.");
    await page.getByRole("button", { name: "Keep your words" }).waitFor();
    assert.match(await box(page, "Feelings").inputValue(), /Typed\.$/);
  });

  test("leaving with words that cannot be saved asks", async () => {
    const page = await openEntry();
    host.state.down = true;
    await box(page, "Description").press("Control+End");
    await page.keyboard.type(" Words.");
    await page.waitForFunction(() => document.querySelector("#status").textContent.startsWith("Not saved"));
    const asked = new Promise((done) => page.on("dialog", (dialog) => { done(dialog.type()); dialog.dismiss(); }));
    await page.evaluate(() => { setTimeout(() => location.reload()); });
    assert.equal(await asked, "beforeunload");
    await page.getByRole("link", { name: "All entries" }).click();
    await page.waitForTimeout(300);
    assert.match(await box(page, "Description").inputValue(), /Words\.$/);
    host.state.down = false;
    await saved(page);
    assert.match(file(), /not there\. Words\./);
  });

  test("an answer that got lost does not write twice", async () => {
    const page = await openEntry();
    const answer = portfolio.answer.bind(portfolio);
    let lost = 0;
    portfolio.answer = (request) => {
      const said = answer(request);
      if (request.request === "splice" && !lost) {
        lost += 1;
        return { answer: "changed", path: PATH, hash: "" };
      }
      return said;
    };
    await box(page, "Description").press("Control+End");
    await page.keyboard.type(" Once.");
    await saved(page);
    assert.equal(file().split("Once.").length, 2);
    assert.equal(await page.locator(".conflict").count(), 0);
  });

  test("two tabs in different boxes both keep their words", async () => {
    const [one, other] = [await openEntry(), await openEntry()];
    await box(one, "Description").press("Control+End");
    await one.keyboard.type(" From one.");
    await until(() => file().includes("From one."), file());
    await box(other, "Feelings").press("Control+End");
    await other.keyboard.type(" From the other.");
    await until(() => file().includes("From the other.") && file().includes("From one."), file());
    await until(async () => (await box(other, "Description").inputValue()).endsWith("From one."), "the other tab shows both");
    assert.equal(await other.locator(".conflict").count(), 0);
  });

  for (const [choice, wanted, unwanted] of [["Keep your words", "My words.", "Their words."], ["Keep the other words", "Their words.", "My words."]]) {
    test(`two versions of one box: ${choice}`, async () => {
      const page = await openEntry();
      portfolio.files.set(PATH, file().replace("was not there.", "was not there. Their words."));
      await box(page, "Description").press("Control+End");
      await page.keyboard.type(" My words.");
      await page.getByRole("button", { name: choice }).waitFor();
      assert.deepEqual(await page.locator(".words").allTextContents(), [
        "A woman in her eighties could no longer speak after a stroke. When two of us went to wash her she pulled her arm in. Mrs Oakapple's daughter was not there. My words.",
        "A woman in her eighties could no longer speak after a stroke. When two of us went to wash her she pulled her arm in. Mrs Oakapple's daughter was not there. Their words.",
      ]);
      assert.ok(!file().includes("My words."));
      await page.getByRole("button", { name: choice }).click();
      await saved(page);
      await until(() => file().includes(wanted) && !file().includes(unwanted), file());
      assert.match(await box(page, "Description").inputValue(), new RegExp(wanted));
      assert.equal(await page.locator(".conflict").count(), 0);
    });
  }

  test("words are linked to a code by the keyboard alone, and the link is removed", async () => {
    const page = await openEntry();
    await box(page, "Description").press("Control+Home");
    for (let times = 0; times < 5; times += 1) await page.keyboard.press("Control+Shift+ArrowRight");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "These words show… (Description)");
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: "Find a code" }).waitFor();
    assert.equal(await page.textContent("dialog blockquote"), "A woman in her eighties");
    host.state.slow = 200;
    await page.keyboard.type("handover");
    // Pressed before the answer is there: it takes the code for these words, not one of the list before.
    await page.keyboard.press("Enter");
    await until(() => file().includes("[A woman in her eighties](ksb:K15) could"), file());
    await page.getByRole("button", { name: "Remove K15 from “A woman in her eighties”" }).waitFor();
    host.state.slow = 0;
    assert.match(await box(page, "Description").inputValue(), /^A woman in her eighties could/);
    assert.equal(await box(page, "Description").evaluate((area) => document.activeElement === area), true);
    await page.getByRole("button", { name: "Remove K15 from “A woman in her eighties”" }).press("Enter");
    await until(() => file() === SAMPLE, file());
  });

  test("a refused link says why, and a code for the whole entry takes a reason", async () => {
    const page = await openEntry();
    portfolio.files.set(PATH, file().replace("I felt", "A line.\n\nI felt"));
    await page.reload();
    await select(page, "Feelings", "A line.\n\nI felt");
    await page.locator(".near").click();
    await page.getByRole("option", { name: /S14/ }).click();
    await page.getByText("A link cannot go over several paragraphs. Select words of one paragraph.").waitFor();
    await page.getByRole("button", { name: "Add a code for the whole entry" }).click();
    await page.getByRole("option", { name: /S14/ }).click();
    await page.getByRole("button", { name: "Add this code" }).click();
    await page.getByText("Say in a sentence what shows it.").waitFor();
    await page.getByRole("textbox", { name: "What in this entry shows it?" }).fill("I handed over the wash.");
    await page.getByRole("button", { name: "Add this code" }).click();
    await until(() => /ksbs: \[B1, S14\]/.test(file()), file());
    assert.equal(portfolio.log.find(({ change }) => change?.what === "claim").change.because, "I handed over the wash.");
    await page.getByRole("button", { name: "Remove S14 from this entry" }).click();
    await until(() => /ksbs: \[B1\]/.test(file()), file());
  });

  test("a finding selects its words, goes when they go, and can be answered", async () => {
    const page = await openEntry();
    await page.getByText("Tip: Most of the words describe what happened. Say more about why.", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Show the words" }).click();
    assert.equal(await box(page, "Description").evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd)), "Mrs Oakapple");
    assert.equal(await page.locator(".copy .mark-error").textContent(), "Mrs Oakapple");
    await page.getByRole("button", { name: "This is all right here…" }).click();
    await page.getByRole("textbox", { name: "Why is it all right?" }).fill("She wrote the book.");
    await page.getByRole("button", { name: "Save the reason" }).click();
    await until(() => portfolio.log.some(({ change }) => change?.what === "answer"), "answered");
    assert.deepEqual(portfolio.log.find(({ change }) => change?.what === "answer").change, { what: "answer", rule: "personal-name", words: "Mrs Oakapple", reason: "She wrote the book." });
    await select(page, "Description", "Mrs Oakapple's");
    await page.keyboard.type("The patient's");
    await until(async () => (await page.getByRole("button", { name: "Show the words" }).count()) === 0, "the finding goes");
  });

  test("the form saves each field once it is left, and undo takes the last change back", async () => {
    const page = await openEntry();
    await page.getByLabel("Title").fill("A better title");
    await page.getByLabel("Title").press("Tab");
    await until(() => file().includes("title: A better title\n"), file());
    await page.getByText("More about this entry").click();
    await page.getByLabel("Who may see it").selectOption("private");
    await until(() => file().includes("visibility: private\n"), file());
    await page.getByRole("button", { name: "Undo the last change" }).click();
    await until(() => !file().includes("visibility"), file());
    await page.getByRole("button", { name: "Undo the last change" }).click();
    await until(() => file() === SAMPLE, file());
    await until(async () => (await page.getByLabel("Title").inputValue()).startsWith("The patient"), "the field shows it");
    assert.equal(await page.getByRole("button", { name: "Undo the last change" }).count(), 0);
  });

  test("the file is shown as it is, with words typed a moment ago", async () => {
    const page = await openEntry();
    await box(page, "Feelings").press("Control+End");
    await page.keyboard.type(" Now.");
    await page.getByRole("button", { name: "Show me the file" }).click();
    assert.equal(await page.locator("dialog pre").textContent(), SAMPLE.replace("and we did.", "and we did. Now."));
  });

  test("from home to a submitted entry with two codes, without a mouse", async () => {
    const page = await open();
    await page.getByRole("link", { name: "Write a new entry" }).press("Enter");
    await page.waitForFunction(() => document.activeElement.id === "new-title");
    await page.keyboard.press("Enter");
    await page.getByText("Give it a title.").waitFor();
    await page.keyboard.type("Handing over a wash");
    await page.keyboard.press("Enter");
    await box(page, "Description").waitFor();
    const path = "portfolio/entries/2026/handing-over-a-wash.md";
    await box(page, "Description").focus();
    await page.keyboard.type("I asked a colleague to wash the patient, and came back to look.");
    for (const code of ["S14", "K15"]) {
      await select(page, "Description", code === "S14" ? "I asked a colleague" : "came back to look");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.getByRole("combobox", { name: "Find a code" }).waitFor();
      await page.keyboard.type(code);
      await until(async () => (await page.locator("dialog").getByRole("option").count()) === 1, code);
      await page.keyboard.press("Enter");
      await until(() => file(path).includes(`(ksb:${code})`), file(path));
    }
    await page.getByRole("button", { name: "Submit this entry" }).press("Enter");
    await page.getByRole("checkbox", { name: /I have left out or changed everything/ }).press("Space");
    await until(() => file(path).includes("anonymised: true"), file(path));
    await page.getByRole("button", { name: "Check again and submit" }).press("Enter");
    await page.getByText("You can submit it. Have a look at these first:").waitFor();
    await page.getByRole("button", { name: "Submit it now" }).press("Enter");
    await until(() => file(path).includes("status: submitted"), file(path));
    await page.getByText("You can still change it.").waitFor();
    await page.getByRole("button", { name: "Make it a draft again" }).press("Enter");
    await until(() => file(path).includes("status: draft"), file(path));
    await page.waitForFunction(() => document.activeElement.textContent === "Submit this entry");
  });

  test("what was sent back says so in the list and in the entry, and never that it is submitted", async () => {
    portfolio.files.set(PATH, SAMPLE.replace("status: draft", "status: submitted"));
    const page = await open();
    const tags = page.locator(".entries .tags").first();
    assert.match(await tags.textContent(), /^Sent back/);
    assert.doesNotMatch(await tags.textContent(), /Submitted/);
    await page.locator(".entries .title").first().click();
    await page.locator(".submitted", { hasText: "Sent back: K7" }).waitFor();
    assert.doesNotMatch(await page.locator("main").textContent(), /Submitted\./);
    await box(page, "Feelings").press("Control+End");
    await page.keyboard.type(" More.");
    await page.getByText("Changed since it was sent back: K7 Your assessor sees the change the next time you give them your portfolio.").waitFor();
    assert.equal(await page.getByRole("link", { name: "Go on to give it to them" }).count(), 1);
  });

  test("an example is listed apart, and says what it is", async () => {
    const home = portfolio.home.bind(portfolio), entry = portfolio.entry.bind(portfolio);
    portfolio.home = () => ({ ...home(), entries: home().entries.map((one) => ({ ...one, is_referred: false, is_example: true, status_title: "Example" })) });
    portfolio.entry = (path) => ({ ...entry(path), is_example: true, sent_back: [], status_title: "Example" });
    const page = await open();
    await page.getByRole("heading", { name: "Your entries", exact: true }).waitFor();
    await page.getByRole("link", { name: "Write your first reflection" }).waitFor();
    await page.getByText("1 example", { exact: true }).click();
    const list = page.locator("details .entries");
    assert.match(await list.textContent(), /Example/);
    assert.equal(await list.locator(".code").count(), 0);
    await list.locator(".title").click();
    await page.getByText("This is an example, to look at. It counts for nothing. To make it your own, take out the sentence that says so.").waitFor();
  });

  test("renaming and deleting are beside the file, in sight", async () => {
    const page = await openEntry();
    const names = await page.locator("aside .card").first().getByRole("button").allTextContents();
    assert.deepEqual(names.filter((name) => /Rename|Delete/.test(name)), ["Rename…", "Delete…"]);
    for (const name of ["Rename…", "Delete…"]) await page.getByRole("button", { name }).waitFor({ state: "visible" });
  });

  test("a search in vain says what is searched, and the codes can be looked through", async () => {
    const page = await openEntry();
    await select(page, "Feelings", "pushy");
    await page.getByRole("button", { name: "These words show… (Feelings)" }).press("Enter");
    await page.keyboard.type("unicycle");
    await page.getByText("“unicycle” is in none of the codes. Only the words of the standard and questions about it are searched.").waitFor();
    await page.getByText("Duty 1: Work with people").press("Enter");
    await page.locator("dialog").getByRole("button", { name: "S7" }).press("Enter");
    await until(() => file().includes("[pushy](ksb:S7)"), file());
  });

  test("Ctrl+Z takes back what was typed as one, and says so to the program", async () => {
    const page = await openEntry();
    await box(page, "Feelings").press("Control+End");
    await page.keyboard.type(" It mattered.");
    await saved(page);
    let presses = 0;
    for (; presses < 4 && await box(page, "Feelings").inputValue() !== "I felt pushy. I asked if we could stop, and we did."; presses += 1) await page.keyboard.press("Control+z");
    await until(() => file() === SAMPLE, file());
    const last = () => portfolio.log.findLast(({ request }) => request === "splice");
    assert.equal(last().is_undo, true);
    await page.keyboard.type(" Again.");
    await until(() => file().includes(" Again."), file());
    assert.equal(last().is_undo, false);
  });

  test("feedback is above the boxes when something was sent back", async () => {
    const page = await openEntry();
    const order = await page.evaluate(() => [document.querySelector(".feedback"), document.querySelector("textarea")].map((one) => one.getBoundingClientRect().top));
    assert.ok(order[0] < order[1], order.join());
    assert.equal(await page.locator(".feedback").count(), 1);
    assert.match(await page.locator(".feedback").textContent(), /AS-12 \(assessor\), 2 April 2026.*K7 sent back.*B1 accepted.*Say why you chose this scale\./s);
  });

  test("pages that cannot be shown say so", async () => {
    const page = await open("#entry=portfolio%2Fentries%2Fgone.md");
    await page.getByText("This entry is no longer in the folder.").waitFor();
    host.state.down = true;
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("ksbfolio does not answer").waitFor();
    host.state.down = false;
    await page.getByRole("link", { name: "All entries" }).click();
    await page.getByRole("heading", { name: "Portfolio of AP-2041" }).waitFor();
  });

  const submitted = () => portfolio.files.set(PATH, SAMPLE.replace("status: draft", "status: submitted").replace("I felt pushy.", "I felt pushy. I took the Abbey scale and form AB-12."));
  test("reading: names are looked for and not kept, every question has one key, and it is recorded", async () => {
    submitted();
    const page = await openEntry();
    await page.getByRole("button", { name: "Read it once more for names" }).click();
    await page.getByRole("textbox", { name: "Who was in it? (not saved)" }).fill("Mrs Oakapple, Mr Nettle");
    await page.keyboard.press("Enter");
    await page.getByText("Found 1 time. Write what the person is to you instead.").waitFor();
    assert.equal(await page.getByRole("textbox", { name: "Who was in it? (not saved)" }).inputValue(), "");
    await page.getByRole("button", { name: "Go on: 3 questions" }).press("Enter");
    await page.getByRole("textbox", { name: "If it identifies nobody, say why" }).fill("The number of a form.");
    await page.keyboard.press("Enter");
    await page.getByText("Does Abbey show who somebody is?").waitFor();
    await page.keyboard.press("n");
    await page.getByText("Look at this picture.").waitFor();
    await page.keyboard.press("n");
    await until(() => portfolio.log.some(({ request }) => request === "record-reading"), "recorded");
    const { reasons, words, files } = portfolio.log.find(({ request }) => request === "record-reading");
    assert.deepEqual([reasons, words, files], [["The number of a form."], 1, 1]);
    assert.ok(portfolio.log.every((asked) => asked.request === "find-names" || !JSON.stringify(asked).includes("Nettle")));
  });
  test("reading: what has to be hidden is listed with its words, and nothing is recorded", async () => {
    submitted();
    const page = await openEntry();
    await page.getByRole("button", { name: "Read it once more for names" }).click();
    await page.getByRole("button", { name: "Go on: 3 questions" }).click();
    await page.getByRole("button", { name: "I have to hide it" }).click();
    await page.getByText("Does Abbey show who somebody is?").waitFor();
    await page.keyboard.press("l");
    await page.getByText("Look at this picture.").waitFor();
    await page.keyboard.press("n");
    await page.getByText("2 things left. Change your words, then read it once more.").waitFor();
    await page.locator("dialog").getByRole("button", { name: "Show the words" }).first().click();
    assert.equal(await box(page, "Feelings").evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd)), "AB-12");
    assert.ok(!portfolio.log.some(({ request }) => request === "record-reading"));
  });
  const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
  /** Drops files, a name and bytes each, on what a selector finds. */
  const dropOn = (page, selector, ...files) => page.evaluate(([on, dropped]) => {
    const data = new DataTransfer();
    for (const [name, content] of dropped) data.items.add(new File([Uint8Array.from(content)], name));
    document.querySelector(on).dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [selector, files.map(([name, bytes]) => [name, [...bytes]])]);
  test("a photo is added once it is cleared, is shown, and can be removed; what is no photo is refused at once", async () => {
    const page = await openEntry();
    const choose = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Add a photo" }).click();
    await (await choose).setFiles({ name: "phone.heic", mimeType: "image/heic", buffer: Buffer.from("\0\0\0\x18ftypheic") });
    // Nothing was asked before.
    await page.getByText("Pictures in HEIC cannot be shown. On the phone choose").waitFor();
    assert.equal(await page.locator("#picture-alt").count(), 0);
    await page.keyboard.press("Escape");
    await dropOn(page, "textarea", ["form.pdf", Buffer.from("%PDF-1.7\n..........")]);
    await page.getByText("This is a PDF, not a photo.").waitFor();
    await page.keyboard.press("Escape");
    assert.ok(!portfolio.log.some(({ request }) => request === "picture"));
    await dropOn(page, "header", ["photo.png", PNG]);
    await page.waitForFunction(() => document.querySelector("dialog .look")?.naturalWidth === 1);
    await page.keyboard.press("Enter");
    await page.getByText("Say in a sentence what it shows.").waitFor();
    await page.getByRole("textbox", { name: "What does the photo show?" }).fill("The chart of her pain");
    await page.keyboard.press("Enter");
    await page.getByText("Confirm that nobody can be recognised on it, or choose the consent.").waitFor();
    assert.deepEqual(await page.locator("#picture-consent option").allTextContents(), ["None: nobody can be recognised", "CON-014"]);
    await page.getByRole("checkbox", { name: /Nobody can be recognised on it/ }).check();
    await page.keyboard.press("Enter");
    await page.locator(".photos").getByText("The chart of her pain").waitFor();
    const asked = portfolio.log.filter(({ request }) => request === "picture").at(-1);
    assert.deepEqual([asked.dropped, asked.alt, asked.shows_nobody, asked.consent], ["dropped-1", "The chart of her pain", true, null]);
    await page.waitForFunction(() => document.querySelector(".photos .look")?.naturalWidth === 1);
    await page.getByRole("button", { name: "Remove from this entry: The chart of her pain" }).click();
    await page.getByText("Removed from this entry. It stays in your portfolio.").waitFor();
    assert.ok(!file().includes("attachments"), file());
  });
  test("what submitting would do is said beside a draft, and asked again once a claim changed", async () => {
    portfolio.submitted = [{ code: "K7", state: "ready", state_title: "ready to assess", next: null }, { code: "S14", state: "thin", state_title: "needs more", next: "add one more entry" }];
    const page = await openEntry();
    const nearly = page.locator(".nearly");
    await nearly.getByText("Once you submit it").waitFor();
    assert.match(await nearly.innerText(), /K7[^]*ready to assess[^]*S14[^]*needs more[^]*Add one more entry/i);
    const asked = () => portfolio.log.filter(({ request }) => request === "near").length;
    await box(page, "Feelings").pressSequentially(" I was glad.");
    await until(() => file().includes("I was glad."), "not saved");
    assert.equal(asked(), 1);
  });
  test("of several files that are dropped on an entry none is forgotten", async () => {
    const page = await openEntry();
    const film = Buffer.from("\0\0\0\x18ftypisom....");
    await dropOn(page, "textarea", ["one.png", PNG], ["visit.docx", PNG], ["AS-12.yaml", PNG], ["film.mp4", film], ["two.png", PNG]);
    await page.getByText("Drop “visit.docx”, “AS-12.yaml” on the page All entries").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: "Add a photo" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("This is a video, and only pictures can be shown.").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: "Add a photo" }).waitFor();
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog"));
    const other = await open("#new");
    await dropOn(other, "header", ["one.png", PNG]);
    await other.getByText("Drop a photo on the entry that it belongs to").waitFor();
  });
  test("a submitted entry that would be left out is named before the file is saved", async () => {
    portfolio.withheld = [
      { path: PATH, title: "The patient", is_chosen: false, reason: "Something in it may identify a person (personal name).", help: "Change these words, or say in the entry why they identify no person." },
      { path: "portfolio/entries/2026/b.md", title: "Half", is_chosen: true, reason: "It is a draft.", help: "Submit it." },
    ];
    const page = await open();
    let downloads = 0;
    page.on("download", () => { downloads += 1; });
    await page.getByRole("button", { name: "Give to my assessor" }).click();
    await page.getByText("Not saved yet: 1 submitted entry would be left out.").waitFor();
    await page.getByText("The patient Something in it may identify a person (personal name). Change these words").waitFor();
    assert.equal(downloads, 0);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save it without this entry" }).click();
    await download;
    await page.getByText("Not in it, as you chose: 1 draft or private entry").waitFor();
  });
  test("words that take the place of a whole passage stay in it as a whole", async () => {
    const page = await openEntry();
    await select(page, "Feelings", "I asked if we could stop");
    await page.keyboard.type("I said that", { delay: 20 });
    // Saved in between.
    await saved(page);
    await page.waitForTimeout(700);
    await page.keyboard.type(" we have time");
    await until(() => file().includes("[I said that we have time](ksb:B1), and we did."), file());
    // The caret moves away and comes back: what is typed now is behind the passage.
    await page.keyboard.press("ArrowLeft");
    // Two keys within one task of the browser are no move.
    await page.waitForTimeout(200);
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(200);
    await page.keyboard.type(" today");
    await until(() => file().includes("[I said that we have time](ksb:B1) today, and we did."), file());
  });
  test("an edit of accepted words says so, and a code that goes is named", async () => {
    const page = await openEntry();
    await page.getByText("Accepted: B1. If you change this entry, your assessor has to look at it again.").waitFor();
    await box(page, "Feelings").press("Control+Home");
    await page.keyboard.type("x");
    await page.getByText("B1 was accepted. The entry has changed now, so your assessor has to look at it again.").waitFor();
    await select(page, "Analysis", "I scored her at rest and again while I lifted the sleeve");
    await page.keyboard.press("Delete");
    await page.getByText("K7, S7 went with the words that showed it.").waitFor();
  });
  test("what was sent back stays at the top while it is changed", async () => {
    const entry = portfolio.entry.bind(portfolio);
    portfolio.entry = (path) => {
      const answer = entry(path);
      const feedback = (answer.feedback ?? []).map((line) => ({ ...line, still_holds: file() === SAMPLE }));
      return { ...answer, feedback };
    };
    const page = await openEntry();
    await page.getByText("Sent back: K7").waitFor();
    await box(page, "Feelings").press("Control+End");
    await page.keyboard.type(" More.");
    await saved(page);
    await page.getByText("Changed since it was sent back: K7").waitFor();
    assert.ok(await page.evaluate(() => document.querySelector(".feedback").compareDocumentPosition(document.querySelector(".columns")) & Node.DOCUMENT_POSITION_FOLLOWING));
  });
  test("checking again submits if nothing new is in the way, and the page shows it", async () => {
    portfolio.files.set(PATH, file().replace(" Mrs Oakapple's daughter was not there.", ""));
    const answer = portfolio.answer.bind(portfolio);
    portfolio.answer = (request) => {
      const said = answer(request);
      const one = { what: "empty-stage", must: false, message: "Conclusion is empty", help: "Write a few sentences", field: "stage:conclusion", from: null, to: null };
      if (said.answer === "in-the-way" && said.items.some(({ must }) => must)) said.items.push(one);
      if (said.answer === "in-the-way") for (const item of said.items) if (item.what === one.what) Object.assign(item, one);
      return said;
    };
    const page = await openEntry();
    await page.getByRole("button", { name: "Submit this entry" }).click();
    await page.getByRole("checkbox", { name: /I have left out or changed/ }).check();
    await page.getByRole("button", { name: "Check again and submit" }).click();
    await page.getByText("K7 Your assessor sees the change the next time").waitFor();
    await until(() => page.evaluate(() => document.activeElement.matches(".submitted")), "the focus is on what was done");
    const place = await page.locator(".says").boundingBox();
    assert.ok(place.y > 0 && place.y + place.height <= 800, JSON.stringify(place));
    await page.getByRole("link", { name: "Go on to give it to them" }).click();
    await until(() => page.evaluate(() => document.activeElement.textContent === "Give to my assessor"), "the focus is on what gives it");
  });
  test("the words that were sent back are not selected, so that no key removes them", async () => {
    const entry = portfolio.entry.bind(portfolio);
    portfolio.entry = (path) => {
      const answer = entry(path), { from, to } = answer.claims.find(({ how }) => how === "passage");
      return { ...answer, findings: [...answer.findings, { rule: "open-referral", level: "warning", message: "K7 was sent back", help: null, field: "claims", from, to, can_answer: false }] };
    };
    const page = await openEntry();
    await page.locator("li.finding", { hasText: "K7 was sent back" }).getByRole("button", { name: "Show the words" }).click();
    const [start, end] = await page.evaluate(() => [document.activeElement.selectionStart, document.activeElement.selectionEnd]);
    assert.ok(start === end && end > 0, `${start} to ${end}`);
  });
  test("the first reflection opens without questions, with its title and its first box on screen", async () => {
    portfolio.files.clear();
    const page = await open();
    await page.getByRole("link", { name: "Write your first reflection" }).click();
    await until(() => page.evaluate(() => document.activeElement.matches(".stages textarea")), "the cursor is in the first box");
    for (const one of ["#field-title", ".stages textarea"]) {
      const place = await page.locator(one).first().boundingBox();
      assert.ok(place.y >= 0 && place.y + place.height <= 800, `${one} ${JSON.stringify(place)}`);
    }
    await page.keyboard.type("We came at noon.");
    await until(() => [...portfolio.files.values()].some((text) => text.includes("We came at noon.")), "saved");
  });
  test("few words come before the first sentence", async () => {
    portfolio.files.clear();
    const page = await open("#first");
    await page.waitForSelector(".stages textarea");
    const words = await page.evaluate(() => {
      const box = document.querySelector(".stages textarea"), walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), seen = [];
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        if (box.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING && node.parentElement.checkVisibility() && !node.parentElement.closest(".unseen, .copy")) seen.push(node.textContent);
      }
      return seen.join(" ").trim().split(/\s+/);
    });
    assert.ok(words.length <= 20, words.join(" "));
    // From the title, Enter goes on to the first part.
    await page.getByLabel("Title").press("Enter");
    assert.ok(await page.evaluate(() => document.activeElement.matches(".stages textarea")));
    // Day and kind are said below, and changed there.
    assert.match(await page.locator("summary", { hasText: "More about this entry" }).textContent(), /21 November 2026 · Reflection/);
  });
  test("opening an entry, leaving a box and looking at a dialog save nothing and say nothing of it", async () => {
    const page = await openEntry();
    await box(page, "Feelings").focus();
    await box(page, "Analysis").focus();
    await page.getByRole("button", { name: "Show me the file" }).click();
    await page.waitForSelector("dialog pre");
    await page.keyboard.press("Escape");
    await page.waitForTimeout(600);
    assert.equal(await page.locator("#status").textContent(), "");
    assert.equal(file(), SAMPLE);
    await box(page, "Feelings").press("Control+End");
    await page.keyboard.type(" More.");
    await saved(page);
  });
  test("a selection that ends within words links whole words, and the dialog says which", async () => {
    const page = await openEntry();
    await select(page, "Description", "ould no longer spea");
    await page.getByRole("button", { name: "These words show… (Description)" }).click();
    assert.equal(await page.locator("dialog blockquote").textContent(), "could no longer speak");
    await page.keyboard.type("S14");
    await page.getByRole("option", { name: /S14/ }).click();
    await until(() => file().includes("eighties [could no longer speak](ksb:S14) after"), file());
  });
  test("a comment in a part is a note below its box, and writing leaves it", async () => {
    const note = "<!-- Ask the nurse about this. -->";
    portfolio.files.set(PATH, SAMPLE.replace("I felt pushy.", `${note}\n\nI felt pushy.`));
    const page = await openEntry();
    assert.doesNotMatch(await box(page, "Feelings").inputValue(), /<!--/);
    await page.getByText("1 note in this part that only you see").click();
    await page.locator(".stage details p", { hasText: "Ask the nurse about this." }).waitFor();
    await box(page, "Feelings").press("Control+Home");
    await page.keyboard.type("First, ");
    await until(() => file().includes(`${note}\n\nFirst, I felt pushy.`), file());
  });
  test("the label of a photo is above its field, and neither is over the picture", async () => {
    const page = await openEntry();
    await page.setViewportSize({ width: 320, height: 640 });
    const tall = await page.evaluate(() => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 90, height: 300 });
      canvas.getContext("2d").fillRect(0, 0, 90, 300);
      return canvas.toDataURL("image/png").split(",")[1];
    });
    const choose = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Add a photo" }).click();
    await (await choose).setFiles({ name: "tall.png", mimeType: "image/png", buffer: Buffer.from(tall, "base64") });
    await page.waitForFunction(() => document.querySelector("dialog .look")?.naturalHeight);
    const [picture, label, field] = await Promise.all(["dialog .look", "dialog label[for=picture-alt]", "#picture-alt"].map((one) => page.locator(one).boundingBox()));
    assert.ok(picture.y + picture.height <= label.y && label.y + label.height <= field.y, JSON.stringify({ picture, label, field }));
    assert.ok(label.x < 60, JSON.stringify(label));
  });
  test("the header of a small screen is low", async () => {
    const page = await openEntry();
    await page.setViewportSize({ width: 320, height: 560 });
    await box(page, "Feelings").press("Control+End");
    await page.keyboard.type(" More.");
    await saved(page);
    const height = await page.evaluate(() => document.querySelector("header").getBoundingClientRect().height);
    assert.ok(height <= 64, `${height}px`);
  });
  test("the portfolio is given to the assessor, and their file is added", async () => {
    const page = await open();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Give to my assessor" }).click();
    const first = (await download).suggestedFilename();
    assert.match(first, /^AP-2041-for-assessor-2026-11-29-\d{4}\.zip$/);
    await page.getByText(`Your browser has saved ${first}.`).waitFor();
    // The second of a day has a name of its own, also within the minute.
    const again = page.waitForEvent("download");
    await page.getByRole("button", { name: "Give to my assessor" }).click();
    const second = (await again).suggestedFilename();
    assert.match(second, /^AP-2041-for-assessor-2026-11-29-\d{4}(-2)?\.zip$/);
    assert.notEqual(second, first);
    await page.getByText(`Your browser has saved ${second}.`).waitFor();
    await page.getByText("“Pain”: changed since it was sent back (K7)").waitFor();
    const choose = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Add a file from my assessor" }).click();
    await (await choose).setFiles([{ name: "decisions.yaml", mimeType: "text/yaml", buffer: Buffer.from("version: 1") }, { name: "decisions.yaml.sig", mimeType: "text/plain", buffer: Buffer.from("signature") }]);
    await page.getByText("decisions.yaml is added: 2 decisions on 1 entry.").waitFor();
    await page.getByText("K7: needs more, was ready to assess").waitFor({ state: "attached" });
    const line = page.locator(".exchange li");
    assert.equal(await line.textContent(), "The patient who could not say where it hurt: K7 sent back, B1 accepted");
    // The link leads to the words of the assessor, in place.
    await line.getByRole("link").click();
    await page.waitForFunction(() => document.activeElement.textContent.startsWith("What people said about it"));
    assert.ok(await page.evaluate(() => document.activeElement.getBoundingClientRect().top >= 0));
    const asked = portfolio.log.find(({ request }) => request === "decisions");
    assert.deepEqual([asked.dropped, asked.signature], ["dropped-1", "dropped-2"]);
  });

  test("documents become drafts after a table was looked at", async () => {
    const page = await open();
    const choose = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Choose files" }).click();
    await (await choose).setFiles([{ name: "pain.docx", mimeType: "application/zip", buffer: Buffer.from("x") }]);
    await page.getByText("Without Feelings. 2 places that may show who somebody is. 1 picture or file.").waitFor();
    await page.getByText("A table is no entry.").waitFor();
    await page.getByRole("button", { name: "Make 1 draft" }).click();
    await page.getByText("Fill in the days first.").waitFor();
    assert.ok(!portfolio.log.some(({ request }) => request === "import-write"));
    await page.getByLabel("Day of pain.docx").fill("2026-03-14");
    await page.getByRole("button", { name: "Make 1 draft" }).click();
    await page.getByText("1 draft made. Your own files are not changed.").waitFor();
    assert.deepEqual(portfolio.log.at(-2).days, { "pain.docx": "2026-03-14" });
    await page.locator("dialog").getByRole("link", { name: "Pain at night" }).click();
    await until(async () => (await page.getByLabel("Title").inputValue()) === "Pain at night", "the draft is open");
  });

  for (const [width, scheme, forced] of [[320, "light"], [1280, "light"], [1280, "dark"], [640, "dark"], [320, "light", "active"]]) {
    test(`no violations and no sideways scrolling: ${width}, ${scheme}${forced ? ", forced colours" : ""}`, async () => {
      const narrow = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme, forcedColors: forced ?? "none", bypassCSP: true });
      const page = await open("", { context: narrow });
      await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core/axe.min.js") });
      const look = async (name) => {
        const found = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
        assert.deepEqual(found.violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(({ target }) => target).join(" ")}`), []);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, name);
        const small = await page.evaluate(() => [...document.querySelectorAll("button, a.button, summary, input, select")].map((one) => [one, one.getBoundingClientRect()])
          .filter(([one, { width: wide, height }]) => height && (wide < 24 || height < 24) && one.type !== "checkbox").map(([one]) => one.textContent));
        assert.deepEqual(small, [], name);
      };
      await look("home");
      await page.evaluate(() => { location.hash = "new=S14"; });
      await page.waitForSelector("#new-title");
      await look("new");
      submitted();
      await page.evaluate((path) => { location.hash = "entry=" + encodeURIComponent(path); }, PATH);
      await page.getByRole("button", { name: "Read it once more for names" }).click();
      await page.getByRole("button", { name: "Go on: 3 questions" }).waitFor();
      await look("names");
      await page.getByRole("button", { name: "Go on: 3 questions" }).click();
      await look("reading");
      await page.keyboard.press("Escape");
      portfolio.files.set(PATH, SAMPLE);
      await page.reload();
      await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core/axe.min.js") });
      await page.waitForSelector("textarea");
      await page.getByText("More about this entry").click();
      await look("entry");
      await page.getByRole("button", { name: "This is all right here…" }).click();
      await look("answer");
      await page.getByRole("button", { name: "These words show… (Analysis)" }).click();
      await page.locator("dialog").getByRole("option").first().waitFor();
      await look("find");
      await page.getByRole("option", { name: /S14/ }).click();
      await look("reason");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Submit this entry" }).click();
      await page.getByRole("checkbox").waitFor();
      await look("submit");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Show me the file" }).click();
      await page.waitForSelector("pre");
      await look("file");
      await page.keyboard.press("Escape");
      portfolio.files.set(PATH, file().replace("was not there.", "was not there. Their words."));
      await box(page, "Description").press("Control+End");
      await page.keyboard.type(" My words.");
      await page.getByRole("button", { name: "Keep your words" }).waitFor();
      await look("conflict");
      await page.getByRole("button", { name: "Keep your words" }).click();
      await saved(page);
      await narrow.close();
    });
  }

  test("names and hints in the accessibility tree", async () => {
    const page = await openEntry();
    const client = await context.newCDPSession(page);
    const { nodes } = await client.send("Accessibility.getFullAXTree");
    const named = nodes.filter(({ role, ignored }) => !ignored && ["textbox", "button", "combobox", "link", "Date"].includes(role?.value)).map(({ role, name, description }) => [role.value, name?.value, description?.value]);
    assert.deepEqual(named.filter(([, name]) => !name), []);
    assert.ok(named.some(([role, name, about]) => role === "textbox" && name === "Description" && about === "What happened? Where were you, and who was there?"), JSON.stringify(named));
    // The copy behind a text area, and the button beside the selection, are for the eye alone.
    await select(page, "Description", "she pulled");
    const shown = (await client.send("Accessibility.getFullAXTree")).nodes.filter(({ ignored, name }) => !ignored && name?.value === "These words show…");
    assert.deepEqual(shown.filter(({ role }) => role.value === "button"), []);
  });

  test("marks lie under their words, at any size of text", async () => {
    const page = await openEntry();
    for (const size of ["100%", "200%"]) {
      await page.evaluate((value) => { document.documentElement.style.fontSize = value; }, size);
      const differs = await page.evaluate(() => [...document.querySelectorAll(".grow")].map((grow) => {
        const [copy, area] = [grow.querySelector(".copy"), grow.querySelector("textarea")];
        const style = (one) => ["fontFamily", "fontSize", "lineHeight", "letterSpacing", "paddingLeft", "paddingTop", "width", "height", "whiteSpace", "overflowWrap"].map((name) => getComputedStyle(one)[name]).join();
        return style(copy) === style(area) && area.scrollHeight <= area.clientHeight ? "" : style(copy) + " / " + style(area) + ` ${area.scrollHeight} ${area.clientHeight}`;
      }).filter(Boolean));
      assert.deepEqual(differs, [], size);
    }
  });
});

describe("with the program", () => {
  const ENTRY = "portfolio/entries/2026/recognising-pain.md";
  let browser, root, child, page, base;
  before(async () => {
    root = mkdtempSync(join(tmpdir(), "ksbfolio-write-"));
    for (const folder of ["portfolio", "standards"]) cpSync(join(resolve(process.env.KSBFOLIO_WORKSPACE), folder), join(root, folder), { recursive: true });
    // As Notepad saves it.
    writeFileSync(join(root, ENTRY), "\uFEFF" + readFileSync(join(root, ENTRY), "utf8").replace(/\n/g, "\r\n"));
    child = spawn(resolve(process.env.KSBFOLIO_BINARY), ["--root", root, "--as-of", "2026-11-21", "serve", "--audience", "private"], { stdio: ["ignore", "ignore", "pipe"] });
    const [, address, key] = await new Promise((done, failed) => {
      let log = "";
      child.stderr.on("data", (words) => {
        log += words;
        const found = /(http:\/\/127\.0\.0\.1:\d+\/)\?key=([0-9a-f]{64})\s/.exec(log);
        if (found) done(found);
      });
      child.on("exit", (code) => failed(new Error(`ended with ${code}: ${log}`)));
    });
    const executablePath = process.env.PATH.split(":").map((folder) => join(folder, "chromium")).find(existsSync);
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    page = await browser.newPage({ viewport: { width: 1100, height: 800 } });
    page.setDefaultTimeout(20000);
    await page.goto(`${address}?key=${key}`);
    await page.waitForURL(address);
    base = address;
    await page.goto(`${address}_ksbfolio/write.html`);
  });
  after(async () => {
    await browser?.close();
    child?.kill("SIGINT");
    rmSync(root, { recursive: true, force: true });
  });
  const file = (path) => readFileSync(join(root, path), "utf8");
  const box = (name) => page.getByRole("textbox", { name, exact: true });
  async function until(is, what) {
    for (let tries = 0; tries < 300; tries += 1) {
      if (is()) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    assert.fail(what());
  }

  test("words are written into a file of Notepad, and no other byte", async () => {
    const earlier = file(ENTRY);
    await page.evaluate((path) => { location.hash = "entry=" + encodeURIComponent(path); }, ENTRY);
    await box("Feelings").press("Control+End");
    await page.keyboard.type(" I know now.\n\nAnd 🙂.");
    const wanted = earlier.replace("like everybody else.\r\n", "like everybody else. I know now.\r\n\r\nAnd 🙂.\r\n");
    await until(() => file(ENTRY) === wanted, () => file(ENTRY));
    await page.waitForFunction(() => document.querySelector("#status").textContent.startsWith("Saved"));
    // On a slow computer the words are saved in parts.
    for (let now = file(ENTRY); now !== earlier; now = file(ENTRY)) {
      await page.getByRole("button", { name: "Undo the last change" }).click();
      await until(() => file(ENTRY) !== now, () => file(ENTRY));
    }
    await page.waitForFunction(() => document.querySelector("#box-stage-feelings").value.endsWith("like everybody else."));
  });

  test("whatever is typed with whatever pauses is in the file, and stays in its box", async () => {
    const path = "portfolio/entries/2026/typed.md", head = "---\ntitle: Typed\ndate: 2026-03-14\nmodel: gibbs\nstatus: draft\n---\n\n## Description\n\nWe came.\n\n## Feelings\n\n", rest = "\n\n## Evaluation\n\nWell.\n";
    let seed = 3;
    const random = (most) => (seed = (seed * 48271) % 2147483647) % most;
    const keys = ["a", "b ", "\n", "\n", "-", "- ", "=", "#", "# ", "*", "`", "<", "!--", ">", "[", "]"];
    const made = () => Array.from({ length: 14 }, () => [keys[random(keys.length)], random(5) === 0 ? 700 : 0]);
    for (const parts of [
      [["We did three things:\n-", 900], [" we washed her hands\n- we waited", 0]], [["I felt tired.\n#", 900], [" I will come back", 0]], [["Temp\n=", 900], [" 38.2 and warm", 0]],
      [["We met her.\n--\nThen", 900], [" we talked", 0]], [["<!-- not sure", 900], ["\nMy words", 0]], [["```\nobs", 900], [" 12\nmore", 0]], made(), made(), made(), made(),
    ]) {
      writeFileSync(join(root, path), `${head}Before.${rest}`);
      await page.goto("about:blank");
      await page.goto(`${base}_ksbfolio/write.html#entry=${encodeURIComponent(path)}`);
      await box("Feelings").press("Control+End");
      for (const [words, pause] of [["\n", 0], ...parts, ["end", 0]]) {
        await page.keyboard.type(words);
        await page.waitForTimeout(pause);
      }
      const typed = `Before.\n${parts.map(([words]) => words).join("")}end`;
      const inFile = () => {
        const now = file(path);
        return now.startsWith(head) && now.endsWith(rest) ? text.show(now.slice(head.length, -rest.length), text.findTokens(now.slice(head.length, -rest.length), [])) : now;
      };
      await until(() => inFile() === typed, () => JSON.stringify([typed, inFile()]));
      assert.deepEqual(await page.evaluate(() => [document.activeElement.id, document.activeElement.value]), ["box-stage-feelings", typed]);
      assert.equal(await page.locator(".conflict").count(), 0);
    }
  });

  test("a note that tells how to link is shown in words, and keeps its signs", async () => {
    const path = "portfolio/entries/2026/noted.md", note = "Put the words in brackets: [the exact words](ksb:K7)";
    writeFileSync(join(root, path), `---\ntitle: Noted\ndate: 2026-03-14\nmodel: gibbs\nstatus: draft\n---\n\n<!-- ${note} -->\n\n## Description\n\nWe came at noon.\n`);
    await page.evaluate((to) => { location.hash = "entry=" + encodeURIComponent(to); }, path);
    await page.getByRole("heading", { level: 1, name: "Noted" }).waitFor({ state: "attached" });
    await page.getByText("More about this entry").click();
    assert.equal(await box("Notes that do not show").inputValue(), "Put the words in brackets: the exact words");
    await box("Notes that do not show").press("Control+End");
    await page.keyboard.type(", later");
    await until(() => file(path).includes(`<!-- ${note}, later -->\n\n## Description`), () => file(path));
  });
  test("from a new entry to a submitted one with two codes, read and without Markdown", async () => {
    const path = "portfolio/entries/2026/handing-over-a-wash.md";
    await page.evaluate(() => { location.hash = "new"; });
    await page.locator("#new-title").fill("Handing over a wash");
    await page.keyboard.press("Enter");
    await box("Description").fill("I asked a colleague to wash the patient, and came back to look at the work.");
    for (const [words, code] of [["I asked a colleague", "S14"], ["came back to look", "K15"]]) {
      await box("Description").evaluate((area, chosen) => {
        const at = area.value.indexOf(chosen);
        area.focus();
        area.setSelectionRange(at, at + chosen.length);
      }, words);
      await page.getByRole("button", { name: "These words show… (Description)" }).press("Enter");
      await page.keyboard.type(code);
      await page.keyboard.press("Enter");
      await until(() => file(path).includes(`[${words}](ksb:${code})`), () => file(path));
      await page.getByText(`“${words}” shows ${code}`).waitFor();
    }
    assert.equal(await box("Description").inputValue(), "I asked a colleague to wash the patient, and came back to look at the work.");
    await page.getByRole("button", { name: "Submit this entry" }).click();
    await page.getByRole("checkbox", { name: /I have left out or changed everything/ }).check();
    await until(() => /^anonymised: true/m.test(file(path)), () => file(path));
    await page.getByRole("button", { name: "Check again and submit" }).click();
    await until(() => /^status: submitted/m.test(file(path)), () => file(path));
    await page.getByRole("button", { name: "Read it once more for names" }).click();
    await page.getByRole("button", { name: /^Go on/ }).click();
    await until(() => /^read:/m.test(file(path)), () => file(path));
  });

  test("a photo, and the file for the assessor", async () => {
    const pixel = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
    await page.evaluate((path) => { location.hash = "entry=" + encodeURIComponent(path); }, ENTRY);
    await page.waitForFunction(() => document.querySelector("#field-title")?.value.startsWith("Recognising pain"));
    const choose = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Add a photo" }).click();
    await (await choose).setFiles({ name: "IMG 1.png", mimeType: "image/png", buffer: pixel });
    await page.getByRole("textbox", { name: "What does the photo show?" }).fill("A dot on a chart");
    await page.getByRole("checkbox", { name: /Nobody can be recognised on it/ }).check();
    await page.getByRole("textbox", { name: "What does the photo show?" }).press("Enter");
    await page.getByText("A dot on a chart").or(page.locator(".wrong:not(:empty)")).first().waitFor();
    assert.deepEqual(await page.locator(".wrong:not(:empty)").allTextContents(), []);
    assert.match(file(ENTRY), /alt: "?A dot on a chart/);
    await page.getByRole("link", { name: "All entries" }).click();
    const download = page.waitForEvent("download", { timeout: 60000 });
    await page.getByRole("button", { name: "Give to my assessor" }).click();
    assert.match((await download).suggestedFilename(), /\.zip$/);
  });
});
