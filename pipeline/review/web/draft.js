// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// What is drawn and not saved yet is on the disk of the server within a second, whatever ends before it is saved.
import * as api from './api.js';

const delay_ms = 500;

let due = null;                    // The timer of the next one.
let sent = Promise.resolve();      // The last one on its way.

// `read` tells what is drawn when the time has come.
export function keepSoon(place, choice, read) {
  due ??= setTimeout(() => {
    due = null;
    // A server that does not answer is told by measuring.
    sent = api.keepDraft(place, choice, read()).catch(() => {});
  }, delay_ms);
}

// Nothing comes after this.
export async function settled() {
  clearTimeout(due);
  due = null;
  await sent;
}

export async function discard(place, choice) {
  await settled();
  await api.keepDraft(place, choice, {});
}
