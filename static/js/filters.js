// A page that the back button brings back keeps what was ticked last; show the filters its list was made with.
addEventListener("pageshow", () => document.querySelectorAll("form.filters").forEach((form) => form.reset()));
