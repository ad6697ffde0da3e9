// A choice above the table of listed points: all kinds, or one. Rows of other kinds are hidden, not removed.
addEventListener("load", () => {
  const group = document.getElementById("items-group");
  const kinds = group?.querySelector("select[name$='-kind']");
  if (!kinds) return;

  const choice = document.createElement("select");
  choice.className = kinds.className + " rows-by-kind";
  choice.setAttribute("aria-label", "Show points of this kind");
  choice.add(new Option("All kinds", ""));
  for (const option of kinds.options) if (option.value) choice.add(new Option(option.text, option.value));

  const rows = () => group.querySelectorAll("tbody.form-group:not(.empty-form)");
  const show = () =>
    rows().forEach((row) => {
      const kind = row.querySelector("select[name$='-kind']")?.value;
      row.hidden = Boolean(choice.value) && Boolean(kind) && kind !== choice.value;
    });
  for (const option of choice.options) {
    const number = [...rows()].filter((row) => row.querySelector("select[name$='-kind']")?.value === option.value).length;
    if (option.value) option.text += ` (${number})`;
  }
  choice.addEventListener("change", show);
  group.querySelector(".inline-part-title").after(choice);
});
