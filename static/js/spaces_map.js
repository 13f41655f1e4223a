// The directory of spaces without reloading: what is chosen above changes list and map, and the address with them.
// Everything works without this file; it improves a page that is whole already.
import { MovingMap } from "./moving_map.js";

const directory = document.querySelector("[data-directory]");
const form = directory.querySelector("[data-filters]");
const told = directory.querySelector("[data-told]");
const map = MovingMap.on(directory.querySelector("#spaces-map"));
let latest = 0;
let waiting;

/** The address of the list for what the form says now; empty fields stay out of it. */
function addressOfForm() {
  const chosen = [...new FormData(form)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(chosen).toString();
  return form.getAttribute("action") + (query ? `?${query}` : "");
}

/** Fetch the list of an address and put it in the place of this one. The last one asked for wins. */
async function show(address, { push = false, moveFocus = false, syncForm = false } = {}) {
  const mine = ++latest;
  directory.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== latest) return;
    replaceList(page);
    followFields(page, syncForm);
    history[push ? "pushState" : "replaceState"]({ directory: true }, "", address);
    map?.follow(new URL(address, location).searchParams, page.querySelector("#spaces-map").dataset.bounds);
    if (moveFocus) focusList();
  } catch {
    if (mine === latest) location.assign(address); // the browser's own way still works
  } finally {
    if (mine === latest) directory.removeAttribute("aria-busy");
  }
}

function replaceList(page) {
  for (const selector of ["#found", ".open-data"]) {
    directory.querySelector(selector).replaceChildren(...page.querySelector(selector).childNodes);
  }
  told.textContent = directory.querySelector("#found .count").textContent;
}

/** Take over what the server says beside each field; and what stands in the fields, when it was not typed here. */
function followFields(page, syncForm) {
  for (const field of form.querySelectorAll("[data-field]")) {
    const other = page.querySelector(`[data-filters] [data-field="${field.dataset.field}"]`);
    field.classList.toggle("has-error", other.classList.contains("has-error"));
    field.querySelector(".field-error")?.remove();
    const error = other.querySelector(".field-error");
    if (error) field.append(error);
    if (syncForm) copyValues(field, other);
  }
  if (!syncForm) return;
  const kept = [...page.querySelectorAll('[data-filters] input[type="hidden"]')];
  form.querySelectorAll('input[type="hidden"]').forEach((input) => input.remove());
  form.append(...kept);
}

function copyValues(field, other) {
  const theirs = other.querySelectorAll("input, select");
  field.querySelectorAll("input, select").forEach((input, number) => {
    if (input.type === "checkbox") input.checked = theirs[number].checked;
    else input.value = theirs[number].value;
  });
}

function focusList() {
  const found = directory.querySelector("#found");
  found.focus({ preventScroll: true });
  found.scrollIntoView({ block: "start" });
}

function isOwnLink(link, event) {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  return link && plain && link.origin === location.origin && link.pathname === location.pathname && !link.hash;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  show(addressOfForm(), { push: true });
});
form.addEventListener("input", (event) => {
  clearTimeout(waiting);
  const isTyped = event.target.matches('[type="search"], [type="text"], [type="number"]');
  waiting = setTimeout(() => show(addressOfForm()), isTyped ? 500 : 0);
});
directory.addEventListener("click", (event) => {
  const link = event.target.closest("#found a");
  if (!isOwnLink(link, event)) return;
  event.preventDefault();
  show(link.href, { push: true, moveFocus: true, syncForm: true });
});
addEventListener("popstate", (event) => {
  if (event.state?.directory || location.pathname === form.getAttribute("action")) show(location.href, { syncForm: true });
});
directory.addEventListener("directory:near", (event) => show(event.detail, { push: true, moveFocus: true, syncForm: true }));
history.replaceState({ directory: true }, "");
