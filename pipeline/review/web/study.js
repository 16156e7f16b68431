// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// One study: its slice, numbers and readings; decisions and corrections.
import * as api from './api.js';
import * as drawing from './drawing.js';
import * as numbers from './numbers.js';
import * as picture from './picture.js';
import * as pointer from './pointer.js';
import { dateText, levelText } from './worklist.js';

const get = id => document.getElementById(id);
const names = ['', 'multifidus right', 'multifidus left', 'erector spinae right', 'erector spinae left',
  'vertebral body', 'psoas right', 'psoas left'];

let hooks = null;  // { say, decided, info }
let open = null;   // { place, answer, fromRun, after, isCorrecting }
const tool = { kind: 'brush', label: 1, radius_mm: 4 };
let polygon = [];

// The numbers of what is drawn: one question at a time, the newest drawing next.
let isMeasuring = false, isDirty = false;
async function measure() {
  isDirty = true;
  if (isMeasuring) return;
  isMeasuring = true;
  while (isDirty && open) {
    isDirty = false;
    const asked = open;
    const labels = asked.isCorrecting ? drawing.labels() : asked.fromRun;
    try {
      const after = await api.measure(asked.place, api.toRuns(picture.stored(labels)));
      if (asked === open) {
        picture.setFat(picture.displayed(api.fromRuns(after.fat, labels.length)));
        open.after = after;
        if (open.isCorrecting || hooks.info().blind) {
          numbers.show(get('numbers'), open.answer, after);
          showFlags(after.flags);
        }
        hooks.say('');
      }
    } catch (error) {
      if (asked === open) hooks.say(error.message);
    }
  }
  isMeasuring = false;
}

function showFlags(flags) {
  get('flags').replaceChildren(...flags.map(flag => {
    const item = document.createElement('li');
    item.textContent = `${flag.name}: ${flag.detail}`;
    return item;
  }));
}

function showReadings() {
  get('readings').replaceChildren(...open.answer.readings.map((reading, i) => {
    const line = document.createElement('p');
    line.textContent = `${reading.time.replace('T', ' ').replace('Z', ' UTC')} ${reading.reader}: ${reading.decision}` +
      (reading.outdated && reading.decision !== 'withdrawn' ? ' (another result than this one)' : '') +
      [reading.reason.replace('_', ' '), reading.touched.join(', ').replaceAll('_', ' '), reading.note]
        .filter(Boolean).map(text => ` — ${text}`).join('');
    if (reading.has_outlines) {
      const button = document.createElement('button');
      button.textContent = 'show its outlines';
      button.addEventListener('click', () => startFrom(i));
      line.append(' ', button);
    }
    return line;
  }));
}

async function startFrom(reading) {
  try {
    const answer = await api.correction(open.place, reading);
    correct(picture.displayed(api.fromRuns(answer.labels, open.fromRun.length)));
  } catch (error) {
    hooks.say(error.message);
  }
}

function showStructures() {
  get('structures').replaceChildren(...names.slice(1).map((name, i) => {
    const button = document.createElement('button');
    const isOn = open.isCorrecting ? tool.label === i + 1 : picture.shown.structures.has(i + 1);
    button.textContent = `${i + 1} ${name}`;
    button.className = `structure label-${i + 1}`;
    button.setAttribute('aria-pressed', isOn);
    button.addEventListener('click', () => pressStructure(i + 1));
    return button;
  }));
}

export function pressStructure(label) {
  if (open.isCorrecting) {
    tool.label = label;
    picture.shown.structures.add(label);
  } else if (!picture.shown.structures.delete(label)) {
    picture.shown.structures.add(label);
  }
  showStructures();
  picture.redraw();
}

function showTools() {
  get('draw-tools').hidden = !open.isCorrecting;
  get('correct').setAttribute('aria-pressed', open.isCorrecting);
  for (const kind of ['brush', 'eraser', 'polygon']) get(kind).setAttribute('aria-pressed', tool.kind === kind);
  get('size').value = tool.radius_mm;
  get('size-mm').textContent = `${tool.radius_mm} mm`;
  get('tint').setAttribute('aria-pressed', picture.shown.fat);
  showStructures();
}

function showWindow() {
  const { width, level, top } = picture.window_();
  get('window').max = get('level').max = Math.ceil(top) || 1;
  get('window').value = width;
  get('level').value = level;
}

function showWho() {
  const { measurement } = open.answer;
  get('title').textContent = [measurement.patient_id || 'no patient ID', dateText(measurement.study_date),
    levelText(measurement.level, measurement.level_source),
    measurement.status].filter(Boolean).join(', ');
  get('pictures').replaceChildren(...open.answer.pictures.map(name => {
    const image = document.createElement('img');
    image.src = api.picture(open.place, name);
    image.alt = name;
    image.loading = 'lazy';
    return image;
  }));
}

export async function show(place) {
  picture.close();
  open = { place, answer: null, fromRun: null, after: null, isCorrecting: false };
  get('title').textContent = '';
  const mine = open;
  const answer = await api.study(place);
  const values = answer.image ? await api.image(place) : null;
  if (open !== mine) return;  // Another one was opened meanwhile.
  open.answer = answer;
  get('note').value = '';
  get('canvas').hidden = !answer.image;
  get('no-image').textContent = answer.image ? '' : answer.no_image;
  for (const id of ['view-tools', 'structures']) get(id).hidden = !answer.image;
  get('accept').disabled = hooks.info().blind || hooks.info().read_only;
  get('correct').disabled = !answer.image;
  get('reject').disabled = get('withdraw').disabled = get('save').disabled = hooks.info().read_only;
  showWho();
  showFlags(answer.flags);
  showReadings();
  numbers.show(get('numbers'), answer, null);
  if (answer.image) {
    picture.open(answer.image, values);
    open.fromRun = picture.displayed(api.fromRuns(answer.image.labels, values.length));
    picture.setLabels(open.fromRun);
    showWindow();
    if (!hooks.info().blind) measure();
  }
  showTools();
}

export function close() {
  open = null;
  picture.close();
}

export const isOpen = () => Boolean(open?.answer);
export const isCorrecting = () => Boolean(open?.isCorrecting);
export const isUnsaved = () => isCorrecting() && drawing.hasChanged();

// From the outlines of the run, or from others.
export function correct(labels) {
  if (!open.answer.image) return;
  open.isCorrecting = labels ? true : !open.isCorrecting;
  stopPolygon();
  if (open.isCorrecting) {
    drawing.begin(labels ?? open.fromRun, open.fromRun, picture.size());
    picture.setLabels(drawing.labels());
    if (labels) measure();
    else if (open.after && !hooks.info().blind) numbers.show(get('numbers'), open.answer, open.after);
  } else {
    picture.setLabels(open.fromRun);
    numbers.show(get('numbers'), open.answer, null);
    showFlags(open.answer.flags);
    if (!hooks.info().blind) measure();
  }
  showTools();
}

export async function decide(decision, reason = '') {
  const reading = { decision, reason, note: get('note').value.trim(), seen: open.answer.seen ?? {} };
  if (decision === 'corrected') reading.labels = api.toRuns(picture.stored(drawing.labels()));
  const { place } = open;
  try {
    const answer = await api.decide(place, reading);
    if (open?.place === place) {
      open.answer.readings = answer.readings;
      open.isCorrecting = false;
    }
    hooks.decided(place, answer.readings, decision);
  } catch (error) {
    hooks.say(error.message);
  }
}

export function stay() {
  showReadings();
  showTools();
}

export function setTool(kind) {
  tool.kind = kind;
  stopPolygon();
  showTools();
}

export function setSize(radius_mm) {
  tool.radius_mm = Math.min(Math.max(radius_mm, 1), 20);
  showTools();
}
export const sizeBy = step => setSize(tool.radius_mm + step);

export function setLines() {
  const ways = ['line', 'filled', 'none'];
  picture.shown.lines = ways[(ways.indexOf(picture.shown.lines) + 1) % ways.length];
  picture.redraw();
}

export function setFat() {
  picture.shown.fat = !picture.shown.fat;
  showTools();
  picture.redraw();
}

export const setWindow = () => picture.setWindow(Number(get('window').value), Number(get('level').value));

function drawn(hasChanged) {
  if (!hasChanged) return;
  picture.setLabels(drawing.labels());
  measure();
}

export const undo = () => drawn(drawing.undo());
export const redo = () => drawn(drawing.redo());
export const fillHoles = () => drawn(drawing.fillHoles(tool.label));
export const restore = () => drawn(drawing.restore(tool.label));

export function closePolygon(wins) {
  if (polygon.length > 2) drawn(drawing.fillPolygon(polygon, { ...tool, kind: 'brush', wins }));
  stopPolygon();
}

// True when there was one.
export function stopPolygon() {
  const wasDrawing = polygon.length > 0;
  polygon = [];
  picture.setPolygon(polygon);
  return wasDrawing;
}

export function start(given) {
  hooks = given;
  pointer.start(get('canvas'), {
    isReady: () => isOpen() && open.answer.image,
    isCorrecting,
    tool: () => tool,
    drawn,
    addPoint: place => {
      polygon.push(place);
      picture.setPolygon(polygon);
    },
    closePolygon,
    windowMoved: showWindow,
  });
}
