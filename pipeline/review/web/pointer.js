// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// What mouse, pen and fingers do on the slice. Two fingers zoom and pan.
import * as drawing from './drawing.js';
import * as picture from './picture.js';

let study = null;  // What study.js tells.
let gesture = null;  // { kind, last, ... }
let hasPen = false;  // Then fingers move the slice: the hand lies on the screen.
const pointers = new Map();

function pinch(event) {
  const [a, b] = [...pointers.values()];
  const span = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
  const middle = { clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 };
  if (gesture.span) {
    picture.zoomAt(middle, span / gesture.span);
    picture.pan(middle.clientX - gesture.middle.clientX, middle.clientY - gesture.middle.clientY);
  }
  Object.assign(gesture, { span, middle });
  event.preventDefault();
}

const penEraser = 32;  // Of PointerEvent.buttons.

function paint(from, to, event) {
  const tool = { ...study.tool(), wins: event.shiftKey };
  if (gesture.isErasing) tool.kind = 'eraser';
  if (tool.kind === 'pull') drawing.pull(gesture.first, to, tool);
  else drawing.drag(from, to, tool);
  picture.setLabels(drawing.labels());
}

function down(event) {
  if (!study.isReady()) return;
  event.target.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, event);
  const place = picture.placeOf(event);
  hasPen ||= event.pointerType === 'pen';
  if (pointers.size === 2) {
    if (gesture?.kind === 'draw') study.drawn(drawing.endStroke());
    gesture = { kind: 'pinch' };
  } else if (event.button === 2) {
    gesture = { kind: 'window' };
  } else if (event.button === 1 || !study.isCorrecting() || (hasPen && event.pointerType === 'touch')) {
    gesture = { kind: 'pan' };
  } else if (study.tool().kind === 'polygon') {
    gesture = null;
    study.addPoint(place);
    return;
  } else {
    gesture = { kind: 'draw', place, first: place, isErasing: (event.buttons & penEraser) !== 0 };
    drawing.beginStroke();
    paint(place, place, event);
    study.drawn(true);
  }
  gesture.last = event;
}

function moved(event) {
  if (!study.isReady()) return;
  const place = picture.placeOf(event);
  const tool = study.tool();
  picture.setCursor(study.isCorrecting() ? { ...place, radius_mm: tool.kind === 'polygon' ? 0 : tool.radius_mm } : null);
  if (!gesture || !pointers.has(event.pointerId)) return;
  pointers.set(event.pointerId, event);
  const dx = event.clientX - gesture.last.clientX, dy = event.clientY - gesture.last.clientY;
  if (gesture.kind === 'pinch') pinch(event);
  if (gesture.kind === 'pan') picture.pan(dx, dy);
  if (gesture.kind === 'window') {
    const { width, level, top } = picture.window_();
    const valuesPerPixel = top / 500;
    picture.setWindow(Math.max(1, width + dx * valuesPerPixel), level + dy * valuesPerPixel);
    study.windowMoved();
  }
  if (gesture.kind === 'draw') {
    paint(gesture.place, place, event);
    gesture.place = place;
    study.drawn(true);
  }
  gesture.last = event;
}

function up(event) {
  pointers.delete(event.pointerId);
  if (gesture?.kind === 'draw') study.drawn(drawing.endStroke());
  if (pointers.size === 0) gesture = null;
}

export function start(canvas, hooks) {
  study = hooks;
  canvas.addEventListener('pointerdown', down);
  canvas.addEventListener('pointermove', moved);
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', up);
  canvas.addEventListener('pointerleave', () => picture.setCursor(null));
  canvas.addEventListener('dblclick', event => study.closePolygon(event.shiftKey));
  canvas.addEventListener('contextmenu', event => event.preventDefault());
  canvas.addEventListener('wheel', event => {
    if (!study.isReady()) return;
    picture.zoomAt(event, event.deltaY < 0 ? 1.15 : 1 / 1.15);
    event.preventDefault();
  }, { passive: false });
}
