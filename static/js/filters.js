// After "back", browsers restore changed checkboxes; reset the form to the filters of the list shown.
addEventListener("pageshow", () => document.querySelectorAll("form.filters").forEach((form) => form.reset()));
