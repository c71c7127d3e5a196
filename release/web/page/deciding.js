// Decides beside a page, and files decision files.

/** The address of a page of the site in links of the decision panel. */
const SITE = "#/";

/** What a page says of its entry, as the decision panel takes it; null where nothing can be decided. */
function readEntry(page, path) {
  const box = page.querySelector(".deciding[data-entry]");
  if (!box) return null;
  const { entry: id, digest, attempt, notBefore, portfolio, previous, learner } = box.dataset;
  const link = (one) => {
    const { path: page, fragment } = target(one.getAttribute("href"), path);
    return `${SITE}${page}${fragment && `#${fragment}`}`;
  };
  const codes = [...page.querySelectorAll("[data-claim]")].map((one) => ({
    key: one.dataset.claim, code: one.dataset.code, href: link(one.querySelector("h3 a")), text: one.querySelector("p").textContent,
    passages: [...one.querySelectorAll("blockquote")].map((quote) => ({ text: quote.firstElementChild.textContent, href: link(quote.querySelector("a")) })),
    about: [...one.querySelectorAll(":scope > .meta")].map((line) => line.textContent.trim()),
  }));
  return { portfolio, previous: previous.split(" ").filter(Boolean), learner, site: SITE,
    entry: { id, digest, attempt, notBefore, title: page.querySelector("h1").textContent, path, codes } };
}

/** Opens the decision panel for the entry that is shown. */
function assess() {
  const box = byId("panel");
  byId("assess").hidden = true;
  box.hidden = false;
  decisionPanel(box, viewed.entry);
  box.querySelector("h2").focus();
}

/** Follows links of the decision panel into the page that is shown. */
function followFromPanel(event) {
  const href = event.target.closest("a[href]")?.getAttribute("href");
  if (!href?.startsWith(SITE)) return;
  event.preventDefault();
  const { path, fragment } = target(href.slice(SITE.length), "");
  if (path === viewed.path) return scrollInto(fragment);
  const from = viewed.path;
  busy("Opening the page…", async () => {
    await view(path, fragment);
    viewed.before.push(from);
    byId("viewer-back").hidden = false;
  });
}

/** Adds files from an assessor to the portfolio, and shows what they changed. */
async function importDecisions(list) {
  const names = list.filter(({ name }) => !name.endsWith(".sig"));
  if (!names.length) throw new Problem("None of these files is from an assessor: its name ends with .yaml.");
  const said = [];
  let added = 0;
  for (const file of names) {
    const signature = list.find(({ name }) => name.endsWith(".sig") && name.startsWith(file.name));
    const request = { request: "decisions", dropped: await writeHost.drop(file), signature: signature ? await writeHost.drop(signature) : null };
    const { answer, changes } = await worker.call("write", { request });
    opened.changes = changes;
    if (answer.answer === "filed" && !answer.is_known) added += 1;
    said.push(...writeFiles.showFiled(file.name, answer, goTo));
  }
  await judge();
  byId("filed").replaceChildren(...said);
  byId("filed").hidden = false;
  byId("filed").focus();
  byId("filed").scrollIntoView({ block: "nearest" });
  return added ? "Save the portfolio to keep it." : "";
}
