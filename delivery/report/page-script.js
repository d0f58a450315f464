"use strict";
// Runs in the page that `factory report` writes: search and filters. Without it, the page shows everything.
(() => {
  const [form, query, environment, state, count, none] = [
    "controls",
    "query",
    "environment",
    "state",
    "count",
    "none",
  ].map((id) => document.getElementById(id));
  const projects = [...document.querySelectorAll("article.project")].map((element) => ({
    element,
    text: element.textContent.toLowerCase(),
    environments: [...element.querySelectorAll(".environment")].map((part) => ({
      part,
      name: part.dataset.environment,
      applications: [...part.querySelectorAll("[data-state]")].map((item) => ({
        item,
        words: item.dataset.state.split(" "),
      })),
    })),
  }));

  /** Shows what is asked for, and says how much that is. */
  function apply() {
    const wanted = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    let shownApplications = 0;
    for (const { element, text, environments } of projects) {
      const isFound = wanted.every((word) => text.includes(word));
      let inProject = 0;
      for (const { part, name, applications } of environments) {
        const isAsked = environment.value === "" || environment.value === name;
        let inPart = 0;
        for (const { item, words } of applications) {
          item.hidden = state.value !== "" && !words.includes(state.value);
          if (!item.hidden) inPart++;
        }
        part.hidden = !isAsked || inPart === 0;
        if (!part.hidden) inProject += inPart;
      }
      element.hidden = !isFound || inProject === 0;
      if (element.hidden) continue;
      shown++;
      shownApplications += inProject;
    }
    none.hidden = shown > 0;
    count.textContent = `${shown} of ${projects.length} projects, ${shownApplications} Applications`;
  }

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  // The fields are empty only after this event.
  form.addEventListener("reset", () => setTimeout(apply));
  // A browser that comes back to the page fills in what was chosen before, and tells nobody.
  addEventListener("pageshow", apply);
  document.addEventListener("keydown", (event) => {
    const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      query.focus();
    }
    if (event.key === "Escape" && document.activeElement === query) {
      query.value = "";
      apply();
    }
  });
  // What is folded on the screen is wanted on paper.
  const folded = () => document.querySelectorAll("details:not([open])");
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...folded()];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
  apply();
})();
