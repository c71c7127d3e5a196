// What is not saved, kept in this browser: only if the reader agrees, for this portfolio alone, and until it is saved. Pages
// opened from disk share what browsers keep for them, so the question says who else can read it.

const JOURNAL = "ksbfolio";

const journal = {
  /** The key of this visit; null unless the reader agreed. */
  key: null,
  /** Whether its record has to be written as a whole. */
  isFirst: true,
  /** Why nothing can be kept. */
  problem: "",
  last: Promise.resolve(),
};

/** The database; null where there is none, unless it is to be made. */
function openJournal(isMade) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(JOURNAL, 1);
    request.onupgradeneeded = () => {
      if (!isMade) return request.transaction.abort();
      request.result.createObjectStore("visits", { keyPath: "key" });
      request.result.createObjectStore("files", { keyPath: ["key", "path"] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = (event) => {
      event.preventDefault();
      if (isMade) reject(request.error);
      else resolve(null);
    };
  });
}

/** Does something with visits and their files; nothing where there are none, unless they are to be made. */
async function inJournal(mode, work, isMade = false) {
  const database = await openJournal(isMade);
  if (!database) return undefined;
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(["visits", "files"], mode);
      const request = work(transaction.objectStore("visits"), transaction.objectStore("files"));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** All visits; none where the browser keeps nothing for this page. */
const listKept = () => inJournal("readonly", (visits) => visits.getAll()).then((all) => all ?? [], () => []);

const filesOf = (key) => IDBKeyRange.bound([key], [key, []]);

/** The files of a visit: path, and bytes before and now. */
const loadKept = (key) => inJournal("readonly", (_, files) => files.getAll(filesOf(key)));

/** Forgets a visit, and the database with the last of them. */
async function forgetKept(key) {
  await inJournal("readwrite", (visits, files) => {
    visits.delete(key);
    files.delete(filesOf(key));
  });
  if (!(await listKept()).length) indexedDB.deleteDatabase(JOURNAL);
}

/** By what the same portfolio is known again. */
const portfolioId = () => JSON.stringify([byId("learner").textContent, opened.title]);

/** Whether what is not saved is the whole portfolio. Once it was saved, the rest of it is in that file. */
const isWhole = () => !!opened.isBegun && !opened.saved;

const canKeep = () => "indexedDB" in window && !opened.isSample && (!opened.folder || !!opened.refusedToSave);

/** Keeps what is not saved now, or forgets it when everything is saved. One at a time, in order. */
function keepNow() {
  const { key } = journal;
  if (!key) return journal.last;
  journal.last = journal.last.then(async () => {
    try {
      const { all, files, gone } = await worker.call("kept", { isFirst: journal.isFirst });
      journal.isFirst = true;
      const visit = { key, portfolio: portfolioId(), isWhole: isWhole(), title: opened.title, at: Date.now(), files: all };
      if (!all.length) await forgetKept(key);
      else await inJournal("readwrite", (visits, store) => {
        visits.put(visit);
        for (const path of gone) store.delete([key, path]);
        for (const file of files) store.put({ key, ...file });
      }, true);
      journal.isFirst = !all.length;
      journal.problem = "";
    } catch (error) {
      journal.problem = `This browser could not keep it (${error.name}).`;
    }
    showKeeping();
  });
  return journal.last;
}

/** Offers, once something was written, to keep a copy; says why it cannot be kept. */
function showKeeping() {
  const isOffered = opened.isWritten && opened.changes.length && !opened.isAsked;
  byId("keep").hidden = !canKeep() || !(journal.key || isOffered);
  byId("keep").textContent = journal.key ? "Delete the copy" : "Keep a copy…";
  // What it says of where words are is true now, too.
  const line = byId("write-status");
  const at = new RegExp(`^${NOT_YET}: .*?, (\\d\\d:\\d\\d)`).exec(line.textContent);
  if (at) line.textContent = writeHost.describeSaved(at[1]);
  if (!journal.problem && journal.key) byId("keeping").hidden = true;
  if (!journal.problem) return;
  byId("keeping").replaceChildren(make("p", {}, `${journal.problem} Save a zip file.`));
  byId("keeping").hidden = false;
}

/** Asks whether to keep a copy, or deletes it. */
function askToKeep() {
  if (journal.key) return stopKeeping();
  const answer = (words, work) => {
    const one = make("button", { type: "button" }, words);
    one.onclick = async () => {
      opened.isAsked = true;
      byId("keeping").hidden = true;
      try {
        await work();
      } catch (error) {
        journal.problem = describe(error);
      }
      showKeeping();
      backToWords();
    };
    return one;
  };
  const keep = answer("Keep a copy", startKeeping);
  byId("keeping").replaceChildren(
    make("p", {}, "A copy of what is not saved stays in this browser, in case the page closes, until you save a zip file. Other people who use this browser, and any page that is opened in it from this computer’s disk, could read it. Say no on a computer that you share."),
    keep, answer("No", async () => {}));
  byId("keeping").hidden = false;
  // It is below the line at the top, which would cover it further down.
  scrollTo(0, 0);
  keep.focus();
}

/** Where the reader typed last on the write page, before a button above it was pressed. */
let lastWords = null;
const backToWords = () => (lastWords?.isConnected ? lastWords : byId("write-main")).focus();

async function startKeeping() {
  opened.isAsked = true;
  journal.key = `${Date.now()} ${Math.random()}`;
  journal.isFirst = true;
  await keepNow();
  showState();
}

/** The first view says where words are kept. */
function showState() {
  if (leaveWriting && location.hash.length < 2) dispatchEvent(new Event("hashchange"));
}

async function stopKeeping() {
  const { key } = journal;
  journal.key = null;
  await journal.last;
  await forgetKept(key);
  showKeeping();
  showState();
  backToWords();
}

/** Everything is saved: nothing is kept. */
async function forgetSaved() {
  if (journal.key) await keepNow();
}

/** The moment of a record, in words. */
const showMoment = (at) => new Date(at).toLocaleString("en-GB", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });

/** Offers what was not saved, of those records that `isWanted`, in a box. */
async function offerKept(box, isWanted, bring) {
  const kept = (await listKept()).filter((one) => one.key !== journal.key && isWanted(one)).sort((a, b) => b.at - a.at);
  const list = box.querySelector("div"), isPart = (record) => bring === goOn && !record.isWhole;
  box.hidden = !kept.length;
  list.replaceChildren(...kept.map((record) => {
    const button = (words, work) => {
      const one = make("button", { type: "button", "aria-label": `${words}: ${record.title}, ${showMoment(record.at)}` }, words);
      one.onclick = () => busy("", work);
      return one;
    };
    return make("div", {},
      make("p", {}, `${record.title}, ${showMoment(record.at)}: ${counted(record.files.length, "file")}. It is in this browser only.${isPart(record) ? " Open the portfolio as you last saved it, and you can bring this back into it." : ""}`),
      make("details", {}, make("summary", {}, "Which files"), make("ul", {}, ...listChanges(record.files))),
      make("p", {}, ...isPart(record) ? [] : [button("Bring it back", () => bring(record)), " "], button("Save it as a zip file", () => saveKept(record)), " ", button("Delete it from this browser", async () => {
        await forgetKept(record.key);
        await offerKept(box, isWanted, bring);
        byId("main").focus();
        return "It is deleted from this browser.";
      })));
  }));
}

async function saveKept({ key }) {
  const files = await loadKept(key);
  const { bytes } = await worker.call("zip", { files: files.filter(({ now }) => now).map(({ path, now }) => [path, now]) });
  download(fileName("not-saved", ".zip"), bytes);
  return "The zip file is in your downloads.";
}

const offerHere = () => offerKept(byId("kept"), (one) => one.portfolio === portfolioId(), bringBack);
const offerBegun = () => offerKept(byId("kept-begun"), () => true, goOn);

/** Brings back what was not saved. A file that has changed since stays as it is, and what was kept of it too. */
async function bringBack(visit) {
  const kept = await loadKept(visit.key);
  const { files: present } = await worker.call("read", { paths: kept.map(({ path }) => path) });
  const isSame = (one, other) => one?.length === other?.length && (one ?? []).every((byte, at) => byte === other[at]);
  const differs = kept.filter(({ path, before, now }) => !isSame(present.get(path), before) && !isSame(present.get(path), now));
  const good = kept.filter((one) => !differs.includes(one));
  const { changes } = await worker.call("put", { files: good.map(({ path, now }) => [path, now]) });
  opened.changes = changes;
  await judge();
  if (canKeep()) await startKeeping();
  if (differs.length) {
    const paths = new Set(differs.map(({ path }) => path));
    await inJournal("readwrite", (visits, files) => {
      visits.put({ ...visit, files: visit.files.filter(({ path }) => paths.has(path)) });
      for (const { path } of good) files.delete([visit.key, path]);
    });
  } else await forgetKept(visit.key);
  await offerHere();
  const left = differs.length ? ` ${counted(differs.length, "file")} changed since, and ${differs.length === 1 ? "stays as it is" : "stay as they are"}: ${differs.map(({ path }) => path).join(", ")}.` : "";
  return `${counted(good.length, "file")} brought back.${good.length ? " Save the portfolio." : ""}${left}`;
}

/** Goes on with a portfolio that was begun here and never saved. */
async function goOn(visit) {
  const kept = await loadKept(visit.key);
  await worker.call("open", {});
  const { changes } = await worker.call("put", { files: kept.map(({ path, now }) => [path, now]) });
  opened = { folder: null, root: "", above: "", isSample: false, isBegun: true, changes };
  await judge();
  show("work");
  await startKeeping();
  await forgetKept(visit.key);
  return "Your portfolio is here again. Save it before you close this page.";
}
