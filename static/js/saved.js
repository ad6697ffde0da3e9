// Saved jobs are stored in this browser only. The site counts saves without knowing whose, unless tracking is refused.
const KEY = "saved-jobs";
const MAX_SAVED = 100; // as in careers/postings/views/saved.py

function savedJobs() {
  try {
    const jobs = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(jobs) ? jobs.filter((job) => Number.isSafeInteger(job?.id)) : [];
  } catch {
    return [];
  }
}

function updateButtons() {
  const jobs = new Map(savedJobs().map((job) => [job.id, job]));
  for (const button of document.querySelectorAll("[data-save]")) {
    button.setAttribute("aria-pressed", jobs.has(Number(button.dataset.save)));
    button.dataset.ready = "";
  }
  for (const element of document.querySelectorAll("[data-saved-title]")) {
    const title = jobs.get(Number(element.dataset.savedTitle))?.title;
    if (title) element.textContent = title;
  }
}

function toggle(button) {
  const id = Number(button.dataset.save);
  const others = savedJobs().filter((job) => job.id !== id);
  const isSaved = button.getAttribute("aria-pressed") === "true";
  const title = button.dataset.title || document.querySelector(`[data-saved-title="${id}"]`)?.textContent || "";
  try {
    localStorage.setItem(KEY, JSON.stringify(isSaved ? others : [{ id, title }, ...others].slice(0, MAX_SAVED)));
  } catch {
    return; // storage is full or disabled
  }
  updateButtons();
  if (!isSaved) count(id).catch(() => {});
}

async function count(id) {
  if (navigator.globalPrivacyControl || navigator.doNotTrack === "1") return;
  const { token } = await (await fetch("/jobs/saved/token/")).json();
  await fetch(`/jobs/${id}/save/`, { method: "POST", headers: { "X-CSRFToken": token }, keepalive: true });
}

function openList() {
  const ids = savedJobs().map((job) => `id=${job.id}`);
  if (document.querySelector("[data-saved-start]") && ids.length) location.replace(`?${ids.join("&")}`);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-save]");
  if (button) toggle(button);
});
addEventListener("storage", (event) => event.key === KEY && updateButtons()); // changed in another tab
addEventListener("pageshow", updateButtons); // restored by the back button
updateButtons();
openList();
