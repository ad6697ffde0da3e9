// While you type in "Find a skill", only skills with a matching name are shown. Without script, the button does it.
const field = document.getElementById("skill-q");
const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
const matches = (names, words) => names.some((name) => words.every((word) => name.split(/[^\p{L}\p{N}+#]+/u).some((part) => part.startsWith(word))));

function showMatching() {
  const words = fold(field.value).split(/\s+/).filter(Boolean);
  document.querySelectorAll(".skill-picker fieldset").forEach((set) => {
    let found = 0;
    set.querySelectorAll("label").forEach((label) => {
      const names = [label.textContent, ...(label.dataset.names || "").split("|")].map(fold);
      const isShown = label.querySelector("input").checked || matches(names, words);
      label.hidden = !isShown;
      found += isShown;
    });
    const group = set.closest(".skill-group");
    (group || set).hidden = !found;
    if (group) group.open = words.length > 0;
  });
}

field?.addEventListener("input", showMatching);
