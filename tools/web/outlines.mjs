// Outlines of the countries for the map, projected once: node outlines.mjs TARGET.json
//
// world-atlas (Natural Earth) -> simplified -> Equal Earth by d3-geo -> one path a country, in steps of a tenth of a pixel.
// What is moved from one country to another, and which lines are disputed, stands in outlines.json with its reason.
// The values that tests of the projection in Python are held against are written beside TARGET: TARGET.points.json.

import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { geoContains, geoEqualEarth, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";
import countries from "i18n-iso-countries";

const require = createRequire(import.meta.url);
const settings = JSON.parse(readFileSync(new URL("outlines.json", import.meta.url), "utf8"));
const packed = require("world-atlas/package.json");
const atlas = simplify(presimplify(require("world-atlas/countries-50m.json")), settings.simplified);
const sphere = { type: "Sphere" };
const projection = geoEqualEarth().rotate([-settings.turned, 0]).fitWidth(settings.width, sphere).precision(0.3);
const height = Math.ceil(projection([0, settings.south])[1]);
const STEPS = 10; // to a pixel

/** A path in relative steps: half as long as one in absolute pixels. */
function draw(shape) {
  let [x, y] = [0, 0];
  let last = "";
  const absolute = geoPath(projection).digits(1)(shape) ?? "";
  const commands = [...absolute.matchAll(/([MLZ])(?:(-?[\d.]+),(-?[\d.]+))?/g)];
  const steps = commands.map(([, command, across, down]) => step(command, Number(across), Number(down))).join("");
  return steps.replace(/M\d+ \d+(z|(?=M|$))/g, ""); // islands that became points

  function step(command, across, down) {
    if (command === "Z") return (last = "z");
    const [right, below] = [Math.round(across * STEPS), Math.round(down * STEPS)];
    const [dx, dy] = [right - x, below - y];
    if (command === "L" && dx === 0 && dy === 0) return "";
    const start = command === "M" ? "M" : last === "l" ? "" : "l";
    const numbers = command === "M" ? [right, below] : [dx, dy];
    const gap = start || numbers[0] < 0 ? "" : " ";
    [x, y, last] = [right, below, command === "M" ? "M" : "l"];
    return `${start}${gap}${numbers[0]}${numbers[1] < 0 ? "" : " "}${numbers[1]}`;
  }
}

const code = (geometry) =>
  geometry.moved ?? countries.numericToAlpha3(geometry.id) ?? settings.named[geometry.properties.name] ?? "";

/** A geometry with one polygon of it taken out, and that polygon as a geometry of the country it is moved to. */
function parted(geometry, { from, to, holds }) {
  if (code(geometry) !== from || geometry.type !== "MultiPolygon") return [geometry];
  const part = (arcs) => ({ type: "Polygon", arcs });
  const isMoved = (arcs) => geoContains(feature(atlas, part(arcs)), holds);
  const moved = geometry.arcs.filter(isMoved);
  if (moved.length !== 1) throw new Error(`expected one part of ${from} around ${holds}, found ${moved.length}`);
  const rest = { ...geometry, arcs: geometry.arcs.filter((arcs) => !isMoved(arcs)) };
  return [rest, { ...part(moved[0]), moved: to, properties: {} }];
}

let parts = atlas.objects.countries.geometries.filter((geometry) => !settings.left_out.includes(code(geometry)));
for (const move of settings.moved) parts = parts.flatMap((geometry) => parted(geometry, move));
const all = { type: "GeometryCollection", geometries: parts };

const isBetween = ({ between }, a, b) =>
  a !== b && [code(a), code(b)].sort().join() === [...between].sort().join();
const EVERYWHERE = [-180, -90, 180, 90];
const isInside = ([west, south, east, north], [x, y]) => x >= west && x <= east && y >= south && y <= north;

/** The stretches of lines that a test of two points one after the other picks out. */
function stretches(lines, isWanted) {
  const found = [];
  for (const line of lines) {
    let run = [];
    for (let at = 1; at < line.length; at++) {
      if (isWanted(line[at - 1], line[at])) {
        if (!run.length) run.push(line[at - 1]);
        run.push(line[at]);
      } else if (run.length) {
        found.push(run);
        run = [];
      }
    }
    if (run.length) found.push(run);
  }
  return { type: "MultiLineString", coordinates: found };
}

const linesBetween = (one) => mesh(atlas, all, (a, b) => isBetween(one, a, b)).coordinates;
const isDisputed = ({ within = EVERYWHERE }) => (a, b) => isInside(within, a) && isInside(within, b);
const disputed = settings.disputed.flatMap((one) => stretches(linesBetween(one), isDisputed(one)).coordinates);
const isKnown = (a, b) => settings.disputed.some((one) => isBetween(one, a, b));
const settled = [
  ...mesh(atlas, all, (a, b) => a !== b && !isKnown(a, b)).coordinates,
  ...settings.disputed.flatMap((one) => stretches(linesBetween(one), (a, b) => !isDisputed(one)(a, b)).coordinates),
];
const shapes = new Map();
for (const geometry of parts) {
  const path = draw(feature(atlas, geometry));
  if (path) shapes.set(code(geometry), [...(shapes.get(code(geometry)) ?? []), { path, feature: feature(atlas, geometry) }]);
}

function box(features) {
  const [[left, top], [right, bottom]] = geoPath(projection).bounds({ type: "FeatureCollection", features });
  return [left, top, right, bottom].map((value) => Math.round(value * 10) / 10);
}

const rows = [...shapes].sort(([a], [b]) => a.localeCompare(b)).map(([country, some]) => ({
  code: country || null,
  box: box(some.map((one) => one.feature)),
  path: some.map((one) => one.path).join(""),
}));
const [dx, dy] = projection.translate();
const head = {
  name: settings.name,
  dated: `world-atlas ${packed.version}`,
  licence: settings.licence,
  basis: settings.basis,
  width: settings.width,
  height,
  steps: STEPS,
  turned: settings.turned,
  scale: projection.scale(),
  middle: [dx, dy],
  sphere: draw(sphere),
  borders: draw({ type: "MultiLineString", coordinates: settled }),
  disputed: draw({ type: "MultiLineString", coordinates: disputed }),
};
const target = process.argv[2];
const lines = Object.entries(head).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
writeFileSync(target, `{${lines.join(",\n")},\n"countries":[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]}\n`);
const places = [[0, 0], [106.8, -6.2], [30.5, 50.4], [-169.5, 65], [170, -45], [-77, 38.9], [11, 89], [-168.9, -80], [147.2, -9.4]];
const points = places.map((place) => ({ longitude: place[0], latitude: place[1], at: projection(place) }));
if (process.argv[3]) writeFileSync(process.argv[3], JSON.stringify(points, null, 1) + "\n");
