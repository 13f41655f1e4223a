// Beside each string of wagtail-localize's editor: the glossary, what was translated before, and what a machine said.
// The editor itself is React and stays as it is. We read its properties, add a box of our own at the end of each row,
// and use its own buttons and fields for everything that is saved.

const TAG = /<[^<>]*>|&#?\w{1,31};/g;

// The same as `folded` in regions/wording/matching.py.
const folded = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  .replaceAll("ى", "ي").replaceAll("ة", "ه").replaceAll("ـ", "");
const keepsTo = (term, text) => term.accepted.some(stems => stems.every(stem => text.includes(stem)));

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const icon = name => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
};
const say = (words, values) => words.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

/** A sentence with values that are elements: `{agreed}` is replaced by it. */
const sentence = (words, values) => words.split(/(\{\w+\})/).map(part => values[part.slice(1, -1)] ?? part);
const drawnFrame = () => new Promise(done => requestAnimationFrame(done));

/** The editor's segments in the order in which it shows them: by tab, then by field and block. */
function inOrder({tabs, segments}) {
  return tabs.flatMap(tab => {
    const groups = new Map();
    for (const segment of segments.filter(each => each.location.tab === tab.slug)) {
      const key = `${segment.location.field}/${segment.location.blockId || "null"}`;
      groups.set(key, [...(groups.get(key) || []), segment]);
    }
    return [...groups.values()].flat();
  });
}

/** One string: the original, the field or the saved text, the editor's own buttons, and our box. */
class Row {
  constructor(row, segment, languages, words) {
    this.words = words;
    this.row = row;
    this.segment = segment;
    this.languages = languages;
    this.source = row.querySelector(":scope > p");
    this.source.id = `wording-source-${segment.id}`;
    this.box = element("div", {class: "wording", hidden: ""});
    this.warnings = element("div", {class: "wording-warnings", id: `wording-warnings-${segment.id}`});
    this.terms = [];
    row.append(this.box);
    this.seen = this.state;
  }

  get value() { return this.row.querySelector(":scope > p + div"); }
  get toolbar() { return this.row.querySelector(":scope > p + div + ul"); }
  get field() { return this.value.querySelector("textarea"); }
  get text() { return this.field ? this.field.value : this.value.textContent; }
  get buttons() { return [...this.toolbar.querySelectorAll("button")]; }
  get isSaving() { return Boolean(this.toolbar.querySelector(".icon-spinner")); }
  get state() { return `${this.row.classList.contains("errored")} ${this.value.textContent}`; }

  /** Both languages run their own way, whatever the workplace does around them. */
  orient() {
    const {source, target} = this.languages;
    set(this.source, {lang: source.tag, dir: source.dir});
    for (const place of this.value.querySelectorAll("p, textarea")) set(place, {lang: target.tag, dir: target.dir});
    if (this.field) set(this.field, {"aria-labelledby": this.source.id, "aria-describedby": this.warnings.id});
  }

  fill({terms, suggestions, machine}, act) {
    this.terms = terms;
    this.mark();
    const {words} = this;
    const open = this.text === "" ? {open: ""} : {};
    const list = suggestions.map(each => this.suggestion(each, act));
    this.box.replaceChildren(
      ...(machine ? [this.machine(machine, act)] : []),
      this.warnings,
      ...(terms.length ? [element("dl", {class: "wording-terms", "aria-label": words.glossary},
        ...terms.flatMap(term => this.term(term)))] : []),
      ...(list.length ? [element("details", {class: "wording-before", ...open},
        element("summary", {}, `${words.suggestions} (${list.length})`), element("ul", {}, ...list))] : []));
    this.row.toggleAttribute("data-machine", Boolean(machine));
    this.warn();
  }

  /** The terms inside the original, which is text even where it shows markup. */
  mark() {
    const signs = [...this.segment.source];
    const places = this.terms.flatMap(term => term.spans.map(([from, to]) => ({from, to, term})));
    places.sort((one, other) => one.from - other.from);
    const parts = [];
    let done = 0;
    for (const {from, to, term} of places) {
      parts.push(signs.slice(done, from).join(""));
      parts.push(element("mark", {class: "wording-term", title: term.variants.join("; ")}, signs.slice(from, to).join("")));
      done = to;
    }
    this.source.replaceChildren(...parts, signs.slice(done).join(""));
  }

  inTarget(text, name = "bdi") {
    const {tag, dir} = this.languages.target;
    return element(name, {lang: tag, dir}, text);
  }

  inSource(text) {
    const {tag, dir} = this.languages.source;
    return element("bdi", {lang: tag, dir}, text);
  }

  term({term, variants, note, name}) {
    const agreed = name ? [this.words.keep] : variants.flatMap((each, place) => [place ? ` ${this.words.or} ` : "", this.inTarget(each)]);
    return [element("dt", {}, this.inSource(term)), element("dd", {}, ...agreed,
      ...(note ? [element("span", {class: "wording-note"}, note)] : []))];
  }

  suggestion({text, percent, original, times}, act) {
    const how = percent === 100 ? this.words.same : say(this.words.similar, {percent});
    const use = element("button", {type: "button", class: "button button-small button-secondary",
      "aria-label": say(this.words.use_this, {text})}, this.words.use);
    use.addEventListener("click", () => act.use(this, text));
    const facts = [how, ...(times > 1 ? [say(this.words.times, {times})] : [])].join(", ");
    return element("li", {}, this.inTarget(text, "p"),
      element("div", {class: "wording-facts"}, ...(this.buttons.length ? [use] : []), element("span", {}, facts),
        ...(percent === 100 ? [] : [element("span", {class: "wording-original"}, `${this.words.original} `, this.inSource(original))])));
  }

  machine(machine, act) {
    const confirm = element("button", {type: "button", class: "button button-small"}, this.words.confirm);
    confirm.addEventListener("click", () => act.confirm(this));
    return element("div", {class: "wording-unconfirmed"}, icon("warning"),
      element("span", {}, say(this.words.machine, {machine})), ...(this.buttons.length ? [confirm] : []));
  }

  /** Says which agreed words are not in the text as it stands now. */
  warn() {
    const text = folded(this.text.replace(TAG, " "));
    const missing = text.trim() ? this.terms.filter(term => !keepsTo(term, text)) : [];
    const key = missing.map(term => term.term).join("\n");
    if (this.warnings.dataset.missing !== key) {
      this.warnings.dataset.missing = key;
      this.warnings.replaceChildren(...missing.map(term => element("p", {class: "wording-warning"}, icon("warning"),
        element("span", {}, ...sentence(this.words.missing, {
          agreed: term.name ? this.inSource(term.term) : this.inTarget(term.variants.join("; ")), term: this.inSource(term.term),
        })))));
    }
    this.box.hidden = !this.box.querySelector("dl, details, .wording-unconfirmed, .wording-warning");
  }

  /** Opens the field by the editor's own button; the editor puts the cursor into it. */
  async open() {
    if (!this.field) this.buttons.at(-1)?.click();
    for (let frame = 0; frame < 60 && !this.field; frame += 1) await drawnFrame();
    return this.field;
  }
}

function set(place, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (place.getAttribute(name) !== value) place.setAttribute(name, value);
  }
}

class Wording {
  constructor(root, props, words) {
    this.words = words;
    this.root = root;
    this.props = props;
    const number = /\/(\d+)\/strings\//.exec(props.segments.find(each => each.type === "string")?.editUrl ?? "")?.[1];
    this.url = number && `${props.adminBaseUrl}wording/${number}/`;
    this.voice = element("p", {class: "wording-voice", role: "status"});
    this.act = {use: (row, text) => this.use(row, text), confirm: row => this.confirm(row)};
  }

  async begin() {
    if (!this.url) return;
    this.root.after(this.voice);
    const data = await this.load();
    if (!data) return;
    const rows = this.root.querySelectorAll("li > h3 + ul > li");
    const segments = inOrder(this.props);
    if (rows.length !== segments.length) return;  // another version of the editor: leave it alone
    this.rows = segments.flatMap((segment, place) => {
      const fits = segment.type === "string" && rows[place].querySelector(":scope > p")?.textContent === segment.source;
      return fits ? [new Row(rows[place], segment, data, this.words)] : [];
    });
    this.fill(data);
    this.update();
    this.root.addEventListener("input", () => this.update());
    new MutationObserver(() => this.later()).observe(this.root, {childList: true, subtree: true, characterData: true, attributeFilter: ["class"]});
  }

  async load() {
    try {
      const answer = await fetch(this.url, {headers: {Accept: "application/json"}});
      if (!answer.ok) throw new Error(answer.status);
      this.failure?.remove();
      return await answer.json();
    } catch {
      this.fail();
      return null;
    }
  }

  /** Without our words the editor still works; say that they are missing, and offer to ask again. */
  fail() {
    if (this.failure?.isConnected) return;
    const again = element("button", {type: "button", class: "button button-small"}, this.words.again);
    again.addEventListener("click", () => this.rows ? this.refresh() : this.begin());
    this.failure = element("p", {class: "wording-failure", role: "alert"}, this.words.failed, " ", again);
    this.root.before(this.failure);
  }

  fill(data) {
    const found = new Map(data.segments.map(each => [each.id, each]));
    for (const row of this.rows) row.fill(found.get(row.segment.id) ?? {terms: [], suggestions: [], machine: ""}, this.act);
  }

  async refresh() {
    const data = await this.load();
    if (data) this.fill(data);
  }

  later() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => { this.waiting = false; this.update(); });
  }

  update() {
    let saved = false;
    for (const row of this.rows) {
      row.orient();
      row.warn();
      if (!row.field && !row.isSaving && row.seen !== row.state) {
        row.seen = row.state;
        saved = true;
      }
    }
    if (saved) this.refresh();
  }

  async use(row, text) {
    const field = await row.open();
    if (!field) return;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", {bubbles: true}));
    field.focus();
    this.voice.textContent = row.words.placed;
  }

  /** Saved again by the editor, as it stands: so it is a person's from now on. */
  async confirm(row) {
    if (!await row.open()) return;
    row.buttons.at(-1).click();
    for (let frame = 0; frame < 600 && (row.field || row.isSaving); frame += 1) await drawnFrame();
    row.buttons.at(-1)?.focus();
    this.voice.textContent = row.words.confirmed;
  }
}

const root = document.querySelector(".js-translation-editor");
if (root?.dataset.props) {
  const words = JSON.parse(document.querySelector("[data-wording]").dataset.wording);
  const props = JSON.parse(root.dataset.props);
  // Before the editor reads it: nobody makes aliases here.
  props.links.convertToAliasUrl = null;
  root.dataset.props = JSON.stringify(props);
  const wording = new Wording(root, props, words);
  document.addEventListener("DOMContentLoaded", () => wording.begin());
}
