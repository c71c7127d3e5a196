"use strict";
// Texts of boxes: pure functions, without a document.
//
// A box shows the text of the file without the signs of links to codes: `[I chose the scale](ksb:K7)` is shown as
// `I chose the scale`. The signs are *tokens*, ranges of the file's text that the box leaves out. An edit of what is shown
// becomes splices around the tokens, so that they survive every edit but the removal of all their words. A comment in
// lines of its own is a token too, a *note*: no edit changes it. So is an *escape*: `\` before a sign at the beginning of a line,
// which keeps words text. The engine writes those that are needed (src/writing/escapes.rs).
const writeText = (() => {
  const isHigh = (unit) => unit >= 0xd800 && unit < 0xdc00;
  const isLow = (unit) => unit >= 0xdc00 && unit < 0xe000;

  /**
   * The one change that makes `after` of `before`: { from, to, insert }. No character outside the basic plane is split.
   * A change that was just typed ends at the caret, which tells equal letters apart.
   */
  function diff(before, after, caret = 0) {
    const most = Math.min(before.length, after.length), behind = Math.min(most, after.length - caret);
    let same = 0, from = 0;
    while (same < behind && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same += 1;
    if (same && isLow(before.charCodeAt(before.length - same))) same -= 1;
    while (from < most - same && before.charCodeAt(from) === after.charCodeAt(from)) from += 1;
    if (from && isHigh(before.charCodeAt(from - 1))) from -= 1;
    return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
  }

  /** Where a place of the text before an edit is after it. A place inside the edit moves to its end. */
  function moved(place, { from, to, insert }) {
    if (place <= from) return place;
    return place >= to ? place + insert.length - (to - from) : from + insert.length;
  }

  /**
   * The notes of a text: comments in lines of their own, outside of code. Each goes with the line ends after it, or at the end
   * of the text with those before it, so that no edit of what is shown brings words into its line, where they would be hidden.
   */
  function findNotes(text) {
    const notes = [], starts = /^(?:<!--|`{3,}|~{3,})/gm, rest = /[^\S\n]*(?:\n+|$)/y;
    for (let found = starts.exec(text); found; found = starts.exec(text)) {
      let from = found.index;
      const isNote = found[0] === "<!--", end = text.indexOf(isNote ? "-->" : "\n" + found[0], from + 3), words = text.slice(from + 4, end), before = notes.at(-1);
      if (end < 0) break;
      rest.lastIndex = starts.lastIndex = end + 3;
      // What a browser takes for the end of a comment is shown.
      if (!isNote || end < from + 4 || /^-?>|--!>/.test(words) || !rest.test(text)) continue;
      const to = starts.lastIndex = rest.lastIndex, endsLine = text[to - 1] === "\n";
      const isNext = before?.to === from;
      if (isNext) ({ from } = notes.pop());
      if (!endsLine) while (text[from - 1] === "\n") from -= 1;
      notes.push({ from, to, isNote: true, words: [...isNext ? before.words : [], words.trim()], endsLine });
    }
    return notes;
  }

  const ESCAPES = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t])|\[\^[^\]\n]+\]:))*[ \t]*\[?\\(?=\\*[-#=`~<*_])|(?<=<)\\(?=\\*!--)/gm;
  /** The places of escapes outside of these other tokens. */
  function findEscapes(text, tokens) {
    const places = [];
    let at = 0;
    for (const { index, 0: found } of text.matchAll(ESCAPES)) {
      const place = index + found.length - 1;
      while (at < tokens.length && tokens[at].to <= place) at += 1;
      if (!(tokens[at]?.from <= place)) places.push(place);
    }
    return places;
  }
  const escapeAt = (from) => ({ from, to: from + 1, isNote: true, isEscape: true, endsLine: false });
  const inOrder = (tokens) => tokens.sort((a, b) => a.from - b.from);

  /** A text after an edit, without escapes that escape nothing any more, and with those that keep `\` visible that was typed. */
  function escaped({ text, tokens }) {
    const others = tokens.filter(({ isEscape }) => !isEscape), known = tokens.filter(({ isEscape }) => isEscape).map(({ from }) => from);
    const found = findEscapes(text, others);
    if (known.join() === found.join()) return { text, tokens };
    const wanted = new Set(found), had = new Set(known), gone = known.filter((place) => !wanted.has(place));
    // What follows an escape that goes may look like one.
    const splices = gone.length ? gone.map((place) => ({ from: place, to: place + 1, insert: "" })) : found.filter((place) => !had.has(place)).map((place) => ({ from: place, to: place, insert: "\\" }));
    const step = (place) => splices.reduce((sum, { from, to, insert }) => (from < place ? sum + insert.length - (to - from) : sum), place);
    const after = applied(text, splices), left = (all) => all.map((token) => ({ ...token, from: step(token.from), to: step(token.to) }));
    if (gone.length) return escaped({ text: after, tokens: left(tokens.filter(({ isEscape, from }) => !isEscape || wanted.has(from))) });
    const kept = left(others);
    return { text: after, tokens: inOrder([...kept, ...findEscapes(after, kept).map(escapeAt)]) };
  }

  /**
   * The tokens of a text, in order: its notes, its escapes, and the signs of its passages in pairs. A passage that is no plain link to codes
   * has none and is shown as it is.
   */
  function findTokens(text, passages) {
    const tokens = [], notes = findNotes(text);
    let end = 0, note = 0;
    // A note within a passage is shown.
    const addNotes = (before) => {
      for (; note < notes.length && notes[note].from < before; note += 1) if (notes[note].from >= end) tokens.push(notes[note]);
    };
    for (const { from, to } of [...passages].sort((a, b) => a.from - b.from)) {
      if (from < end || to > text.length) continue;
      const link = /^\[([^]+)(\]\(<?ksb:[^()]*\))$/.exec(text.slice(from, to));
      if (!link) continue;
      addNotes(from);
      const close = to - link[2].length;
      tokens.push({ from, to: from + 1, opens: true }, { from: close, to, opens: false });
      end = to;
    }
    addNotes(Infinity);
    return inOrder([...tokens, ...findEscapes(text, tokens).map(escapeAt)]);
  }

  /** The text without its tokens. */
  function show(text, tokens) {
    let shown = "", at = 0;
    for (const { from, to } of tokens) {
      shown += text.slice(at, from);
      at = to;
    }
    return shown + text.slice(at);
  }

  /** A place of the text as a place of what is shown. */
  function toShown(place, tokens) {
    let hidden = 0;
    for (const { from, to } of tokens) {
      if (from >= place) break;
      hidden += Math.min(to, place) - from;
    }
    return place - hidden;
  }

  /** A place of what is shown as a place of the text: behind the tokens there if `after` says so, else before them. */
  function toText(place, tokens, after) {
    let text = place;
    for (const token of tokens) {
      if (token.from > text || (token.from === text && !after(token))) break;
      text += token.to - token.from;
    }
    return text;
  }

  /** Whether words can be the words of a link. */
  const isPlain = (words) => words !== "" && !/[[\]\\]|\n\s*\n/.test(words);

  /** The splices of the text for one edit of what is shown, in order. */
  function toSplices({ from, to, insert }, text, tokens) {
    if (from === to) {
      // Words at the edge of a passage are outside of it, but the rest of its last word is inside.
      const shown = show(text, tokens);
      const isRest = /[\p{L}\p{N}]$/u.test(shown.slice(0, from)) && /^[\p{L}\p{N}'’]/u.test(insert);
      const at = toText(from, tokens, (token) => (token.isNote ? token.endsLine : !token.opens) && !isRest && !(token.grows && !insert.includes("\n")));
      return insert ? [{ from: at, to: at, insert }] : [];
    }
    const first = toText(from, tokens, () => true), last = toText(to, tokens, () => false);
    const gone = [];
    let at = first;
    for (const token of tokens) {
      if (token.from < first) continue;
      if (token.from >= last) break;
      if (at < token.from) gone.push({ from: at, to: token.from });
      at = token.to;
    }
    if (at < last) gone.push({ from: at, to: last });
    // A passage of which all words go, goes as a whole, unless other words take exactly its place.
    let hidden = 0, open = null, begin = 0;
    for (const close of tokens) {
      const end = close.from - hidden;
      hidden += close.to - close.from;
      if (close.opens) [open, begin] = [close, end];
      if (close.opens || close.isNote) continue;
      // A link cannot go over paragraphs, or have brackets that are not its own.
      if (begin < from || end > to || (begin === from && end === to && isPlain(insert))) continue;
      gone.push({ from: open.from, to: open.to }, { from: close.from, to: close.to });
    }
    gone.sort((a, b) => a.from - b.from);
    const splices = [];
    for (const range of gone) {
      const before = splices.at(-1);
      if (before && before.to === range.from) before.to = range.to;
      else splices.push({ ...range, insert: "" });
    }
    if (splices.length) splices[0].insert = insert;
    return splices;
  }

  /** The text after splices about it. */
  function applied(text, splices) {
    let after = "", at = 0;
    for (const { from, to, insert } of splices) {
      after += text.slice(at, from) + insert;
      at = to;
    }
    return after + text.slice(at);
  }

  /** A text and its tokens after an edit of what is shown. */
  function edited({ text, tokens }, edit) {
    const splices = toSplices(edit, text, tokens), left = [], places = [];
    let at = 0, moves = 0;
    for (const token of tokens) {
      while (at < splices.length && splices[at].to <= token.from) {
        moves += splices[at].insert.length - (splices[at].to - splices[at].from);
        at += 1;
      }
      if (splices[at]?.from <= token.from && splices[at].to >= token.to) continue;
      left.push({ ...token, from: token.from + moves, to: token.to + moves });
      places.push(toShown(token.from, tokens));
    }
    // Words that take the place of the last words of a passage, or of all, are typed one by one: those that follow are its
    // words too.
    const end = edit.from + edit.insert.length;
    let hidden = 0;
    for (const [n, close] of left.entries()) {
      const place = close.from - hidden;
      hidden += close.to - close.from;
      if (close.opens || close.isNote) continue;
      const isReplaced = edit.to > edit.from && places[n] === edit.to;
      close.grows = place === end && (isReplaced || (!!close.grows && edit.insert !== "" && !edit.insert.includes("\n")));
    }
    return escaped({ text: applied(text, splices), tokens: left });
  }

  /** The codes of all passages. */
  const listCodes = ({ text, tokens }) => tokens.filter(({ opens, isNote }) => !opens && !isNote).flatMap(({ from, to }) => text.slice(from, to).replace(/^\]\(<?ksb:|>?\)$/g, "").split(","));

  const LETTER = /[\p{L}\p{N}\p{M}]/u, IN_WORD = "[\\p{L}\\p{N}\\p{M}'’-]+";
  const EDGE = /[\s.,;:!?…"“”'‘’–—-]/;
  // No word is longer; a text without blanks is not searched to its end.
  const LONGEST = 80;
  /**
   * A selection as whole words: { from, to }, without blanks and punctuation at its ends. null if it has no word.
   * A pointer often misses the edge of a word by a letter.
   */
  function snap(text, from, to) {
    while (from < to && EDGE.test(text[from])) from += 1;
    while (from < to && EDGE.test(text[to - 1])) to -= 1;
    if (!LETTER.test(text.slice(from, to))) return null;
    const first = String.fromCodePoint(text.codePointAt(from)), last = /.$/su.exec(text.slice(Math.max(from, to - 2), to))[0];
    if (LETTER.test(first)) {
      const before = new RegExp(`${IN_WORD}$`, "u").exec(text.slice(Math.max(0, from - LONGEST), from));
      if (before) from -= before[0].replace(/^['’-]+/, "").length;
    }
    if (LETTER.test(last)) {
      const after = new RegExp(`^${IN_WORD}`, "u").exec(text.slice(to, to + LONGEST));
      if (after) to += after[0].replace(/['’-]+$/, "").length;
    }
    return { from, to };
  }

  // Blank lines at the end belong to the gap before the next heading. They are sent when words follow them.
  const withoutGap = (text) => text.replace(/(?:\n[^\S\n]*)+$/, "");
  const isSame = (one, other) => one.trimEnd() === other.trimEnd();
  const countWords = (text) => (text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []).length;

  return { diff, moved, findTokens, show, toShown, toText, toSplices, applied, edited, listCodes, snap, withoutGap, isSame, countWords };
})();
