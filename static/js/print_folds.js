// Opens answers for printing and closes them again. Newer browsers do the same without scripts: see .answer in guide.css.
const opened = [];

addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details[data-print-open]:not([open])")) {
    fold.open = true;
    opened.push(fold);
  }
});

addEventListener("afterprint", () => {
  for (const fold of opened.splice(0)) fold.open = false;
});
