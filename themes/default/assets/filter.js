"use strict";
// Filters the table of a standard. The choice is part of the address, so that a filtered view can be linked.
addEventListener("DOMContentLoaded", () => {
  const filter = document.querySelector("#filter");
  const choices = [...filter.querySelectorAll("select, input")];
  const rows = [...document.querySelectorAll("tr[data-state]")];
  const status = document.querySelector("#filter-status");
  const asked = new URLSearchParams(location.search);
  const texts = rows.map((row) => row.textContent.toLowerCase());

  function fits(row, at, [key, value]) {
    if (key === "words") return value.toLowerCase().split(/\s+/).every((word) => texts[at].includes(word));
    return row.dataset[key].split(" ").includes(value);
  }

  function apply(remember) {
    const wanted = choices.filter((choice) => choice.value.trim()).map((choice) => [choice.name, choice.value.trim()]);
    let shown = 0;
    rows.forEach((row, at) => {
      row.hidden = !wanted.every((one) => fits(row, at, one));
      shown += !row.hidden;
    });
    rows[0].closest("table").hidden = !shown;
    status.textContent = !wanted.length ? "" : shown ? `${shown} of ${rows.length} shown` : "No code matches. Clear filters to see all.";
    if (remember) history.replaceState(null, "", "?" + new URLSearchParams(wanted));
  }

  for (const choice of choices) {
    const value = asked.get(choice.name);
    if (value && (!choice.options || [...choice.options].some((option) => option.value === value))) choice.value = value;
    choice.addEventListener("input", () => apply(true));
  }
  filter.querySelector("button").addEventListener("click", () => {
    for (const choice of choices) choice.value = "";
    apply(true);
  });
  filter.hidden = false;
  apply(false);
});
