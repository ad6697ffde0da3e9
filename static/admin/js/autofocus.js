// A field in a tab cannot take the focus while the page is still being built; give it once the tab shows.
window.addEventListener("load", () => {
  const field = document.querySelector("#content-main [autofocus]");
  if (field && window.location.search.includes("missing=")) {
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  }
});
