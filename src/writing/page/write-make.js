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

  /** Words for the levels of findings. */
  const LEVELS = { error: "To fix", warning: "To check", note: "Tip" };
  const button = (words, onclick, className = "") => make("button", { type: "button", className, onclick }, words);
  const counted = (number, one, many = one + "s") => `${number} ${number === 1 ? one : many}`;
  const fill = (box, ...inside) => box.replaceChildren(...inside.flat(2).filter(Boolean));

  /** Words of an element. The same words again take nothing from the page, so that typing goes on as one run. */
  const put = (one, words) => { if (one.textContent !== words) one.textContent = words; };

  /** Whether data for an element is new, so that it is made again. Otherwise somebody in it keeps the focus. */
  function isNew(box, data) {
    const key = JSON.stringify(data);
    if (box.key === key) return false;
    box.key = key;
    return true;
  }

  /** A day as people write it: 14 March 2026. */
  function showDay(day) {
    const date = new Date(`${day}T12:00:00Z`);
    return Number.isNaN(date.getTime()) ? String(day)
      : date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  }

  const showState = (state, title) => make("span", { className: `state state-${state}` }, title);
  const showCode = (code) => make("span", { className: "code" }, code);
  const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1) + (/[.!?]$/.test(words) ? "" : ".");
  // People here have no terminal: what a command would do is left out.
  const withoutCommands = (words) => words.split(/(?<=[;.]) /).filter((part) => !part.includes("`ksbfolio ")).join(" ").replaceAll("`", "");
  /** A message with its help, as sentences. */
  const advice = ({ message, help }) => [message, help ?? ""].map(withoutCommands).filter(Boolean).map(sentence).join(" ");
  /** The answer in place of one that the host could not get: the host says why. */
  const lost = (error) => error?.answer ?? { answer: "lost", message: "ksbfolio does not answer" };
  /** The start of long words. */
  const clip = (words, most = 90) => (words.length > most ? words.slice(0, words.lastIndexOf(" ", most) + 1 || most).trimEnd() + "…" : words);

  /** The name of a file that is saved now: with the time, and a number if it was saved in this minute before. No two are alike. */
  const savedNames = new Map();
  function timedName(name) {
    const add = (words, more) => words.replace(/(?=\.\w+$)/, `-${more}`);
    const timed = add(name, new Date().toTimeString().slice(0, 5).replace(":", "")), count = (savedNames.get(timed) ?? 0) + 1;
    savedNames.set(timed, count);
    return count > 1 ? add(timed, count) : timed;
  }

  return { make, button, counted, fill, put, isNew, showDay, showState, showCode, sentence, advice, lost, clip, timedName, LEVELS };
})();
