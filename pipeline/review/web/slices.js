// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// The sagittal picture with all axial slices: a click chooses another one, or says which vertebra is meant.
import * as api from './api.js';
import { orderOf } from './picture.js';

const get = id => document.getElementById(id);
const canvas = get('sagittal');
const context = canvas.getContext('2d');
const colors = { slice: '#f7e03c', chosen: '#ff7a45', name: '#ffffff' };  // As in level.png.

let hooks = null;    // { study(), choose(choice), say(text) }
let answer = null;   // Of the server; null: not open.
let gray = null;     // The picture as it is.
let offset = 0;      // The count that its names have.

const chosenUid = () => hooks.study().shown.measurement.sop_instance_uid;
const scale = () => canvas.width / gray.width;

function paintGray() {
  const { rows, columns, order } = orderOf(answer.image);
  const pixels = new ImageData(columns, rows);
  order.forEach((place, i) => pixels.data.set([answer.pixels[place], answer.pixels[place], answer.pixels[place], 255], 4 * i));
  gray = document.createElement('canvas');
  [gray.width, gray.height] = [columns, rows];
  gray.getContext('2d').putImageData(pixels, 0, 0);
  const [row_mm, col_mm] = answer.image.swap_axes ? [answer.image.pixel_col_mm, answer.image.pixel_row_mm]
    : [answer.image.pixel_row_mm, answer.image.pixel_col_mm];
  canvas.width = 2 * canvas.clientWidth;
  canvas.height = Math.round(canvas.width * rows * row_mm / (columns * col_mm));
}

// From the middle of a pixel, as places count, to the canvas.
const onCanvas = ([x, y]) => [(x + 0.5) * scale(), (y + 0.5) * canvas.height / gray.height];

function draw() {
  if (!answer?.image) return;
  context.drawImage(gray, 0, 0, canvas.width, canvas.height);
  for (const slice of answer.axial) {
    if (!slice.line) continue;
    const isChosen = slice.slice === chosenUid();
    context.strokeStyle = isChosen ? colors.chosen : colors.slice;
    context.lineWidth = isChosen ? 5 : 2;
    context.globalAlpha = isChosen ? 1 : 0.6;
    context.beginPath();
    context.moveTo(...onCanvas(slice.line[0]));
    context.lineTo(...onCanvas(slice.line[1]));
    context.stroke();
  }
  context.globalAlpha = 1;
  context.font = '600 26px system-ui, sans-serif';
  context.textAlign = 'center';
  for (const vertebra of answer.vertebrae) {
    const [x, y] = onCanvas(vertebra.center);
    context.strokeStyle = '#000';
    context.lineWidth = 5;
    context.strokeText(vertebra.name, x, y + 9);
    context.fillStyle = colors.name;
    context.fillText(vertebra.name, x, y + 9);
  }
}

function sayWhere() {
  const at = answer.axial.findIndex(slice => slice.slice === chosenUid());
  const slice = answer.axial[at];
  const { level } = hooks.study().shown.measurement;
  const where = slice?.offset_mm === null || !slice ? ''
    : `, ${Math.abs(slice.offset_mm).toFixed(1)} mm ${slice.offset_mm < 0 ? 'below' : 'above'} the endplate of ${level}`;
  get('where').textContent = `slice ${at + 1} of ${answer.axial.length} from the head` +
    (slice ? `, image ${slice.instance_number} of series ${slice.series_number}` : '') + where +
    (offset ? `; names moved ${offset > 0 ? 'up' : 'down'} by one` : '');
}

export const isOpen = () => Boolean(answer);

export function close() {
  answer = null;
  get('slices').hidden = true;
}

// After another slice was chosen.
export function refresh() {
  if (!answer) return;
  draw();
  sayWhere();
}

async function load(place, newOffset) {
  const loaded = await api.slices(place, newOffset);
  if (hooks.study()?.place !== place) return;
  [answer, offset] = [loaded, newOffset];
  get('slices').hidden = false;
  canvas.hidden = !answer.image;
  if (answer.image) paintGray();
  refresh();
}

export async function toggle() {
  if (answer) {
    close();
    return;
  }
  hooks.say('looking for the slices of this study ...');
  await load(hooks.study().place, hooks.study().choice.offset);
  hooks.say('');
}

// Toward the feet with 1, toward the head with -1.
export async function step(by) {
  if (!answer) await toggle();
  const at = answer.axial.findIndex(slice => slice.slice === chosenUid());
  const next = answer.axial[at + by];
  if (next) await hooks.choose({ slice: next.slice, offset: 0 });
}

// All names one up (1) or down (-1): the slice at the level is another one then.
export async function count(by) {
  const { place } = hooks.study();
  const moved = offset + by;
  if (Math.abs(moved) > 1) {
    hooks.say('the names of the vertebrae move by one at most');
    return;
  }
  await hooks.choose({ slice: '', offset: moved });
  await load(place, moved);
}

function clicked(event) {
  const box = canvas.getBoundingClientRect();
  const x = (event.clientX - box.left) * canvas.width / box.width, y = (event.clientY - box.top) * canvas.height / box.height;
  const distance = ([a, b]) => Math.hypot(a - x, b - y);
  const names = answer.vertebrae.map(vertebra => vertebra.name);
  const named = answer.vertebrae.findIndex(vertebra => distance(onCanvas(vertebra.center)) < 26);
  const meant = names.indexOf(hooks.study().shown.measurement.level);
  if (named >= 0 && meant >= 0 && named !== meant) return count(meant - named);
  const heights = answer.axial.filter(slice => slice.line).map(slice => {
    const [[x0, y0], [x1, y1]] = slice.line.map(onCanvas);
    const share = Math.min(Math.max((x - x0) / (x1 - x0 || 1), 0), 1);
    return [Math.abs(y0 + share * (y1 - y0) - y), slice];
  });
  const nearest = heights.sort((a, b) => a[0] - b[0])[0];
  return nearest && hooks.choose({ slice: nearest[1].slice, offset: 0 });
}

export function start(given) {
  hooks = given;
  canvas.addEventListener('click', event => hooks.guarded(() => clicked(event)));
}
