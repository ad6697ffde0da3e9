// Landmarks and names that the admin's theme and its choice boxes (select2) leave out, for screen readers.
addEventListener("load", () => {
  (document.getElementById("main") ?? document.querySelector("#page > div"))?.setAttribute("role", "main");
  document.getElementById("nav-sidebar-inner")?.setAttribute("aria-label", "Sections of the admin");
  document.querySelectorAll(".simplebar-content-wrapper").forEach((box, index) => {
    box.setAttribute("aria-label", `Scrolling part ${index + 1}`);
  });

  const fieldName = (part) => {
    const select = part.closest(".select2")?.previousElementSibling;
    return select?.labels?.[0]?.innerText.replace("*", "").trim() || select?.getAttribute("aria-label") || "Search";
  };

  // A box with one choice is read as its field and its value; without a value as its field.
  const nameSingle = (box) => {
    const value = box.querySelector(".select2-selection__rendered");
    value.removeAttribute("role");
    value.removeAttribute("aria-readonly");
    box.removeAttribute("aria-labelledby");
    const name = `${fieldName(box)}: ${value.title || "nothing chosen"}`;
    if (box.getAttribute("aria-label") !== name) box.setAttribute("aria-label", name);
  };

  // A box with many choices holds more than list entries, so it is no list.
  const nameMany = (list) => {
    list.setAttribute("role", "group");
    if (!list.hasAttribute("aria-label")) list.setAttribute("aria-label", fieldName(list));
    for (const entry of list.children) if (entry.tagName === "LI") entry.setAttribute("role", "none");
  };

  const nameAll = () => {
    document.querySelectorAll(".select2-selection--single").forEach(nameSingle);
    document.querySelectorAll("ul.select2-selection__rendered").forEach(nameMany);
    document.querySelectorAll(".select2-search__field:not([aria-label])").forEach((box) => {
      box.setAttribute("aria-label", fieldName(box));
    });
  };
  nameAll();
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
});
