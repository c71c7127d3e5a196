"use strict";
// Runs on the search page only. Data are scripts, because a page opened from disk may load nothing else.
let prefixes = [], perFile = 16, criteria = 0, cut = false;
const terms = new Map(), documents = new Map(), waiting = new Map();
const folder = "assets/search/";

function ksbfolioIndex(list, size, first) { prefixes = list; perFile = size; criteria = first; }
function ksbfolioTerms(prefix, body) { terms.set(prefix, body); }
function ksbfolioDocuments(number, list) { documents.set(number, list); }

function load(name) {
  if (!waiting.has(name)) {
    waiting.set(name, new Promise((done) => {
      const script = document.createElement("script");
      script.src = folder + name + ".js";
      script.onload = done;
      script.onerror = done;
      document.head.append(script);
    }));
  }
  return waiting.get(name);
}

const folded = (text) => text.toLowerCase().replaceAll("’", "'");
// Words as the index has them: letters and digits, with apostrophes between them.
const LETTER = "[\\p{Alphabetic}\\p{N}\u0300-\u036f]";
const WORD = new RegExp(`${LETTER}+(?:['’]${LETTER}+)*`, "gu");

function numbers(list) {
  let at = 0;
  return list.split(".").map((step) => (at += parseInt(step, 36)));
}

async function matching(word) {
  const all = prefixes.map((prefix, at) => [prefix, at])
    .filter(([prefix]) => word.startsWith(prefix) || prefix.startsWith(word));
  // A short prefix matches many files; the first ones suffice until more letters are typed.
  const near = all.slice(0, 3);
  cut ||= all.length > near.length;
  await Promise.all(near.map(([, at]) => load("t" + at)));
  const found = new Set();
  for (const [prefix] of near) {
    for (const [term, list] of Object.entries(terms.get(prefix) ?? {})) {
      if (term.startsWith(word)) numbers(list).forEach((number) => found.add(number));
    }
  }
  return found;
}

async function find(query) {
  const words = (folded(query).match(WORD) ?? []).filter((word) => word.length > 1);
  cut = false;
  if (!words.length) return { words, found: [] };
  const sets = await Promise.all(words.map(matching));
  const [first, ...rest] = sets.sort((a, b) => a.size - b.size);
  // Criteria in their order, then entries, newest first.
  const rank = (number) => (number < criteria ? number - 1e9 : -number);
  const found = [...first].filter((number) => rest.every((set) => set.has(number))).sort((a, b) => rank(a) - rank(b));
  return { words, found };
}

function marked(text, words) {
  const parts = document.createDocumentFragment();
  for (const piece of text.split(new RegExp(`(${WORD.source})`, "u"))) {
    const hit = words.some((word) => folded(piece).startsWith(word));
    const node = hit ? document.createElement("mark") : document.createTextNode(piece);
    if (hit) node.textContent = piece;
    parts.append(node);
  }
  return parts;
}

function best(passages, words) {
  const score = ([, text]) => words.filter((word) => folded(text).includes(word)).length;
  return passages.reduce((best, one) => (best && score(best) >= score(one) ? best : one), undefined);
}

function result([title, kind, href, passages], words) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const passage = best(passages, words);
  link.href = href + (passage?.[0] ? "#" + passage[0] : "");
  link.append(marked(title, words));
  const meta = document.createElement("span");
  meta.className = "meta";
  meta.textContent = kind;
  item.append(link, " ", meta);
  if (passage) {
    const shown = document.createElement("span");
    shown.className = "words";
    shown.append(marked(passage[1], words));
    item.append(shown);
  }
  return item;
}

const form = document.querySelector("#search-form"), box = form.querySelector("input");
const status = document.querySelector("#search-status"), list = document.querySelector("#search-results");
const more = document.querySelector("#search-more");
let turn = 0;

async function show(from = 0) {
  const mine = ++turn;
  const { words, found } = await find(box.value);
  const some = found.slice(from, from + 10);
  await Promise.all(some.map((number) => load("d" + Math.floor(number / perFile))));
  if (mine !== turn) return;
  if (!from) list.replaceChildren();
  for (const number of some) list.append(result(documents.get(Math.floor(number / perFile))[number % perFile], words));
  status.textContent = !words.length ? "" : found.length ? `${found.length} found${cut ? "; more letters find more" : ""}` : "Nothing found. Try fewer or shorter words.";
  more.hidden = from + 10 >= found.length;
  more.onclick = () => show(from + 10);
}

addEventListener("DOMContentLoaded", () => {
  form.hidden = false;
  box.value = new URLSearchParams(location.search).get("q") ?? "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", "?q=" + encodeURIComponent(box.value));
    show();
  });
  if (box.value) show();
});
