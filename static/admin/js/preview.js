// The text of a field as visitors will see it, beside the field: asked of the server once typing rests.
const REST = 400; // milliseconds

const showPreview = async (box, field, preview) => {
  box.running?.abort();
  box.running = new AbortController();
  const data = new FormData();
  data.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  data.set("_preview", "text");
  data.set("_fragment", "1");
  data.set("text", field.value);
  try {
    const answer = await fetch(box.dataset.preview, { method: "POST", body: data, signal: box.running.signal });
    if (answer.ok || answer.status === 413) preview.innerHTML = await answer.text();
    else preview.textContent = "We could not load the preview. Reload the page and try again.";
  } catch (error) {
    if (error.name !== "AbortError") preview.textContent = "We could not load the preview. Check your connection.";
  }
};

const makePreview = (box) => {
  const field = box.querySelector("textarea");
  const preview = document.createElement("div");
  const name = field.labels?.[0]?.innerText.replace(/[*:]/g, "").trim() || "the text";
  preview.className = "prose-preview";
  preview.tabIndex = 0;
  preview.setAttribute("role", "region");
  preview.setAttribute("aria-label", `Preview of ${name}`);
  box.querySelector(".prose-side").replaceChildren(preview);
  box.classList.add("is-live");
  let rest;
  field.addEventListener("input", () => {
    clearTimeout(rest);
    rest = setTimeout(showPreview, REST, box, field, preview);
  });
  showPreview(box, field, preview);
};

// Each once it comes into view. An added row is a copy of a hidden one, which never did.
const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    makePreview(target);
  }
});
const watch = (part) => part.querySelectorAll(".prose-box:not(.is-live)").forEach((box) => seen.observe(box));
addEventListener("load", () => watch(document));
addEventListener("formset:added", ({ target }) => watch(target));
