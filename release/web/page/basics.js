// The page around the program: elements, messages, and one thing at a time.

const byId = (id) => document.getElementById(id);
const counted = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;

/** Findings that are shown at once; the others follow on request. */
const SHOWN = 50;

/** An element with text or children. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Makes a section of the overview one that opens by its heading, as a small screen shows it. */
function fold(section) {
  const heading = section.querySelector("h2"), body = make("div", {});
  const button = make("button", { type: "button", class: "fold", "aria-expanded": "false" }, heading.textContent);
  body.append(...[...section.childNodes].filter((one) => one !== heading));
  section.append(body);
  heading.replaceChildren(button);
  const open = (is) => {
    button.setAttribute("aria-expanded", String(is));
    body.hidden = !is;
  };
  button.addEventListener("click", () => open(body.hidden));
  open(false);
}

/** Shows a message. It is in the text, below what it is about, so that it covers nothing. */
function showMessage(box, text) {
  box.replaceChildren(...text ? [make("p", {}, text)] : []);
  if (!box.getClientRects().length) placeMessages(null);
  if (text) box.scrollIntoView({ block: "nearest" });
}

const said = byId("status"), warned = byId("alert");
const say = (text) => showMessage(said, text);
const warn = (text) => showMessage(warned, text);

/** Moves messages below a control of the page, or to its top. */
function placeMessages(control) {
  const beside = control?.closest("#main dt")?.nextElementSibling;
  // What is made again is left as a whole.
  const line = control?.closest("#main .card, #main .given, #findings, #left-out") ?? control?.closest("#main p, #main form, #main ul");
  if (beside) beside.append(warned, said);
  else if (line) line.after(warned, said);
  else byId("main").prepend(warned, said);
}

// What was done is old news with the next thing that is done.
for (const kind of ["click", "input"]) addEventListener(kind, ({ target }) => { if (!target.closest?.("#status")) said.replaceChildren(); }, true);

/** A reason that the reader can do something about. */
class Problem extends Error {}

/** Runs one thing at a time, with its buttons off, and reports what went wrong. */
async function busy(words, work) {
  if (document.body.classList.contains("busy")) return;
  const before = document.activeElement;
  document.body.classList.add("busy");
  const buttons = [...document.querySelectorAll("button:not(:disabled)")];
  for (const button of buttons) button.disabled = true;
  placeMessages(before);
  say(words);
  warn("");
  let last = "";
  try {
    last = await work() ?? "";
  } catch (error) {
    // An AbortError is a choice that the reader cancelled.
    if (error.name !== "AbortError") warn(describe(error));
  }
  document.body.classList.remove("busy");
  for (const button of buttons) button.disabled = false;
  if (document.activeElement === document.body && before?.isConnected) before.focus({ preventScroll: true });
  say(last);
}

function describe(error) {
  if (error instanceof Problem) return error.message;
  if (error instanceof DOMException) return `The browser could not read or write a file: ${error.message}`;
  return `The program failed, and nothing is lost: the portfolio is as it was before. You can go on, or save it. Please report this:\nksbfolio ${version}: ${error.message}`;
}

const version = document.querySelector("meta[name=ksbfolio-version]").content;
