// Makes drafts of documents.

async function importDocuments(list) {
  const inputs = new Map();
  for (const file of list) inputs.set(file.name, new Uint8Array(await file.arrayBuffer()));
  const date = byId("import-day").value || null;
  const [{ files }] = await ask([{ request: "import", folder: "/input", date }], { inputs });
  const made = files.filter((one) => one.path);
  await judge();
  showImported(files);
  return made.length ? `${counted(made.length, "draft")} made. Read each one for names.` : "No draft was made: the table says why.";
}

function showImported(files) {
  const head = ["File", "Draft", "Day", "Stages", "Pictures", "May identify a person"].map((title) => make("th", { scope: "col" }, title));
  const rows = files.map((one) => {
    const notes = [...one.left_out ? [`Left out: comments and hidden passages (${one.left_out})`] : [], ...one.remarks];
    const cells = one.path
      ? [goTo(`entry=${encodeURIComponent(one.path)}`, one.title), one.is_dated ? day(one.date) : `${day(one.date)}, from the file’s properties`, one.of_stages ? `${one.stages} of ${one.of_stages}` : "", `${one.pictures}`, `${one.identifiers}`]
      : ["nothing", "", "", "", ""];
    return make("tr", {}, make("th", { scope: "row" }, one.name, ...notes.map((note) => make("span", { class: "own" }, note))), ...cells.map((cell) => make("td", {}, cell)));
  });
  byId("imported").replaceChildren(make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows)));
  byId("imported").hidden = false;
}
