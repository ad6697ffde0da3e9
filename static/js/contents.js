// The list of contents marks the section in view, and a link to a folded section opens it.
const links = [...document.querySelectorAll(".contents a[href^='#']")];
const here = document.querySelector("[data-here]");
const bar = here?.closest("details");
const sections = new Set(links.map((link) => sectionOf(link.hash)).filter(Boolean));
const visible = new Set();
let isAtEnd = false;

function sectionOf(hash) {
  return document.getElementById(decodeURIComponent(hash.slice(1)))?.closest("section");
}

// At the end of the page the last sections cannot reach the top: the one that was asked for counts, else the last.
function currentSection() {
  const all = [...sections];
  const target = location.hash && sectionOf(location.hash);
  if (isAtEnd) return sections.has(target) ? target : all.at(-1);
  return all.find((section) => visible.has(section));
}

function markCurrent() {
  const current = currentSection();
  if (!current) return;
  const id = current.getAttribute("aria-labelledby");
  for (const link of links) {
    if (link.hash === `#${id}`) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
  if (here) here.textContent = document.getElementById(id).textContent;
}

function openTarget() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = target && target.closest("summary")?.parentElement;
  if (fold) fold.open = true;
  markCurrent();
}

const footer = document.querySelector(".site-footer");
new IntersectionObserver(([entry]) => {
  isAtEnd = entry.isIntersecting;
  markCurrent();
}).observe(footer);

// The band below the top edge of the window in which a section counts as the one being read.
const reading = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) visible.add(entry.target);
      else visible.delete(entry.target);
    }
    markCurrent();
  },
  { rootMargin: "-15% 0px -70% 0px" },
);
for (const section of sections) reading.observe(section);

for (const link of links) link.addEventListener("click", () => bar?.removeAttribute("open"));
addEventListener("hashchange", openTarget);
openTarget();
