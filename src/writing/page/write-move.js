"use strict";
// Dialogs that rename an entry with all links to it, and delete it.
const writeMove = (() => {
  const { make, button, counted, fill, sentence, advice } = writeMake;
  const toEntry = (path) => "#entry=" + encodeURIComponent(path);
  const showFiles = (files) => make("ul", {}, files.map(({ title, path, what }) => make("li", {}, make("strong", {}, title || path), `: ${what}`)));

  /** Gives an entry another title. Its file and all links follow; what changes elsewhere is shown and asked once. `say(words)` announces. */
  function rename(host, saver, say) {
    const { path, fields } = saver.answer, present = fields.find(({ name }) => name === "title")?.value ?? "";
    const title = make("input", { id: "rename-title", type: "text", autocomplete: "off", value: present });
    const wrong = make("p", { className: "wrong", role: "alert" }), planned = make("div", { role: "status" });
    const go = make("button", { type: "submit", className: "main" }, "Rename");
    let asked = null;
    const forget = () => {
      asked = null;
      fill(planned);
      wrong.textContent = "";
      go.textContent = "Rename";
    };
    title.addEventListener("input", forget);
    const ask = (request) => saver.ask(() => ({ request: "rename", ...request }));
    /** Where decisions name the file, it keeps its name. */
    async function plan(words) {
      const whole = { title: words, name: words }, answer = await ask({ ...whole, write: false });
      if (answer?.answer !== "refused") return [whole, answer];
      const alone = { title: words, name: null }, other = await ask({ ...alone, write: false });
      return [alone, other?.answer === "renaming" ? other : answer];
    }
    async function send() {
      const words = title.value.trim();
      if (words === present) {
        dialog.close();
        return;
      }
      if (!asked) {
        const [request, answer] = await plan(words);
        if (answer?.answer !== "renaming") {
          forget();
          wrong.textContent = answer ? advice(answer) : "";
          title.focus();
          return;
        }
        asked = request;
        const others = answer.changes.filter((one) => one.path !== path);
        if (others.length || answer.remarks.length) {
          fill(planned, others.length ? [make("p", {}, `${counted(others.length, "other entry names it. Its link follows", "other entries name it. Their links follow")}:`), showFiles(others)] : null, answer.remarks.map((remark) => make("p", {}, sentence(remark))));
          go.textContent = "Rename it";
          return;
        }
      }
      const answer = await ask({ ...asked, write: true });
      if (answer?.answer !== "renaming") {
        forget();
        wrong.textContent = answer ? advice(answer) : "";
        return;
      }
      dialog.close();
      if (answer.new_path !== path) location.hash = toEntry(answer.new_path).slice(1);
      else {
        // The request of an entry has no hash.
        await saver.ask(() => ({ request: "entry", hash: undefined }));
        say("Renamed.");
      }
    }
    const form = make("form", { className: "find-form", noValidate: true },
      make("label", { htmlFor: "rename-title" }, "New title"), title, wrong, planned, make("p", { className: "buttons" }, go));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send();
    });
    const dialog = writeDialog("Rename this entry", form);
    title.focus();
    title.select();
  }

  /** Deletes an entry: first what that leaves behind is shown. */
  async function remove(host, saver, say) {
    await saver.flush();
    const plan = await saver.ask(() => ({ request: "delete" }));
    if (plan?.answer !== "deleting") {
      writeDialog("Delete this entry", make("p", {}, plan ? advice(plan) : ""));
      return;
    }
    const wrong = make("p", { className: "wrong", role: "alert" });
    if (plan.why_not) {
      const draft = button("Make it a draft instead", async () => {
        const answer = await saver.ask(() => ({ request: "change", change: { what: "set", field: "status", value: "draft" } }));
        if (answer?.answer === "entry") {
          dialog.close();
          say("It is a draft again.");
        } else wrong.textContent = answer ? advice(answer) : "";
      });
      const dialog = writeDialog("This entry cannot be deleted", make("p", {}, plan.why_not),
        plan.is_draft ? make("p", {}, "It is a draft, so it counts for nothing and your assessor does not see it.")
          : make("p", {}, "As a draft it counts for nothing, your assessor does not see it, and the record stays whole."),
        wrong, plan.is_draft ? "" : make("p", { className: "buttons" }, draft));
      return;
    }
    const files = make("input", { type: "checkbox", id: "delete-files" });
    const dialog = writeDialog("Delete this entry", make("p", {}, `This deletes “${plan.title}” from your portfolio. You can bring it back from the list of entries, as long as ksbfolio is open.`),
      plan.linked_from.length ? [make("p", {}, `${counted(plan.linked_from.length, "other entry names it, and its link leads", "other entries name it, and their links lead")} nowhere then:`), showFiles(plan.linked_from)] : "",
      plan.files.length ? [make("p", {}, make("label", { className: "tick" }, files, ` Also delete ${plan.files.length === 1 ? "the picture or file that" : "the pictures and files that"} no other entry uses`)), make("ul", {}, plan.files.map((file) => make("li", {}, file.split("/").at(-1))))] : "",
      wrong, make("p", { className: "buttons" }, button("Delete it", async () => {
        const answer = await saver.ask(() => ({ request: "delete", with_files: files.checked, write: true }));
        if (answer?.answer !== "deleting") {
          wrong.textContent = answer ? advice(answer) : "";
          return;
        }
        dialog.close();
        location.hash = "";
      }, "main")));
  }

  /** Entries that were deleted, on the first view. */
  function showDeleted(host, deleted) {
    const wrong = make("p", { className: "wrong", role: "alert" });
    const bring = (path) => async () => {
      const answer = await host.ask({ request: "restore", path }).catch(writeMake.lost);
      if (answer.answer === "entry") location.hash = toEntry(answer.path).slice(1);
      else wrong.textContent = advice(answer);
    };
    return deleted?.length ? make("section", { className: "notice" }, make("h2", {}, "Deleted"), make("ul", { role: "list" }, deleted.map(({ path, title }) =>
      make("li", {}, title, " ", make("button", { type: "button", className: "link", "aria-label": `Bring back ${title}`, onclick: bring(path) }, "Bring back")))), wrong) : "";
  }

  return { rename, remove, showDeleted };
})();
