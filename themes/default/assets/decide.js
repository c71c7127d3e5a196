"use strict";
// Lights the claim whose passage was asked for, and opens the decision panel: on demand, because most readers of an entry
// do not decide about it, or at once while decisions are waiting to be saved.
{
  const here = document.currentScript.src, site = new URL("..", here).href;

  /** What the page says of its entry; null on the list of entries. */
  function readEntry(box) {
    const { entry, digest, attempt, notBefore } = box.dataset;
    const code = (one) => ({
      key: one.dataset.claim, code: one.dataset.code, href: one.querySelector("h3 a").href, text: one.querySelector("p").textContent,
      passages: [...one.querySelectorAll("blockquote")].map((quote) => ({ text: quote.firstElementChild.textContent, href: quote.querySelector("a").hash })),
      about: [...one.querySelectorAll(":scope > .meta")].map((line) => line.textContent.trim()),
    });
    return entry === undefined ? null : { id: entry, digest, attempt, notBefore, title: document.querySelector("h1").textContent,
      path: location.href.split("#")[0].slice(site.length), codes: [...document.querySelectorAll("[data-claim]")].map(code) };
  }

  function light() {
    const aside = document.querySelector("main aside");
    for (const one of aside?.querySelectorAll("section") ?? []) {
      const lit = location.hash.length > 1 && [...one.querySelectorAll("blockquote a")].some((link) => link.hash === location.hash);
      one.classList.toggle("lit", lit);
      if (lit && one.offsetParent && aside.scrollHeight > aside.clientHeight) aside.scrollTop += one.getBoundingClientRect().top - aside.getBoundingClientRect().top - 16;
    }
  }

  function isWaiting(portfolio) {
    try {
      return ["localStorage", "sessionStorage"].some((where) => window[where].getItem("ksbfolio-sitting:" + portfolio));
    } catch {
      return false;
    }
  }

  addEventListener("DOMContentLoaded", () => {
    addEventListener("hashchange", light);
    light();
    const box = document.querySelector(".deciding");
    if (!box) return;
    const { portfolio, previous, standards, learner } = box.dataset, entry = readEntry(box);
    let opened = false;
    const open = (focus) => {
      if (opened) return;
      opened = true;
      const style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = new URL("decide.css", here);
      document.head.append(style);
      const names = ["decision-file.js", "decide-form.js"];
      for (const name of names) {
        const script = document.createElement("script");
        script.src = new URL(name, here);
        script.async = false;
        if (name === names.at(-1)) script.onload = () => {
          box.replaceChildren();
          document.querySelector(".claims")?.classList.add("replaced");
          decisionPanel(box, { portfolio, previous: previous.split(" ").filter(Boolean), standards: JSON.parse(standards || "[]"), learner, site, entry });
          light();
          if (focus) box.querySelector("h2").focus();
        };
        document.head.append(script);
      }
    };
    if (isWaiting(portfolio)) open(false);
    else if (entry) {
      const button = document.createElement("button");
      const number = box.querySelector(".here");
      button.append("Assess this entry");
      button.className = "primary";
      button.onclick = () => open(true);
      box.replaceChildren(button, number ? " " : "", number ?? "");
      for (const link of document.querySelectorAll('a[href="#decide_"]')) link.addEventListener("click", () => open(true));
    }
  });
}
