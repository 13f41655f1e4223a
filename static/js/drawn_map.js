// What every map of the portal has: the land, drawn from our own data, buttons to zoom, and streets only when asked for.
import { drawLand } from "./map_land.js";

const L = window.L;
export const CLOSEST_WITHOUT_STREETS = 16;
export const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A map in this element, whose data say its words and where the land is; `options` are Leaflet's. */
export function drawMap(element, options = {}) {
  const words = element.dataset;
  element.hidden = false;
  const map = L.map(element, {
    zoomControl: false,
    worldCopyJump: true,
    minZoom: 1,
    maxZoom: CLOSEST_WITHOUT_STREETS,
    maxBounds: [[-86, -100000], [86, 100000]],
    maxBoundsViscosity: 1,
    scrollWheelZoom: false,
    zoomAnimation: !calm,
    fadeAnimation: !calm,
    markerZoomAnimation: !calm,
    inertia: !calm,
    closePopupOnClick: true,
    ...options,
  });
  map.attributionControl.setPrefix(false).addAttribution(words.landFrom);
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  map.on("focus", () => map.scrollWheelZoom.enable()); // before, the wheel scrolls the page
  map.on("blur", () => map.scrollWheelZoom.disable());
  map.land = drawLand(map, words.land);
  return map;
}

/** A longitude between -180 and 180. */
export const turned = (degrees) => ((((degrees + 180) % 360) + 360) % 360) - 180;

/** The copy of a place that is nearest to the middle of the map: the world repeats itself to the east and west. */
export function nearest(map, [latitude, longitude]) {
  const middle = map.getCenter().lng;
  return [latitude, middle + turned(longitude - middle)];
}

/** Pictures of streets come from another host, so only after a click. */
export function offerStreets(map, element, button) {
  const words = element.dataset;
  if (!button || !words.tiles) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const closest = Number(words.tilesZoom);
    map.setMaxZoom(closest);
    const attribution = L.Util.template("{from}", { from: words.tilesFrom });
    L.tileLayer(words.tiles, { maxZoom: closest, attribution }).addTo(map);
    map.attributionControl.removeAttribution(words.landFrom);
    element.classList.add("has-streets");
    button.hidden = true;
    element.focus();
    (await map.land.catch(() => null))?.remove(); // it may never have come
  });
}
