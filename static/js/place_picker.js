// Choosing a place on a map, beside the field in which two numbers can be typed: the field stays what is sent.
import { drawMap, nearest, offerStreets } from "./drawn_map.js";

const L = window.L;
const DIGITS = 5; // behind the point: a metre
const CLOSE = 11; // a city and the towns around it
const PAIR = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*$/;

const asText = ({ lat, lng }) => [lat, lng].map((degrees) => Number(degrees.toFixed(DIGITS))).join(", ");

/** The place in a text of two numbers, or nothing. */
function placeIn(text) {
  const [, latitude, longitude] = (PAIR.exec(text ?? "") ?? []).map(Number);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? L.latLng(latitude, longitude) : null;
}

class PlacePicker {
  constructor(element) {
    this.element = element;
    this.field = document.getElementById(element.dataset.field);
    this.told = element.parentElement.querySelector("[role=status]");
    const foot = element.parentElement.querySelector(".place-foot");
    this.map = drawMap(element, { doubleClickZoom: false }); // each click of it would take a place
    const towns = JSON.parse(element.querySelector("script").textContent);
    this.show(placeIn(this.field.value), towns[0]?.slice(1));
    towns.forEach((town) => this.name(town));
    this.map.on("click", ({ latlng }) => this.take(latlng));
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target !== element) return;
      event.preventDefault(); // it would send the form
      this.take(this.map.getCenter());
    });
    this.field.addEventListener("input", () => this.follow(placeIn(this.field.value)));
    foot.hidden = false;
    foot.querySelector(".take-middle").addEventListener("click", () => this.take(this.map.getCenter()));
    offerStreets(this.map, element, foot.querySelector(".show-streets"));
    element.dataset.ready = "true";
  }

  /** The drawn land alone has nothing to go by near a city: its towns are named. */
  name([name, ...place]) {
    const label = document.createElement("span");
    label.dir = "auto";
    label.textContent = name;
    const icon = L.divIcon({ className: "place-town", iconSize: [8, 8], html: label });
    L.marker(nearest(this.map, place), { icon, interactive: false, keyboard: false }).addTo(this.map);
  }

  /** First the place that was chosen before, else its city, else the world. */
  show(chosen, around) {
    if (chosen) this.map.setView(chosen, CLOSE);
    else if (around) this.map.setView(around, CLOSE);
    else this.map.setView([22, 11], 1);
    this.follow(chosen, false);
  }

  take(place) {
    const wrapped = place.wrap();
    this.field.value = asText(wrapped);
    this.follow(place, false);
    this.told.textContent = `${this.element.dataset.taken} ${this.field.value}`;
  }

  /** The sign stands where the field says. */
  follow(place, moves = true) {
    this.sign?.remove();
    const shown = place && moves ? nearest(this.map, [place.lat, place.lng]) : place; // a click shows which copy is meant
    if (place && moves) this.map.panTo(shown, { animate: false });
    this.sign = shown && this.draw(shown);
  }

  draw(place) {
    const icon = L.divIcon({ className: "place-sign", iconSize: [32, 44], iconAnchor: [16, 42], html: this.element.querySelector("template").innerHTML });
    const sign = L.marker(place, { icon, draggable: true, keyboard: false, alt: "" }).addTo(this.map);
    return sign.on("dragend", () => this.take(sign.getLatLng()));
  }
}

if (L) for (const element of document.querySelectorAll("[data-place-picker]")) new PlacePicker(element);
