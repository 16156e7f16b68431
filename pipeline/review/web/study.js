// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// One study: its slice, numbers and readings; decisions and corrections.
import * as api from './api.js';
import * as draft from './draft.js';
import * as drawing from './drawing.js';
import * as numbers from './numbers.js';
import * as picture from './picture.js';
import * as pointer from './pointer.js';
import * as remarks from './remarks.js';
import * as slices from './slices.js';
import * as threshold from './threshold.js';
import * as tools from './tools.js';
import { dateText } from './worklist.js';

const get = id => document.getElementById(id);
let hooks = null;  // { say, decided, info, guarded }
// The study: `answer` is the result of the run, `shown` that of the slice in sight, which is another one when the
// reader made a `choice`; `original` are the outlines that were found on it, `after` what measuring last came to.
let open = null;
// The numbers of what is drawn: one question at a time, the newest drawing next.
let isMeasuring = false, isDirty = false, isComplaint = false;
let measured = Promise.resolve();
function measure() {
  isDirty = true;
  if (!isMeasuring) measured = measureNewest();
}

async function measureNewest() {
  isMeasuring = true;
  while (isDirty && open) {
    isDirty = false;
    const asked = open;
    const { choice } = asked;
    const labels = asked.isCorrecting ? drawing.labels() : asked.original;
    try {
      const after = await api.measure(asked.place, choice, api.toRuns(picture.stored(labels)));
      if (asked === open && choice === open.choice) {
        open.after = after;
        if (threshold.isOpen()) threshold.show(labels, after.thresholds);
        else picture.setFat(picture.displayed(api.fromRuns(after.fat, labels.length)));
        if (isAnother() || hooks.info().blind) {
          numbers.show(get('numbers'), open.answer, after, open.isCorrecting ? 'corrected' : 'this slice');
          remarks.showFlags(after.flags);
        }
        if (isComplaint) hooks.say('');
        isComplaint = false;
      }
    } catch (error) {
      isComplaint = true;
      if (asked === open) hooks.say(error.message);
    }
  }
  isMeasuring = false;
}

const imageUid = () => open.shown.measurement.sop_instance_uid ?? '';

// What is in sight is not the result of the run.
const isAnother = () => open.isCorrecting || !api.isOfRun(open.choice);

async function restoreDraft(kept) {
  const when = kept.time.replace('T', ' ').replace('Z', ' UTC');
  if (!api.isOfRun(kept.choice)) await choose(kept.choice);
  if (kept.image !== imageUid()) {
    hooks.say(`what was drawn ${when} and not saved was on another image than the study has now; it is left out`);
    return;
  }
  correct(picture.displayed(api.fromRuns(kept.labels, open.original.length)));
  hooks.say(`here is what you drew ${when} and did not save; undo takes it back, S saves it`);
}

const startFrom = reading => hooks.guarded(async () => {
  const { choice } = open.answer.readings[reading];
  if (choice.slice !== open.choice.slice || choice.offset !== open.choice.offset) await choose(choice);
  const answer = await api.correction(open.place, reading);
  correct(picture.displayed(api.fromRuns(answer.labels, open.original.length)));
});

function showTools() {
  get('draw-tools').hidden = !open.isCorrecting;
  get('save').hidden = !isAnother();
  get('way-back').hidden = api.isOfRun(open.choice);
  get('correct').setAttribute('aria-pressed', open.isCorrecting);
  tools.show();
}

function showWindow() {
  const { width, level, top } = picture.window_();
  get('window').max = get('level').max = Math.ceil(top) || 1;
  get('window').value = width;
  get('level').value = level;
}

// As the titles of the pictures (pipeline/report/describe.h).
function levelTitle({ level, level_source: source, level_alternative: alternative, qc_flags: flags }) {
  if (source === 'operator') return 'slice chosen by the operator';
  if (source === 'single_slice') return 'single slice, level not checked';
  return (flags?.includes('slice_far_from_level') ? 'nearest slice to ' : '') + level + (alternative ? ', level in doubt' : '');
}

function showWho() {
  const { measurement } = open.shown;
  get('title').textContent = [measurement.patient_id || 'no patient ID', dateText(measurement.study_date),
    levelTitle(measurement), measurement.status, !api.isOfRun(open.choice) && 'another slice than the run\'s'].filter(Boolean).join(', ');
  get('pictures').replaceChildren(...open.answer.pictures.map(name => {
    const image = document.createElement('img');
    image.src = api.picture(open.place, name);
    image.alt = name;
    image.loading = 'lazy';
    return image;
  }));
}

export async function show(place) {
  close();
  open = { place, choice: api.ofRun, answer: null, shown: null, original: null, after: null, isCorrecting: false, isDeciding: false };
  get('title').textContent = '';
  const mine = open;
  await draft.settled();
  if (open !== mine) return;
  const answer = await api.study(place);
  const values = answer.image ? await api.image(place, api.ofRun) : null;
  if (open !== mine) return;  // Another one was opened meanwhile.
  open.answer = answer;
  get('note').value = '';
  get('no-image').textContent = answer.image ? '' : answer.no_image;
  get('accept').disabled = hooks.info().blind || hooks.info().read_only;
  get('reject').disabled = get('withdraw').disabled = get('save').disabled = hooks.info().read_only;
  remarks.showReadings(open.answer.readings, startFrom);
  showSlice(api.ofRun, answer, values);
  if (answer.draft) await restoreDraft(answer.draft);
}

function showSlice(choice, shown, values) {
  Object.assign(open, { choice, shown, after: null, isCorrecting: false });
  tools.stopPolygon();
  threshold.close();
  for (const id of ['view-tools', 'structures']) get(id).hidden = !shown.image;
  get('canvas').hidden = get('correct').disabled = !shown.image;
  showWho();
  remarks.showFlags(shown.flags);
  numbers.show(get('numbers'), open.answer, null);
  if (shown.image) {
    picture.open(shown.image, values);
    open.original = picture.displayed(api.fromRuns(shown.image.labels, values.length));
    picture.setLabels(open.original);
    showWindow();
    if (!hooks.info().blind) measure();
  }
  showTools();
  slices.refresh();
}

// Another slice, measured at once with the options of the run; its own one with api.ofRun.
export async function choose(choice) {
  const mine = open;
  const isRuns = api.isOfRun(choice) || choice.slice === open.answer.measurement.sop_instance_uid;
  hooks.say('measuring that slice ...');
  const wanted = isRuns ? api.ofRun : choice;
  const shown = isRuns ? open.answer : await api.slice(open.place, wanted);
  const values = shown.image ? await api.image(open.place, wanted) : null;
  if (open !== mine) return;
  hooks.say('');
  get('no-image').textContent = shown.image ? '' : shown.no_image;
  showSlice(wanted, shown, values);
}

export const toggleThreshold = () => hooks.guarded(async () => {
  if (threshold.isOpen()) {
    threshold.close();
    measure();
    return;
  }
  const mine = open;
  await measured;
  if (open === mine && open.after) {
    const labels = open.isCorrecting ? drawing.labels() : open.original;
    await threshold.open(open.place, open.choice, labels, open.after.thresholds);
  }
});

export function close() {
  draft.settled();
  open = null;
  picture.close();
  slices.close();
  threshold.close();
}

export const isOpen = () => Boolean(open?.answer);
export const isCorrecting = () => Boolean(open?.isCorrecting);
export const hasStrokes = () => isCorrecting() && drawing.hasChanged() && !hooks.info().read_only;
export const isUnsaved = () => hasStrokes() || (isOpen() && !api.isOfRun(open.choice) && !hooks.info().read_only);
export const canSave = () => isOpen() && isAnother();

// From the outlines of the run, or from others.
export function correct(labels) {
  if (!open.shown.image) return;
  open.isCorrecting = labels ? true : !open.isCorrecting;
  tools.stopPolygon();
  if (open.isCorrecting) {
    drawing.begin(open.original, picture.size());
    if (labels) drawn(drawing.replace(labels));
    picture.setLabels(drawing.labels());
    if (open.after && !hooks.info().blind) numbers.show(get('numbers'), open.answer, open.after);
  } else {
    picture.setLabels(open.original);
    numbers.show(get('numbers'), open.answer, null);
    remarks.showFlags(open.shown.flags);
    if (!hooks.info().blind) measure();
  }
  showTools();
}

// Once at a time, and nothing is drawn meanwhile: it would be in no reading and no draft.
export async function decide(decision, reason = '') {
  if (open.isDeciding) return;
  const mine = open;
  const reading = { decision, reason, note: get('note').value.trim(), seen: open.answer.seen ?? {} };
  const isKept = decision === 'corrected';
  if (isKept) reading.labels = api.toRuns(picture.stored(open.isCorrecting ? drawing.labels() : open.original));
  const { place, choice } = open;
  mine.isDeciding = true;
  try {
    await draft.settled();
    const answer = await api.decide(place, isKept ? choice : api.ofRun, reading);
    Object.assign(mine.answer, answer);
    if (decision !== 'withdrawn') Object.assign(mine, { isCorrecting: false, choice: api.ofRun });  // Nothing is left to save.
    hooks.decided(place, answer.readings, decision);
  } catch (error) {
    hooks.say(error.message);
  }
  mine.isDeciding = false;
}

export function stay() {
  remarks.showReadings(open.answer.readings, startFrom);
  if (open.isCorrecting) correct();
}

export const setWindow = () => picture.setWindow(Number(get('window').value), Number(get('level').value));

function drawn(hasChanged) {
  if (!hasChanged) return;
  picture.setLabels(drawing.labels());
  measure();
  if (!hooks.info().read_only) {
    draft.keepSoon(open.place, open.choice, () => (drawing.hasChanged()
      ? { ...decisions(), labels: api.toRuns(picture.stored(drawing.labels())), image: imageUid() } : decisions()), hooks.say);
  }
}

// As the server has counted hers when it answered last: what is drawn belongs to the time since then.
const decisions = () => ({ decisions: open.answer.decisions });

export const discardDraft = () => (hooks.info().read_only ? null
  : draft.discard(open.place, open.choice, open.answer.decisions, hooks.say));

export const undo = () => drawn(drawing.undo());
export const redo = () => drawn(drawing.redo());
export const fillHoles = () => drawn(drawing.fillHoles(tools.tool.label));
export const restore = () => drawn(drawing.restore(tools.tool.label));
export const smooth = () => drawn(drawing.smooth(tools.tool.label));

export function closePolygon(wins) {
  const points = tools.polygon();
  if (points.length > 2) drawn(drawing.fillPolygon(points, { ...tools.tool, kind: 'brush', wins }));
  tools.stopPolygon();
}

export function start(given) {
  hooks = given;
  tools.start(isCorrecting);
  slices.start({ ...hooks, study: () => open, choose: choice => (hooks.mayDrop() ? choose(choice) : null) });
  pointer.start(get('canvas'), {
    isReady: () => isOpen() && open.shown.image,
    isCorrecting: () => isCorrecting() && !open.isDeciding,
    tool: () => tools.tool,
    drawn,
    addPoint: tools.addPoint,
    closePolygon,
    windowMoved: showWindow,
  });
}
