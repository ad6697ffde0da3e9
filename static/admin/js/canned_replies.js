// A canned reply that is chosen fills in the reason. What was typed by hand is kept unless it is another reply, untouched.
addEventListener("load", () => {
  for (const choice of document.querySelectorAll("select[data-fills]")) {
    const reason = document.getElementById(choice.dataset.fills);
    const bodies = [...choice.options].map((option) => option.dataset.body || "");
    choice.addEventListener("change", () => {
      const body = choice.selectedOptions[0].dataset.body || "";
      if (!reason.value.trim() || bodies.includes(reason.value)) reason.value = body;
    });
  }
});
