// The map that moves, drawn by Leaflet. Marks come from the server, already clustered for the box and the zoom shown.
import { calm, CLOSEST_WITHOUT_STREETS, drawMap, nearest, offerStreets, turned } from "./drawn_map.js";
import { popupOf, signOf, sizeOf } from "./map_marks.js";

const L = window.L;

export class MovingMap {
  /** A map in this element, or nothing where Leaflet did not load: then the drawn chart stays. */
  static on(element) {
    return element && L ? new MovingMap(element) : null;
  }

  constructor(element) {
    this.element = element;
    this.words = element.dataset;
    this.filters = new URLSearchParams(location.search);
    this.marks = new Map();
    document.querySelector(".map-drawn").hidden = true;
    this.map = drawMap(element);
    this.fit(this.words.bounds);
    this.listen();
    offerStreets(this.map, element, document.querySelector("#show-streets"));
    this.refresh();
  }

  listen() {
    this.map.on("moveend", () => this.refresh());
    this.map.on("popupopen", ({ popup }) => this.enterPopup(popup));
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.opened) {
        event.stopPropagation();
        this.map.closePopup();
      }
    });
  }

  /** Show the whole of what was found; without bounds, the world. */
  fit(bounds) {
    const options = { animate: !calm, maxZoom: 13, padding: [40, 40] };
    if (!bounds) {
      this.map.setView([22, 11], this.element.clientWidth > 700 ? 2 : 1, options);
      return;
    }
    const [west, south, east, north] = bounds.split(",").map(Number);
    this.map.fitBounds([[south, west], [north, east]], options);
  }

  /** Other filters: the marks of what they leave. */
  follow(filters, bounds) {
    this.filters = filters;
    this.map.closePopup();
    this.fit(bounds);
    this.refresh();
  }

  get box() {
    const seen = this.map.getBounds().pad(0.15);
    const [south, north] = [Math.max(seen.getSouth(), -85), Math.min(seen.getNorth(), 85)];
    const isWhole = seen.getEast() - seen.getWest() >= 360;
    const [west, east] = isWhole ? [-180, 180] : [turned(seen.getWest()), turned(seen.getEast())];
    return [west, south, east, north].map((degrees) => degrees.toFixed(4)).join(",");
  }

  async refresh() {
    this.asked?.abort();
    this.asked = new AbortController();
    const query = new URLSearchParams(this.filters);
    query.delete("page");
    query.set("language", this.words.language);
    query.set("bbox", this.box);
    query.set("zoom", this.map.getZoom());
    try {
      const answer = await fetch(`${this.words.clusters}?${query}`, { signal: this.asked.signal });
      if (answer.ok) this.place((await answer.json()).marks);
    } catch (error) {
      if (error.name !== "AbortError") this.element.dataset.failed = "true"; // the list below is there all the same
    }
  }

  /** Move what is there already, take away what is gone, add what is new: so focus stays where it is. */
  place(marks) {
    const focused = [...this.marks.values()].find((mark) => mark.getElement() === document.activeElement);
    const left = new Map(this.marks);
    for (const told of marks) {
      const old = left.get(told.key);
      if (old && old.told.label === told.label) {
        old.setLatLng(nearest(this.map, told.at));
        old.told = told;
        left.delete(told.key);
      } else {
        this.add(told);
      }
    }
    for (const [key, mark] of left) {
      mark.remove();
      if (this.marks.get(key) === mark) this.marks.delete(key);
    }
    if (focused && !focused.getElement()) this.focusNear(focused.getLatLng());
    this.element.dataset.ready = "true";
  }

  add(told) {
    const size = sizeOf(told);
    const icon = L.divIcon({ html: signOf(told), className: `map-mark mark-${told.cost}`, iconSize: [size, size] });
    const mark = L.marker(nearest(this.map, told.at), { icon, riseOnHover: true, keyboard: true, title: told.label });
    mark.told = told;
    mark.addTo(this.map);
    mark.getElement().setAttribute("aria-label", told.label);
    mark.on("click", () => this.act(mark));
    mark.getElement().addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        this.act(mark);
      }
    });
    this.marks.set(told.key, mark);
  }

  /** A cluster opens into its parts; a place opens what is there. */
  act(mark) {
    const { told } = mark;
    const isClosest = this.map.getZoom() >= Math.min(this.map.getMaxZoom(), CLOSEST_WITHOUT_STREETS);
    if (told.spaces || isClosest || told.key.startsWith("p")) {
      this.open(mark);
      return;
    }
    const [west, south, east, north] = told.box;
    const box = L.latLngBounds(nearest(this.map, [south, west]), nearest(this.map, [north, east]));
    const zoom = Math.max(this.map.getBoundsZoom(box), this.map.getZoom() + 1);
    this.map.setView(mark.getLatLng(), Math.min(zoom, this.map.getZoom() + 4), { animate: !calm });
  }

  open(mark) {
    this.opened = mark;
    const content = popupOf(mark.told, this.words, this.filters, (address) => {
      this.element.dispatchEvent(new CustomEvent("directory:near", { bubbles: true, detail: address }));
    });
    const popup = L.popup({ maxWidth: 260, autoPanPadding: [12, 12], offset: [0, -4] });
    popup.setLatLng(mark.getLatLng()).setContent(content).openOn(this.map);
    popup.once("remove", () => {
      this.opened = null;
      const inside = !document.activeElement || document.activeElement === document.body || this.element.contains(document.activeElement);
      if (inside) (mark.getElement() ?? this.element).focus();
    });
  }

  enterPopup(popup) {
    const element = popup.getElement();
    element.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", this.words.close);
    element.querySelector("a[href], button")?.focus({ preventScroll: true });
  }

  focusNear(place) {
    const marks = [...this.marks.values()];
    marks.sort((one, other) => this.map.distance(one.getLatLng(), place) - this.map.distance(other.getLatLng(), place));
    (marks[0]?.getElement() ?? this.element).focus({ preventScroll: true });
  }
}
