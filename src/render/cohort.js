"use strict";
// Shows the learners of one tutor, or with some words in their row, in every list and table, and sorts the tables of
// learners. Without it, all are shown by need.
const filter = document.querySelector("#filter");
const choices = [...filter.querySelectorAll("[name=tutor], [name=words]")];
const order = filter.querySelector("[name=order]");
const status = document.querySelector("#shown");
const rows = [...document.querySelectorAll(".all-learners tbody tr")].map((row) => ({
  number: row.dataset.row,
  tutor: row.dataset.tutor,
  ranks: row.dataset.ranks.split(","),
  text: row.textContent.toLowerCase(),
  words: new Set(row.textContent.toLowerCase().split(/[\s;,]+/)),
}));
const places = [...document.querySelectorAll("[data-row]")];
const parts = [...document.querySelectorAll("main nav.pages a")].map((link) => {
  const items = [...document.querySelector(link.hash).parentElement.querySelectorAll(".learners > li")];
  return { link, items, title: link.textContent.replace(/ \(\d+\)$/, "") };
});
const cells = [...document.querySelectorAll(".reasons details")].map((cell) => ({
  count: cell.querySelector("summary"),
  names: [...cell.querySelectorAll("a")],
}));

const heads = [...document.querySelectorAll(".all-learners thead th")];
const tables = [...document.querySelectorAll(".all-learners tbody, .matrix tbody")].map((body) => ({
  body,
  lines: new Map([...body.rows].map((line) => [line.dataset.row, line])),
}));
let shownOrder = "1 ascending";

// An option for each column and direction; the head of a column takes its first one, then the other in turn.
heads.forEach((head, at) => {
  const { first } = head.dataset;
  if (!first) return;
  const options = [first, first === "ascending" ? "descending" : "ascending"].map((one) => `${at} ${one}`);
  for (const value of options) order.append(new Option(head.dataset[value.split(" ")[1]], value, false, value === shownOrder));
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  button.addEventListener("click", () => {
    order.value = options[Number(order.value === options[0])];
    apply();
  });
  head.append(button);
});

// Puts rows in order. Ranks that are not known come last in both directions, and equal ones stay by need.
function sort() {
  const [column, direction] = order.value.split(" ");
  heads.forEach((head, at) => (at === Number(column) ? head.setAttribute("aria-sort", direction) : head.removeAttribute("aria-sort")));
  if (order.value === shownOrder) return;
  shownOrder = order.value;
  const sign = direction === "ascending" ? 1 : -1;
  const compare = ([a, b]) => (a === "") - (b === "") || sign * (a - b);
  const sorted = [...rows].sort((a, b) => compare([a.ranks[column], b.ranks[column]]) || a.ranks[1] - b.ranks[1]);
  for (const { body, lines } of tables) {
    // One table a task, so that the page stays responsive.
    setTimeout(() => order.value === shownOrder && body.append(...sorted.map((row) => lines.get(row.number)).filter(Boolean)));
  }
}

// A word that is in no row as a whole is looked for inside of words: `TU-1` is not `TU-10`, and `resub` is in `resubmitted`.
function holds(row, word) {
  return row.words.has(word) || (!rows.some((one) => one.words.has(word)) && row.text.includes(word));
}

function count(all) {
  const shown = all.filter((one) => !one.hidden).length;
  return shown === all.length ? String(shown) : `${shown} of ${all.length}`;
}

function apply() {
  const [words, tutor] = ["words", "tutor"].map((name) => choices.find((one) => one.name === name)?.value.trim() ?? "");
  const asked = words.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = rows.filter((row) => (!tutor || row.tutor === tutor) && asked.every((word) => holds(row, word)));
  const numbers = new Set(fitting.map((row) => row.number));
  sort();
  for (const place of places) place.hidden = !numbers.has(place.dataset.row);
  for (const { link, items, title } of parts) if (items.length) link.textContent = `${title} (${count(items)})`;
  for (const { count: place, names } of cells) place.textContent = count(names);
  const chosen = [tutor, words].filter(Boolean).join(", ");
  const only = `Only ${chosen}: ${fitting.length} of ${rows.length} learners. Sums and small tables are of all.`;
  status.textContent = [chosen && only, order.selectedIndex !== byNeed && `In order of ${order.selectedOptions[0].text}.`].filter(Boolean).join(" ");
}

const byNeed = order.selectedIndex;
for (const choice of [...choices, order]) choice.addEventListener("input", apply);
filter.querySelector("button").addEventListener("click", () => {
  for (const choice of choices) choice.value = "";
  apply();
});
filter.addEventListener("submit", (event) => event.preventDefault());
// A browser that goes back fills in what was chosen.
addEventListener("pageshow", apply);
filter.hidden = false;
