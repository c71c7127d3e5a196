"use strict";
// The page: one view at a time, chosen by the part of the address after #, and a line that says where the words are.
//
// writePage(host, { main, status }) runs the page in these two elements. It returns a function that ends it, once the last
// words are saved, and says whether it did. `isSaved()` of this function says whether they are.
const writePage = (host, { main, status }) => {
  const { make, fill, advice, button } = writeMake;
  let view = null, number = 0, began = null;
  const time = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

  /** Says what is not saved, also where nothing is typed. */
  const showStanding = () => { status.textContent = host.standing ?? ""; };

  function showStatus(state, why) {
    // Reading is no saving. What could not be done before can be now.
    if (state === "same" && status.matches(".bad")) showStanding();
    const words = {
      saved: () => host.describeSaved(time()),
      conflict: () => "Not saved: choose which words to keep.",
      lost: () => `Not saved: ${why.waits ? `${why.message}. ${why.waits}` : advice(why)}`,
      gone: () => "Not saved: this entry is no longer there.",
      refused: () => `Not saved: ${advice(why)}`,
    }[state]?.();
    status.classList.toggle("bad", ["conflict", "lost", "gone", "refused"].includes(state));
    status.classList.toggle("busy", state === "waiting");
    // The same words again are not announced again.
    if (words && status.textContent !== words) status.textContent = words;
  }

  const lostPage = (answer) => [make("h1", { tabIndex: -1 }, "This page could not be shown"), make("p", {}, advice(answer)), make("p", {}, button("Try again", open), " ", make("a", { href: "#" }, "All entries"))];
  const ask = (request) => host.ask(request).catch(writeMake.lost);

  const ended = new AbortController(), { signal } = ended;
  const site = main.parentElement.querySelector(".site a") ?? make("a"), own = site.textContent;
  const assessing = writeAssess(host, { ask, lost: lostPage, again: open, site });

  async function partsOf(name, value) {
    if (name === "assess") return assessing.show(value);
    site.textContent = own;
    if (name === "first") {
      // The first reflection needs no questions: its title can be changed where it is.
      const answer = await ask({ request: "begin", title: "My first reflection" });
      if (answer.answer !== "entry") return lostPage(answer);
      began = answer;
      history.replaceState(null, "", "#entry=" + encodeURIComponent(answer.path));
      return partsOf("entry", answer.path);
    }
    if (name === "entry") {
      const isNew = began?.path === value;
      const answer = isNew ? began : await ask({ request: "entry", path: value });
      began = null;
      if (answer.answer !== "entry") return lostPage(answer);
      showStanding();
      view = writeEntry(host, answer, { status: showStatus });
      view.isNew = isNew;
      return view.parts;
    }
    if (writeSettings.names.includes(name)) {
      const answer = await ask({ request: "settings" });
      if (answer.answer !== "settings") return lostPage(answer);
      showStanding();
      view = writeSettings.show(host, name, answer, showStatus);
      document.title = `${name[0].toUpperCase()}${name.slice(1)} – Write`;
      return view.parts;
    }
    const home = await ask({ request: "home" });
    if (home.answer !== "home") return lostPage(home);
    if (home.is_copy) return assessing.show("");
    document.title = name === "new" ? "New entry – Write" : `${home.title} – Write`;
    return name === "new" ? writeHome.showNew(host, home, value, (answer) => {
      began = answer;
      location.hash = "entry=" + encodeURIComponent(answer.path);
    }) : writeHome.show(host, home, showAgain);
  }

  /** Shows new figures of the home view, but for the part that reports what was done. */
  async function showAgain() {
    const home = await ask({ request: "home" }), kept = main.querySelector(".exchange");
    if (home.answer !== "home" || !kept) return;
    fill(main, writeHome.show(host, home, showAgain));
    main.querySelector(".exchange").replaceWith(kept);
  }

  async function open() {
    const mine = number += 1;
    const before = view;
    if (before && !(await before.saver.flush()) && mine === number) {
      // The words are only in the page: it stays.
      if (location.hash !== before.here) history.replaceState(null, "", before.here);
      return;
    }
    if (mine !== number) return;
    view = null;
    const [name, value = "", place = ""] = location.hash.slice(1).split("=");
    let known = value;
    try { known = decodeURIComponent(value); } catch {}
    const parts = await partsOf(name, known);
    if (mine !== number) return;
    // The first reflection has an address of its own by now.
    if (view) view.here = location.hash;
    fill(main, parts);
    if (!view) showStanding();
    scrollTo(0, 0);
    if (place && view?.goToPlace) {
      view.goToPlace(place);
      return;
    }
    const box = view?.isNew ? main.querySelector(".stages textarea") : null;
    if (box) {
      box.focus({ preventScroll: true });
      if (box.getBoundingClientRect().bottom > innerHeight) box.scrollIntoView({ block: "end" });
      return;
    }
    const first = name === "new" ? main.querySelector("#new-title") : name === "give" ? main.querySelector(".exchange .main") : mine > 1 ? main.querySelector("h1") : null;
    first?.focus();
  }

  // A file that misses its place would take the page away. It goes to the place that takes files like it.
  for (const name of ["dragover", "drop"]) {
    addEventListener(name, (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      const isTaken = event.defaultPrevented;
      event.preventDefault();
      if (name === "drop" && !isTaken && event.dataTransfer.files.length && !document.querySelector("dialog[open]")) writeFiles.takeAnywhere(main, [...event.dataTransfer.files]);
    }, { signal });
  }
  addEventListener("hashchange", open, { signal });
  addEventListener("pagehide", () => view?.saver.close(), { signal });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") view?.saver.close(); }, { signal });
  addEventListener("online", () => view?.saver.flush(), { signal });
  addEventListener("beforeunload", (event) => {
    if (!view || view.saver.isSaved()) return;
    view.saver.close();
    event.preventDefault();
  }, { signal });
  // An address that ends with the name of the main part is no view.
  document.querySelector(".skip")?.addEventListener("click", (event) => {
    event.preventDefault();
    main.focus();
  }, { signal });
  open();
  const end = async () => {
    if (view && !(await view.saver.flush())) return false;
    await assessing.flush();
    number += 1;
    ended.abort();
    return true;
  };
  return Object.assign(end, { isSaved: () => !view || view.saver.isSaved() });
};

// In `serve`, the page has a token; elsewhere, the host starts it.
const writeToken = document.querySelector("meta[name=ksbfolio-token]")?.content;
if (writeToken) writePage(serverHost(writeToken), { main: document.querySelector("main"), status: document.querySelector("#status") });
