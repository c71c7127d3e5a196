// This page's own text, made again from its parts as release/tab makes it.

const inner = (id) => byId(id).textContent;

/** The text of this page, with a portfolio or without. */
function ownPage(portfolio = "") {
  const parts = {
    version,
    script_hash: /'sha256-[^']+'/.exec(document.querySelector("meta[http-equiv]").content)[0],
    style: inner("tab-style"),
    write_style: inner("write-style"),
    script: document.body.querySelector("script:not([type])").textContent,
    worker: inner("worker"),
    module: inner("module"),
    template: inner("template"),
    sample: portfolio ? "" : inner("sample-zip"),
    portfolio,
  };
  const template = new TextDecoder().decode(Uint8Array.from(atob(parts.template), (sign) => sign.charCodeAt(0)));
  return template.replace(/\{\{ (\w+) \}\}/g, (_, name) => parts[name]);
}

/** Whether this page is what its parts make, and nothing was added to it. Asked before the page changes itself. */
const isAsMade = () => new DOMParser().parseFromString(ownPage(inner("portfolio-zip")), "text/html").documentElement.outerHTML === document.documentElement.outerHTML;
