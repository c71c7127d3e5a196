"use strict";
// The page: one view at a time, chosen by the part of the address after #, and a line that says where the words are.
//
// writePage(host, { main, status }) runs the page in these two elements.
const writePage = (host, { main, status }) => {
  const { make, fill, advice, button } = writeMake;
  let view = null, number = 0, began = null;
  const time = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

  function showStatus(state, why) {
    const words = {
      saved: () => `Saved ${time()} ${host.state}`,
      lost: () => "Not saved: ksbfolio does not answer. Keep this page open; it tries again.",
      refused: () => `Not saved: ${advice(why)}`,
    }[state]?.();
    status.classList.toggle("bad", state === "lost" || state === "refused");
    status.classList.toggle("busy", state === "waiting");
    // The same words again are not announced again.
    if (words && status.textContent !== words) status.textContent = words;
  }

  const lostPage = (answer) => [make("h1", { tabIndex: -1 }, "This page could not be shown"), make("p", {}, advice(answer)), make("p", {}, button("Try again", open), " ", make("a", { href: "#" }, "All entries"))];
  const ask = (request) => host.ask(request).catch(() => ({ answer: "lost", message: "ksbfolio does not answer", help: "Is it still running? Start it again, then try again" }));

  async function partsOf(name, value) {
    if (name === "entry") {
      const answer = began?.path === value ? began : await ask({ request: "entry", path: value });
      began = null;
      if (answer.answer !== "entry") return lostPage(answer);
      status.textContent = "";
      view = writeEntry(host, answer, { status: showStatus });
      return view.parts;
    }
    const home = await ask({ request: "home" });
    if (home.answer !== "home") return lostPage(home);
    document.title = name === "new" ? "New entry – Write" : `${home.title} – Write`;
    return name === "new" ? writeHome.showNew(host, home, value, (answer) => {
      began = answer;
      location.hash = "entry=" + encodeURIComponent(answer.path);
    }) : writeHome.show(host, home);
  }

  async function open() {
    const mine = number += 1;
    const before = view;
    if (before && !(await before.saver.flush()) && mine === number) {
      // The words are only in the page: it stays.
      const here = "#entry=" + encodeURIComponent(before.saver.answer.path);
      if (location.hash !== here) history.replaceState(null, "", here);
      return;
    }
    if (mine !== number) return;
    view = null;
    const [name, value = ""] = location.hash.slice(1).split("=");
    let known = value;
    try { known = decodeURIComponent(value); } catch {}
    const parts = await partsOf(name, known);
    if (mine !== number) return;
    fill(main, parts);
    if (name !== "entry") status.textContent = "";
    scrollTo(0, 0);
    const first = name === "new" ? main.querySelector("#new-title") : mine > 1 ? main.querySelector("h1") : null;
    first?.focus();
  }

  addEventListener("hashchange", open);
  addEventListener("pagehide", () => view?.saver.close());
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") view?.saver.close(); });
  addEventListener("online", () => view?.saver.flush());
  addEventListener("beforeunload", (event) => {
    if (!view || view.saver.isSaved()) return;
    view.saver.close();
    event.preventDefault();
  });
  open();
};

// In `serve`, the page has a token; elsewhere, the host starts it.
const writeToken = document.querySelector("meta[name=ksbfolio-token]")?.content;
if (writeToken) writePage(serverHost(writeToken), { main: document.querySelector("main"), status: document.querySelector("#status") });
