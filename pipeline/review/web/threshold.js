// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Other fat thresholds, to look at only: the tint and one number follow, and nothing of it is kept. A reading is
// measured by the method of the run.
import * as api from './api.js';
import * as picture from './picture.js';

const get = id => document.getElementById(id);
const canvas = get('histogram');
const bins = 80;

let even = null;       // Bias-corrected values in display order; null: not open.
let labels = null;
let thresholds = [];   // [{ name, value }], that of the run first.
let value = 0;
let top = 1;           // Of the histogram.

const isMuscle = label => label >= 1 && label <= 4;

export const isOpen = () => Boolean(even);

function paint() {
  const fat = new Uint8Array(labels.length);
  let muscle = 0, found = 0;
  for (let i = 0; i < labels.length; ++i) {
    if (!isMuscle(labels[i])) continue;
    ++muscle;
    if (even[i] >= value) found += fat[i] = 1;
  }
  picture.setFat(fat);
  get('explored').textContent = `FDR ${muscle ? (100 * found / muscle).toFixed(2) : '-'} % from ${Number(value.toPrecision(5))} on` +
    '; only looked at: readings are measured by the method of the run';
  drawHistogram();
}

function drawHistogram() {
  const counts = new Array(bins).fill(0);
  for (let i = 0; i < labels.length; ++i) {
    if (isMuscle(labels[i])) ++counts[Math.min(bins - 1, Math.max(0, Math.floor(bins * even[i] / top)))];
  }
  const most = Math.max(...counts, 1);
  const context = canvas.getContext('2d');
  context.clearRect(0, 0, canvas.width, canvas.height);
  counts.forEach((count, i) => {
    context.fillStyle = (i + 0.5) * top / bins >= value ? '#d9b800' : '#7a828d';
    const height = canvas.height * count / most;
    context.fillRect(i * canvas.width / bins, canvas.height - height, canvas.width / bins - 1, height);
  });
  context.fillStyle = '#c8361d';
  context.fillRect(canvas.width * value / top - 1, 0, 3, canvas.height);
}

function setValue(next) {
  value = next;
  get('threshold').value = value;
  const same = thresholds.find(threshold => threshold.value === value);
  get('methods').value = same ? same.name : '';
  paint();
}

// What is drawn now, and where the methods find fat in it.
export function show(drawn, found) {
  labels = drawn;
  const wasOfMethod = get('methods').value;
  thresholds = found;
  get('methods').replaceChildren(new Option('by hand', ''), ...thresholds.map(({ name, value: at }) =>
    new Option(`${name === 'run' ? 'as the run' : name}: ${Number(at.toPrecision(5))}`, name)));
  const followed = thresholds.find(threshold => threshold.name === wasOfMethod) ;
  setValue(followed ? followed.value : value);
}

export async function open(place, choice, drawn, found) {
  const values = picture.displayed(await api.even(place, choice));
  even = values;
  const inside = values.filter((_, i) => isMuscle(drawn[i])).sort();
  top = 1.1 * (inside[Math.floor(0.995 * inside.length)] ?? 1);
  const slider = get('threshold');
  [slider.max, slider.step] = [top, top / 500];
  get('threshold-panel').hidden = false;
  value = found[0]?.value ?? top / 2;
  show(drawn, found);
  setValue(value);
}

export function close() {
  even = null;
  get('threshold-panel').hidden = true;
}

// To the next threshold of the list, by keys.
export function nextMethod() {
  const at = thresholds.findIndex(threshold => threshold.name === get('methods').value);
  if (thresholds.length > 0) setValue(thresholds[(at + 1) % thresholds.length].value);
}
export const stepBy = steps => setValue(Math.min(Math.max(value + steps * top / 100, 0), top));

get('threshold').addEventListener('input', () => setValue(Number(get('threshold').value)));
get('methods').addEventListener('change', () => {
  const chosen = thresholds.find(threshold => threshold.name === get('methods').value);
  if (chosen) setValue(chosen.value);
});
