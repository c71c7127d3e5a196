"use strict";
// A text area that grows with its text. Behind it lies a copy of the text, which has its marks: passages that show a code,
// and words of findings. The copy is only seen; lists below the text area say the same in words.
const writingBox = (() => {
  const { make } = writeMake;
  const { diff, moved, snap } = writeText;

  /** on: { input(isUndo), leave(), compose(is), select() } */
  return function writingBox(id, set, on) {
    const copy = make("div", { className: "copy", "aria-hidden": "true" });
    const area = make("textarea", { id, rows: 3, spellcheck: true, ...set });
    const wrap = make("div", { className: "grow" }, copy, area);
    let marks = [], last = "";

    function paint() {
      const value = area.value, parts = [], edges = [];
      for (const { from, to, kind } of marks) if (from < to && to <= value.length) edges.push([from, kind, 1], [to, kind, -1]);
      edges.sort((a, b) => a[0] - b[0]);
      const open = new Map();
      let at = 0;
      for (const [place, kind, step] of edges) {
        if (place > at) {
          const kinds = [...open].filter(([, count]) => count > 0).map(([name]) => name).join(" ");
          parts.push([kinds, value.slice(at, place)]);
          at = place;
        }
        open.set(kind, (open.get(kind) ?? 0) + step);
      }
      // A last line without words has no height of its own.
      parts.push(["", value.slice(at) + "\u200b"]);
      // Chromium ends a run of typing, which Ctrl+Z takes back as one, where an element is removed from the page.
      const nodes = [...copy.childNodes];
      if (nodes.length === parts.length && nodes.every((node, n) => (node.className ?? "") === parts[n][0])) nodes.forEach((node, n) => { (node.firstChild ?? node).data = parts[n][1]; });
      else copy.replaceChildren(...parts.map(([className, words]) => (className ? make("span", { className }, words) : words)));
    }
    function follow() {
      const edit = diff(last, area.value);
      marks = marks.map((mark) => ({ ...mark, from: mark.from < edit.from ? mark.from : moved(mark.from, edit), to: moved(mark.to, edit) }));
      last = area.value;
      paint();
    }
    area.addEventListener("input", (event) => { follow(); on.input(event.inputType === "historyUndo"); });
    area.addEventListener("blur", () => on.leave());
    area.addEventListener("compositionstart", () => on.compose(true));
    area.addEventListener("compositionend", () => on.compose(false));
    for (const event of ["select", "keyup", "pointerup"]) area.addEventListener(event, () => on.select());

    return {
      area, wrap,
      read: () => area.value,
      caret: () => area.selectionEnd,
      /** Replaces the text; the caret stays with its words. */
      write(text) {
        if (area.value === text) return;
        const edit = diff(area.value, text);
        const [start, end, hasFocus] = [area.selectionStart, area.selectionEnd, document.activeElement === area];
        area.value = text;
        follow();
        if (hasFocus) area.setSelectionRange(moved(start, edit), moved(end, edit));
      },
      /** Marks of the shown text, in order: [{ from, to, kind }]. `about` is the text that they are places of. */
      mark(wanted, about) {
        const edit = diff(about, area.value);
        marks = wanted.map((mark) => ({ ...mark, from: moved(mark.from, edit), to: moved(mark.to, edit) }));
        last = area.value;
        paint();
      },
      /** The selected words, as whole words; null without any. */
      selected() {
        const { selectionStart: start, selectionEnd: end, value } = area;
        const words = start < end && snap(value, start, end);
        return words ? { ...words, words: value.slice(words.from, words.to) } : null;
      },
      /** Selects words and brings them into view. */
      show({ from, to }) {
        area.focus();
        area.setSelectionRange(from, to);
        const place = this.rect(to);
        if (place && (place.top < 80 || place.bottom > innerHeight - 80)) scrollBy({ top: place.top - innerHeight / 2 });
        on.select();
      },
      /** Where a place of the text is on the screen. */
      rect(offset) {
        const range = document.createRange();
        const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
        let left = offset;
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          if (left <= node.length) {
            range.setStart(node, left);
            range.setEnd(node, left);
            return range.getClientRects()[0] ?? node.parentElement.getBoundingClientRect();
          }
          left -= node.length;
        }
        return null;
      },
    };
  };
})();
