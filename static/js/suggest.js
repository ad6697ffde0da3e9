// Autocomplete for search boxes, after the combobox pattern of the ARIA Authoring Practices.
// Without this script the box is a plain form field.
const DELAY = 120; // milliseconds after the last key
const MIN_CHARACTERS = 2;

class Suggester {
  constructor(input) {
    this.input = input;
    this.options = [];
    this.active = -1;
    this.list = this.create("ul", { role: "listbox", id: `${input.id}-suggestions`, "aria-label": "Suggestions", hidden: "" });
    this.status = this.create("p", { role: "status", class: "visually-hidden" });
    input.after(this.list, this.status);
    const roles = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false" };
    for (const [name, value] of Object.entries({ ...roles, "aria-controls": this.list.id })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.schedule());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // keep the focus in the box
    this.list.addEventListener("click", (event) => this.choose(this.options.indexOf(event.target.closest("[role=option]"))));
  }

  create(name, attributes, ...content) {
    const element = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
    element.append(...content);
    return element;
  }

  get isOpen() {
    return !this.list.hidden;
  }

  schedule() {
    this.cancel();
    if (this.input.value.trim().length < MIN_CHARACTERS) this.close();
    else this.timer = setTimeout(() => this.load(), DELAY);
  }

  cancel() {
    clearTimeout(this.timer);
    this.request?.abort();
  }

  async load() {
    const typed = this.input.value.trim();
    this.request = new AbortController();
    const address = new URL(this.input.dataset.suggest, location.href);
    address.searchParams.set("q", typed);
    try {
      const response = await fetch(address, { signal: this.request.signal });
      const { suggestions } = await response.json();
      if (document.activeElement === this.input) this.show(suggestions);
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show(suggestions) {
    this.options = suggestions.map(({ text, kind, also, url }, index) => {
      const name = this.create("bdi", {}, text);
      const about = this.create("small", {}, also ? `${kind}, also called ${also}` : kind);
      const attributes = { role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false", "data-url": url ?? "" };
      return this.create("li", attributes, name, " ", about);
    });
    this.list.replaceChildren(...this.options);
    this.move(-1);
    this.expand(this.options.length > 0);
    const number = this.options.length;
    this.status.textContent = number === 0 ? "No suggestions" : number === 1 ? "1 suggestion" : `${number} suggestions`;
  }

  expand(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    this.cancel();
    this.move(-1);
    this.expand(false);
    this.status.textContent = "";
  }

  move(index) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = index;
    const option = this.options[index];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  choose(index) {
    if (!this.options[index]) return;
    const { url } = this.options[index].dataset;
    this.input.value = this.options[index].querySelector("bdi").textContent;
    this.close();
    if (url) location.assign(url);
    else this.input.form.requestSubmit();
  }

  press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const last = this.options.length - 1;
    if (!this.isOpen) {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      this.schedule();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      this.move(this.active === last ? 0 : this.active + 1);
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      this.move(this.active <= 0 ? last : this.active - 1);
    } else if (event.key === "Escape") {
      event.preventDefault(); // Escape would also clear the box
      this.close();
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      this.move(-1); // the cursor moves in the text
    }
  }
}

for (const input of document.querySelectorAll("input[data-suggest]")) new Suggester(input);
