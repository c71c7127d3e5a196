"use strict";
// Dialogs that rename an entry with all links to it, and delete it.
const writeMove = (() => {
  const { make, button, counted, fill, sentence, advice } = writeMake;
  const toEntry = (path) => "#entry=" + encodeURIComponent(path);
  const showFiles = (files) => make("ul", {}, files.map(({ title, path, what }) => make("li", {}, make("strong", {}, title || path), `: ${what}`)));

  /** Renames an entry: first what changes is shown. `say(words)` announces. */
  function rename(host, saver, say) {
    const { path, fields } = saver.answer;
    const present = fields.find(({ name }) => name === "title")?.value ?? "", file = path.split("/").at(-1);
    const title = make("input", { id: "rename-title", type: "text", autocomplete: "off", value: present });
    const also = make("input", { id: "rename-also", type: "checkbox" });
    const name = make("input", { id: "rename-name", type: "text", autocomplete: "off", "aria-describedby": "rename-name-hint" });
    const naming = make("div", { hidden: true }, make("label", { htmlFor: "rename-name" }, "New name of the file"),
      make("p", { className: "hint", id: "rename-name-hint" }, `It is ${file} now. In words, without names of people.`), name);
    const wrong = make("p", { className: "wrong", role: "alert" }), planned = make("div", { role: "status" });
    const look = make("button", { type: "submit", className: "main" }, "Show what changes");
    const go = button("Rename", () => send(true), "main");
    go.hidden = true;
    const forget = () => {
      fill(planned);
      wrong.textContent = "";
      go.hidden = true;
      look.className = "main";
    };
    for (const input of [title, name]) input.addEventListener("input", forget);
    also.addEventListener("change", () => {
      forget();
      naming.hidden = !also.checked;
      if (also.checked && !name.value) name.value = title.value;
    });
    async function send(write) {
      const answer = await saver.ask(() => ({ request: "rename", title: title.value, name: also.checked ? name.value : null, write }));
      if (answer?.answer !== "renaming") {
        forget();
        wrong.textContent = answer ? advice(answer) : "";
        return;
      }
      if (!answer.is_written) {
        fill(planned, make("p", {}, `${counted(answer.changes.length, "file changes", "files change")}:`), showFiles(answer.changes),
          answer.new_path !== path ? make("p", {}, "The file will be ", make("code", {}, answer.new_path), ".") : null, answer.remarks.map((words) => make("p", {}, sentence(words))));
        go.hidden = false;
        look.className = "";
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
      make("label", { htmlFor: "rename-title" }, "Title"), title,
      make("p", {}, make("label", { className: "tick" }, also, " Also give the file a new name. Links to it follow.")), naming, wrong, planned,
      make("p", { className: "buttons" }, look, go));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(false);
    });
    const dialog = writeDialog("Rename this entry", form);
    title.focus();
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
    const dialog = writeDialog("Delete this entry", make("p", {}, `This deletes “${plan.title}” from your portfolio folder. You can bring it back from the list of entries, as long as ksbfolio is open.`),
      plan.linked_from.length ? [make("p", {}, `${counted(plan.linked_from.length, "other entry names it, and its link leads", "other entries name it, and their links lead")} nowhere then:`), showFiles(plan.linked_from)] : "",
      plan.files.length ? [make("p", {}, make("label", { className: "tick" }, files, ` Also delete ${plan.files.length === 1 ? "the picture or file that" : "the pictures and files that"} no other entry uses`)), make("ul", {}, plan.files.map((file) => make("li", {}, make("code", {}, file))))] : "",
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
      const answer = await host.ask({ request: "restore", path }).catch(() => ({ message: "ksbfolio does not answer", help: "Is it still running?" }));
      if (answer.answer === "entry") location.hash = toEntry(answer.path).slice(1);
      else wrong.textContent = advice(answer);
    };
    return deleted?.length ? make("section", { className: "notice" }, make("h2", {}, "Deleted"), make("ul", { role: "list" }, deleted.map(({ path, title }) =>
      make("li", {}, title, " ", make("button", { type: "button", className: "link", "aria-label": `Bring back ${title}`, onclick: bring(path) }, "Bring it back")))), wrong) : "";
  }

  return { rename, remove, showDeleted };
})();
