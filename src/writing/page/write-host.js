"use strict";
// The host of the page in `ksbfolio serve`. Another host gives the same object to writePage.
//   ask(request)          sends a request and returns its answer; throws where the host cannot be reached, with `answer` to say
//                         so: { answer: "lost", message, help }, with `waits` for help while words wait to be saved
//   drop(file)            hands over a file and returns the name that the host gave it
//   download(name, as)    lets the user save a file that the host made, under the name `as`
//   describeSaved(time)   says where words are that were saved at this time: "Saved 14:32 in your portfolio folder"
//   where                 where words are kept that are typed now, and until when: "in your portfolio folder"
//   standing              what is not saved, said also where nothing is typed; empty or missing if all is
//   canFile               whether decision files can be filed in the portfolio's own folder
//   keeps                 whether the host outlives the page, so that it keeps decisions that are not saved
//   site                  where the pages of the portfolio are, if they can be opened
const serverHost = (token) => {
  const isLocked = ({ status }) => status === 401 || status === 403;
  const post = (address, type, body, more) => {
    // Survives the page that is being closed. Browsers allow 64 kB for that.
    const keepalive = (body.byteLength ?? body.length) < 60000;
    return fetch(address, { method: "POST", headers: { "Content-Type": type, "X-Ksbfolio-Token": token, ...more }, body, keepalive });
  };
  /** Takes the token of a later start. Only a browser that was let in there gets it. */
  const renew = async () => {
    const page = await fetch("write.html", { cache: "no-store" });
    const found = page.ok && /<meta name="ksbfolio-token" content="(\w+)"/.exec(await page.text());
    if (!found || found[1] === token) return false;
    token = found[1];
    return true;
  };
  const lost = () => Object.assign(new Error("lost"), { answer: { answer: "lost", message: "ksbfolio does not answer", help: "Is it still running? Start it again, then try again", waits: "Keep this page open; it tries again." } });
  // The program ends after a while without a page. This page is open, also between keys.
  setInterval(() => fetch("news").catch(() => {}), 20000);
  const send = async (address, type, body, more = {}) => {
    let answer = await post(address, type, body, more).catch(() => { throw lost(); });
    if (isLocked(answer) && await renew()) answer = await post(address, type, body, more);
    if (isLocked(answer)) {
      const why = { answer: "refused", message: "ksbfolio was started again", help: "Open the address that it shows, in this browser. This page then goes on, with all words." };
      throw Object.assign(new Error(why.message), { answer: why });
    }
    if (!answer.ok) throw lost();
    return answer.json();
  };
  return {
    ask: (request) => send("write", "application/json", JSON.stringify(request)),
    drop: async (file) => {
      if (file.size > 32e6) {
        const answer = { answer: "refused", message: "This file is larger than 32 MB", help: "Save a smaller copy, and drop that" };
        throw Object.assign(new Error(answer.message), { answer });
      }
      const answer = await send("drop", "application/octet-stream", await file.arrayBuffer(), { "X-Ksbfolio-Name": encodeURIComponent(file.name) });
      if (answer.answer !== "received") throw Object.assign(new Error(answer.message), { answer });
      return answer.name;
    },
    download: (name, as) => {
      const link = document.createElement("a");
      link.href = "made/" + encodeURIComponent(name);
      link.download = as;
      link.click();
    },
    describeSaved: (time) => `Saved ${time} in your portfolio folder`,
    where: "in your portfolio folder",
    canFile: true,
    keeps: true,
    site: "../",
  };
};
