// Signs on the map and what they tell when they are opened. Shape and colour say the same: circle free, diamond paid.
const SVG = "http://www.w3.org/2000/svg";

function svg(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  return element;
}

/** How many pixels wide: a finger's target, and more for more spaces. */
export const sizeOf = ({ count }) => (count === 1 ? 44 : Math.min(40 + 6 * Math.ceil(Math.log10(count + 1)), 60));

/** The sign as an element: the cost's shape, and how many when there are several. */
export function signOf({ cost, count }) {
  const reach = count === 1 ? 11 : 20;
  const sign = svg("svg", { viewBox: "-24 -24 48 48", "aria-hidden": "true", focusable: "false" });
  const diamond = `M0-${reach} ${reach} 0 0 ${reach}-${reach} 0Z`;
  if (cost === "free") {
    sign.append(svg("circle", { class: "sign", r: count === 1 ? 9 : 18 }));
  } else if (cost === "paid") {
    sign.append(svg("path", { class: "sign", d: diamond }));
  } else {
    sign.append(svg("path", { class: "sign sign-open", d: diamond }), svg("path", { class: "sign", d: `M0-${reach}V${reach}L-${reach} 0Z` }));
  }
  if (count > 1) sign.append(svg("text", { class: "sign-count", y: "5", "text-anchor": "middle" }, String(count)));
  return sign;
}

function item(space) {
  const line = document.createElement("li");
  const link = document.createElement("a");
  link.href = space.url;
  link.textContent = space.name;
  if (space.language && space.language !== document.documentElement.lang) link.lang = space.language;
  const facts = document.createElement("span");
  facts.className = `cost cost-${space.cost}`;
  facts.textContent = space.price;
  line.append(link, facts, document.createTextNode(` ${space.city}`));
  return line;
}

/** All spaces of a place as a list; where there are too many, the way to the list of what is near. */
export function popupOf(told, words, filters, showNear) {
  const content = document.createElement("div");
  content.dir = document.documentElement.dir;
  if (told.count > 1) {
    const head = document.createElement("p");
    head.className = "popup-head";
    head.textContent = told.label.split(". ")[0];
    content.append(head);
  }
  if (told.spaces) {
    const list = document.createElement("ul");
    list.append(...told.spaces.map(item));
    content.append(list);
    return content;
  }
  const query = new URLSearchParams(filters);
  query.delete("page");
  query.set("near", told.at.join(","));
  query.set("within", "2");
  const link = document.createElement("a");
  link.href = `${location.pathname}?${query}`;
  link.textContent = words.inList;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    showNear(link.href);
  });
  content.append(link);
  return content;
}
