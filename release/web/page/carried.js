// A file that holds a portfolio and the program: its pages, and the check that makes them again.

/** The file that is looked at: its text, and whether it is this page itself. */
let carried = null;

/** Shows the portfolio in a file. */
async function openCarried(text, isOwn) {
  const slot = /<script type="text\/plain" id="portfolio-zip">([^<]*)<\/script>/.exec(text)?.[1];
  if (!slot) throw new Problem("This page holds no portfolio. To use it, open it in the browser itself, with a double click.");
  const { learner, asOf, pages } = await worker.call("carried", { base64: slot });
  carried = { text, isOwn };
  document.title = `Portfolio of ${learner}`;
  byId("learner").textContent = learner;
  byId("carried-title").textContent = `Portfolio of ${learner}`;
  byId("carried-says").textContent = `${counted(pages, "page")}, judged as of ${day(asOf)}.`;
  byId("carried-trust").textContent = isOwn
    ? "The check runs the program that is in this file, so it cannot find a changed program. If you do not trust the file, open it in your own ksbfolio.html instead."
    : "The check runs the program of this page, and compares the one in the file with it.";
  byId("checked").hidden = true;
  byId("carried-close").hidden = isOwn;
  byId("carried-pages").append(byId("viewer"));
  show("carried");
  await view("index.html");
}

/** What a check without problems has shown. */
const HELD = "the pages follow from the texts in this file";

/** Makes everything in the file again, and shows what differs. */
async function checkCarried() {
  const inputs = new Map([["file.html", new TextEncoder().encode(carried.text)]]);
  const request = { request: "verify", file: "/input/file.html" };
  // A page that checks itself has no other program to compare with.
  if (!carried.isOwn) {
    inputs.set("program.html", new TextEncoder().encode(ownPage()));
    request.program = "/input/program.html";
  }
  const [answer] = await ask([request], { inputs });
  const result = JSON.parse(answer.document);
  const problems = result.problems.map(({ file, message }) => `${file} ${message}.`);
  if (carried.isOwn && !wasAsMade) problems.unshift("The page around the portfolio was changed after it was made.");
  if (carried.isOwn && result.program.version !== version) problems.unshift("The program in this page is not the one that it names.");
  showChecked(result, problems);
  return problems.length ? "Something in this file is not as it was made." : `Checked: ${HELD}.`;
}

function showChecked(result, problems) {
  const list = (items) => make("ul", {}, ...items.map((item) => make("li", {}, item)));
  const part = (title, items) => (items.length ? [make("h3", {}, title), list(items)] : []);
  const good = [
    `${counted(result.pages, "page")} made again from ${counted(result.sources, "source")}: each is the same, byte for byte. So is the coverage that they state.`,
    `${counted(result.decisions, "decision file")}: each follows the one before it, and is about the texts that are here. ${result.signed ? `${counted(result.signed, "signature")} verified.` : "None is signed."}`,
    "The checksums of all files are right.",
    result.program.compared ? "The program in the file is that of this page." : "The program in the file was not compared with another: this check cannot show whether it was changed.",
  ];
  const notComputed = [...result.stated, ...result.differences.map((one) => `${one}.`)];
  byId("checked").replaceChildren(
    make("h2", { id: "checked-title", tabindex: "-1" }, problems.length ? `Not as it was made: ${counted(problems.length, "problem")}` : `Checked: ${HELD}`),
    ...problems.length ? [list(problems.slice(0, SHOWN)), ...problems.length > SHOWN ? [make("p", {}, `and ${problems.length - SHOWN} more`)] : []] : [list(good)],
    ...part("Not signed", result.unsigned ? [result.unsigned] : []),
    ...part("Stated, and not computed", notComputed),
    ...part("Not in this file", ["Drafts, private entries, days of events, consents, and answers to findings.", ...result.left_out]),
    make("p", { class: "meta" }, `The program in the file is ksbfolio ${result.program.version}, SHA-256 ${result.program.sha256}. A check shows that the file fits together. It cannot show who made it: signatures of decisions can.`),
  );
  byId("checked").classList.toggle("wrong", problems.length > 0);
  byId("checked").hidden = false;
  byId("checked-title").focus();
}
