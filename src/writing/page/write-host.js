"use strict";
// The host of the page in `ksbfolio serve`. Another host gives the same object to writePage.
//   ask(request)          sends a request and returns its answer; throws where the host cannot be reached
//   drop(file)            hands over a file and returns the name that the host gave it
//   download(name)        lets the user save a file that the host made
//   state                 where words are kept, to follow "Saved": "in your portfolio folder"
//   canFile               whether decision files can be filed in the portfolio's own folder
//   keeps                 whether the host outlives the page, so that it keeps decisions that are not saved
//   site                  where the pages of the portfolio are, if they can be opened
const serverHost = (token) => {
  const send = async (address, type, body, more = {}) => {
    // Survives the page that is being closed. Browsers allow 64 kB for that.
    const keepalive = (body.byteLength ?? body.length) < 60000;
    const answer = await fetch(address, { method: "POST", headers: { "Content-Type": type, "X-Ksbfolio-Token": token, ...more }, body, keepalive });
    if (answer.status === 401 || answer.status === 403) {
      return { answer: "refused", message: "This page is from an earlier start of ksbfolio", help: "Copy words that are not saved, then open the page again." };
    }
    if (!answer.ok) throw new Error(`status ${answer.status}`);
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
    download: (name) => {
      const link = document.createElement("a");
      link.href = "made/" + encodeURIComponent(name);
      link.download = name;
      link.click();
    },
    state: "in your portfolio folder",
    canFile: true,
    keeps: true,
    site: "../",
  };
};
