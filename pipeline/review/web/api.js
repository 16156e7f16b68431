// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// What page and server say to each other; pipeline/review/review_json.h has the other side.

async function fetched(path, body) {
  const options = body === undefined ? {} : {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error('the server does not answer; start "paraspinal review" again');
  }
  if (!response.ok) {
    const text = await response.text();
    let said = text;
    try { said = JSON.parse(text).error; } catch { /* It was plain text. */ }
    throw new Error(said || `the server answered ${response.status}`);
  }
  return response;
}

const json = async (path, body) => (await fetched(path, body)).json();

const floats = async path => new Float32Array(await (await fetched(path)).arrayBuffer());

// Which slice of a study is meant: that of the run, another one, or that at the level when the count is moved.
export const ofRun = { slice: '', offset: 0 };
export const isOfRun = choice => !choice.slice && !choice.offset;
const of = choice => (isOfRun(choice) ? '' : `?${new URLSearchParams(choice)}`);

export const list = () => json('api/studies');
export const study = place => json(`api/studies/${place}`);
export const slice = (place, choice) => json(`api/studies/${place}/slice${of(choice)}`);
export const slices = (place, offset) => json(`api/studies/${place}/slices${of({ slice: '', offset })}`);
export const image = (place, choice) => floats(`api/studies/${place}/image${of(choice)}`);
export const even = (place, choice) => floats(`api/studies/${place}/even${of(choice)}`);
export const measure = (place, choice, labels) => json(`api/studies/${place}/measure${of(choice)}`, { labels });
export const decide = (place, choice, reading) => json(`api/studies/${place}/readings${of(choice)}`, reading);
export const keepDraft = (place, choice, draft) => json(`api/studies/${place}/draft${of(choice)}`, draft);
export const correction = (place, reading) => json(`api/studies/${place}/readings/${reading}/labels`);
export const picture = (place, name) => `api/studies/${place}/${name}`;

// Pixels row by row as value, count, value, count ...
export function toRuns(pixels) {
  const runs = [];
  for (let start = 0; start < pixels.length;) {
    let end = start;
    while (end < pixels.length && pixels[end] === pixels[start]) ++end;
    runs.push(pixels[start], end - start);
    start = end;
  }
  return runs;
}

export function fromRuns(runs, length) {
  const pixels = new Uint8Array(length);
  for (let i = 0, start = 0; i + 1 < runs.length; i += 2) {
    pixels.fill(runs[i], start, start + runs[i + 1]);
    start += runs[i + 1];
  }
  return pixels;
}
