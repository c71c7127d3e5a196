"use strict";
// An entry that was deleted, or has another name by now: its words are in the page alone.
//
// writeGone(host, saver, place, boxes, title) says so in `place`, where the words can be copied or written anew.
const writeGone = (() => {
  const { make, button, fill } = writeMake;

  /** Writes a new entry with the words of these boxes, and returns its path. */
  async function writeAnew(host, { answer: { fields, model, claims } }, boxes, title) {
    const send = async (request) => {
      const said = await host.ask(request);
      if (said.answer !== "entry") throw new Error(said.message);
      return said;
    };
    const valueOf = (name) => fields.find((field) => field.name === name)?.value || null;
    let entry = await send({ request: "begin", title: title || "Without a title", date: valueOf("date"), kind: valueOf("type"), model, codes: [] });
    const { path } = entry, about = () => ({ path, hash: entry.hash });
    const places = new Map(entry.stages.filter(({ shares, is_missing: isMissing }) => !shares && !isMissing).map((stage) => ["stage:" + stage.id, stage]));
    const first = entry.other.find((one) => !one.is_comment) ?? [...places.values()][0], words = new Map();
    for (const box of boxes) {
      const there = places.get(box.id) ?? first;
      words.set(there, [...(words.get(there) ?? []), writeText.withoutGap(box.now.text)]);
    }
    const splices = [...words].sort(([one], [other]) => one.from - other.from).map(([{ from, to }, texts]) => ({ from, to, insert: texts.join("\n\n") }));
    if (splices.length) entry = await send({ request: "splice", ...about(), splices });
    for (const { code, how, words: because } of claims) {
      if (how !== "passage") entry = await send({ request: "change", ...about(), change: { what: "claim", code, because: because || null } });
    }
    return path;
  }

  return function writeGone(host, saver, place, all, title) {
    if (place.querySelector(".gone")) return;
    const boxes = all.filter((box) => box.read().trim());
    const text = [title, ...boxes.map((box) => `${box.title}\n\n${box.read().trim()}`)].filter(Boolean).join("\n\n");
    const wrong = make("p", { className: "wrong", role: "alert" });
    const leave = (where) => {
      saver.drop();
      location.hash = where;
    };
    const copy = button("Copy my words", () => navigator.clipboard.writeText(text).then(() => { copy.textContent = "Copied"; }, () => { copy.textContent = "Select the words below and copy them"; }));
    const again = button("Write it anew", async () => {
      again.disabled = true;
      const path = await writeAnew(host, saver, boxes, title).catch(() => null);
      again.disabled = false;
      if (path) leave("#entry=" + encodeURIComponent(path));
      else wrong.textContent = "This could not be written. Copy your words, and paste them into a new entry.";
    }, "main");
    fill(place, make("div", { className: "card conflict gone" }, make("p", { className: "notice", role: "alert" }, "This entry is no longer there. It was deleted, or has another name by now. Your words are still on this page, and are not saved."),
      make("p", { className: "buttons" }, again, copy, button("Leave without my words", () => leave("#"), "link")), wrong));
    place.scrollIntoView({ block: "center" });
  };
})();
