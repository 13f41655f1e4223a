// The land of the world, drawn from the portal's own data. It stands three times side by side, so that the map has no end.
const L = window.L;
const COPIES = [-360, 0, 360];
const CUT = 179.9;

/** Parts of a coast that are coast: not the cut at the antimeridian, nor the one at the pole. */
function shores(ring) {
  const parts = [[]];
  ring.forEach((point, number) => {
    const before = ring[number - 1];
    const isCut = before && [before, point].every(([latitude, longitude]) => Math.abs(longitude) > CUT || latitude < -89);
    if (isCut) parts.push([]);
    parts.at(-1).push(point);
  });
  return parts.filter((part) => part.length > 1);
}

const moved = (ring, by) => ring.map(([latitude, longitude]) => [Math.max(latitude, -86), longitude + by]);

/** Draw it below everything else; colours are the stylesheet's. */
export async function drawLand(map, address) {
  const { rings } = await (await fetch(address)).json();
  const quiet = { interactive: false, smoothFactor: 0.5 };
  const fills = COPIES.flatMap((by) => rings.map((ring) => [moved(ring, by)]));
  const lines = COPIES.flatMap((by) => rings.flatMap((ring) => shores(ring).map((part) => moved(part, by))));
  const water = L.polyline(lines, { ...quiet, className: "map-water" });
  const land = L.polygon(fills, { ...quiet, className: "map-land", stroke: false });
  const coast = L.polyline(lines, { ...quiet, className: "map-coast" });
  return L.layerGroup([water, land, coast]).addTo(map);
}
