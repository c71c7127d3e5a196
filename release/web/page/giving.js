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
  byId("frame").focus();
  return [...remarks, describeWithheld(withheld)].join(" ");
}

/** What is left out of what was made, in a sentence: titles of what was meant to be in it, and the number of the others. */
function describeWithheld(withheld) {
  const meant = withheld.filter((one) => !one.is_chosen), others = withheld.length - meant.length;
  return [
    ...meant.map(({ title, reason, help }) => `“${title}” is left out. ${reason} ${help}`),
    others ? `${counted(others, "entry").replace(/ys$/, "ies")} ${others === 1 ? "is" : "are"} left out because you chose it: drafts, and entries that are not for this reader.` : "",
  ].filter(Boolean).join(" ");
}

/** Makes something beside its button: what is left out of it although it was meant to be in it is shown before it is saved. */
async function give(button) {
  const beside = button.closest("dt").nextElementSibling;
  beside.querySelector(".given")?.remove();
  const box = make("div", { class: "given", role: "status" });
  beside.append(box);
  const { answer, save } = await GIVEN[button.dataset.make]();
  const meant = answer.withheld.filter((one) => !one.is_chosen);
  const line = ({ title, reason, help }) => make("li", {}, make("strong", {}, title), ` ${reason} ${help}`);
  const list = (title, some) => (some.length ? [make("p", {}, title), make("ul", {}, ...some.map(line))] : []);
  const chosen = list("Left out because you chose it:", answer.withheld.filter((one) => one.is_chosen));
  const finish = async () => { box.replaceChildren(make("p", {}, await save()), ...list("Left out of it:", meant), ...chosen); };
  if (!meant.length) return void await finish();
  const go = make("button", { type: "button" }, "Save it without them");
  go.addEventListener("click", () => busy("Saving…", finish));
  box.replaceChildren(...list("Not saved yet. These entries are submitted, and would be left out:", meant), go, ...chosen);
}

/** Each makes something and returns the answer, with a function that saves it and says so. */
const GIVEN = {
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
