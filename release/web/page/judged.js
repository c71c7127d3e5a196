// Shows what the program says of the portfolio.

/** Words of states, as pages of a site have them. */
const STATES = { gap: "no evidence", drafted: "draft only", thin: "needs more", evidenced: "ready to assess", accepted: "accepted" };
const LEVELS = { error: "Must be mended", warning: "Should be mended", note: "Worth knowing" };

async function judge() {
  const [portfolio, findings, coverage] = await ask([{ request: "portfolio" }, { request: "check" }, { request: "coverage" }]).catch(async (error) => {
    // Settings that cannot be read leave the findings, which show the line.
    if (!(error instanceof Problem)) throw error;
    const answers = await ask([{ request: "portfolio" }, { request: "check" }]);
    warn(error.message);
    return answers;
  });
  byId("learner").textContent = portfolio.learner;
  byId("work-title").textContent = portfolio.title;
  byId("far").textContent = portfolio.of
    ? `${portfolio.complete} of ${portfolio.of} codes are ready to assess or accepted, from ${portfolio.entries} ${portfolio.entries === 1 ? "entry" : "entries"}.`
    : "No codes are judged: the portfolio names no standard that can be read.";
  byId("write-start").textContent = opened.isFirst ? "Write your first reflection" : "Write and edit entries";
  byId("judged").textContent = `${portfolio.problem ? `${portfolio.problem}. ` : ""}Judged as of ${day(portfolio.as_of)}${portfolio.is_frozen ? ", the day that its settings name" : ""}.`;
  showCopy(portfolio.copy);
  showFindings(JSON.parse(findings.document));
  showCoverage(coverage ? JSON.parse(coverage.document) : { standards: [] });
  showChanges();
  byId("viewer").hidden = true;
  byId("filed").hidden = true;
  byId("imported").hidden = true;
  viewed.path = null;
}

/** Says that this is a copy for an assessor, and hides what is for its author. */
function showCopy(copy) {
  for (const one of document.querySelectorAll("[data-own]")) one.hidden = !!copy;
  byId("copy-says").hidden = !copy;
  byId("assess-start").classList.toggle("primary", !!copy);
  if (!copy) return;
  const changed = copy.changed.length ? [make("p", {}, `Changed since it was made, so decisions about them will not be taken in: ${copy.changed.join(", ")}.`)] : [];
  byId("copy-says").replaceChildren(make("p", {}, `A copy for the assessor, made on ${day(copy.as_of)}. Drafts, private entries, days of events, consents and answers to findings are not in it, and digests are those that it states. Nothing is written in it: decisions are saved as a file for the apprentice.`),
    ...copy.left_out.map((words) => make("p", {}, words)), ...changed);
}

const day = (date) => new Date(`${date}T12:00:00`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });

function showFindings({ findings, summary }) {
  const box = byId("findings");
  if (!findings.length) return box.replaceChildren(make("p", {}, "Nothing to mend."));
  const numbers = Object.entries(summary).filter(([, number]) => number).map(([level, number]) => counted(number, level));
  const weight = { error: 0, warning: 1, note: 2 };
  const sorted = findings.map((one, at) => [one, at]).sort(([a, i], [b, j]) => weight[a.level] - weight[b.level] || i - j).map(([one]) => one);
  const list = make("ul", { class: "plain" }, ...sorted.slice(0, SHOWN).map(finding));
  box.replaceChildren(make("p", {}, `${numbers.join(", ")}.`), list);
  if (sorted.length > SHOWN) {
    const more = make("button", { type: "button" }, `Show ${counted(sorted.length - SHOWN, "more")}`.replace("mores", "more"));
    more.onclick = () => {
      const rest = sorted.slice(SHOWN).map(finding);
      list.append(...rest);
      more.remove();
      rest[0].tabIndex = -1;
      rest[0].focus();
    };
    box.append(more);
  }
}

/** Text with what is between backticks as code. */
const prose = (text) => text.split("`").map((part, at) => (at % 2 ? make("code", {}, part) : part));

function finding(one) {
  const help = one.help ? ` ${one.help[0].toUpperCase()}${one.help.slice(1)}` : "";
  const message = `${one.message[0].toUpperCase()}${one.message.slice(1)}`;
  const stop = (text) => (/[.!?:]$/.test(text) ? text : `${text}.`);
  return make("li", { class: "finding" },
    make("p", {}, make("span", { class: `level level-${one.level}` }, `${LEVELS[one.level]}: `), ...prose(stop(message)), ...prose(help && stop(help))),
    make("p", { class: "meta" }, `${one.file}, line ${one.line}`));
}

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
