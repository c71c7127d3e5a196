// Makes what is given to somebody.

/** Makes something, and says what it leaves out. */
async function produce(request, inputs) {
  const { answer } = await worker.call("make", { request, inputs });
  if (answer.answer === "refused") throw refusal(answer);
  return answer;
}

const audience = () => byId("audience").value;

async function showPages() {
  const { remarks, withheld } = await produce({ request: "site", audience: audience() });
  viewed.before = [];
  await view("index.html");
  byId("left-out").replaceChildren(...listLeftOut(withheld));
  byId("frame").focus();
  return remarks.join(" ");
}

/** Entries that are left out, each with the reason and a link to it. */
const listEntries = (entries) => make("ul", {}, ...entries.map(({ path, title, reason, help }) => make("li", {}, goTo(`entry=${encodeURIComponent(path)}`, title || "Without a title"), `: ${reason} ${help}`)));

const isMeant = (one) => !one.is_chosen;

/** What is left out of what was made: first what was meant to be in it. */
function listLeftOut(withheld, title = "Left out of it:") {
  const meant = withheld.filter(isMeant), chosen = withheld.filter((one) => one.is_chosen);
  return [...meant.length ? [make("p", {}, title), listEntries(meant)] : [],
    ...chosen.length ? [make("details", {}, make("summary", {}, `Drafts and private entries that are not in it: ${chosen.length}`), listEntries(chosen))] : []];
}

/** Makes something beside its button: what is left out of it although it was meant to be in it is shown before it is saved. */
async function give(button) {
  const beside = button.closest("dt")?.nextElementSibling ?? byId("given");
  beside.querySelector(".given")?.remove();
  const box = make("div", { class: "given", role: "status", tabindex: "-1" });
  beside.append(box);
  const { answer, save } = await GIVEN[button.dataset.make]();
  const meant = answer.withheld.filter(isMeant);
  const finish = async () => {
    box.replaceChildren(make("p", {}, await save()), ...listLeftOut(answer.withheld));
    box.scrollIntoView({ block: "nearest" });
  };
  if (!meant.length) return void await finish();
  const go = make("button", { type: "button" }, meant.length === 1 ? "Save it without this entry" : "Save it without these entries");
  go.addEventListener("click", () => busy("Saving…", finish).then(() => box.focus()));
  const [title, list, ...chosen] = listLeftOut(answer.withheld, `Not saved yet. ${meant.length === 1 ? "This entry is submitted, and would be left out:" : "These entries are submitted, and would be left out:"}`);
  box.replaceChildren(title, list, go, ...chosen);
  box.scrollIntoView({ block: "nearest" });
}

/** Each makes something and returns the answer, with a function that saves it and says so. */
const GIVEN = {
  async "for-assessor"() {
    const { answer } = await worker.call("write", { request: { request: "give-to-assessor" } });
    if (answer.answer !== "made") throw refusal(answer);
    const save = async () => {
      const name = writeMake.timedName(answer.name);
      await writeHost.download(answer.name, name);
      const news = answer.news.length ? ` New in it since the last decision: ${answer.news.join("; ")}.` : "";
      return `Saved as ${name}, ${moment()}. Send this file to your assessor: they open it in their own ksbfolio.html, or read the page in it.${news}`;
    };
    return { answer, save };
  },
  async pack() {
    const answer = await produce({ request: "pack", audience: "assessor" });
    return { answer, save: () => saveResult("pack", answer.file, fileName("for-assessor", ".html"), "text/html") };
  },
  async "with-program"() {
    const inputs = new Map([["program.html", new TextEncoder().encode(ownPage())]]);
    const answer = await produce({ request: "pack-with-program", program: "/input/program.html" }, inputs);
    const more = [...answer.left_out, ...answer.differences.map((one) => `${one}.`)];
    return { answer, save: () => saveResult("pack-with-program", answer.file, fileName("for-assessor-with-check", ".html"), "text/html", more) };
  },
  async site() {
    const answer = await produce({ request: "site", audience: audience() });
    return { answer, save: () => saveResult("site", null, fileName(`site-for-${audience()}`, ".zip"), undefined, [`${counted(answer.files, "file")}.`, ...answer.remarks]) };
  },
  async "hand-in"() {
    const answer = await produce({ request: "hand-in" });
    const more = answer.is_draft ? ["It is a draft, and its cover page says so: the portfolio is not ready for the gateway."] : [];
    return { answer, save: () => saveResult("hand-in", answer.file, fileName("hand-in", ".zip"), undefined, more) };
  },
};

async function saveResult(kind, file, name, type, more = []) {
  const { bytes } = await worker.call("result", { kind, file });
  if (!bytes) throw new Problem("The portfolio has changed meanwhile. Make it once more.");
  download(name, bytes, type);
  return [`Saved as ${name}, ${moment()}.`, ...more].join(" ");
}
