// Suggests searches below a search box while somebody types, by the combobox pattern of the ARIA Authoring Practices.
// Without this file, or while the site does not answer, the box is a plain field of a form.
const PAUSE = 120; // milliseconds without a key before the site is asked
const LEAST = 2; // characters

class Suggester {
  constructor(input) {
    this.input = input;
    this.options = [];
    this.active = -1;
    this.asked = "";
    this.list = this.made("ul", { role: "listbox", id: `${input.id}-suggestions`, "aria-label": "Suggestions", hidden: "" });
    this.status = this.made("p", { role: "status", class: "visually-hidden" });
    input.after(this.list, this.status);
    const roles = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false" };
    for (const [name, value] of Object.entries({ ...roles, "aria-controls": this.list.id })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    this.list.addEventListener("click", (event) => this.choose(this.options.indexOf(event.target.closest("[role=option]"))));
  }

  made(name, attributes, ...content) {
    const element = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
    element.append(...content);
    return element;
  }

  get isOpen() {
    return !this.list.hidden;
  }

  wait() {
    this.drop();
    if (this.input.value.trim().length < LEAST) this.close();
    else this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  // Whatever is on its way is no longer wanted.
  drop() {
    clearTimeout(this.timer);
    this.request?.abort();
  }

  async ask() {
    const typed = this.input.value.trim();
    this.request = new AbortController();
    const address = new URL(this.input.dataset.suggest, location.href);
    address.searchParams.set("q", typed);
    try {
      const answer = await fetch(address, { signal: this.request.signal });
      const { suggestions } = await answer.json();
      if (document.activeElement === this.input) this.show(suggestions);
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show(suggestions) {
    this.options = suggestions.map(({ text, kind, also }, index) => {
      const name = this.made("bdi", {}, text);
      const about = this.made("small", {}, also ? `${kind}, also called ${also}` : kind);
      return this.made("li", { role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false" }, name, " ", about);
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
    this.drop();
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
    this.input.value = this.options[index].querySelector("bdi").textContent;
    this.close();
    this.input.form.requestSubmit();
  }

  press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const last = this.options.length - 1;
    if (!this.isOpen) {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      this.wait();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      this.move(this.active === last ? 0 : this.active + 1);
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      this.move(this.active <= 0 ? last : this.active - 1);
    } else if (event.key === "Escape") {
      event.preventDefault(); // which would empty the box as well
      this.close();
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      this.move(-1); // the cursor is back in the text
    }
  }
}

for (const input of document.querySelectorAll("input[data-suggest]")) new Suggester(input);
