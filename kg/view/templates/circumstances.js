// Filters of who says it, where it stands, how sure it is and when; and the chips that say what is filtered.
const dayText = (iso) => day(iso);

function chipsNow() {
  const { filters } = state, made = [];
  const chip = (label, changes, value) => made.push({ label, value, off: () => setFilter(changes) });
  const count = (set, one, many) => `${plural(set.size, one, many)} hidden`;
  if (filters.around) chip(filters.around.depth === 2 ? 'Within two steps of ' : 'Around ', { around: null }, data.nodes[filters.around.node].name);
  if (filters.place !== null) chip('Place: ', { place: null }, data.nodes[filters.place].name);
  if (filters.event !== null) chip('Event: ', { event: null }, data.nodes[filters.event].name);
  if (filters.speaker !== null) chip('According to ', { speaker: null }, data.nodes[filters.speaker].name);
  if (filters.source !== null) chip('In ', { source: null }, data.sources[filters.source].title || data.sources[filters.source].id);
  if (filters.since !== null || filters.until !== null) {
    const { since, until } = filters;
    chip('', { since: null, until: null }, since === until ? dayText(since) : since === null ? `until ${dayText(until)}` : until === null ? `from ${dayText(since)}` : `${dayText(since)} – ${dayText(until)}`);
  }
  if (filters.least > 0) chip('At least ', { least: 0 }, `${Math.round(filters.least * 100)} % sure`);
  if (filters.types.size) chip('', { types: new Set() }, count(filters.types, 'kind', 'kinds'));
  if (filters.statuses.size) chip('', { statuses: new Set() }, count(filters.statuses, 'way of saying', 'ways of saying'));
  if (filters.relations.size) chip('', { relations: new Set() }, count(filters.relations, 'relation', 'relations'));
  return made;
}

function showChips() {
  const made = chipsNow(), host = byId('chips');
  host.parentElement.hidden = !made.length;
  host.replaceChildren(...made.map(({ label, value, off }) => el('li', {}, el('button', { type: 'button', class: 'chip', onclick: () => {
    off();
    const next = host.querySelector('.chip') || byId('search');
    next.focus();
  } }, el('span', { class: 'visually-hidden' }, 'Remove filter: '), label, bdi(value), el('span', { 'aria-hidden': 'true', class: 'x' }, '×')))));
}

// The choices of a select: [value, text, count], the most frequent first.
function choices(id, all, rows) {
  const box = byId(id);
  box.replaceChildren(el('option', { value: '' }, all), ...rows.map(([value, text, count]) => el('option', { value: String(value) }, `${text.length > 70 ? `${text.slice(0, 68)}…` : text} (${number(count)})`)));
  box.closest('.field').hidden = !rows.length;
}

function buildCircumstances() {
  const speakers = tally(data.claims.filter((claim) => claim.speaker !== undefined).map((claim) => claim.speaker));
  choices('speaker', 'anybody', speakers.map(([id, count]) => [id, data.nodes[id].name, count]));
  const sources = tally(data.claims.map((claim) => claim.document));
  choices('source', 'all articles', data.sources.length > 1 ? sources.map(([id, count]) => [id, data.sources[id].title || data.sources[id].id, count]) : []);
  const days = data.claims.map(daysOf).filter(Boolean);
  const known = days.flat().filter(Boolean).sort();
  for (const id of ['since', 'until']) {
    byId(id).min = known[0] || '';
    byId(id).max = known[known.length - 1] || '';
  }
  byId('since').closest('fieldset').hidden = !known.length;
  byId('least').closest('.field').hidden = !data.claims.some((claim) => claim.confidence !== undefined);
}

function syncCircumstances() {
  const { filters } = state;
  for (const id of ['speaker', 'source']) byId(id).value = filters[id] === null ? '' : String(filters[id]);
  for (const id of ['since', 'until']) if (byId(id) !== document.activeElement || filters[id] === null) byId(id).value = filters[id] || '';
  byId('least').value = String(filters.least);
  byId('least-said').textContent = filters.least > 0 ? `${Math.round(filters.least * 100)} %` : 'any';
  byId('least').setAttribute('aria-valuetext', byId('least-said').textContent);
  showChips();
}

function startCircumstances() {
  for (const id of ['speaker', 'source']) byId(id).addEventListener('change', () => setFilter({ [id]: byId(id).value === '' ? null : Number(byId(id).value) }));
  // A day half typed is no day; one that is turned round is the other end.
  for (const id of ['since', 'until']) byId(id).addEventListener('change', () => {
    const days = [byId('since').value || null, byId('until').value || null];
    if (days[0] && days[1] && days[0] > days[1]) days.reverse();
    setFilter({ since: days[0], until: days[1] });
  });
  byId('least').addEventListener('input', () => setFilter({ least: Number(byId('least').value) }));
  byId('show-all').addEventListener('click', () => { showAll(); field.focus(); });
}

renew.push(buildCircumstances);
