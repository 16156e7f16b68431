// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// The list of studies. Only the rows in sight are in the document, so that ten thousand are as fast as ten.

const get = id => document.getElementById(id);
const rowHeight = 36;  // px, as in review.css.

const statuses = [['', 'every status'], ['flagged'], ['ok'], ['failed'], ['measured']];
const states = [['', 'reviewed or not'], ['unreviewed', 'unreviewed by me'], ['accepted'], ['corrected'],
  ['rejected'], ['outdated', 'changed since reviewed']];
const orders = [['flagged', 'flagged first'], ['patient_id', 'patient'], ['study_date', 'date'],
  ['csa_cm2', 'CSA, small first'], ['fdr_pct', 'FDR, high first'], ['review', 'unreviewed first']];
const titles = ['patient', 'date', 'level', 'CSA cm²', 'FDR %', 'status', 'flags, reason', 'review'];

let columns = new Map();
let reader = '';
let studies = [];
let shown = [];
let selected = 0;  // In `shown`.
let opened = () => {};

// A level that nothing has found is none to be read at a glance.
export const levelText = (level, source, alternative) =>
  (['operator', 'single_slice'].includes(source) ? 'not checked' : level + (alternative ? '?' : ''));

// "20260105" as people write it.
export const dateText = date => date.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');

const cell = (study, column) => study.cells[columns.get(column)] ?? '';

// The last decision of `name`, or of whoever decided last; null when there is none, or it was taken back.
export function lastReading(readings, name) {
  const mine = readings.filter(reading => !name || reading.reader === name);
  const lastOf = new Map(mine.map(reading => [reading.reader, reading]));
  const standing = mine.filter(reading => lastOf.get(reading.reader) === reading && reading.decision !== 'withdrawn');
  return standing.at(-1) ?? null;
}

function stateOf(study) {
  const last = lastReading(study.readings);
  return { mine: lastReading(study.readings, reader), last };
}

function isInState(study, state) {
  const { mine, last } = stateOf(study);
  if (state === 'unreviewed') return !mine;
  if (state === 'outdated') return Boolean(last?.outdated);
  return !state || last?.decision === state;
}

const shortNames = { fdr: 'fdr_pct', csa: 'csa_cm2', vb: 'vb_cm2', risk: 'risk_pct' };

// "fdr > 30" becomes a question to a study; other text is looked for in all that the row shows.
function questionOf(text) {
  const asked = text.match(/^\s*(\w+)\s*(<=|>=|<|>|=)\s*(-?[\d.]+)\s*$/);
  const column = asked && (shortNames[asked[1].toLowerCase()] ?? asked[1].toLowerCase());
  if (asked && columns.has(column)) {
    const limit = Number(asked[3]);
    const compare = { '<': (a) => a < limit, '>': (a) => a > limit, '=': (a) => a === limit,
      '<=': (a) => a <= limit, '>=': (a) => a >= limit }[asked[2]];
    return study => cell(study, column) !== '' && compare(Number(cell(study, column)));
  }
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return study => words.every(word => study.text.includes(word));
}

const flaggedRank = { flagged: 0, measured: 0, failed: 1, ok: 2 };
const compareText = new Intl.Collator('en', { numeric: true }).compare;

// Studies without a number stay last.
function comparison(order) {
  const number = (study, column) => cell(study, column) === '' ? NaN : Number(cell(study, column));
  const byNumber = (column, sign) => (a, b) => {
    const x = number(a, column), y = number(b, column);
    return (Number.isNaN(x) - Number.isNaN(y)) || sign * (x - y) || 0;
  };
  return {
    flagged: (a, b) => flaggedRank[cell(a, 'status')] - flaggedRank[cell(b, 'status')],
    review: (a, b) => Boolean(stateOf(a).mine) - Boolean(stateOf(b).mine),
    csa_cm2: byNumber('csa_cm2', 1),
    fdr_pct: byNumber('fdr_pct', -1),
  }[order] ?? ((a, b) => compareText(cell(a, order), cell(b, order)));
}

function choose() {
  const current = shown[selected];
  const isAsked = questionOf(get('search').value);
  shown = studies.filter(study => (!get('status').value || cell(study, 'status') === get('status').value) &&
    isInState(study, get('state').value) && isAsked(study));
  const compare = comparison(get('order').value);
  shown.sort((a, b) => compare(a, b) || compareText(cell(a, 'patient_id'), cell(b, 'patient_id')) || a.place - b.place);
  selected = Math.max(0, shown.indexOf(current));
  const done = studies.filter(study => stateOf(study).mine).length;
  get('shown').textContent = `${shown.length} of ${studies.length} shown, ${done} reviewed by ${reader}`;
  draw();
}

function interval(study, name, unit) {
  const value = cell(study, `${name}_${unit}`);
  const low = cell(study, `${name}_low_${unit}`), high = cell(study, `${name}_high_${unit}`);
  const short = text => Number(text).toFixed(1);
  return value === '' ? '' : short(value) + (low === '' ? '' : ` (${short(low)} to ${short(high)})`);
}

function reviewText(study) {
  const { last } = stateOf(study);
  if (!last) return '';
  return `${last.outdated ? 'changed since ' : ''}${last.decision} by ${last.reader}` +
    (last.reason ? `: ${last.reason.replace('_', ' ')}` : '');
}

function rowOf(study, index) {
  const row = document.createElement('tr');
  row.setAttribute('aria-rowindex', index + 1);
  row.setAttribute('aria-selected', index === selected);
  row.dataset.index = index;
  row.dataset.status = cell(study, 'status');
  const reason = cell(study, 'reason');
  const texts = [cell(study, 'patient_id'), dateText(cell(study, 'study_date')),
    levelText(cell(study, 'level'), cell(study, 'level_source'), cell(study, 'level_alternative')), interval(study, 'csa', 'cm2'), interval(study, 'fdr', 'pct'), cell(study, 'status'),
    reason ? `${reason}: ${cell(study, 'message')}` : cell(study, 'qc_flags').replaceAll(';', ', '), reviewText(study)];
  for (const text of texts) {
    const data = row.insertCell();
    data.textContent = text;
    data.title = text;
  }
  return row;
}

function spacer(rows) {
  const row = document.createElement('tr');
  row.className = 'spacer';
  row.insertCell().style.height = `${rows * rowHeight}px`;
  return row;
}

function draw() {
  const scroller = get('scroller');
  const first = Math.max(0, Math.floor(scroller.scrollTop / rowHeight) - 10);
  const last = Math.min(shown.length, first + Math.ceil(scroller.clientHeight / rowHeight) + 20);
  const rows = shown.slice(first, last).map((study, i) => rowOf(study, first + i));
  get('rows').replaceChildren(spacer(first), ...rows, spacer(shown.length - last));
}

// Moves to a row and keeps it in sight.
export function select(index) {
  selected = Math.min(Math.max(index, 0), Math.max(shown.length - 1, 0));
  const scroller = get('scroller');
  const top = selected * rowHeight;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  const bottom = top + 2 * rowHeight - scroller.clientHeight;
  if (bottom > scroller.scrollTop) scroller.scrollTop = bottom;
  draw();
}

export const move = step => select(selected + step);
export const current = () => shown[selected];
export const neighbor = step => (select(selected + step), shown[selected]);
export const isAtEnd = () => selected >= shown.length - 1;
export const placeText = () => `${selected + 1} of ${shown.length}`;
export const refresh = choose;
export const columnOf = cell;

function fillText(study) {
  study.text = [...study.cells, reviewText(study), ...study.readings.map(reading => reading.note)].join(' ').toLowerCase();
}

export function update(place, readings) {
  const study = studies[place];
  study.readings = readings;
  fillText(study);
}

export function show(answer) {
  columns = new Map(answer.columns.map((column, i) => [column, i]));
  reader = answer.reader;
  const currentPlace = shown[selected]?.place;
  studies = answer.studies.map((study, place) => ({ ...study, place }));
  studies.forEach(fillText);
  shown = [studies[currentPlace]];
  selected = 0;
  choose();
}

function fill(select, options) {
  select.replaceChildren(...options.map(([value, text]) => new Option(text ?? value, value)));
}

export function start(open) {
  opened = open;
  fill(get('status'), statuses);
  fill(get('state'), states);
  fill(get('order'), orders);
  get('titles').replaceChildren(...titles.map(title => {
    const head = document.createElement('th');
    head.textContent = title;
    return head;
  }));
  for (const id of ['status', 'state', 'order']) get(id).addEventListener('change', choose);
  get('search').addEventListener('input', choose);
  get('scroller').addEventListener('scroll', draw);
  new ResizeObserver(draw).observe(get('scroller'));
  get('rows').addEventListener('click', event => {
    const row = event.target.closest('tr[data-index]');
    if (row) {
      select(Number(row.dataset.index));
      opened(current());
    }
  });
}
