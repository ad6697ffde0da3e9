// Rows of an inline that open and close: an added row, a copy of the hidden last one, starts open.
addEventListener("DOMContentLoaded", () => {
  for (const template of document.querySelectorAll(".empty-form[x-data]")) {
    template.setAttribute("x-data", "{ openRow: true }");
  }
  // The column of the bins has a heading for those who hear it.
  for (const heading of document.querySelectorAll("table.formset thead th:last-child")) {
    if (heading.textContent.trim()) continue;
    const name = document.createElement("span");
    name.className = "sr-only";
    name.textContent = "Remove";
    heading.append(name);
  }
});

// Removing an added row makes the theme write the rows after it anew from their markup. What was typed has to be in it.
const keepTyped = (formset) => {
  for (const field of formset.querySelectorAll("input, textarea, option")) {
    if (field.matches("textarea")) field.textContent = field.value;
    else if (field.matches("option")) field.toggleAttribute("selected", field.selected);
    else if (field.matches("[type=checkbox], [type=radio]")) field.toggleAttribute("checked", field.checked);
    else if (!field.matches("[type=file]")) field.setAttribute("value", field.value);
  }
};
addEventListener(
  "click",
  (event) => {
    const formset = event.target.closest?.(".delete-template")?.closest(".formset");
    if (formset) keepTyped(formset);
  },
  true,
);

// The first field of an added row takes the focus, once the row shows.
addEventListener("formset:added", ({ target }) => {
  requestAnimationFrame(() => {
    const fields = target.querySelectorAll("input:not([type=hidden]), select:not(.select2-hidden-accessible), textarea, .select2-selection");
    const first = [...fields].find((field) => field.checkVisibility() && field.closest(".delete") === null);
    first?.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  });
});
