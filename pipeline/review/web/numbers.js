// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// The numbers of a study beside those of a correction, as the tables have them.

const rows = [['csa', 'cm2', 'CSA', 'cm²'], ['fa', 'cm2', 'FA', 'cm²'], ['fdr', 'pct', 'FDR', '%'],
  ['fat_fraction', 'pct', 'fat fraction', '%'], ['lean_csa', 'cm2', 'lean CSA', 'cm²'], ['vb', 'cm2', 'VB', 'cm²'],
  ['csa_vb', 'ratio', 'CSA/VB', ''], ['asymmetry', 'pct', 'right-left asymmetry', '%'], ['risk', 'pct', 'risk', '%'],
  ['companion_risk', 'pct', 'risk by the card beside it', '%']];

function valueText(measurement, name, unit, gap) {
  const value = measurement[`${name}_${unit}`] ?? '';
  const low = measurement[`${name}_low_${unit}`] ?? '', high = measurement[`${name}_high_${unit}`] ?? '';
  return value + (value && low ? `${gap}(${low} to ${high})` : '');
}

function table(head, lines) {
  const made = document.createElement('table');
  const top = made.createTHead().insertRow();
  for (const text of head) {
    const cell = document.createElement('th');
    cell.textContent = text;
    top.append(cell);
  }
  const body = made.createTBody();
  for (const line of lines) {
    const row = body.insertRow();
    line.forEach(text => { row.insertCell().textContent = text; });
    if (line.length > 2 && line[2] && line[2] !== line[1]) row.className = 'changed';
  }
  return made;
}

const nameOf = muscle => `${muscle.structure.replace('_', ' ')} ${muscle.side}`.trim();

function muscleTexts(muscle, gap) {
  if (!muscle || !muscle.area_cm2) return '';
  return [`${muscle.area_cm2} cm²` + (muscle.fdr_pct ? `, ${muscle.fdr_pct} %` : ''),
    muscle.outline_confidence && `confidence ${muscle.outline_confidence}`].filter(Boolean).join(gap);
}

// `after` is null when nothing is being corrected; `title` says what it is.
export function show(place, before, after, title = 'corrected') {
  const measurement = before.measurement;
  const head = after ? ['', 'run', title] : ['', 'run'];
  const gap = after ? '\n' : ' ';
  const lines = rows.map(([name, unit, title, text]) => {
    const line = [`${title} ${text}`.trim(), valueText(measurement, name, unit, gap)];
    return after ? [...line, valueText(after.measurement, name, unit, gap)] : line;
  }).filter(line => line.slice(1).some(Boolean));
  const muscles = (after ?? before).muscles.map((muscle, i) => {
    const line = [nameOf(muscle), muscleTexts(before.muscles[i], after ? '\n' : ', ')];
    return after ? [...line, muscleTexts(muscle, '\n')] : line;
  });
  const note = document.createElement('p');
  note.className = 'small';
  note.textContent = 'In brackets 90 % intervals; of the risk 95 %.';
  place.replaceChildren(...(lines.length ? [table(head, lines), note] : []),
    ...(muscles.length ? [table(['', ...head.slice(1)], muscles)] : []));
}
