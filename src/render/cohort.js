"use strict";
// Shows the learners of one tutor, or with some words in their row, in every list and table. Without it, all are shown.
const filter = document.querySelector("#filter");
const choices = [...filter.querySelectorAll("select, input")];
const status = document.querySelector("#shown");
const rows = [...document.querySelectorAll(".all-learners tbody tr")].map((row) => ({
  number: row.dataset.row,
  tutor: row.dataset.tutor,
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
  for (const place of places) place.hidden = !numbers.has(place.dataset.row);
  for (const { link, items, title } of parts) if (items.length) link.textContent = `${title} (${count(items)})`;
  for (const { count: place, names } of cells) place.textContent = count(names);
  const chosen = [tutor, words].filter(Boolean).join(", ");
  status.textContent = chosen ? `Only ${chosen}: ${fitting.length} of ${rows.length} learners. Sums and small tables are of all.` : "";
}

for (const choice of choices) choice.addEventListener("input", apply);
filter.querySelector("button").addEventListener("click", () => {
  for (const choice of choices) choice.value = "";
  apply();
});
filter.addEventListener("submit", (event) => event.preventDefault());
// A browser that goes back fills in what was chosen.
addEventListener("pageshow", apply);
filter.hidden = false;
