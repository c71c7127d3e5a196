"use strict";
// Finds documents in the index. Data are scripts, because a page opened from disk may load nothing else.
let prefixes = [], perFile = 8, entriesFrom = 0, total = 0, stops = new Set(), steps = [];
const terms = new Map(), documents = new Map(), entries = new Map(), waiting = new Map();

function ksbfolioIndex([list, sizes, stopWords, endings]) {
  prefixes = list;
  [perFile, entriesFrom, total] = sizes;
  stops = new Set(stopWords.split(" "));
  steps = endings.map(([least, pairs]) => [least, pairs.split(" ").map((pair) => pair.split(":"))]);
}
function ksbfolioTerms(prefix, body) { terms.set(prefix, body); }
function ksbfolioDocuments(number, list) { documents.set(number, list); }
function ksbfolioEntry(number, entry) { entries.set(number, entry); }

function load(name) {
  if (!waiting.has(name)) {
    waiting.set(name, new Promise((done) => {
      const script = document.createElement("script");
      script.src = "assets/search/" + name + ".js";
      script.onload = script.onerror = done;
      document.head.append(script);
    }));
  }
  return waiting.get(name);
}

const folded = (text) => text.toLowerCase().replaceAll("’", "'");
// Words as the index has them: letters and digits, with apostrophes between them.
const LETTER = "[\\p{Alphabetic}\\p{N}\u0300-\u036f]";
const WORD = new RegExp(`${LETTER}+(?:['’]${LETTER}+)*`, "gu");
const wordsOf = (text) => folded(text).match(WORD) ?? [];

// Stems as `src/view/search/stem.rs` makes them; their endings are in the manifest.
const isVowel = (word, at) => "aeiou".includes(word[at]) || (word[at] === "y" && at > 0 && !isVowel(word, at - 1));
const shape = (word) => [...word].map((_, at) => (isVowel(word, at) ? "v" : "c")).join("");
const syllables = (word) => shape(word).split("vc").length - 1;
const isShort = (word) => /cvc$/.test(shape(word)) && !/[wxy]$/.test(word);
const hasVowel = (word) => shape(word).includes("v");

function stem(word) {
  word = word.replace(/'s$/, "");
  if (!/^[a-z]{4,}$/.test(word)) return word;
  if (/(ss|i)es$/.test(word)) word = word.slice(0, -2);
  else if (!/[sui]s$/.test(word)) word = word.replace(/s$/, "");
  const [, rest, end] = /^(.*?)(eed|ed|ing)$/.exec(word) ?? [];
  if (end === "eed") word = syllables(rest) ? rest + "ee" : word;
  else if (end && hasVowel(rest)) {
    word = /(at|bl|iz|is)$/.test(rest) || (syllables(rest) === 1 && isShort(rest)) ? rest + "e"
      : /([^lszaeiou])\1$/.test(rest) ? rest.slice(0, -1) : rest;
  }
  if (word.endsWith("y") && hasVowel(word.slice(0, -1))) word = word.slice(0, -1) + "i";
  for (const [least, endings] of steps) {
    const [ending, by] = endings.find(([one]) => word.endsWith(one)) ?? [];
    const left = ending && word.slice(0, -ending.length);
    if (ending && syllables(left) > least) word = left + by;
  }
  if (word.endsWith("e")) {
    const left = word.slice(0, -1), count = syllables(left);
    if (count > 1 || (count === 1 && !isShort(left))) word = left;
  }
  return /(ll|rr)$/.test(word) && syllables(word) > 1 ? word.slice(0, -1) : word;
}

/** The words of a query: `K 7` and `k07` are K7, and `well-being` is also `wellbeing`. */
function queryWords(query) {
  const text = folded(query).replace(/\b([a-z]) ?0*(\d+)\b/g, "$1$2");
  const parts = text.match(new RegExp(`${WORD.source}(?:-${WORD.source})*`, "gu")) ?? [];
  return parts.flatMap((part) => {
    const words = part.match(WORD), joined = words.join("");
    return words.length > 1 && !/\d/.test(part) ? [{ word: joined, parts: words }] : words.map((word) => ({ word }));
  }).filter(({ word }) => !stops.has(word) && (word.length > 1 || /\d/.test(word)));
}

/** Points for the field in which a document has a word. */
const WEIGHTS = { A: 8, B: 5, C: 3, D: 2.5, E: 1, F: 1, G: 0.5 };

function addPostings(list, factor, points) {
  const rows = [...list.matchAll(/([0-9a-z]*)([A-G])/g)];
  const rarity = Math.log(1 + total / rows.length) * factor;
  let at = -1;
  for (const [, step, field] of rows) {
    at += step ? parseInt(step, 36) : 1;
    points.set(at, Math.max(points.get(at) ?? 0, WEIGHTS[field] * rarity));
  }
}

/** How many letters differ, up to `most`; two that changed places count as one. */
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = [], last = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i += 1) {
    const now = [i];
    for (let j = 1; j <= b.length; j += 1) {
      now[j] = Math.min(last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) now[j] = Math.min(now[j], before[j - 2] + 1);
    }
    [before, last] = [last, now];
  }
  return last[b.length];
}

/** The terms of the shards whose prefixes `wanted` accepts; only the first few shards are loaded. */
async function termsIn(wanted, most) {
  const near = prefixes.filter(wanted), some = near.slice(0, most);
  await Promise.all(some.map((prefix) => load("t" + prefix.replace(/[^a-z0-9]/gu, (letter) => `-${letter.codePointAt(0).toString(16)}-`))));
  return { cut: near.length > most, all: some.flatMap((prefix) => Object.entries(terms.get(prefix) ?? {})) };
}

/** The term that a mistyped word stands for. */
async function corrected(word, key) {
  const most = word.length < 4 || /\d/.test(word) ? 0 : word.length < 8 ? 1 : 2;
  if (!most) return undefined;
  const shared = (prefix) => [...prefix].findIndex((letter, at) => letter !== key[at]);
  for (const letters of [undefined, 1]) {
    // Its own shard first, then those with the same first letter.
    const { all } = await termsIn((prefix) => (letters ? prefix[0] === key[0] : shared(prefix) < 0), 6);
    const close = all.map(([term, list]) => [distance(key, term, most), -list.length, term, list])
      .filter(([far]) => far <= most).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    if (close.length) return close[0].slice(2);
  }
  return undefined;
}

/** Documents that have a word, with their points, and the terms by which they have it. */
async function match(word, isLast) {
  const key = stem(word), points = new Map(), keys = new Set();
  const take = ([term, list], factor) => { keys.add(term); addPostings(list, factor, points); };
  const { cut, all } = await termsIn((prefix) => key.startsWith(prefix) || (isLast && prefix.startsWith(word)), 4);
  const own = all.find(([term]) => term === key);
  if (own) take(own, 1);
  // The last word may be unfinished. A code is finished once it is one.
  const longer = (isLast || !own) && !(own && /\d/.test(word)) ? all.filter(([term]) => term !== key && term.startsWith(word)) : [];
  longer.forEach((one) => take(one, 0.5));
  if (!keys.size) {
    // The letters so far may be the stem and a part of an ending.
    const begun = all.filter(([term]) => term.length > 3 && word.startsWith(term) && word.length - term.length < 5);
    if (isLast && begun.length) take(begun.reduce((a, b) => (a[0].length < b[0].length ? b : a)), 1);
  }
  const other = keys.size ? undefined : await corrected(word, key);
  if (other) take(other, 1);
  return { word, points, keys, cut, corrected: other?.[0] };
}

/** What a query finds: numbers of documents, best first; of equal ones the newest entry. */
async function find(query) {
  const words = queryWords(query), open = /[\p{L}\p{N}]$/u.test(query);
  const matches = await Promise.all(words.map(async ({ word, parts }, at) => {
    const isLast = open && at === words.length - 1;
    const whole = await match(word, isLast && !parts);
    if (!parts || (whole.points.size && !whole.corrected)) return [whole];
    return Promise.all(parts.filter((part) => !stops.has(part)).map((part) => match(part, isLast)));
  }));
  const known = matches.flat().filter(({ points }) => points.size);
  const missing = matches.flat().filter(({ points }) => !points.size).map(({ word }) => word);
  const points = new Map(), counts = new Map();
  for (const one of known) {
    for (const [number, more] of one.points) {
      points.set(number, (points.get(number) ?? 0) + more);
      counts.set(number, (counts.get(number) ?? 0) + 1);
    }
  }
  const most = Math.max(0, ...new Set(counts.values()));
  const age = (number) => (number < entriesFrom ? number - 1e9 : -number);
  const found = [...points.keys()].filter((number) => counts.get(number) === most)
    .sort((a, b) => points.get(b) - points.get(a) || age(a) - age(b));
  return {
    words: words.map(({ word }) => word), missing, found, isPartial: most < known.length,
    keys: new Set(known.flatMap(({ keys }) => [...keys])), cut: known.some(({ cut }) => cut),
    corrected: known.filter((one) => one.corrected).map((one) => [one.word, one.corrected]),
  };
}
