"use strict";
// Elements, and words that are right for any number.
const writeMake = (() => {
  /** An element with properties, attributes and content. What is null is left out. */
  function make(name, set = {}, ...inside) {
    const one = document.createElement(name);
    for (const [key, value] of Object.entries(set)) {
      if (value === null || value === undefined) continue;
      if (key in one && key !== "list") one[key] = value;
      else one.setAttribute(key, value);
    }
    one.append(...inside.flat(2).filter((part) => part !== null && part !== undefined && part !== ""));
    return one;
  }

  const button = (words, onclick, className = "") => make("button", { type: "button", className, onclick }, words);
  const counted = (number, one, many = one + "s") => `${number} ${number === 1 ? one : many}`;
  const fill = (box, ...inside) => box.replaceChildren(...inside.flat(2).filter(Boolean));

  /** A day as people write it: 14 March 2026. */
  function showDay(day) {
    const date = new Date(`${day}T12:00:00Z`);
    return Number.isNaN(date.getTime()) ? String(day)
      : date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  }

  const showState = (state, title) => make("span", { className: `state state-${state}` }, title);
  const showCode = (code) => make("span", { className: "code" }, code);
  const sentence = (words) => (/[.!?]$/.test(words) ? words : words + ".");
  /** A message with its help, as two sentences. */
  const advice = ({ message, help }) => sentence(message) + (help ? " " + sentence(help) : "");
  /** The start of long words. */
  const clip = (words, most = 90) => (words.length > most ? words.slice(0, words.lastIndexOf(" ", most) + 1 || most).trimEnd() + "…" : words);

  return { make, button, counted, fill, showDay, showState, showCode, sentence, advice, clip };
})();
