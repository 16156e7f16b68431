// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// The slice on the canvas: gray values, fat, outlines; window and level, zoom and pan. Everything here is in
// display orientation (patient's right on the left side, front at the top); `stored` and `displayed` turn pixels.

// Index 0 is the background. The colors are told apart by the color-blind; the left side is dashed as a second cue.
export let structures = [{ name: '', color: '', dashed: false }];
const fatColor = [255, 236, 80, 130];

const canvas = document.getElementById('canvas');
const context = canvas.getContext('2d');

const view = { zoom: 1, x: 0, y: 0 };
let image = null;  // { rows, columns, row_mm, col_mm, order, values, low, high }
let labels = null;
let fat = null;
let polygon = [];
let cursor = null;  // { x, y, radius_mm } in pixels of the image.
let gray = null;
let tint = null;
let fills = null;
const paths = new Map();
export const shown = { lines: 'line', fat: true, structures: new Set() };

// As the list answers them; which are shown stays as it is when the list comes again.
export function setStructures(all) {
  if (structures.length > 1) return;
  structures = [structures[0], ...all];
  shown.structures = new Set(all.map((_, i) => i + 1));
}

function layer() {
  const made = document.createElement('canvas');
  made.width = image.columns;
  made.height = image.rows;
  return made;
}

// Where each displayed pixel lies among the stored ones.
export function orderOf(info) {
  const rows = info.swap_axes ? info.columns : info.rows;
  const columns = info.swap_axes ? info.rows : info.columns;
  const order = new Uint32Array(rows * columns);
  for (let r = 0; r < rows; ++r) {
    for (let c = 0; c < columns; ++c) {
      const y = info.flip_rows ? rows - 1 - r : r;
      const x = info.flip_columns ? columns - 1 - c : c;
      order[r * columns + c] = info.swap_axes ? x * info.columns + y : y * info.columns + x;
    }
  }
  return { rows, columns, order };
}

export const displayed = pixels => pixels.constructor.from(image.order, place => pixels[place]);
export function stored(pixels) {
  const turned = new pixels.constructor(pixels.length);
  image.order.forEach((place, i) => { turned[place] = pixels[i]; });
  return turned;
}

function paintGray() {
  const pixels = new ImageData(image.columns, image.rows);
  const scale = 255 / Math.max(image.high - image.low, 1e-6);
  for (let i = 0; i < image.values.length; ++i) {
    const value = (image.values[i] - image.low) * scale;
    pixels.data[4 * i] = pixels.data[4 * i + 1] = pixels.data[4 * i + 2] = value;
    pixels.data[4 * i + 3] = 255;
  }
  gray.getContext('2d').putImageData(pixels, 0, 0);
}

const channels = color => [1, 3, 5].map(start => parseInt(color.slice(start, start + 2), 16));

function paintMarks() {
  const marked = new ImageData(image.columns, image.rows);
  const filled = new ImageData(image.columns, image.rows);
  for (let i = 0; i < labels.length; ++i) {
    if (fat[i]) marked.data.set(fatColor, 4 * i);
    if (labels[i] && shown.structures.has(labels[i])) filled.data.set([...channels(structures[labels[i]].color), 90], 4 * i);
  }
  tint.getContext('2d').putImageData(marked, 0, 0);
  fills.getContext('2d').putImageData(filled, 0, 0);
}

// Along the edges of the pixels, so that what is counted is what is seen.
function traceLines() {
  paths.clear();
  const { rows, columns } = image;
  const at = (r, c) => r < 0 || c < 0 || r >= rows || c >= columns ? 0 : labels[r * columns + c];
  // Every other pair of edges makes a dash: a pattern of the canvas would begin anew with each edge.
  const edge = (label, x0, y0, x1, y1) => {
    if (!label || (structures[label].dashed && (x0 + y0) % 4 < 2)) return;
    if (!paths.has(label)) paths.set(label, new Path2D());
    paths.get(label).moveTo(x0, y0);
    paths.get(label).lineTo(x1, y1);
  };
  for (let r = 0; r <= rows; ++r) {
    for (let c = 0; c <= columns; ++c) {
      const here = at(r, c), above = at(r - 1, c), left = at(r, c - 1);
      if (here !== above) {
        edge(here, c, r, c + 1, r);
        edge(above, c, r, c + 1, r);
      }
      if (here !== left) {
        edge(here, c, r, c, r + 1);
        edge(left, c, r, c, r + 1);
      }
    }
  }
}

// Pixels of the canvas for a pixel of the image, along its columns and rows.
function scales() {
  const wide = image.columns * image.col_mm, high = image.rows * image.row_mm;
  const perMm = view.zoom * Math.min(canvas.width / wide, canvas.height / high);
  return { x: perMm * image.col_mm, y: perMm * image.row_mm };
}

function corner() {
  const scale = scales();
  return { x: canvas.width / 2 + view.x - scale.x * image.columns / 2,
    y: canvas.height / 2 + view.y - scale.y * image.rows / 2, scale };
}

// Place in the image, in pixels, of a pointer.
export function placeOf(event) {
  const box = canvas.getBoundingClientRect();
  const { x, y, scale } = corner();
  return { x: ((event.clientX - box.left) * canvas.width / box.width - x) / scale.x,
    y: ((event.clientY - box.top) * canvas.height / box.height - y) / scale.y };
}

function drawLines(scale) {
  for (const [label, path] of paths) {
    if (!shown.structures.has(label)) continue;
    context.strokeStyle = structures[label].color;
    context.lineWidth = 2 / scale.x;
    context.stroke(path);
  }
}

function drawPointer(scale) {
  context.strokeStyle = '#ffffff';
  context.lineWidth = 1.5 / scale.x;
  if (polygon.length > 0) {
    context.beginPath();
    polygon.forEach((point, i) => (i ? context.lineTo(point.x, point.y) : context.moveTo(point.x, point.y)));
    if (cursor) context.lineTo(cursor.x, cursor.y);
    context.stroke();
  }
  if (cursor?.radius_mm) {
    context.beginPath();
    context.ellipse(cursor.x, cursor.y, cursor.radius_mm / image.col_mm, cursor.radius_mm / image.row_mm, 0, 0, 2 * Math.PI);
    context.stroke();
  }
}

// The patient's sides, where the image itself does not tell them.
function drawSides() {
  const height = Math.round(18 * (window.devicePixelRatio || 1));
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.font = `600 ${height}px system-ui, sans-serif`;
  context.fillStyle = '#fff';
  context.textAlign = 'left';
  context.fillText('R', height / 2, canvas.height / 2);
  context.textAlign = 'right';
  context.fillText('L', canvas.width - height / 2, canvas.height / 2);
}

let isAsked = false;
export function draw() {
  if (isAsked || !image) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    if (!image) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = '#000';
    context.fillRect(0, 0, canvas.width, canvas.height);
    const { x, y, scale } = corner();
    context.setTransform(scale.x, 0, 0, scale.y, x, y);
    context.imageSmoothingEnabled = true;
    context.drawImage(gray, 0, 0);
    context.imageSmoothingEnabled = false;
    if (shown.lines === 'filled') context.drawImage(fills, 0, 0);
    if (shown.fat) context.drawImage(tint, 0, 0);
    if (shown.lines !== 'none') drawLines(scale);
    drawPointer(scale);
    drawSides();
  });
}

export function redraw() {
  if (!image) return;
  paintMarks();
  traceLines();
  draw();
}

// Values of the darkest and brightest hundredth, as a first window.
function range(values) {
  const sorted = Float32Array.from(values).sort();
  return [sorted[Math.floor(0.01 * sorted.length)], sorted[Math.floor(0.995 * sorted.length)]];
}

export function open(info, values) {
  image = { ...orderOf(info), row_mm: info.swap_axes ? info.pixel_col_mm : info.pixel_row_mm,
    col_mm: info.swap_axes ? info.pixel_row_mm : info.pixel_col_mm };
  image.values = displayed(values);
  [image.low, image.high] = range(values);
  image.top = values.reduce((most, value) => Math.max(most, value), 0);
  [gray, tint, fills] = [layer(), layer(), layer()];
  labels = new Uint8Array(values.length);
  fat = new Uint8Array(values.length);
  polygon = [];
  cursor = null;
  paintGray();
  fit();
}

export function close() {
  image = null;
}

export const size = () => image;
export const window_ = () => ({ width: image.high - image.low, level: (image.high + image.low) / 2, top: image.top });

export function setWindow(width, level) {
  image.low = level - width / 2;
  image.high = level + width / 2;
  paintGray();
  draw();
}

export function setLabels(pixels) { labels = pixels; redraw(); }
export function setFat(pixels) { fat = pixels; redraw(); }
export function setPolygon(points) { polygon = points; draw(); }
export function setCursor(place) { cursor = place; draw(); }

export function fit() {
  Object.assign(view, { zoom: 1, x: 0, y: 0 });
  draw();
}

export function pan(x, y) {
  const box = canvas.getBoundingClientRect();
  view.x += x * canvas.width / box.width;
  view.y += y * canvas.height / box.height;
  draw();
}

// Keeps the place under the pointer where it is.
export function zoomAt(event, factor) {
  const before = placeOf(event);
  view.zoom = Math.min(Math.max(view.zoom * factor, 0.5), 20);
  const after = placeOf(event);
  const scale = scales();
  view.x += (after.x - before.x) * scale.x;
  view.y += (after.y - before.y) * scale.y;
  draw();
}

new ResizeObserver(() => {
  const density = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(canvas.clientWidth * density));
  canvas.height = Math.max(1, Math.round(canvas.clientHeight * density));
  draw();
}).observe(canvas);
