"use strict";
// Writes a decision file as YAML. What somebody typed is read back as it was typed, whatever signs are in it.
const decisionFile = (() => {
  // All but what may stand in YAML as it is and ends no line for any reader.
  const unsafe = /[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;
  const every = new RegExp(unsafe, "gu");
  const word = /^[A-Z]+\d+$|^[A-Za-z][\w-]{2,}$/, special = /^(true|false|null|yes|off)$/i;

  // A sign that is half of a pair stands for nothing.
  const whole = (text) => text.replace(/[\ud800-\udfff]/gu, "\ufffd");
  const quoted = (text) => JSON.stringify(text).replace(every, (sign) => "\\u" + sign.charCodeAt(0).toString(16).padStart(4, "0"));
  const scalar = (text) => (word.test(text) && !special.test(text) ? text : quoted(whole(text)));
  const table = (pairs) => `{ ${pairs.map(([key, value]) => `${key}: ${value}`).join(", ")} }`;

  /** Lines of their own, so that a person can read them, where every line can stand as it is. */
  function block(text) {
    if (unsafe.test(text)) return quoted(text);
    const lines = text.split("\n").map((line) => line && "      " + line);
    return (/^\s/.test(text) ? "|2\n" : "|\n") + lines.join("\n");
  }

  return ({ who, role, date, previous, entry, attempt, digest, claims, rules, feedback }) => [
    "version: 1",
    `assessor: ${table([["id", scalar(who)], ["role", role]])}`,
    `date: ${date}`,
    previous && `previous: ${previous}`,
    "decisions:",
    `  - entry: ${scalar(entry)}`,
    `    attempt: ${attempt}`,
    `    digest: ${digest}`,
    claims.length && `    claims: ${table(claims.map(([code, verdict]) => [scalar(code), verdict]))}`,
    claims.length && `    vacsr: ${table(rules)}`,
    feedback.trim() && `    feedback: ${block(whole(feedback.replaceAll("\r\n", "\n").trimEnd()))}`,
  ].filter(Boolean).join("\n") + "\n";
})();
