// Saved jobs stay in this browser. The site learns that somebody saved a job, not who, and not even that where asked not to.
const KEY = "saved-jobs";
const MOST = 100;

function kept() {
  try {
    const jobs = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(jobs) ? jobs.filter((job) => Number.isSafeInteger(job?.id)) : [];
  } catch {
    return [];
  }
}

function show() {
  const jobs = new Map(kept().map((job) => [job.id, job]));
  for (const button of document.querySelectorAll("[data-save]")) {
    button.setAttribute("aria-pressed", jobs.has(Number(button.dataset.save)));
    button.dataset.ready = "";
  }
  for (const place of document.querySelectorAll("[data-saved-title]")) {
    const title = jobs.get(Number(place.dataset.savedTitle))?.title;
    if (title) place.textContent = title;
  }
}

function toggle(button) {
  const id = Number(button.dataset.save);
  const others = kept().filter((job) => job.id !== id);
  const isSaved = button.getAttribute("aria-pressed") === "true";
  const title = button.dataset.title || document.querySelector(`[data-saved-title="${id}"]`)?.textContent || "";
  try {
    localStorage.setItem(KEY, JSON.stringify(isSaved ? others : [{ id, title }, ...others].slice(0, MOST)));
  } catch {
    return; // the browser keeps nothing: the button stays as it is
  }
  show();
  if (!isSaved) count(id).catch(() => {});
}

async function count(id) {
  if (navigator.globalPrivacyControl || navigator.doNotTrack === "1") return;
  const { token } = await (await fetch("/jobs/saved/token/")).json();
  await fetch(`/jobs/${id}/save/`, { method: "POST", headers: { "X-CSRFToken": token }, keepalive: true });
}

function openList() {
  const ids = kept().map((job) => `id=${job.id}`);
  if (document.querySelector("[data-saved-start]") && ids.length) location.replace(`?${ids.join("&")}`);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-save]");
  if (button) toggle(button);
});
addEventListener("storage", (event) => event.key === KEY && show()); // another tab
addEventListener("pageshow", show); // the back button
show();
openList();
