"use strict";
// What an assessor decided and wrote, where the learner needs it: as a list of what to change, and beside each code.
const writeFeedback = (() => {
  const { make, showDay, showCode } = writeMake;
  const VERDICTS = { accepted: "Accepted", partly: "Partly accepted", referred: "Sent back" };

  /** Feedback as paragraphs. Of its Markdown, signs of bold words are left out. */
  const paragraphs = (words) => words.split(/\n\s*\n/).filter((part) => part.trim()).map((part) => make("p", {}, part.replace(/\*\*/g, "")));
  const showVerdict = (verdict, code = "") => make("span", { className: `verdict verdict-${verdict}` }, code && code + " ", code ? (VERDICTS[verdict] ?? "Commented").toLowerCase() : VERDICTS[verdict] ?? "Commented");

  /** What was said about one code, newest first: `lines` are those of the answer for this code. */
  const showLines = (lines) => lines.map((line) => make("div", { className: "said" },
    make("p", {}, showVerdict(line.verdict), ` by ${line.by} (${line.role}), ${showDay(line.on)}`, line.still_holds ? "" : ". The entry or the statement has changed since."),
    paragraphs(line.about || line.text)));

  /** The newest thing that was said about a code of the answer `entry`, for beside its passages. */
  function showNewest({ feedback }, code) {
    const line = feedback.find((one) => one.code === code);
    return line ? showLines([line]) : "";
  }

  /** The list of what to change, by entry; nothing if nothing was sent back. */
  function showToChange({ to_change: all = [] }) {
    if (!all.length) return "";
    const byEntry = new Map();
    for (const one of all) byEntry.set(one.entry.path, [...(byEntry.get(one.entry.path) ?? []), one]);
    return make("section", { className: "to-change" }, make("h2", {}, `To change (${all.length})`),
      make("p", { className: "hint" }, "Your assessor sent these back. Change your words, then give your portfolio to them again."),
      make("ul", { className: "cards", role: "list" }, [...byEntry.values()].map((ones) => make("li", { className: "card" },
        make("h3", {}, make("a", { href: "#entry=" + encodeURIComponent(ones[0].entry.path) }, ones[0].entry.title || "Without a title")),
        ones.map((one) => make("div", { className: "said" },
          make("p", {}, showCode(one.code), " ", one.statement ?? ""),
          make("p", {}, showVerdict(one.verdict), ` by ${one.by}, ${showDay(one.on)}`),
          paragraphs(one.text)))))));
  }

  return { VERDICTS, showLines, showNewest, showToChange };
})();
