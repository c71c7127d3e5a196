"use strict";
// Filters the table of a standard. The choice is part of the address, so that a filtered view can be linked.
addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("#filter");
  const choices = [...form.querySelectorAll("select")];
  const rows = [...document.querySelectorAll("tr[data-state]")];
  const status = document.querySelector("#filter-status");
  const asked = new URLSearchParams(location.search);

  function apply(remember) {
    const wanted = choices.filter((choice) => choice.value).map((choice) => [choice.name, choice.value]);
    let shown = 0;
    for (const row of rows) {
      const fits = wanted.every(([key, value]) => row.dataset[key].split(" ").includes(value));
      row.hidden = !fits;
      shown += fits;
    }
    status.textContent = wanted.length ? `${shown} of ${rows.length} shown` : "";
    if (remember) history.replaceState(null, "", "?" + new URLSearchParams(wanted));
  }

  for (const choice of choices) {
    const value = asked.get(choice.name);
    if ([...choice.options].some((option) => option.value === value)) choice.value = value;
    choice.addEventListener("change", () => apply(true));
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); apply(true); });
  form.addEventListener("reset", () => setTimeout(() => apply(true)));
  form.hidden = false;
  apply(false);
});
