"use strict";
// Writes a decision file as YAML. Typed text survives a round trip, whatever characters are in it.
const decisionFile = (() => {
  // Characters that YAML has to escape, or that some reader takes for a line break.
  const unsafe = /[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;
  const every = new RegExp(unsafe, "gu");
  const word = /^[A-Z]+\d+$|^[A-Za-z][\w-]{2,}$/, special = /^(true|false|null|yes|off)$/i;

  // A lone surrogate is no character.
  const whole = (text) => text.replace(/[\ud800-\udfff]/gu, "\ufffd");
  const quoted = (text) => JSON.stringify(text).replace(every, (char) => "\\u" + char.charCodeAt(0).toString(16).padStart(4, "0"));
  const scalar = (text) => (word.test(text) && !special.test(text) ? text : quoted(whole(text)));
  const table = (pairs) => `{ ${pairs.map(([key, value]) => `${key}: ${value}`).join(", ")} }`;

  /** A block scalar, for people to read, unless a character has to be escaped. */
  function block(text) {
    if (unsafe.test(text)) return quoted(text);
    const lines = text.split("\n").map((line) => line && "      " + line);
    return (/^\s/.test(text) ? "|2\n" : "|\n") + lines.join("\n");
  }

  const decision = ({ entry, attempt, digest, claims, rules, feedback }) => [
    `  - entry: ${scalar(entry)}`,
    `    attempt: ${attempt}`,
    `    digest: ${digest}`,
    claims.length && `    claims: ${table(claims.map(([code, verdict]) => [scalar(code), verdict]))}`,
    claims.length && `    vacsr: ${table(rules)}`,
    feedback.trim() && `    feedback: ${block(whole(feedback.replaceAll("\r\n", "\n").trimEnd()))}`,
  ];

  return ({ who, role, date, previous, standards = [], decisions }) => [
    "version: 1",
    `assessor: ${table([["id", scalar(who)], ["role", role]])}`,
    `date: ${date}`,
    previous.length && `previous: ${previous.length > 1 ? `[${previous.join(", ")}]` : previous}`,
    standards.length && `standards: ${table(standards.map(([id, digest]) => [scalar(id), digest]))}`,
    "decisions:",
    ...decisions.flatMap(decision),
  ].filter(Boolean).join("\n") + "\n";
})();
