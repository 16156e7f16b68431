// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// What is drawn with and what is shown: tool, size, structure, polygon, outlines and fat.
import * as picture from './picture.js';

const get = id => document.getElementById(id);

export const tool = { kind: 'brush', label: 1, radius_mm: 4 };
let points = [];  // Of a polygon that is not closed yet.
let isCorrecting = () => false;

function showStructures() {
  get('structures').replaceChildren(...picture.structures.slice(1).map(({ name, color, dashed }, i) => {
    const button = document.createElement('button');
    const isOn = isCorrecting() ? tool.label === i + 1 : picture.shown.structures.has(i + 1);
    button.textContent = `${i + 1} ${name}`;
    button.className = 'structure';
    button.style.borderBottom = `4px ${dashed ? 'dashed' : 'solid'} ${color}`;
    button.setAttribute('aria-pressed', isOn);
    button.addEventListener('click', () => pressStructure(i + 1));
    return button;
  }));
}

export function pressStructure(label) {
  if (label >= picture.structures.length) return;
  if (isCorrecting()) {
    tool.label = label;
    picture.shown.structures.add(label);
  } else if (!picture.shown.structures.delete(label)) {
    picture.shown.structures.add(label);
  }
  showStructures();
  picture.redraw();
}

export function show() {
  for (const kind of ['brush', 'eraser', 'polygon', 'pull']) get(kind).setAttribute('aria-pressed', tool.kind === kind);
  get('size').value = tool.radius_mm;
  get('size-mm').textContent = `${tool.radius_mm} mm`;
  get('tint').setAttribute('aria-pressed', picture.shown.fat);
  showStructures();
}

export function setTool(kind) {
  tool.kind = kind;
  stopPolygon();
  show();
}

export function setSize(radius_mm) {
  tool.radius_mm = Math.min(Math.max(radius_mm, 1), 20);
  show();
}
export const sizeBy = step => setSize(tool.radius_mm + step);

export function setLines() {
  const ways = ['line', 'filled', 'none'];
  picture.shown.lines = ways[(ways.indexOf(picture.shown.lines) + 1) % ways.length];
  picture.redraw();
}

export function setFat() {
  picture.shown.fat = !picture.shown.fat;
  show();
  picture.redraw();
}

export const polygon = () => points;

export function addPoint(place) {
  points.push(place);
  picture.setPolygon(points);
}

// True when there was one.
export function stopPolygon() {
  const wasDrawing = points.length > 0;
  points = [];
  picture.setPolygon(points);
  return wasDrawing;
}

export function start(asked) {
  isCorrecting = asked;
}
