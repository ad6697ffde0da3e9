// The list of contents marks the section in view, and a link to a folded section opens it.
const links = [...document.querySelectorAll(".contents a[href^='#']")];
const sections = links
  .map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1)))?.closest("section"))
  .filter((section, index, all) => section && all.indexOf(section) === index);
const here = document.querySelector("[data-here]");
const bar = here?.closest("details");
const visible = new Set();

function markCurrent() {
  const current = sections.find((section) => visible.has(section));
  if (!current) return;
  const id = current.getAttribute("aria-labelledby");
  for (const link of links) {
    if (link.hash === `#${id}`) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
  if (here) here.textContent = document.getElementById(id).textContent;
}

function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = target?.closest("summary")?.parentElement;
  if (fold) fold.open = true;
}

// The band below the top edge of the window in which a section counts as the one being read.
const observer = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) visible.add(entry.target);
      else visible.delete(entry.target);
    }
    markCurrent();
  },
  { rootMargin: "-15% 0px -70% 0px" },
);
for (const section of sections) observer.observe(section);

for (const link of links) link.addEventListener("click", () => bar?.removeAttribute("open"));
addEventListener("hashchange", openTarget);
openTarget();
