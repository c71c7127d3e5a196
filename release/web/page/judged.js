// Shows what the program says of the portfolio.

/** Words of states, as pages of a site have them. */
const STATES = { gap: "no evidence", drafted: "draft only", thin: "needs more", evidenced: "ready to assess", accepted: "accepted" };

/** A request of the write page. Its answer is a document. */
const toWrite = (request) => ({ request: "write", text: JSON.stringify(request) });

async function judge() {
  // The first request opens the portfolio to be written in, and the others use that.
  const settings = toWrite({ request: "settings" });
  const [form, portfolio, findings, coverage] = await ask([settings, { request: "portfolio" }, { request: "check" }, { request: "coverage" }]).catch(async (error) => {
    // Settings that cannot be read leave the findings, which say what to correct.
    if (!(error instanceof Problem)) throw error;
    const answers = await ask([settings, { request: "portfolio" }, { request: "check" }]);
    warn(error.message);
    return answers;
  });
  byId("learner").textContent = portfolio.learner;
  opened.title = portfolio.title;
  byId("work-title").textContent = portfolio.learner === "unknown" ? portfolio.title : `${portfolio.title}: ${portfolio.learner}`;
  byId("far").textContent = portfolio.of
    ? `${portfolio.complete} of ${portfolio.of} codes are ready to assess or accepted, from ${portfolio.entries} ${portfolio.entries === 1 ? "entry" : "entries"}.`
    : "No codes are judged: the portfolio names no standard that can be read.";
  byId("judged").textContent = `${portfolio.problem ? `${portfolio.problem}. ` : ""}As of ${day(portfolio.as_of)}${portfolio.is_frozen ? ", the day that its settings name" : ""}.`;
  showCopy(portfolio);
  if (!portfolio.copy) await showOwn(JSON.parse(form.document), JSON.parse(findings.document));
  showCoverage(coverage ? JSON.parse(coverage.document) : { standards: [] });
  showChanges();
  byId("viewer").hidden = true;
  byId("filed").hidden = true;
  byId("imported").hidden = true;
  byId("given").replaceChildren();
  byId("left-out").replaceChildren();
  viewed.path = null;
}

/** Says whose portfolio it is and whether it is a copy for an assessor, and hides what is for its author. */
function showCopy({ copy, learner }) {
  for (const one of document.querySelectorAll("[data-own]")) one.hidden = !!copy;
  opened.isCopy = !!copy;
  const isGiven = opened.isCopy || opened.isGiven;
  byId("write-whose").textContent = isGiven ? `Portfolio of ${learner}` : "My portfolio";
  const toAssess = [byId("assess-start"), byId("decisions-save")], buttons = toAssess[0].parentElement;
  if (isGiven) buttons.prepend(...toAssess);
  else buttons.append(...toAssess);
  byId("assess-start").hidden = !isGiven && !opened.isSample;
  for (const [id, is] of [["assess-start", isGiven], ["write-start", !isGiven]]) byId(id).classList.toggle("primary", is);
  const decided = writeHost.sitting?.isUnsaved() ? writeHost.sitting.state.entries.length : 0;
  byId("decisions-save").hidden = !decided;
  byId("decisions-save").textContent = `Go on to save my decisions (${decided})`;
  byId("copy-says").hidden = !copy;
  byId("dates").hidden = true;
  if (!copy) return;
  const changed = copy.changed.length ? [make("p", {}, `Changed since it was made, so decisions about them will not be taken in: ${copy.changed.join(", ")}.`)] : [];
  const forAuthor = opened.isGiven ? [] : [make("p", {}, "Is it your own portfolio? To write, open the zip file or the folder that you saved for yourself: this is only what your assessor gets.")];
  byId("copy-says").replaceChildren(...forAuthor, make("p", {}, `A copy for the assessor, made on ${day(copy.as_of)}. Drafts, private entries, days of events, consents and the apprentice’s answers to findings are not in it. Nothing is written in it: your decisions are saved as a file for the apprentice.`),
    ...copy.left_out.map((words) => make("p", {}, words)), ...changed);
}

const day = (date) => new Date(`${date}T12:00:00`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });

/** What the write page says of settings and entries: findings in its words, with their places, and days that are not known. */
async function showOwn(settings, { findings }) {
  // Those about codes are the list of codes.
  const own = findings.filter(({ subject }) => !/^(criterion|group):/.test(subject)), views = { "portfolio/portfolio.yaml": "settings", "portfolio/consents.yaml": "consents" };
  const paths = [...new Set(own.map(({ file }) => file))], entries = paths.filter((path) => path.startsWith("portfolio/entries/")).slice(0, SHOWN);
  const answers = await ask(entries.map((path) => toWrite({ request: "entry", path })));
  const texts = answers.map((one) => JSON.parse(one.document));
  const known = texts.filter(({ answer }) => answer === "entry").map((entry) => ({ title: entry.fields.find(({ name }) => name === "title")?.value || "Without a title", findings: entry.findings, view: `entry=${encodeURIComponent(entry.path)}` }));
  const others = paths.filter((path) => !texts.some((entry) => entry.path === path)).map((path) => ({ title: views[path] === "consents" ? "Consents" : views[path] ? "Settings" : path.split("/").pop(), findings: own.filter(({ file }) => file === path), view: views[path] }));
  showFindings([...known, ...others].filter((one) => one.findings.length));
  const unknown = settings.problem ? [] : settings.fields.filter(({ name, value }) => ["start", "planned_end"].includes(name) && !value);
  byId("dates").hidden = !unknown.some(({ name }) => name === "start");
  for (const [id, name] of [["from", "start"], ["until", "planned_end"]]) byId(id).closest("p").hidden = !unknown.some((field) => field.name === name);
}

/** Writes the days of the programme into the settings. */
async function addDates() {
  const days = [["start", byId("from").value], ["planned_end", byId("until").value]].filter(([, value]) => value);
  if (!days.length) {
    byId("from").focus();
    throw new Problem("Fill in the day, or leave it for later.");
  }
  for (const [field, value] of days) {
    const { answer: { hash } } = await worker.call("write", { request: { request: "settings" } });
    const { answer, changes } = await worker.call("write", { request: { request: "set-settings", hash, change: { what: "set", field, value } } });
    opened.changes = changes;
    if (answer.answer !== "settings") throw refusal(answer);
  }
  await judge();
  byId("work-title").focus();
  return "The dates are added. You can change them in the settings.";
}

const { LEVELS, advice } = writeMake;

/** Findings under the title of the entry that they are about, the worst first. */
function showFindings(groups) {
  const weight = { error: 0, warning: 1, note: 2 }, worst = ({ findings }) => Math.min(...findings.map(({ level }) => weight[level]));
  groups.sort((one, other) => worst(one) - worst(other));
  const items = groups.map(({ title, findings, view }) => make("li", { class: "finding" }, make("h3", {}, view ? goTo(view, title) : title), make("ul", { class: "plain" }, ...findings.map((one) => {
    const same = findings.filter(({ rule }) => rule === one.rule), place = `${view}=${one.rule}.${same.indexOf(one)}`;
    const words = [make("span", { class: `level level-${one.level}` }, `${LEVELS[one.level]}: `), advice(one)];
    return make("li", {}, ...words, ...view ? [" ", goTo(place, "Go there", `Go there: ${title}`)] : []);
  }))));
  const list = make("ul", { class: "plain" }, ...items.slice(0, SHOWN));
  byId("findings").replaceChildren(items.length ? list : make("p", {}, "Nothing to fix in your entries."));
  if (items.length > SHOWN) {
    const more = make("button", { type: "button" }, `Show ${items.length - SHOWN} more`);
    more.onclick = () => {
      list.append(...items.slice(SHOWN));
      more.remove();
      items[SHOWN].querySelector("a")?.focus();
    };
    byId("findings").append(more);
  }
}

/** A link into the write page. */
function goTo(view, words, name = words) {
  const link = make("a", { href: `#${view}`, "aria-label": name }, words);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    busy("Opening…", () => startWriting(view));
  });
  return link;
}

/** Text with what is between backticks as code. */
const prose = (text) => text.split("`").map((part, at) => (at % 2 ? make("code", {}, part) : part));

function showCoverage({ standards }) {
  byId("criteria").replaceChildren(...standards.map((standard) => {
    const { total, waived, evidenced, accepted } = standard.summary;
    const rows = standard.criteria.map((one) => make("tr", {},
      make("th", { scope: "row" }, one.code),
      make("td", {}, make("span", { class: `state state-${one.state}` }, STATES[one.state]), ...one.flags.map((flag) => ` ${flag}`)),
      make("td", {}, ...prose(one.why), ...one.next ? [make("span", { class: "own" }, ...prose(one.next))] : [])));
    const head = ["Code", "State", "Why, and what would change it"].map((title) => make("th", { scope: "col" }, title));
    const table = make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows));
    return make("details", {},
      make("summary", {}, `${standard.title}: ${evidenced + accepted}/${total - waived} ready to assess or accepted`),
      make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Codes of ${standard.title}` }, table));
  }));
}
