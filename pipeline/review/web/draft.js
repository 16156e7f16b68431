// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// What is drawn and not saved yet is on the disk of the server within a second, whatever ends before it is saved.
import * as api from './api.js';

const delay_ms = 500;

let due = null;                    // The timer of the next one.
let sent = Promise.resolve();      // The last one on its way.

// One after the other, as the server handles what it gets at once in any order.
function send(place, choice, draft, say) {
  sent = sent.then(() => api.keepDraft(place, choice, draft)).catch(error => say(error.message));
  return sent;
}

// `read` tells what is drawn when the time has come.
export function keepSoon(place, choice, read, say) {
  due ??= setTimeout(() => {
    due = null;
    send(place, choice, read(), say);
  }, delay_ms);
}

// Nothing comes after this.
export function settled() {
  clearTimeout(due);
  due = null;
  return sent;
}

export function discard(place, choice, decisions, say) {
  settled();
  return send(place, choice, { decisions }, say);
}
