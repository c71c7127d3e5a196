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

async function importDecisions(list) {
  const inputs = new Map();
  for (const file of list) inputs.set(file.name, new Uint8Array(await file.arrayBuffer()));
  const names = [...inputs.keys()].filter((name) => !name.endsWith(".sig")).sort();
  if (!names.length) throw new Problem("None of these files is a decision file: it ends with .yaml.");
  const requests = names.map((name) => ({ request: "decisions", file: `/input/${name}` }));
  const { answers, changes } = await worker.call("ask", { requests, inputs });
  opened.changes = changes;
  const said = answers.map((answer, at) => {
    if (answer.answer === "refused") return `${names[at]}: not filed. ${answer.message}`;
    if (answer.is_known) return `${names[at]}: filed already, as ${answer.path}.`;
    return [`${names[at]}: filed as ${answer.path}.`, answer.changes, ...answer.remarks].join("\n");
  });
  await judge();
  byId("filed").textContent = said.join("\n");
  byId("filed").hidden = false;
  const filed = answers.filter((answer) => answer.answer === "decisions" && !answer.is_known).length;
  return `${counted(filed, "decision file")} filed.${filed ? " Save the portfolio." : ""}`;
}
