'use strict';
const table = document.querySelector('#studies');
const body = table.tBodies[0];
const rows = Array.from(body.rows);
const search = document.querySelector('#search');
const chosenStatus = document.querySelector('#status');
const texts = new Map(rows.map(row => [row, row.textContent.toLowerCase()]));

function filter() {
  const wanted = search.value.trim().toLowerCase();
  let shown = 0;
  for (const row of rows) {
    const fits = texts.get(row).includes(wanted) && (!chosenStatus.value || row.dataset.status === chosenStatus.value);
    row.hidden = !fits;
    shown += fits;
  }
  document.querySelector('#shown').textContent = `${shown} of ${rows.length}`;
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

const viewer = document.querySelector('#viewer');
function show(thumbnail) {
  viewer.querySelector('#overlay').src = thumbnail.dataset.overlay;
  const level = viewer.querySelector('#level');
  level.hidden = !thumbnail.dataset.level;
  if (thumbnail.dataset.level) level.src = thumbnail.dataset.level;
  viewer.showModal();
}

search.addEventListener('input', filter);
chosenStatus.addEventListener('change', filter);
viewer.addEventListener('click', () => viewer.close());
document.addEventListener('click', event => {
  const target = event.target.closest('button');
  if (!target) return;
  if (target.matches('.sort')) sort(target.closest('th'));
  if (target.matches('.thumbnail')) show(target);
  if (target.matches('.remark')) {
    search.value = target.textContent;
    chosenStatus.value = '';
    filter();
    search.scrollIntoView({ block: 'center' });
  }
});
filter();
