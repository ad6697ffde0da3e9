// The filters of a list. Without this script the panel of small screens opens and closes as the target of its links, and the
// number on its button is that of the list shown.
const WAIT = 250; // milliseconds after the last choice
const small = matchMedia("(max-width: 59.99rem)");

class FilterPanel {
  constructor(form) {
    this.form = form;
    this.panel = form.querySelector(".filters-panel");
    this.opener = form.querySelector("[data-filters-open]");
    this.button = form.querySelector("[data-filters-show]");
    this.inert = [];
    this.opener.addEventListener("click", () => (this.wasOpened = true));
    form.querySelector("[data-filters-close]").addEventListener("click", (event) => {
      event.preventDefault();
      this.leave();
    });
    this.panel.addEventListener("keydown", (event) => this.press(event));
    form.addEventListener("change", () => this.schedule());
    form.addEventListener("submit", () => this.isOpen && history.replaceState(null, "", location.pathname + location.search));
    addEventListener("hashchange", () => this.update());
    small.addEventListener("change", () => this.update());
    this.button.setAttribute("aria-live", "polite");
    this.update();
  }

  get isTarget() {
    return small.matches && location.hash === `#${this.panel.id}`;
  }

  update() {
    if (this.isTarget === Boolean(this.isOpen)) return;
    this.isOpen = this.isTarget;
    if (this.isOpen) this.open();
    else this.close();
  }

  open() {
    for (let part = this.panel; part !== document.body; part = part.parentElement) {
      this.inert.push(...[...part.parentElement.children].filter((other) => other !== part && !other.inert));
    }
    for (const other of this.inert) other.inert = true;
    this.panel.setAttribute("role", "dialog");
    this.panel.setAttribute("aria-modal", "true");
    this.panel.focus();
  }

  close() {
    for (const other of this.inert.splice(0)) other.inert = false;
    this.panel.setAttribute("role", "group");
    this.panel.removeAttribute("aria-modal");
    if (small.matches) this.opener.focus();
  }

  // Back to the entry of the list, where the panel was opened from it; "back" then leads to the page before.
  leave() {
    if (this.wasOpened) history.back();
    else location.replace("#results");
    this.wasOpened = false;
  }

  press(event) {
    if (!this.isOpen) return;
    if (event.key === "Escape") this.leave();
    if (event.key !== "Tab") return;
    const fields = [...this.panel.querySelectorAll("a, button, input, select, summary")].filter((field) => field.checkVisibility());
    const [first, last] = [fields[0], fields.at(-1)];
    const [end, start] = event.shiftKey ? [first, last] : [last, first];
    if (document.activeElement !== end && !(event.shiftKey && document.activeElement === this.panel)) return;
    event.preventDefault();
    start.focus();
  }

  schedule() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.timer = setTimeout(() => this.count(), WAIT);
  }

  // Asks for the list itself: the server keeps the page, and shows it at once when the button is pressed.
  async count() {
    this.request = new AbortController();
    const query = new URLSearchParams(new FormData(this.form));
    try {
      const response = await fetch(`${this.form.action}?${query}`, { signal: this.request.signal });
      const list = new DOMParser().parseFromString(await response.text(), "text/html");
      const words = list.querySelector("[data-filters-show]")?.textContent;
      if (words) this.button.textContent = words;
    } catch {
      // aborted, or offline: the number shown stays
    }
  }
}

for (const form of document.querySelectorAll("form.filters:has(.filters-panel)")) new FilterPanel(form);
// After "back", browsers restore changed checkboxes; reset the form to the filters of the list shown.
addEventListener("pageshow", () => document.querySelectorAll("form.filters").forEach((form) => form.reset()));
