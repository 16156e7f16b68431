// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Which page is in sight, and what keys and buttons do.
import * as api from './api.js';
import * as picture from './picture.js';
import * as slices from './slices.js';
import * as study from './study.js';
import * as threshold from './threshold.js';
import * as tools from './tools.js';
import * as worklist from './worklist.js';

const get = id => document.getElementById(id);
let info = {};
let isStudyOpen = false;

const say = text => { get('message').textContent = text; };

async function guarded(work) {
  try {
    await work();
  } catch (error) {
    say(error.message);
  }
}

function asked(isUnsaved) {
  if (!isUnsaved) return true;
  const isLeft = confirm('The correction is not saved. Leave it?');
  if (isLeft) guarded(study.discardDraft);
  return isLeft;
}

const mayLeave = () => asked(study.isUnsaved());
const mayDrop = () => asked(study.hasStrokes());

function toList() {
  if (!mayLeave()) return;
  isStudyOpen = false;
  study.close();
  get('study').hidden = true;
  get('worklist').hidden = false;
  get('scroller').focus();
  worklist.refresh();
}

const openStudy = chosen => guarded(async () => {
  if (!chosen) return;
  say('');
  isStudyOpen = true;
  get('worklist').hidden = true;
  get('study').hidden = false;
  get('place').textContent = worklist.placeText();
  document.activeElement?.blur();
  await study.show(chosen.place);
});

function go(step) {
  if (!mayLeave()) return;
  const isBeyond = step > 0 && worklist.isAtEnd();
  if (isBeyond) toList();
  else openStudy(worklist.neighbor(step));
}

// After a decision the next study, but for those taken back.
function decided(place, readings, decision) {
  worklist.update(place, readings);
  if (!isStudyOpen) {
    worklist.refresh();
  } else if (decision === 'withdrawn') {
    study.stay();
    say('taken back');
  } else {
    say('');
    go(1);
  }
}

const look = () => guarded(async () => {
  const answer = await api.list();
  info = answer;
  get('who').textContent = `${info.reader}${info.blind ? ', blind' : ''}${info.read_only ? ', read-only' : ''}`;
  document.body.classList.toggle('blind', info.blind);
  if (info.damaged_readings > 0) say(`${info.damaged_readings} lines of readings.jsonl are damaged and left out`);
  picture.setStructures(answer.structures);
  worklist.show(answer);
});

const reject = () => { if (!info.read_only && mayLeave()) get('reasons').showModal(); };

function rejectFor(reason) {
  get('reasons').close();
  study.decide('rejected', reason);
}

const accept = () => { if (!info.blind && !info.read_only && mayLeave()) study.decide('accepted'); };
const save = () => { if (study.canSave() && !info.read_only) study.decide('corrected'); };
const back = () => guarded(async () => { if (mayDrop()) await study.choose(api.ofRun); });
const ifExploring = work => () => { if (threshold.isOpen()) work(); };
const ifCorrecting = work => event => { if (study.isCorrecting()) work(event); };

const listKeys = {
  j: () => worklist.move(1), ArrowDown: () => worklist.move(1), k: () => worklist.move(-1), ArrowUp: () => worklist.move(-1),
  PageDown: () => worklist.move(20), PageUp: () => worklist.move(-20), Home: () => worklist.select(0),
  Enter: () => openStudy(worklist.current()), '/': () => get('search').focus(),
};

const studyKeys = {
  j: () => go(1), ArrowDown: () => go(1), k: () => go(-1), ArrowUp: () => go(-1),
  Escape: () => { if (!tools.stopPolygon()) toList(); },
  a: accept, r: reject, c: () => { if (mayDrop()) study.correct(); }, n: () => get('note').focus(), s: save,
  u: () => { if (!info.read_only && mayDrop()) study.decide('withdrawn'); },
  o: tools.setLines, f: tools.setFat, 0: picture.fit, b: ifCorrecting(() => tools.setTool('brush')),
  e: ifCorrecting(() => tools.setTool('eraser')), p: ifCorrecting(() => tools.setTool('polygon')),
  '[': ifCorrecting(() => tools.sizeBy(-0.5)), ']': ifCorrecting(() => tools.sizeBy(0.5)), z: ifCorrecting(study.undo),
  y: ifCorrecting(study.redo), h: ifCorrecting(study.fillHoles), m: ifCorrecting(study.restore),
  Enter: ifCorrecting(event => study.closePolygon(event.shiftKey)),
  d: ifCorrecting(() => tools.setTool('pull')), x: ifCorrecting(study.smooth),
  l: () => guarded(slices.toggle), ',': () => guarded(() => slices.step(-1)), '.': () => guarded(() => slices.step(1)),
  '+': () => guarded(() => slices.count(1)), '-': () => guarded(() => slices.count(-1)), w: back,
  t: study.toggleThreshold, g: ifExploring(threshold.nextMethod), '<': ifExploring(() => threshold.stepBy(-1)),
  '>': ifExploring(() => threshold.stepBy(1)),
};
for (let label = 1; label <= 9; ++label) studyKeys[label] = () => tools.pressStructure(label);

// While a study is still on its way.
const moving = new Set(['j', 'k', 'ArrowDown', 'ArrowUp', 'Escape']);

function inReasons(event) {
  const button = get('reasons').querySelectorAll('button')[Number(event.key) - 1];
  if (button) rejectFor(button.dataset.reason);
}

document.addEventListener('keydown', event => {
  const isTyping = event.target.matches('input[type=search], textarea, select');
  if (get('reasons').open) return inReasons(event);
  if (isTyping) {
    const isLeaving = event.key === 'Escape' || (event.key === 'Enter' && event.target.matches('input'));
    if (isLeaving) {
      event.target.blur();
      event.preventDefault();
    }
    return undefined;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || get('help').open) return undefined;
  if (event.key === '?') return get('help').showModal();
  const isPressingButton = event.key === 'Enter' && event.target.matches('button');
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const isReady = study.isOpen() || moving.has(key);
  const work = isStudyOpen ? isReady && studyKeys[key] : listKeys[key];
  if (work && !isPressingButton) {
    event.preventDefault();
    work(event);
  }
  return undefined;
});

const buttons = {
  back: toList, previous: () => go(-1), next: () => go(1), accept, reject, correct: studyKeys.c, withdraw: studyKeys.u,
  save, fit: picture.fit, lines: tools.setLines, tint: tools.setFat, brush: studyKeys.b, eraser: studyKeys.e,
  polygon: studyKeys.p, pull: studyKeys.d, smooth: studyKeys.x, 'choose-slice': studyKeys.l, 'explore-fat': studyKeys.t,
  'names-up': studyKeys['+'], 'names-down': studyKeys['-'], 'way-back': back, toward: studyKeys[','], away: studyKeys['.'], undo: studyKeys.z, redo: studyKeys.y, fill: studyKeys.h, original: studyKeys.m,
  'show-help': () => get('help').showModal(), 'close-help': () => get('help').close(),
};
for (const [id, work] of Object.entries(buttons)) get(id).addEventListener('click', work);
for (const button of get('reasons').querySelectorAll('button')) {
  button.addEventListener('click', () => rejectFor(button.dataset.reason));
}
for (const id of ['window', 'level']) get(id).addEventListener('input', study.setWindow);
get('size').addEventListener('input', () => tools.setSize(Number(get('size').value)));
addEventListener('beforeunload', event => { if (study.isUnsaved()) event.preventDefault(); });
// Other tabs and readers go on meanwhile.
addEventListener('focus', () => { if (!isStudyOpen) look(); });

worklist.start(openStudy);
study.start({ say, decided, guarded, mayDrop, info: () => info });
await look();
get('worklist').hidden = false;
get('scroller').focus();
worklist.refresh();
