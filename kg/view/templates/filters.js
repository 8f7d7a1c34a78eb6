// Legend and filters are one: each row shows how a thing is drawn, how many there are, and whether they are shown.
const STATUS = {
  asserted: ['Stated', ''], attributed: ['Attributed', '2 4'], possible: ['Possible, planned', '6 4'], denied: ['Denied', '6 4'],
};
const ROWS_AT_FIRST = 9;

function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

let rowNumber = 0;
// `name`: which of state.filters.
function row({ name, keys, picture, label, count, kind, all }) {
  const id = `filter-${rowNumber++}`;
  const box = el('input', { type: 'checkbox', id, 'data-keys': keys.join(' ') });
  box.addEventListener('change', () => {
    const set = new Set(state.filters[name]);
    for (const key of keys) { if (box.checked) set.delete(key); else set.add(key); }
    setFilter({ [name]: set });
  });
  box.sync = () => {
    const off = keys.filter((key) => state.filters[name].has(key)).length;
    box.checked = off < keys.length;
    box.indeterminate = off > 0 && off < keys.length;
  };
  const only = el('button', { type: 'button', class: 'link only', 'aria-label': `Only ${label}`, onclick: () => {
    setFilter({ [name]: new Set(all().filter((key) => !keys.includes(key))) });
  } }, 'only');
  return el('div', { class: `row ${kind || ''}` }, box, picture, el('label', { for: id, title: label }, label), el('span', { class: 'count' }, number(count)), only);
}

const syncRows = () => document.querySelectorAll('#sidebar input[type=checkbox]').forEach((box) => box.sync && box.sync());

// The classes of a family, opened by a button in the family's row.
function kinds(whole, family, rows) {
  const list = el('div', { hidden: true }, rows);
  const toggle = el('button', { type: 'button', class: 'kinds', 'aria-expanded': 'false', 'aria-label': `Kinds: ${family.label}`, onclick: () => {
    list.hidden = !list.hidden;
    toggle.setAttribute('aria-expanded', String(!list.hidden));
  } }, svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('path', { d: 'm5 6.5 3 3 3-3' })));
  whole.querySelector('label').after(toggle);
  return list;
}

function buildTypes() {
  const host = byId('types');
  host.replaceChildren();
  const allTypes = () => [...new Set(data.nodes.map((node) => node.type))];
  const joined = data.nodes.filter((node) => node.degree > 0);
  for (const family of data.families) {
    const own = joined.filter((node) => node.family === family.name);
    if (!own.length) continue;
    const types = tally(own.map((node) => node.type));
    const keys = [...new Set(data.nodes.filter((node) => node.family === family.name).map((node) => node.type))];
    const whole = row({ name: 'types', keys, picture: swatch(family.name), label: family.label, count: own.length, all: allTypes });
    host.append(whole);
    if (types.length > 1) host.append(kinds(whole, family, types.map(([type, count]) => row({ name: 'types', keys: [type], label: typeName(type), count, kind: 'sub', all: allTypes }))));
  }
  const lonely = data.nodes.filter((node) => node.degree === 0).length;
  if (!lonely) return;
  const box = el('input', { type: 'checkbox', id: 'lonely' });
  box.addEventListener('change', () => { state.lonely = box.checked; refresh(); fit(); });
  box.sync = () => { box.checked = state.lonely; };
  host.append(el('div', { class: 'row plain', style: 'margin-top:6px' }, box, el('label', { for: 'lonely' }, 'Only named'), el('span', { class: 'count' }, number(lonely))));
}

function buildRelations() {
  const host = byId('relations');
  host.replaceChildren();
  const counts = tally(data.claims.map(relationOf)).sort((a, b) => (a[0] === UNTYPED) - (b[0] === UNTYPED));
  const all = () => counts.map(([relation]) => relation);
  const labels = new Map(data.claims.filter((claim) => claim.relation).map((claim) => [claim.relation, claim.label]));
  const make = ([relation, count]) => row({ name: 'relations', keys: [relation], label: labels.get(relation) || 'other words (thin lines)', count, kind: 'plain', all });
  const typed = counts.filter(([relation]) => relation !== UNTYPED);
  const rest = el('div', { hidden: true }, typed.slice(ROWS_AT_FIRST).map(make));
  host.append(...typed.slice(0, ROWS_AT_FIRST).map(make));
  if (rest.children.length) {
    const more = el('button', { type: 'button', class: 'link more', 'aria-expanded': 'false', onclick: () => {
      rest.hidden = !rest.hidden;
      more.textContent = rest.hidden ? `${rest.children.length} more` : 'Fewer';
      more.setAttribute('aria-expanded', String(!rest.hidden));
    } }, `${rest.children.length} more`);
    host.append(rest, more);
  }
  host.append(...counts.filter(([relation]) => relation === UNTYPED).map(make));
  host.closest('fieldset').hidden = !counts.length;
}

function buildStatuses() {
  const host = byId('statuses');
  host.replaceChildren();
  const counts = new Map(tally(data.claims.map((claim) => claim.status)));
  const keys = Object.keys(STATUS);
  for (const key of keys) {
    if (!counts.has(key)) continue;
    const [label, dashes] = STATUS[key];
    const line = svg('path', { d: 'M0 5H18', 'stroke-dasharray': dashes });
    if (key === 'denied') line.setAttribute('class', 'x');
    host.append(row({ name: 'statuses', keys: [key], picture: svg('svg', { viewBox: '0 0 18 10', class: 'line', 'aria-hidden': 'true' }, line), label, count: counts.get(key), all: () => keys }));
  }
  host.closest('fieldset').hidden = !counts.size;
}

renew.push(() => { buildTypes(); buildRelations(); buildStatuses(); });

function showAll() {
  state.lonely = false;
  state.pinned.clear();
  if (state.selected && state.selected.kind === 'node') state.pinned.add(state.selected.id);
  setFilter(unfiltered());
}

function startFilters() {
  byId('reset').addEventListener('click', showAll);
  const sidebar = byId('sidebar'), opener = byId('open-filters');
  const open = (shown) => { sidebar.classList.toggle('open', shown); opener.setAttribute('aria-expanded', String(shown)); (shown ? byId('close-filters') : opener).focus(); };
  opener.addEventListener('click', () => open(!sidebar.classList.contains('open')));
  byId('close-filters').addEventListener('click', () => open(false));
}
