// What is shown, and what buttons do.

function show(id) {
  for (const one of ["start", "beginning", "work", "carried"]) byId(one).hidden = one !== id;
  if (id === "start") byId("learner").textContent = "";
  placeMessages(null);
  byId("main").focus({ preventScroll: true });
  scrollTo(0, 0);
}

const canPick = "showDirectoryPicker" in window;

/** Whether the reader is about to open what they were given. */
let isGiven = false;

async function chooseFolder() {
  if (!canPick) return void byId("pick-folder").click();
  const folder = await showDirectoryPicker({ id: "portfolio" });
  const files = await readHandle(folder);
  await open({ files }, { folder, isGiven });
}

async function begin() {
  const { answers } = await worker.call("ask", { requests: [{ request: "standards" }] });
  byId("standards").replaceChildren(...answers[0].standards.map(({ id, title }) => {
    const box = make("input", { type: "checkbox", name: "standard", value: id });
    box.checked = id === "st0215";
    return make("label", {}, box, make("span", {}, title));
  }));
  showTowards();
  show("beginning");
  byId("who").focus();
}

/** Says what is chosen, so that the list need not be read. */
function showTowards() {
  const chosen = [...byId("standards").querySelectorAll(":checked")].map((box) => box.parentElement.textContent);
  byId("towards").textContent = `For: ${chosen.join(", ") || "nothing chosen yet"}. Change it`;
}

async function beginWith(form) {
  const data = new FormData(form);
  const standards = data.getAll("standard");
  const learner = (data.get("who") ?? "").trim();
  if (!learner) {
    byId("who").focus();
    throw new Problem("Fill in your initials, or a made-up name.");
  }
  if (!standards.length) {
    form.querySelector("details").open = true;
    form.querySelector("[name=standard]").focus();
    throw new Problem("Choose what you are working towards.");
  }
  await worker.call("open", {});
  await ask([{ request: "begin", learner, standards }]);
  opened = { folder: null, root: "", above: "", isSample: false, isBegun: true, isFirst: true, changes: [] };
  await judge();
  show("work");
  await startWriting();
}

const on = (id, words, work) => { byId(id).addEventListener("click", () => busy(words, work)); };

function wire() {
  if (matchMedia("(max-width: 30rem)").matches) for (const section of document.querySelectorAll("#work > section[tabindex]")) fold(section);
  on("open-folder", "Reading the folder…", chooseFolder);
  on("look-folder", "Reading the folder…", chooseFolder);
  for (const id of ["open-zip", "look-zip"]) byId(id).addEventListener("click", () => byId("pick-zip").click());
  for (const button of document.querySelectorAll(".doors button")) button.addEventListener("click", () => { isGiven = button.id.startsWith("look"); }, true);
  on("sample", "Opening the sample…", async () => {
    await open({ base85: byId("sample-zip").textContent }, { isSample: true });
    return "This is a sample: an invented apprentice. Nothing that you do here changes anything on this computer.";
  });
  on("begin", "", begin);
  byId("beginning-back").addEventListener("click", () => show("start"));
  byId("questions").addEventListener("submit", (event) => {
    event.preventDefault();
    busy("Beginning…", () => beginWith(event.target));
  });
  byId("standards").addEventListener("change", showTowards);
  byId("dates").addEventListener("submit", (event) => {
    event.preventDefault();
    busy("Adding the dates…", addDates);
  });
  for (const link of document.querySelectorAll("#work nav[aria-label=Settings] a")) link.replaceWith(goTo(link.hash.slice(1), link.textContent));
  on("save", "Saving…", saveFolder);
  on("save-zip", "Packing…", saveZip);
  on("give-zip", "Packing…", saveZip);
  on("show", "Making the pages…", showPages);
  on("viewer-home", "", () => view("index.html"));
  on("viewer-back", "", () => view(viewed.before.pop()));
  for (const button of document.querySelectorAll("[data-make]")) button.addEventListener("click", () => busy("Making it…", () => give(button)));
  byId("import-documents").addEventListener("click", () => byId("pick-documents").click());
  byId("import").addEventListener("click", () => byId("pick-decisions").click());
  byId("assess").addEventListener("click", assess);
  byId("panel").addEventListener("click", followFromPanel);
  byId("close").addEventListener("click", close);
  byId("leave").addEventListener("click", () => location.reload());
  on("check", "Making everything again…", checkCarried);
  on("write-start", "Opening…", () => startWriting());
  for (const id of ["assess-start", "decisions-save"]) on(id, "Opening…", () => startWriting("assess"));
  byId("keep").addEventListener("click", askToKeep);
  byId("write-main").addEventListener("input", ({ target }) => { lastWords = target; });
  on("write-leave", "", stopWriting);
  byId("write-zip").addEventListener("click", () => saveZip().then((said) => { byId("write-status").textContent = said; }, (error) => { byId("write-status").textContent = describe(error); }));
  for (const [id, work] of [["pick-folder", async (list) => open({ files: await readInput(list) }, { isGiven })], ["pick-zip", openZip], ["pick-decisions", importDecisions], ["pick-documents", importDocuments]]) {
    byId(id).addEventListener("change", ({ target: input }) => {
      const list = [...input.files];
      input.value = "";
      if (list.length) busy("Reading…", () => work(list));
    });
  }
  addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dropping"); });
  addEventListener("dragleave", () => document.body.classList.remove("dropping"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    // The write page takes files itself.
    if (leaveWriting) return;
    const list = [...event.dataTransfer.files];
    const isFolder = [...event.dataTransfer.items].some((item) => item.webkitGetAsEntry?.()?.isDirectory);
    if (isFolder) warn("A folder cannot be dropped here. Choose it with the button, or drop a zip file of it.");
    else if (list.length) busy("Reading…", () => (/\.(ya?ml|sig)$/.test(list[0].name) && opened ? importDecisions(list) : openZip(list)));
  });
}

async function openZip([file]) {
  if (opened || carried) throw new Problem("Close the portfolio that is open first.");
  if (file.size > MOST) throw new Problem("This file is larger than 1 GB.");
  if (/\.html?$/i.test(file.name)) return openCarried(await file.text(), false);
  await open({ zip: new Uint8Array(await file.arrayBuffer()) }, { isGiven });
}

function close() {
  if (opened?.changes.length && !confirm("There are changes that are not saved. Close the portfolio anyway?")) return;
  opened = null;
  location.reload();
}

/** Whether the page is as it was made; asked only if it carries a portfolio. */
let wasAsMade = true;

async function start() {
  const own = inner("portfolio-zip");
  if (own) wasAsMade = isAsMade();
  if (typeof WebAssembly !== "object" || typeof DecompressionStream !== "function" || typeof Worker !== "function") {
    return warn("This browser is too old for this page. Use Edge, Chrome, Firefox or Safari of the last two years.");
  }
  const began = worker.begin();
  wire();
  if (!own) byId("start").hidden = false;
  try {
    await began;
    if (own) await openCarried(ownPage(own), true);
    document.documentElement.dataset.ready = Math.round(performance.now());
    if (!own) await offerBegun();
  } catch (error) {
    warn(`The program cannot be started here (${error.message}). Some workplaces switch off WebAssembly: try another browser.`);
  }
}

addEventListener("DOMContentLoaded", start);
