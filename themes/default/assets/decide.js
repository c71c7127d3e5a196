"use strict";
// Loads the form for a decision on demand: most readers of an entry do not decide about it.
{
  const here = document.currentScript.src;
  addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector(".deciding");
    const load = () => {
      if (!box.open) return;
      box.removeEventListener("toggle", load);
      const style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = new URL("decide.css", here);
      document.head.append(style);
      for (const name of ["decision-file.js", "decide-form.js"]) {
        const script = document.createElement("script");
        script.src = new URL(name, here);
        script.async = false;
        document.head.append(script);
      }
    };
    box?.addEventListener("toggle", load);
    if (box) load();
  });
}
