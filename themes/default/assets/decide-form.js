"use strict";
// The form for a decision about the entry on this page. Nothing leaves the browser.
{
  const box = document.querySelector(".deciding"), { entry, digest, attempt, previous } = box.dataset;
  const claims = [...document.querySelectorAll("[data-claim]")].map((one, at) =>
    ({ name: "claim" + at, code: one.dataset.claim, text: one.querySelector("p").textContent }));
  const rules = {
    valid: "it shows what the criterion asks for", authentic: "it is the learner’s own",
    current: "it shows what the learner can do now", sufficient: "it is enough",
    reliable: "another assessor would decide the same",
  };
  const roles = { assessor: "Assessor", iqa: "Internal quality assurer", tutor: "Tutor", employer: "Employer" };
  const verdicts = { accepted: "Accepted", partly: "Partly accepted", referred: "Referred", "": "Not judged" };
  // Anchors of headings contain no underscore, so ids never clash.
  const id = (name) => "decide_" + name;

  function make(element, set, ...inside) {
    const one = document.createElement(element);
    for (const key in set) key in one ? (one[key] = set[key]) : one.setAttribute(key, set[key]);
    one.append(...inside);
    return one;
  }
  const field = (words, element, name, set) =>
    make("p", {}, make("label", { htmlFor: id(name) }, words), make(element, { id: id(name), name, ...set }));
  const choice = (name, first, rest, words) => make("fieldset", {}, make("legend", {}, make("strong", {}, first), rest),
    ...Object.keys(words).map((value, at) => make("label", {},
      make("input", { type: "radio", name, id: id(name) + (at || ""), value, checked: value === "" }), words[value])));

  // Some browsers forbid storage for pages from disk; the reference has to be typed again then.
  function store(where, value) {
    try {
      if (value === undefined) return window[where].getItem("ksbfolio-assessor");
      value ? window[where].setItem("ksbfolio-assessor", value) : window[where].removeItem("ksbfolio-assessor");
    } catch {}
  }
  const kept = store("localStorage"), [role, ...known] = (kept || store("sessionStorage") || "assessor ").split(" ");
  const now = new Date(), today = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);

  const judging = make("div", {},
    make("h3", {}, "Claims"),
    ...claims.map(({ name, code, text }) => choice(name, code, " " + text, verdicts)),
    make("h3", {}, "Rules of evidence"),
    ...Object.keys(rules).map((rule) => choice(rule, rule[0].toUpperCase() + rule.slice(1), ": " + rules[rule], { true: "Yes", false: "No" })));
  const form = make("form", { noValidate: true },
    field("Your reference, such as AS-12: not a name", "input", "who", { autocomplete: "off", value: known.join(" ") }),
    field("Your role", "select", "role"),
    field("Date", "input", "date", { type: "date", value: today, max: today }),
    field("Attempt", "input", "attempt", { type: "number", min: 1, value: attempt }),
    judging,
    field("Feedback to the learner, in Markdown", "textarea", "feedback", { rows: 6 }),
    make("p", {}, make("label", {}, make("input", { type: "checkbox", name: "keep", checked: Boolean(kept) }),
      "Keep my reference and role in this browser, for all who use it")),
    make("p", {}, make("button", {}, "Save the decision")));
  const of = (name) => form.elements[name].value.trim();
  form.elements.role.append(...Object.keys(roles).map((one) => make("option", { value: one, selected: one === role }, roles[one])));

  /** Invalid fields: name, and what to do about it. */
  function faults(judged) {
    const found = [], add = (is, name, words) => is && found.push([name, words]);
    const codes = (is) => judged.filter(([, verdict]) => (verdict === "accepted") === is).map(([code]) => code).join(", ");
    const accepted = codes(true), open = codes(false);
    add(!of("who"), "who", "Enter your reference");
    add(!of("date") || of("date") > today, "date", "Enter a day that is not in the future");
    add(!/^[1-9]\d{0,3}$/.test(of("attempt")), "attempt", "Enter the number of the attempt, from 1");
    add(!judging.hidden && claims.length && !judged.length, "claim0", "Judge at least one claim");
    for (const rule in rules) add(judged.length && !of(rule), rule, `Say whether the evidence is ${rule}`);
    add(accepted && of("sufficient") === "false", "sufficient", `Not sufficient, but accepted: change this, or ${accepted}`);
    add(!of("feedback") && (open || judging.hidden || !claims.length), "feedback", open ? `Say what is missing for ${open}` : "Enter your feedback");
    return found;
  }

  const summary = make("div", { className: "notice", role: "alert", tabIndex: -1, hidden: true });
  function tell(found) {
    form.querySelectorAll(".error").forEach((one) => one.remove());
    form.querySelectorAll("[aria-describedby]").forEach((one) => ["aria-invalid", "aria-describedby"].forEach((name) => one.removeAttribute(name)));
    const links = found.map(([name, words]) => {
      const input = form.querySelector("#" + id(name)), whole = input.closest("fieldset");
      (whole ?? input).setAttribute("aria-describedby", id(name) + "_error");
      if (!whole) input.setAttribute("aria-invalid", true);
      (whole?.firstChild ?? input.previousSibling).after(make("span", { className: "error", id: id(name) + "_error" }, "Error: " + words));
      const onclick = () => { input.focus(); return false; };
      return make("li", {}, make("a", { href: "#" + input.id, onclick }, words));
    });
    summary.replaceChildren(make("h3", {}, "There is a problem"), make("ul", {}, ...links));
    summary.hidden = !found.length;
    if (found.length) summary.focus();
  }

  const told = make("p", { role: "status" }), done = field("The file", "textarea", "file", { readOnly: true, rows: 12 });
  form.oninput = () => {
    judging.hidden = !["assessor", "iqa"].includes(of("role"));
    done.hidden = true;
    told.textContent = "";
  };
  form.onsubmit = () => {
    const judged = judging.hidden ? [] : claims.map(({ name, code }) => [code, of(name)]).filter(([, verdict]) => verdict);
    const found = faults(judged), who = of("who"), date = of("date");
    tell(found);
    if (found.length) return false;
    const text = decisionFile({ who, role: of("role"), date, previous, entry, attempt: of("attempt"), digest, claims: judged,
      rules: Object.keys(rules).map((rule) => [rule, of(rule)]), feedback: form.elements.feedback.value });
    store("sessionStorage", of("role") + " " + who);
    store("localStorage", form.elements.keep.checked ? of("role") + " " + who : "");
    const download = [date, who, entry].join("-").replace(/[^A-Za-z0-9-]+/g, "-").slice(0, 120) + ".yaml";
    const href = URL.createObjectURL(new Blob([text]));
    make("a", { href, download }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
    done.lastChild.value = text;
    done.hidden = false;
    told.textContent = `Saved as ${download}. Send it to the learner, who files it with: ksbfolio decisions import ${download}. If your browser saved nothing, copy the text below into a file of that name.`;
    return false;
  };
  form.oninput();
  box.append(summary, form, told, done);
}
