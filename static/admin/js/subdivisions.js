// The field of a state or province offers those of the country chosen in its row.
const namesOf = new Map(); // country: promise of its names

const loadNames = (country, address) => {
  if (!namesOf.has(country)) {
    const answer = fetch(address.replace("--", country)).then((response) => response.json());
    namesOf.set(country, answer.then(({ names }) => names).catch(() => []));
  }
  return namesOf.get(country);
};

const countryOf = (field) => document.getElementsByName(field.name.replace(/subdivision/, "country"))[0]?.value;

const offerNames = async (field) => {
  const country = countryOf(field);
  const names = country ? await loadNames(country, field.dataset.namesOf) : [];
  const id = `subdivisions-${country || "none"}`;
  if (!document.getElementById(id)) {
    const list = document.createElement("datalist");
    list.id = id;
    list.append(...names.map((name) => new Option("", name)));
    document.body.append(list);
  }
  field.setAttribute("list", id);
};

addEventListener("focusin", ({ target }) => {
  if (target.matches?.("[data-names-of]")) offerNames(target);
});
