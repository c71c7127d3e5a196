"use strict";
// Keeps a page of the live preview as the files are: asks the program what is new, puts the new page in the place of the
// old one without moving it, and shows findings beside the lines that they are about. No built site has this script.
(() => {
  const root = new URL("..", document.currentScript.src);
  let site = Number(new URL(document.currentScript.src).searchParams.get("site"));
  let bell = null, style = null, found = null;

  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = new URL("_ksbfolio/live.css", root);
  document.head.append(sheet);
  const sign = document.createElement("p");
  sign.className = "ksb-live";
  sign.setAttribute("role", "status");
  const write = document.createElement("a");
  write.className = "ksb-write";
  write.hidden = true;
  document.body.append(sign, write);

  const say = (text, isError) => {
    if (sign.textContent !== text) sign.textContent = text;
    sign.classList.toggle("ksb-error", isError);
  };
  const fetched = async (path) => {
    const answer = await fetch(new URL(path, root), { cache: "no-store" });
    if (answer.status === 403) throw new Error("The preview was started again: open the address in the terminal.");
    return answer.json();
  };

  async function renew() {
    // Pages with scripts of their own hold on to what they found at the beginning.
    if (document.querySelectorAll("script[src]").length > 1) return location.reload();
    const answer = await fetch(location.href, { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.title = fresh.title;
    document.documentElement.dataset.pageType = fresh.documentElement.dataset.pageType;
    const open = [...document.querySelectorAll("details")].map((one) => one.open);
    for (const part of ["header", "main", "footer"]) {
      const [old, next] = [document.querySelector(`body > ${part}`), fresh.querySelector(`body > ${part}`)];
      if (old && next && old.innerHTML !== next.innerHTML) old.replaceChildren(...next.childNodes);
    }
    document.querySelectorAll("details").forEach((one, at) => { one.open = open[at] ?? one.open; });
  }

  const here = () => decodeURIComponent(location.pathname.slice(root.pathname.length)) || "index.html";

  async function showFindings() {
    const { findings, entry, write: address } = await fetched("_ksbfolio/findings/" + encodeURI(here()));
    write.hidden = !address;
    write.href = new URL((address ?? "") + (entry ? "#entry=" + encodeURIComponent(entry) : ""), root);
    write.textContent = entry ? "Write in this entry" : "Write";
    document.querySelectorAll(".ksb-findings").forEach((one) => one.remove());
    const lines = [...document.querySelectorAll("main [data-line]")];
    for (const finding of findings) {
      // What stands before the text belongs under the title.
      const before = lines.filter((one) => Number(one.dataset.line) <= finding.line).at(-1);
      const place = before ?? document.querySelector("main h1");
      let list = place.nextElementSibling;
      if (!list?.classList.contains("ksb-findings")) {
        list = document.createElement("ul");
        list.className = "ksb-findings";
        if (place.matches("li")) place.append(list); else place.after(list);
      }
      const item = document.createElement("li");
      item.className = "ksb-" + finding.level;
      item.textContent = `Line ${finding.line}, ${finding.level}: ${finding.message}`;
      list.append(item);
    }
  }

  async function take(news) {
    bell = news.bell;
    if (style !== null && style !== news.style) return location.reload();
    style = news.style;
    if (news.site !== site) {
      site = news.site;
      found = null;
      await renew();
    }
    if (news.findings !== found) {
      found = news.findings;
      await showFindings();
    }
    say(news.error || news.words, Boolean(news.error));
  }

  async function listen() {
    for (;;) {
      try {
        await take(await fetched("_ksbfolio/news?since=" + (bell ?? "")));
      } catch (error) {
        say(error.name === "Error" ? error.message : "The preview was stopped, or cannot be reached.", true);
        bell = null;
        await new Promise((done) => setTimeout(done, 1000));
      }
    }
  }
  listen();
})();
