// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Outlines being corrected: one label a pixel, so that nothing overlaps, and every stroke can be undone.

let pixels = null;
let original = null;  // Of the run.
let size = null;      // { rows, columns, row_mm, col_mm }
let stroke = null;    // Pixels of the stroke being drawn: place -> label before it.
let before = null;    // All of them when it began.
let past = [];        // Strokes: [[place, before, after], ...]
let future = [];

export function begin(labels, info) {
  pixels = labels.slice();
  original = labels;
  size = info;
  [stroke, past, future] = [null, [], []];
}

export const labels = () => pixels;
export const hasChanged = () => past.length > 0 || stroke?.size > 0;

function put(place, label) {
  if (pixels[place] === label) return;
  if (!stroke.has(place)) stroke.set(place, pixels[place]);
  pixels[place] = label;
}

export function beginStroke() {
  stroke = new Map();
  before = pixels.slice();
}

// True when the stroke changed something.
export function endStroke() {
  const changes = [...stroke].map(([place, before]) => [place, before, pixels[place]])
    .filter(([, before, after]) => before !== after);
  stroke = null;
  if (changes.length > 0) {
    past.push(changes);
    future = [];
  }
  return changes.length > 0;
}

function oneStroke(work) {
  beginStroke();
  work();
  return endStroke();
}

// Drawn over the background alone, unless it is to win over other structures.
function paint(place, tool) {
  const label = tool.kind === 'eraser' ? 0 : tool.label;
  const here = pixels[place];
  const isFree = tool.kind === 'eraser' ? here === tool.label : here === 0;
  if (isFree || tool.wins) put(place, label);
}

function disk(x, y, tool) {
  const across = tool.radius_mm / size.col_mm, down = tool.radius_mm / size.row_mm;
  for (let r = Math.max(0, Math.floor(y - down)); r <= Math.min(size.rows - 1, Math.floor(y + down)); ++r) {
    for (let c = Math.max(0, Math.floor(x - across)); c <= Math.min(size.columns - 1, Math.floor(x + across)); ++c) {
      const dx = (c + 0.5 - x) * size.col_mm, dy = (r + 0.5 - y) * size.row_mm;
      const isUnderPointer = c === Math.floor(x) && r === Math.floor(y);
      if (isUnderPointer || dx * dx + dy * dy <= tool.radius_mm * tool.radius_mm) paint(r * size.columns + c, tool);
    }
  }
}

// Disks along the way of the pointer, closer than a pixel.
export function drag(from, to, tool) {
  const steps = Math.max(1, Math.ceil(2 * Math.hypot(to.x - from.x, to.y - from.y)));
  for (let i = 0; i <= steps; ++i) {
    disk(from.x + (to.x - from.x) * i / steps, from.y + (to.y - from.y) * i / steps, tool);
  }
}

// Drags the border: the structure as the stroke found it, moved with the pointer where it was taken, and less and
// less away from there.
export function pull(from, to, tool) {
  for (const [place, label] of stroke) pixels[place] = label;
  const move_mm = { x: (to.x - from.x) * size.col_mm, y: (to.y - from.y) * size.row_mm };
  // A bell is nowhere steeper than 0.61 of its height over its width: a narrower one would fold the border.
  const reach_mm = Math.max(tool.radius_mm, 0.61 * Math.hypot(move_mm.x, move_mm.y));
  const across = 3 * reach_mm / size.col_mm, down = 3 * reach_mm / size.row_mm;
  for (let r = Math.max(0, Math.floor(to.y - down)); r <= Math.min(size.rows - 1, Math.ceil(to.y + down)); ++r) {
    for (let c = Math.max(0, Math.floor(to.x - across)); c <= Math.min(size.columns - 1, Math.ceil(to.x + across)); ++c) {
      const dx = (c + 0.5 - to.x) * size.col_mm, dy = (r + 0.5 - to.y) * size.row_mm;
      const share = Math.exp(-(dx * dx + dy * dy) / (2 * reach_mm * reach_mm));
      const row = Math.floor(r + 0.5 - share * (to.y - from.y)), column = Math.floor(c + 0.5 - share * (to.x - from.x));
      const isOn = row >= 0 && column >= 0 && row < size.rows && column < size.columns;
      const place = r * size.columns + c;
      if (isOn && before[row * size.columns + column] === tool.label) paint(place, { ...tool, kind: 'brush' });
      else if (before[place] === tool.label) put(place, 0);
    }
  }
}

// Pixels take the side of most of those around them: spikes and notches of a pixel or two go.
export const smooth = label => oneStroke(() => {
  const around = [];
  for (let r = -2; r <= 2; ++r) for (let c = -2; c <= 2; ++c) if (r * r + c * c <= 5) around.push([r, c]);
  for (let r = 0; r < size.rows; ++r) {
    for (let c = 0; c < size.columns; ++c) {
      const place = r * size.columns + c;
      if (before[place] !== label && before[place] !== 0) continue;
      const inside = around.filter(([y, x]) => r + y >= 0 && r + y < size.rows && c + x >= 0 && c + x < size.columns &&
        before[place + y * size.columns + x] === label).length;
      put(place, inside > around.length / 2 ? label : 0);
    }
  }
});

// All at once, as one stroke: what was drawn before the page ended.
export const replace = labels => oneStroke(() => labels.forEach((label, place) => put(place, label)));

// Pixels whose center is inside, by the even-odd rule.
function isInside(points, x, y) {
  let inside = false;
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const a = points[i], b = points[j];
    if ((a.y > y) !== (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

export const fillPolygon = (points, tool) => oneStroke(() => {
  for (let r = 0; r < size.rows; ++r) {
    for (let c = 0; c < size.columns; ++c) {
      if (isInside(points, c + 0.5, r + 0.5)) paint(r * size.columns + c, tool);
    }
  }
});

// What the border of the image does not reach without crossing the structure; background alone is filled.
export const fillHoles = label => oneStroke(() => {
  const seen = new Uint8Array(pixels.length);
  const next = [];
  const visit = (r, c) => {
    const place = r * size.columns + c;
    if (r < 0 || c < 0 || r >= size.rows || c >= size.columns || seen[place] || pixels[place] === label) return;
    seen[place] = 1;
    next.push([r, c]);
  };
  for (let r = 0; r < size.rows; ++r) { visit(r, 0); visit(r, size.columns - 1); }
  for (let c = 0; c < size.columns; ++c) { visit(0, c); visit(size.rows - 1, c); }
  while (next.length > 0) {
    const [r, c] = next.pop();
    visit(r - 1, c); visit(r + 1, c); visit(r, c - 1); visit(r, c + 1);
  }
  seen.forEach((isSeen, place) => { if (!isSeen && pixels[place] === 0) put(place, label); });
});

// The outline of the run back; its pixels win over what was drawn there.
export const restore = label => oneStroke(() => {
  pixels.forEach((here, place) => {
    if (original[place] === label) put(place, label);
    else if (here === label) put(place, original[place]);
  });
});

function move(from, to, side) {
  const changes = from.pop();
  if (!changes) return false;
  for (const change of changes) pixels[change[0]] = change[side];
  to.push(changes);
  return true;
}

export const undo = () => move(past, future, 1);
export const redo = () => move(future, past, 2);
