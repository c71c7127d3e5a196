// Shows pages of a site.

const viewed = { path: null, before: [], entry: null };

const MIME = { png: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg", svg: "image/svg+xml" };

async function siteFile(path) {
  const { bytes } = await worker.call("page", { path });
  return bytes;
}

const dataUrl = (bytes, path) => new Promise((resolve) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result);
  reader.readAsDataURL(new Blob([bytes], { type: MIME[path.split(".").pop().toLowerCase()] ?? "application/octet-stream" }));
});

/** Where a link of a page leads: a path of the site and a fragment, or nothing if it leaves the site. */
function target(href, from) {
  const site = "https://site.invalid/";
  const url = URL.parse?.(href, site + from) ?? new URL(href, site + from);
  if (!url.href.startsWith(site)) return null;
  return { path: decodeURIComponent(url.pathname.slice(1)), fragment: decodeURIComponent(url.hash.slice(1)) };
}

/** Shows a page of the site: its style and pictures inside, and no scripts. */
async function view(path, fragment = "") {
  const bytes = await siteFile(path);
  if (!bytes) throw new Problem(`The site has no page ${path}.`);
  const page = new DOMParser().parseFromString(new TextDecoder().decode(bytes), "text/html");
  for (const one of page.querySelectorAll("script, meta[http-equiv], link[rel=icon], form.find, .deciding > p")) one.remove();
  for (const link of page.querySelectorAll("link[rel=stylesheet]")) {
    const css = await siteFile(target(link.getAttribute("href"), path)?.path);
    link.replaceWith(make("style", {}, css ? new TextDecoder().decode(css) : ""));
  }
  for (const image of page.querySelectorAll("img[src]")) {
    const source = target(image.getAttribute("src"), path)?.path, picture = source && await siteFile(source);
    if (picture) image.src = await dataUrl(picture, source);
  }
  const frame = byId("frame");
  await new Promise((resolve) => {
    frame.onload = resolve;
    frame.srcdoc = `<!DOCTYPE html>${page.documentElement.outerHTML}`;
  });
  viewed.path = path;
  byId("viewer").hidden = false;
  byId("viewer-back").hidden = !viewed.before.length;
  const inside = frame.contentDocument;
  frame.title = `Page: ${inside.title}`;
  inside.addEventListener("click", follow);
  if (fragment) scrollInto(fragment);
  byId("panel").hidden = true;
  byId("panel").replaceChildren();
  viewed.entry = readEntry(page, path);
  byId("assess").hidden = !viewed.entry;
}

function follow(event) {
  const link = event.target.closest?.("a[href]");
  if (!link) return;
  event.preventDefault();
  const href = link.getAttribute("href"), to = target(href, viewed.path);
  if (!to) return say(`This link leads out of the portfolio: ${href}`);
  if (to.path === viewed.path) return to.fragment === "decide_" ? assess() : scrollInto(to.fragment);
  if (!to.path.endsWith(".html")) return busy("Opening…", () => saveSiteFile(to.path));
  const from = viewed.path;
  busy("Opening the page…", async () => {
    await view(to.path, to.fragment);
    viewed.before.push(from);
    byId("viewer-back").hidden = false;
    byId("frame").focus();
  });
}

function scrollInto(fragment) {
  byId("frame").contentDocument.getElementById(fragment)?.scrollIntoView();
}

async function saveSiteFile(path) {
  const bytes = await siteFile(path);
  if (!bytes) throw new Problem(`The site has no file ${path}.`);
  download(path.split("/").pop(), bytes, "application/octet-stream");
  return "The file is in your downloads.";
}
