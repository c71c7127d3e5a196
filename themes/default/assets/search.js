"use strict";
// The search page: answers while words are typed.
const form = document.querySelector("#search-form"), box = form.querySelector("input");
const status = document.querySelector("#search-status"), list = document.querySelector("#search-results");
const more = document.querySelector("#search-more"), all = document.querySelector("#search-all");
const PAGE = 10, LETTERS = 240;

function marked(text, keys) {
  const parts = document.createDocumentFragment();
  for (const piece of text.split(new RegExp(`(${WORD.source})`, "u"))) {
    const hit = keys.has(stem(folded(piece)));
    const node = hit ? document.createElement("mark") : document.createTextNode(piece);
    if (hit) node.textContent = piece;
    parts.append(node);
  }
  return parts;
}

const hits = (text, keys) => new Set(wordsOf(text).map(stem).filter((key) => keys.has(key))).size;

/** The part of a long sentence around its first hit. */
function shortened(text, keys) {
  if (text.length <= LETTERS) return text;
  const first = [...text.matchAll(WORD)].find(([word]) => keys.has(stem(folded(word))))?.index ?? 0;
  const from = first < LETTERS / 2 ? 0 : text.lastIndexOf(" ", first - LETTERS / 3) + 1;
  const end = text.length - from <= LETTERS ? text.length : text.lastIndexOf(" ", from + LETTERS);
  return (from ? "… " : "") + text.slice(from, end) + (end < text.length ? " …" : "");
}

/** The words that answer a query, and their anchor: the passage for a code that was asked for, else the sentence with most of the words. */
function excerpt(runs, title, { keys, words }) {
  const asksFor = (codes) => codes.split(" ").some((code) => wordsOf(code).length && wordsOf(code).every((part) => words.includes(part)));
  const asked = runs.filter((run) => Array.isArray(run) && asksFor(run[1]))
    .sort((a, b) => hits(b[2], keys) - hits(a[2], keys) || Boolean(b[0]) - Boolean(a[0]))[0];
  if (asked) return [asked[0], asked[2]];
  let text = "", best = [0];
  const places = runs.map((run) => {
    const place = [text.length, Array.isArray(run) ? run[0] : ""];
    text += Array.isArray(run) ? run[2] : run;
    return place;
  });
  for (const { 0: sentence, index } of text.matchAll(/[^.!?\n]+(?:[.!?]+(?=\S)[^.!?\n]+)*[.!?]*/g)) {
    const count = hits(sentence, keys);
    if (count > best[0]) best = [count, sentence.trim(), index + sentence.length];
  }
  const [count, sentence, end] = best;
  if (count) return [places.findLast(([from, anchor]) => anchor && from < end)?.[1] ?? "", sentence];
  // The words are in the title, or in a statement that the entry is evidence for.
  const codes = new Set(runs.flatMap((run) => (run[1] && Array.isArray(run) ? run[1].split(" ") : [])));
  return ["", hits(title, keys) ? "" : `Evidence for ${[...codes].join(", ")}.`];
}

function result(number, answer) {
  const isEntry = number >= entriesFrom;
  const shown = isEntry ? entries.get(number - entriesFrom) : documents.get(Math.floor(number / perFile))?.[number % perFile];
  const [title, kind, href, text, further = ""] = shown ?? ["", "", "", ""];
  // A statement is shown whole, unless the words are in what is asked about it.
  const own = !isEntry && (hits(title + " " + text, answer.keys) || !further);
  const [anchor, words] = own ? ["", text] : excerpt(isEntry ? text : [text + "\n" + further], title, answer);
  const item = document.createElement("li"), link = document.createElement("a"), meta = document.createElement("span");
  link.href = href + (anchor && "#" + anchor);
  link.append(marked(title, answer.keys));
  meta.className = "meta";
  meta.textContent = kind;
  item.append(link, " ", meta);
  if (words) {
    const line = document.createElement("span");
    line.className = "words";
    line.append(marked(shortened(words, answer.keys), answer.keys));
    item.append(line);
  }
  return item;
}

/** The word in the results that a corrected term stands for. */
function surface(term) {
  return wordsOf(list.textContent).find((word) => stem(word) === term) ?? term;
}

function describe(answer, isTyping) {
  const { words, found, missing, corrected, isPartial, cut } = answer, parts = [];
  if (!wordsOf(box.value).length) return [];
  if (!words.length) {
    const isShort = box.value.trim().length < 2 && !stops.has(folded(box.value.trim()));
    return [isShort ? "Type at least two letters." : "These words are too common to search for. Add one that is not."];
  }
  if (!found.length) return [isTyping ? "No results yet. Keep typing." : "Nothing found. Check the spelling, or try fewer words."];
  if (corrected.length) {
    parts.push("Showing results for ");
    corrected.forEach(([, term], at) => {
      const word = document.createElement("em");
      word.textContent = surface(term);
      parts.push(at ? ", " : "", word);
    });
    parts.push(". ");
  }
  if (missing.length) parts.push(`Not found: ${missing.join(", ")}. `);
  if (isPartial) parts.push("Nothing has all of these words. ");
  parts.push(found.length === 1 ? "1 result." : `${found.length} results.`);
  if (cut) parts.push(" Keep typing to narrow this down.");
  return parts;
}

let turn = 0;
async function show({ from = 0, isTyping = false } = {}) {
  const mine = turn += 1;
  const answer = await find(box.value);
  const some = answer.found.slice(from, from + PAGE);
  await Promise.all(some.map((number) => load(number < entriesFrom ? "d" + Math.floor(number / perFile) : "e" + (number - entriesFrom))));
  if (mine !== turn) return;
  if (!from) list.replaceChildren();
  all.hidden = Boolean(wordsOf(box.value).length);
  const items = some.map((number) => result(number, answer));
  list.append(...items);
  if (from) items[0]?.querySelector("a").focus();
  status.replaceChildren(...describe(answer, isTyping));
  more.hidden = from + PAGE >= answer.found.length;
  more.onclick = () => show({ from: from + PAGE });
}

addEventListener("DOMContentLoaded", () => {
  let timer;
  form.hidden = false;
  box.value = new URLSearchParams(location.search).get("q") ?? "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    history.replaceState(null, "", "?q=" + encodeURIComponent(box.value));
    show();
  });
  box.addEventListener("input", () => {
    clearTimeout(timer);
    if (box.value.trim().length > 1 || !box.value) timer = setTimeout(() => show({ isTyping: true }), 120);
  });
  if (box.value) show();
});
