// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// What the program doubts about a study, and what people decided about it.
import * as api from './api.js';

const get = id => document.getElementById(id);

export function showFlags(flags) {
  get('flags').replaceChildren(...flags.map(flag => {
    const item = document.createElement('li');
    item.textContent = `${flag.name}: ${flag.detail}`;
    return item;
  }));
}

// `startFrom` gets the number of the reading whose outlines are asked for.
export function showReadings(readings, startFrom) {
  get('readings').replaceChildren(...readings.map((reading, i) => {
    const line = document.createElement('p');
    line.textContent = `${reading.time.replace('T', ' ').replace('Z', ' UTC')} ${reading.reader}: ${reading.decision}` +
      (reading.outdated && reading.decision !== 'withdrawn' ? ' (another result than this one)' : '') +
      [reading.reason.replace('_', ' '), api.isOfRun(reading.choice) ? '' : 'another slice',
        reading.touched.join(', ').replaceAll('_', ' '), reading.note].filter(Boolean).map(text => ` — ${text}`).join('');
    if (reading.has_outlines) {
      const button = document.createElement('button');
      button.textContent = 'show its outlines';
      button.addEventListener('click', () => startFrom(i));
      line.append(' ', button);
    }
    return line;
  }));
}
