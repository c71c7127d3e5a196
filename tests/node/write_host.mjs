// A small host for the write page, which keeps one portfolio in memory. It follows the protocol of src/writing/requests.rs in
// what the page relies on: places, hashes, boxes, gaps. It judges nothing: findings and states are canned.
//
//     node tests/node/write_host.mjs [PORT]     serves the page for looking at it

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const PAGE = new URL("../../src/writing/page/", import.meta.url);
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
export const scripts = () => {
  const list = readFileSync(new URL("../page.rs", PAGE), "utf8");
  const script = [...list.matchAll(/"page\/(write-\w+\.js)"/g)].map(([, name]) => readFileSync(new URL(name, PAGE), "utf8")).join("");
  // As src/writing/page.rs serves them.
  return script.replace(/^[^\S\n]*(?:\/\/.*|\/\*\*[^]*?\*\/.*)\n/gm, "");
};

const GIBBS = [
  ["description", "Description", "What happened? Where were you, and who was there?"],
  ["feelings", "Feelings", "What did you think and feel, then and afterwards?"],
  ["evaluation", "Evaluation", "What went well, and what did not?"],
  ["analysis", "Analysis", "Why did it go this way? What do you know that explains it?"],
  ["conclusion", "Conclusion", "What have you learned? What else could you have done?"],
  ["action-plan", "Action plan", "What will you do next time, and by when?"],
];
export const CODES = [
  ["K7", "How to recognise and assess pain in people who cannot say that they are in pain", "thin", "needs more", ["pain", "hurt"]],
  ["S7", "Use an assessment tool, record what it shows and act on it", "evidenced", "ready to assess", ["score", "scale"]],
  ["S14", "Delegate work to others and supervise how it is done", "gap", "no evidence", ["handing over"]],
  ["B1", "Treat people with dignity, and respect their beliefs, culture and values", "accepted", "accepted", ["respect"]],
  ["K15", "The principles of handover, and why exact words matter", "drafted", "draft only", ["handover"]],
];
export const SAMPLE = `---
title: The patient who could not say where it hurt
date: 2026-03-14
type: reflection
model: gibbs
status: draft
ksbs: [B1]
---

## Description

A woman in her eighties could no longer speak after a stroke. When two of us went to wash her she pulled her arm in. Mrs Oakapple's daughter was not there.

## Feelings

I felt pushy. [I asked if we could stop](ksb:B1), and we did.

## Analysis

[I scored her at rest and again while I lifted the sleeve](ksb:K7,S7), and told the nurse both figures.
`;

const PATH_OF_DRAFT = "portfolio/entries/2026/pain-at-night.md";

export class Portfolio {
  constructor() {
    this.files = new Map([["portfolio/entries/2026/pain.md", SAMPLE]]);
    this.history = new Map();
    this.log = [];
    this.dropped = new Map();
    this.withheld = [];
  }

  hash = (text) => createHash("sha256").update(text).digest("hex");
  value = (text, name) => new RegExp(`^${name}: *(.*)$`, "m").exec(text.split("\n---\n")[0])?.[1] ?? "";

  boxes(text) {
    const heads = [...text.matchAll(/^## +(.+)\n+/gm)];
    const found = heads.map((head, at) => {
      const from = head.index + head[0].length, next = heads[at + 1]?.index ?? text.length;
      const to = from + text.slice(from, next).replace(/\s+$/, "").length;
      return { title: head[1], from: Math.min(from, next), to: Math.max(Math.min(from, next), to) };
    });
    const model = this.value(text, "model") === "gibbs" ? GIBBS : [];
    const stages = model.map(([id, title, question]) => {
      const there = found.find((one) => one.title === title);
      return { id, title, question, from: there?.from ?? text.length, to: there?.to ?? text.length,
        text: there ? text.slice(there.from, there.to) : "", words: 0, is_missing: !there, shares: null };
    });
    const body = text.indexOf("\n---\n") + 5, end = heads[0]?.index ?? text.length;
    const lead = text.slice(body, end), from = body + lead.length - lead.trimStart().length;
    const other = lead.trim() || !model.length ? [{ from, to: from + lead.trim().length, text: lead.trim(), is_comment: false }] : [];
    return { stages, other };
  }

  entry(path) {
    const text = this.files.get(path);
    if (text === undefined) return { answer: "refused", message: "This entry is no longer in the folder", help: null };
    const { stages, other } = this.boxes(text), claims = [], findings = [];
    const about = (code) => CODES.find(([name]) => name === code) ?? [code, null, "gap", "no evidence"];
    for (const link of text.matchAll(/\[([^\]]*)\]\(ksb:([^)]*)\)/g)) {
      for (const code of link[2].split(",")) {
        const [, statement, state, title] = about(code);
        claims.push({ code, statement, standard: "Assistant practitioner", how: "passage", from: link.index, to: link.index + link[0].length, words: link[1],
          state, state_title: title, why: "1 entry of 2.", next: state === "thin" ? "K7 needs one more entry" : null, against: [] });
      }
    }
    for (const code of this.value(text, "ksbs").replace(/[[\]]/g, "").split(",").map((one) => one.trim()).filter(Boolean)) {
      const [, statement, state, title] = about(code);
      claims.push({ code, statement, standard: "Assistant practitioner", how: "code", from: null, to: null, words: "", state, state_title: title, why: "", next: null, against: [] });
    }
    const fieldOf = (place) => stages.filter((one) => !one.is_missing && place >= one.from && place <= one.to).map((one) => "stage:" + one.id)[0] ?? "other";
    for (const name of text.matchAll(/Mrs Oakapple/g)) {
      findings.push({ rule: "personal-name", level: "error", message: "This looks like the name of a patient", help: "Write what the person is to you instead, such as “the patient”", field: fieldOf(name.index), from: name.index, to: name.index + name[0].length, can_answer: true });
    }
    if (!this.value(text, "title").trim()) findings.push({ rule: "no-title", level: "error", message: "The entry has no title", help: "Give it one", field: "title", from: null, to: null, can_answer: false });
    findings.push({ rule: "short", level: "note", message: "Most of the words describe what happened", help: "`ksbfolio explain short` says why; say more about why", field: "entry", from: null, to: null, can_answer: false });
    const field = (name, label, shape, more = {}) => ({ name, label, hint: "", shape, value: this.value(text, name), is_set: !!this.value(text, name), is_closed: false, default: "", choices: [], ...more });
    return {
      answer: "entry", path, hash: this.hash(text), id: "pain", is_example: false, sent_back: path.includes("pain") ? ["K7"] : [],
      status_title: path.includes("pain") ? this.history.get(path)?.length ? "Changed since it was sent back" : "Sent back" : this.value(text, "status"), unread: null, locked: null, model: "gibbs", stages, other, claims, findings,
      fields: [field("title", "Title", "text"), field("date", "Day of writing", "date"), field("type", "Kind of evidence", "choice", { choices: [{ id: "reflection", title: "Reflection" }, { id: "product", title: "Work product" }], default: "reflection" }),
        field("status", "Status", "choice"), field("hours", "Hours", "number", { hint: "Hours of training that this took." }), field("visibility", "Who may see it", "choice", { choices: [{ id: "assessor", title: "Your assessor" }, { id: "private", title: "Only you" }], default: "assessor" }), field("anonymised", "Nobody can be recognised", "yes-no")],
      feedback: path.includes("pain") ? [{ code: "K7", verdict: "referred", by: "AS-12", role: "assessor", on: "2026-04-02", text: "You scored the pain well.\n\nSay **why** you chose this scale.", still_holds: true }, { code: "B1", verdict: "accepted", by: "AS-12", role: "assessor", on: "2026-04-02", text: "You scored the pain well.\n\nSay **why** you chose this scale.", still_holds: true }] : [],
      attachments: this.value(text, "attachments") ? [{ file: "evidence/pain-1.jpg", alt: this.value(text, "attachments").slice(1, -1), is_picture: true, is_there: true }] : [], undo: this.history.get(path)?.length ?? 0, words: 60,
    };
  }

  home() {
    const [first] = CODES;
    return {
      answer: "home", title: "Portfolio of AP-2041", learner: "AP-2041", as_of: "2026-11-21", problem: null,
      entries: [...this.files].map(([path, text]) => ({ path, id: path, title: this.value(text, "title"), date: this.value(text, "date"), kind: "reflection", status: this.value(text, "status") || "draft",
        visibility: "assessor", words: 60, codes: ["K7", "S7", "B1"], errors: 1, warnings: 0, notes: 1, is_referred: path.includes("pain"), status_title: path.includes("pain") ? "Sent back" : "Draft", is_unread: false, is_example: false })).reverse(),
      standards: [{ id: "st0215", title: "Assistant practitioner (health)", complete: 42, of: 72, states: [["gap", "no evidence", 12], ["drafted", "draft only", 6], ["thin", "needs more", 12], ["evidenced", "ready to assess", 22], ["accepted", "accepted", 20]].map(([state, title, count]) => ({ state, title, count })) }],
      next: [{ code: "S14", statement: CODES[2][1], standard: "st0215", state: "gap", state_title: "no evidence", why: "No entry claims it.", next: "Write one entry that shows it", prompts: ["When did you hand a task to somebody?", "How did you know that it was done well?"], nearest: null },
        { code: first[0], statement: first[1], standard: "st0215", state: "thin", state_title: "needs more", why: "1 of 2 entries.", next: "Add one more entry", prompts: [], nearest: { path: "portfolio/entries/2026/pain.md", title: "The patient who could not say where it hurt" } }],
      near: [{ entry: { path: "portfolio/entries/2026/pain.md", title: "The patient who could not say where it hurt" }, code: "K15", sentence: "“The patient who could not say where it hurt” is close to K15: open it, select the words that show it, and choose K15." }],
      pace: "3 codes behind plan: 45 were due by today",
      kinds: [{ id: "reflection", title: "Reflection" }, { id: "product", title: "Work product" }],
      models: [{ id: "gibbs", title: "Gibbs’ reflective cycle", stages: GIBBS.map(([id, title, question]) => ({ id, title, question })) }],
    };
  }

  write(path, text) {
    this.history.set(path, [...(this.history.get(path) ?? []), this.files.get(path)]);
    this.files.set(path, text);
    return this.entry(path);
  }
  set(text, name, value) {
    const line = new RegExp(`^${name}:.*\n`, "m"), cleared = value === null ? "" : `${name}: ${value}\n`;
    return line.test(text) ? text.replace(line, () => cleared) : text.replace(/\n---\n/, () => `\n${cleared}---\n`);
  }

  change(path, text, change) {
    const slice = text.slice(change.from, change.to);
    if (change.what === "set") return this.write(path, this.set(text, change.field, change.value));
    if (change.what === "clear") return this.write(path, this.set(text, change.field, null));
    if (change.what === "mark") {
      if (/\n\n/.test(slice)) return { answer: "refused", message: "A link cannot go over several paragraphs", help: "Select words of one paragraph" };
      return this.write(path, `${text.slice(0, change.from)}[${slice}](ksb:${change.code})${text.slice(change.to)}`);
    }
    if (change.what === "detach") return this.write(path, this.set(text, "attachments", null));
    if (change.what === "unmark") {
      const [, words, codes] = /^\[(.*)\]\(ksb:(.*)\)$/s.exec(slice);
      const left = codes.split(",").filter((code) => code !== change.code);
      return this.write(path, text.slice(0, change.from) + (left.length ? `[${words}](ksb:${left})` : words) + text.slice(change.to));
    }
    const claimed = this.value(text, "ksbs").replace(/[[\]]/g, "").split(",").map((one) => one.trim()).filter(Boolean);
    if (change.what === "claim") return this.write(path, this.set(text, "ksbs", `[${[...claimed, change.code].join(", ")}]`));
    if (change.what === "unclaim") return this.write(path, this.set(text, "ksbs", `[${claimed.filter((code) => code !== change.code).join(", ")}]`));
    if (change.what === "begin-stage") {
      const stage = GIBBS.findIndex(([id]) => id === change.stage);
      const after = GIBBS.slice(stage + 1).map(([, title]) => text.indexOf(`\n## ${title}\n`)).find((at) => at >= 0);
      const part = `\n## ${GIBBS[stage][1]}\n\n${change.text}\n`;
      return this.write(path, after === undefined ? text.trimEnd() + "\n" + part : text.slice(0, after) + part + text.slice(after));
    }
    return this.write(path, this.set(text, "check", "answered"));
  }

  answer(request) {
    if (request.hash && !request.path) throw new Error("a hash without a path");
    const { path } = request, text = this.files.get(path);
    if (request.hash && text !== undefined && request.hash !== this.hash(text)) return { answer: "changed", path, hash: this.hash(text) };
    if (request.hash && text === undefined) return { answer: "changed", path, hash: null };
    switch (request.request) {
      case "home": return this.home();
      case "entry": return this.entry(path);
      case "splice": {
        let after = "", at = 0;
        for (const { from, to, insert } of request.splices) {
          if (from < at || to < from || from < text.indexOf("\n---\n") + 5) return { answer: "refused", message: "places out of order", help: null };
          after += text.slice(at, from) + insert + (insert && /^#/.test(text.slice(to)) ? "\n\n" : "");
          at = to;
        }
        return this.write(path, after + text.slice(at));
      }
      case "change": return this.change(path, text, request.change);
      case "begin": {
        const name = `portfolio/entries/2026/${request.title.toLowerCase().replace(/\W+/g, "-")}.md`;
        const heads = GIBBS.map(([, title]) => `\n## ${title}\n`).join("");
        this.files.set(name, `---\ntitle: ${request.title}\ndate: ${request.date ?? "2026-11-21"}\ntype: ${request.kind ?? "reflection"}\nmodel: ${request.model ?? "gibbs"}\nstatus: draft\nksbs: [${request.codes}]\n---\n${heads}`);
        return this.entry(name);
      }
      case "find-code": {
        const words = request.words.toLowerCase();
        const codes = CODES.filter(([code, statement, , , more]) => [code, statement, ...more].join(" ").toLowerCase().includes(words));
        const describe = ([code, statement, state, title, more]) => ({ code, statement, standard: "Assistant practitioner", state, state_title: title, found_by: words && more.includes(words) && !statement.includes(words) ? words : null });
        return { answer: "codes", codes: codes.map(describe), groups: codes.length ? [] : [{ title: "Duty 1: Work with people", codes: CODES.slice(0, 2).map(describe) }, { title: "Other codes", codes: CODES.slice(2).map(describe) }] };
      }
      case "file": return { answer: "file", path, text, hash: this.hash(text) };
      case "undo": {
        const before = this.history.get(path)?.pop();
        if (before !== undefined) this.files.set(path, before);
        return this.entry(path);
      }
      case "submit": {
        const items = this.entry(path).findings.filter(({ level }) => level === "error").map((one) => ({ ...one, what: "identifier", must: true }));
        if (this.value(text, "anonymised") !== "true") items.push({ what: "confidentiality", message: "Nobody in it may be recognised", help: "Read it once more with that in mind", field: "anonymised", from: null, to: null, must: true });
        if (!items.length && !request.anyway) items.push({ what: "empty-stage", must: false, message: "Conclusion is empty", help: "Write a few sentences, or submit without them", field: "stage:conclusion", from: null, to: null });
        return items.length ? { answer: "in-the-way", items } : this.write(path, this.set(text, "status", "submitted"));
      }
      case "reading": {
        if (this.value(text, "status") !== "submitted") return { answer: "refused", message: "this is still a draft", help: "submit it first: a reading holds until the next change" };
        const at = text.indexOf("Abbey"), found = text.indexOf("AB-12");
        return { answer: "reading", path, hash: this.hash(text), files: [{ file: "evidence/chart.png", is_picture: true }],
          found: found < 0 ? [] : [{ rule: "identifier", confidence: "likely", context: "the form ▒▒▒", places: [{ from: found, to: found + 5 }] }],
          words: at < 0 ? [] : [{ words: "Abbey", context: "the Abbey scale", places: [{ from: at, to: at + 5 }] }] };
      }
      case "find-names": {
        const names = request.names.split(",").map((name) => name.trim()), exact = names.map((name) => ({ from: text.indexOf(name), to: text.indexOf(name) + name.length })).filter(({ from }) => from >= 0);
        return { answer: "names", hash: this.hash(text), exact, one_letter_off: [], files: [] };
      }
      case "record-reading": return this.write(path, this.set(text, "read", "{ by: AP-2041 }"));
      case "picture": {
        const bytes = this.dropped.get(request.dropped);
        if (bytes.subarray(4, 12).toString("latin1") === "ftypheic") return { answer: "refused", message: "pictures in HEIC cannot be shown", help: "on the phone choose Camera, Formats, Most compatible; or save it as JPEG" };
        return this.write(path, this.set(text, "attachments", `[${request.alt}]`));
      }
      case "import":
      case "import-write": {
        const day = request.days["pain.docx"] ?? null, is_written = request.request === "import-write";
        const row = { file: "pain.docx", path: PATH_OF_DRAFT, why_not: null, needs_day: !day, title: "Pain at night", day, is_day_from_text: false, stages: ["Description"], missing_stages: ["Feelings"], codes: [], pictures: 1, identifiers: 2 };
        if (is_written) this.files.set(PATH_OF_DRAFT, SAMPLE.replace(/title: .*/, "title: Pain at night"));
        return { answer: "import", is_written, rows: [row, { ...row, file: "list.xlsx", path: null, title: null, needs_day: false, why_not: "a table is no entry", pictures: 0, identifiers: 0, missing_stages: [] }] };
      }
      case "near": return { answer: "near", codes: [{ code: "S14", statement: CODES[2][1] }], submitted: this.submitted ?? [] };
      case "give-to-assessor": return { answer: "made", name: "AP-2041-for-assessor-2026-11-29.zip", size: 4, withheld: this.withheld, news: ["“Pain”: changed since it was sent back (K7)"] };
      case "hand-in": return { answer: "made", name: "AP-2041-for-assessor-2026-11-29.html", size: 4, withheld: this.withheld };
      case "settings": return { answer: "settings", consents: [{ id: "CON-014", is_withdrawn: false, is_expired: false }, { id: "CON-002", is_withdrawn: true, is_expired: false }] };
      case "look": return { answer: "look", type: "image/png", base64: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==" };
      case "decisions": return { answer: "filed", path: "portfolio/decisions/2026-04-02.yaml", is_known: this.dropped.get(request.dropped).length === 0,
        entries: [{ entry: { path: "portfolio/entries/2026/pain.md", title: "The patient who could not say where it hurt" }, codes: [{ code: "K7", verdict: "referred" }, { code: "B1", verdict: "accepted" }] }], changes: "K7: needs more, was ready to assess", remarks: [] };
      default: return { answer: "refused", message: `unknown request ${request.request}`, help: null };
    }
  }
}

/** Serves the page for a portfolio. `slow` delays answers, in milliseconds. */
export async function serve(portfolio, port = 0) {
  const state = { slow: 0, down: false, news: 0 };
  const server = createServer((request, response) => {
    const name = new URL(request.url, "http://x").pathname.replace("/_ksbfolio/", "");
    if (state.down) return response.destroy();
    const send = (type, body) => response.writeHead(200, { "Content-Type": `${type}; charset=utf-8`, "Content-Security-Policy": POLICY, "Cache-Control": "no-store" }).end(body);
    if (request.method === "POST" && name === "write") {
      const parts = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        const asked = JSON.parse(Buffer.concat(parts).toString("utf8"));
        if (request.headers["x-ksbfolio-token"] !== "secret") return response.writeHead(403).end();
        portfolio.log.push(asked);
        const answer = JSON.stringify(portfolio.answer(asked));
        setTimeout(() => send("application/json", answer), state.slow);
      });
    } else if (request.method === "POST" && name === "drop") {
      const parts = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        const made = `dropped-${portfolio.dropped.size + 1}`;
        portfolio.dropped.set(made, Buffer.concat(parts));
        send("application/json", JSON.stringify({ answer: "received", name: made }));
      });
    } else if (name.startsWith("made/")) response.writeHead(200, { "Content-Type": "application/octet-stream" }).end("pack");
    else if (name === "news") {
      state.news += 1;
      send("application/json", "{}");
    } else if (name === "write.js") send("text/javascript", scripts());
    else if (name === "write.css") send("text/css", readFileSync(new URL("write.css", PAGE), "utf8"));
    else if (name === "write.html") send("text/html", readFileSync(new URL("write.html", PAGE), "utf8").replace("{{ token }}", "secret"));
    else if (["/favicon.ico", "/assets/icon.svg"].includes(name)) response.writeHead(204).end();
    else response.writeHead(404).end();
    return undefined;
  });
  await new Promise((ready) => server.listen(port, "127.0.0.1", ready));
  const address = `http://127.0.0.1:${server.address().port}/_ksbfolio/write.html`;
  return { address, state, close: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log((await serve(new Portfolio(), Number(process.argv[2] ?? 0))).address);
