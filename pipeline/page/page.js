'use strict';
const table = document.querySelector('#studies');
const body = table.tBodies[0];
const rows = Array.from(body.rows);
const search = document.querySelector('#search');
const chosenStatus = document.querySelector('#status');
const texts = new Map(rows.map(row => [row, row.textContent.toLowerCase()]));
const titles = Array.from(table.tHead.rows[0].cells, cell => cell.textContent.trim().toLowerCase());

// "fdr > 30" becomes a question to a row; other text is looked for in all that the row shows.
function questionOf(text) {
  const found = text.match(/^(\S.*?)\s*(<=|>=|<|>|=)\s*(-?\d+(?:\.\d+)?)$/);
  const column = found ? titles.findIndex(title => title && title.startsWith(found[1])) : -1;
  if (column < 0) return row => texts.get(row).includes(text);
  const limit = Number(found[3]);
  const holds = {
    '<': value => value < limit, '>': value => value > limit, '<=': value => value <= limit,
    '>=': value => value >= limit, '=': value => value === limit,
  }[found[2]];
  return row => 'value' in row.cells[column].dataset && holds(Number(row.cells[column].dataset.value));
}

function filter() {
  const fitsText = questionOf(search.value.trim().toLowerCase());
  let shown = 0;
  for (const row of rows) {
    const fits = fitsText(row) && (!chosenStatus.value || row.dataset.status === chosenStatus.value);
    row.hidden = !fits;
    shown += fits;
  }
  document.querySelector('#shown').textContent = `${shown} of ${rows.length}`;
  for (const tile of document.querySelectorAll('.tile')) {
    tile.setAttribute('aria-pressed', tile.dataset.status === chosenStatus.value);
  }
}

// A cell's number where it has one, else its text; empty cells stay last either way.
function keyOf(row, column) {
  const cell = row.cells[column];
  return 'value' in cell.dataset ? Number(cell.dataset.value) : cell.textContent.trim();
}

function sort(header) {
  const ascending = header.getAttribute('aria-sort') !== 'ascending';
  for (const other of header.parentElement.cells) other.removeAttribute('aria-sort');
  header.setAttribute('aria-sort', ascending ? 'ascending' : 'descending');
  const keys = new Map(rows.map(row => [row, keyOf(row, header.cellIndex)]));
  const compare = (a, b) => typeof a === 'number' && typeof b === 'number'
    ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true });
  rows.sort((first, second) => {
    const a = keys.get(first), b = keys.get(second);
    if (a === '' || b === '') return (a === '') - (b === '');
    return ascending ? compare(a, b) : compare(b, a);
  });
  body.append(...rows);
}

// The pictures of one study, large; the arrow keys go on to the next study that is shown.
const viewer = document.querySelector('#viewer');
let opened = null;

function show(row) {
  opened = row;
  const thumbnail = row.querySelector('.thumbnail');
  for (const picture of viewer.querySelectorAll('img')) {
    const source = thumbnail.dataset[picture.id];
    picture.hidden = !source;
    picture.classList.remove('large');
    if (source) picture.src = source; else picture.removeAttribute('src');
  }
  const told = Array.from(row.cells).filter(cell => cell.dataset.title && cell.textContent.trim());
  viewer.querySelector('#caption').textContent =
    told.map(cell => `${cell.dataset.title} ${cell.dataset.shown ?? cell.textContent.trim()}`).join(' · ');
  viewer.querySelector('#changes').replaceChildren(
    ...Array.from(row.querySelectorAll('.follow-up > div'), change => change.cloneNode(true)));
  if (!viewer.open) viewer.showModal();
}

// The line of a study, whatever is filtered; large where it has pictures.
function showEarlier(row) {
  search.value = '';
  chosenStatus.value = '';
  filter();
  if (row.querySelector('.thumbnail')) show(row);
  else if (viewer.open) viewer.close();
}

function step(by) {
  const ready = rows.filter(row => !row.hidden && row.querySelector('.thumbnail'));
  const next = ready[ready.indexOf(opened) + by];
  if (next) show(next);
}

search.addEventListener('input', filter);
chosenStatus.addEventListener('change', filter);
viewer.addEventListener('keydown', event => {
  if (event.key === 'ArrowRight' || event.key === 'ArrowDown') step(1);
  else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') step(-1);
  else return;
  event.preventDefault();
});
viewer.addEventListener('click', event => {
  if (event.target.matches('img')) event.target.classList.toggle('large');
  else if (event.target === viewer || event.target.id === 'pictures') viewer.close();
});
document.addEventListener('click', event => {
  const link = event.target.closest('a.earlier');
  if (link) showEarlier(document.getElementById(link.hash.slice(1)));
  const target = event.target.closest('button');
  if (!target) return;
  if (target.matches('.sort')) sort(target.closest('th'));
  if (target.matches('.thumbnail')) show(target.closest('tr'));
  if (target.matches('#next')) step(1);
  if (target.matches('#previous')) step(-1);
  if (target.matches('#close')) viewer.close();
  if (target.matches('.tile')) {
    chosenStatus.value = target.dataset.status;
    search.value = '';
    filter();
    search.scrollIntoView({ block: 'center' });
  }
  if (target.matches('.remark')) {
    search.value = target.textContent;
    chosenStatus.value = '';
    filter();
    search.scrollIntoView({ block: 'center' });
  }
});
filter();
