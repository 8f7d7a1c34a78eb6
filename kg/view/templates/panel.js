// The panel: what the articles say about the node or edge that is chosen, word for word.
const panel = byId('panel');
let opener = null;
const CLAIMS_AT_FIRST = 25;
const MANY = 1000; // nodes that take long to draw
const MODALITY = { possible: 'Possible', intended: 'Planned', conditional: 'Conditional' };
const ROLE = { place: 'where', time: 'when', recipient: 'to whom', topic: 'about', source: 'from', destination: 'to', instrument: 'with', manner: 'how', quantity: 'how many', cause: 'why', agent: 'by', theme: 'what', other: 'also' };

// Choose a node, an edge, a claim or an article, and show it in every view; null chooses nothing.
// options: `focus` goes to the panel, `near` zooms to it, `still` moves no view
function select(target, options = {}) {
  const same = target && state.selected && target.kind === state.selected.kind && target.id === state.selected.id;
  state.selected = target;
  state.hovered = null;
  if (!target) closePanel();
  else {
    if (target.kind === 'node' && !state.seen.drawn[target.id]) { state.pinned.add(target.id); state.seen = visible(); showFiltered(); }
    if (panel.hidden) opener = document.activeElement;
    panel.hidden = false;
    if (!same) showPanel();
    if (options.focus) byId('panel-title').focus();
  }
  markCurrent();
  writeFragment();
  const tell = () => {
    if (state.selected !== target) return;
    if (target && inFront('graph') && !options.still) bringIntoView({ ...target, near: options.near });
    for (const view of views) view.shown();
  };
  if (data.nodes.length > MANY) requestAnimationFrame(() => setTimeout(tell)); // the panel is painted before the views are
  else tell();
}

const PANELS = { node: nodePanel, edge: edgePanel, claim: claimPanel, source: sourcePanel, path: pathPanel };
function showPanel() {
  const body = byId('panel-body'), inside = body.contains(document.activeElement);
  body.replaceChildren(...PANELS[state.selected.kind](state.selected.id));
  body.scrollTop = 0;
  if (inside) byId('panel-title').focus();
}

const seenOf = (ids) => ids.filter((id) => state.seen.claims[id]);

// What the filters keep back of a list is said.
function keptBack(all, shown) {
  const count = all.length - shown.length;
  return count ? el('p', { class: 'kept-back' }, `${plural(count, 'statement', 'statements')} filtered out · `, el('button', { type: 'button', class: 'link', onclick: showAll }, 'show all')) : null;
}

function closePanel() {
  if (panel.hidden) return;
  const inside = panel.contains(document.activeElement);
  panel.hidden = true;
  if (inside && opener && document.contains(opener)) opener.focus();
}

function nodePanel(id) {
  const node = data.nodes[id];
  const parts = [
    el('p', { class: 'kicker' }, swatch(node.family), typeName(node.type), touching[id].length ? el('button', { type: 'button', class: 'link', onclick: () => { if (!inFront('graph')) open('graph'); showAround(id); } }, inFront('graph') ? 'Zoom in' : 'Show in graph') : null),
    el('h2', { id: 'panel-title', tabindex: '-1' }, bdi(node.name)),
    facts(node),
    nodeActions(id),
  ];
  const every = node.claims || [], all = seenOf(every);
  const own = all.filter((claim) => takesPart(data.claims[claim], id)), told = all.filter((claim) => !takesPart(data.claims[claim], id));
  if (own.length) parts.push(el('h3', {}, plural(own.length, 'statement', 'statements')), wordsKey(own), ...claimList(own, id));
  if (told.length) parts.push(el('h3', {}, 'What they say of others'), own.length ? null : wordsKey(told), ...claimList(told, id));
  parts.push(keptBack(every, all));
  if (node.quotes) parts.push(el('h3', {}, 'In their words'), ...node.quotes.map((quote) => el('div', { class: 'said' }, source(quote.document), passage(quote))));
  if (node.mentions) parts.push(el('h3', {}, every.length ? 'Also named here' : 'Named here'), ...node.mentions.map((mention) => el('div', { class: 'said' }, source(mention.document), passage(mention))));
  if (touching[id].length) parts.push(el('h3', {}, 'Joined to'), neighbours(id));
  return parts.filter(Boolean);
}

const takesPart = (claim, id) => [claim.doer, claim.patient, ...(claim.others || [])].some((part) => part && part.node === id) || claim.speaker !== id;

function facts(node) {
  const said = [];
  if (node.aliases) said.push(['also ', ...node.aliases.flatMap((alias, index) => [index ? ', ' : '', '“', bdi(alias), '”'])]);
  if (node.lat !== undefined && node.lon !== undefined) said.push([`${Math.abs(node.lat).toFixed(2)}° ${node.lat < 0 ? 'S' : 'N'}, ${Math.abs(node.lon).toFixed(2)}° ${node.lon < 0 ? 'W' : 'E'}${node.country ? ` · ${node.country}` : ''}`]);
  for (const link of node.links || []) said.push([el('a', { href: link, rel: 'noopener noreferrer', target: '_blank' }, /geonames/.test(link) ? 'GeoNames' : new URL(link).hostname)]);
  return el('div', { class: 'facts' }, said.map((line) => el('p', {}, line)));
}

function neighbours(id) {
  const others = tally(touching[id].map((edge) => (data.edges[edge].source === id ? data.edges[edge].target : data.edges[edge].source))).slice(0, 60);
  return el('ul', { id: 'neighbours' }, others.map(([other]) => el('li', {}, entityButton(other))));
}

function entityButton(id) {
  return el('button', { type: 'button', class: 'entity', style: 'font-size:15px;font-weight:500', onclick: () => select({ kind: 'node', id }, { focus: true }) }, swatch(data.nodes[id].family), bdi(data.nodes[id].name));
}

function edgePanel(id) {
  const edge = data.edges[id];
  const end = (node) => el('button', { type: 'button', class: 'entity', onclick: () => select({ kind: 'node', id: node }, { focus: true }) }, swatch(data.nodes[node].family), bdi(data.nodes[node].name));
  const arrow = svg('svg', { viewBox: '0 0 16 30', class: 'down', 'aria-hidden': 'true' }, svg('path', { d: 'M8 1v27M3.5 23 8 28l4.5-5' }));
  const words = edge.status === 'denied' ? `not: ${edge.label}` : edge.label;
  const said = seenOf(edge.claims);
  return [
    el('p', { class: 'kicker' }, edge.relation ? 'Relation' : 'Relation in the article’s own words'),
    el('h2', { id: 'panel-title', tabindex: '-1', class: 'ends', 'aria-label': `${data.nodes[edge.source].name} ${words} ${data.nodes[edge.target].name}` },
      end(edge.source), el('span', { class: `relation ${edge.status}` }, arrow, bdi(words)), end(edge.target)),
    el('h3', {}, plural(said.length, 'statement', 'statements')), wordsKey(said), ...claimList(said, null), keptBack(edge.claims, said),
  ].filter(Boolean);
}

function claimPanel(id) {
  const claim = data.claims[id];
  const title = [claim.doer, null, claim.patient].map((part, index) => (index === 1 ? (claim.negated ? `not: ${claim.label}` : claim.label) : !part ? '' : part.node === undefined ? part.text : data.nodes[part.node].name));
  return [el('p', { class: 'kicker' }, 'Statement'), el('h2', { id: 'panel-title', tabindex: '-1' }, bdi(title.join(' ').trim())), wordsKey([id]), ...grouped([id], null)];
}

function sourcePanel(id) {
  const every = [...data.claims.keys()].filter((claim) => data.claims[claim].document === id), own = seenOf(every);
  return [
    el('p', { class: 'kicker' }, 'Article'), el('h2', { id: 'panel-title', tabindex: '-1' }, bdi(data.sources[id].title || data.sources[id].id)), source(id),
    ...(own.length ? [el('h3', {}, plural(own.length, 'statement', 'statements')), wordsKey(own), ...claimList(own, null)] : [el('p', { class: 'facts' }, every.length ? 'The filters let none of its statements through.' : 'No sentence of it that could be read joins two names.')]), keptBack(every, own),
  ].filter(Boolean);
}

// The marks' meaning, shown once over the sentences that use them.
function wordsKey(ids) {
  const used = new Set(ids.flatMap((id) => (data.claims[id].marks || []).map((mark) => mark[2])));
  const names = { subject: 'who', predicate: 'does', object: 'whom or what', speaker: 'says so', time: 'when' };
  return el('p', { class: 'key', 'aria-label': 'Meaning of the marks' }, Object.entries(names).filter(([role]) => used.has(role)).map(([role, name]) => el('mark', { class: role }, name)));
}

function claimList(ids, here) {
  const made = grouped(ids.slice(0, CLAIMS_AT_FIRST), here);
  if (ids.length > CLAIMS_AT_FIRST) {
    const rest = ids.slice(CLAIMS_AT_FIRST);
    const more = el('button', { type: 'button', class: 'link', onclick: () => more.replaceWith(...grouped(rest, here)) }, `Show ${number(rest.length)} more`);
    made.push(more);
  }
  return made;
}

// Claims under the article that makes them (they come in the order of articles).
function grouped(ids, here) {
  const groups = [];
  for (const id of ids) {
    const claim = data.claims[id], last = groups[groups.length - 1];
    if (last && last.document === claim.document) last.claims.push(claim);
    else groups.push({ document: claim.document, claims: [claim] });
  }
  return groups.map((group) => el('section', { class: 'article' }, source(group.document), group.claims.map((claim) => claimBlock(claim, here))));
}

function claimBlock(claim, here) {
  return el('article', { class: 'claim' }, saysLine(claim, here), passage(claim), further(claim), badges(claim));
}

function participant(part, kind, here) {
  if (!part) return el('span', { class: kind }, kind === 'doer' ? 'someone' : '');
  const known = part.node !== undefined;
  const name = known ? data.nodes[part.node].name : part.text;
  if (!known || part.node === here) return bdi(name, { class: `${kind} who` });
  return el('button', { type: 'button', class: kind, onclick: () => select({ kind: 'node', id: part.node }, { focus: true }) }, bdi(name));
}

function saysLine(claim, here) {
  const not = claim.negated ? el('span', { class: 'not' }, 'not: ') : null;
  return el('p', { class: 'says' }, participant(claim.doer, 'doer', here), ' ', not, bdi(claim.label, { class: 'verb' }), ' ', claim.patient ? participant(claim.patient, 'patient', here) : null);
}

function further(claim) {
  const told = (claim.others || []).filter((part) => part.role);
  if (!told.length) return null;
  return el('ul', { class: 'further-list' }, told.map((part) => {
    const known = part.node !== undefined ? data.nodes[part.node].name : null;
    const value = part.value ? valueText(part) : known && !part.text.endsWith(known) ? known : null;
    return el('li', {}, el('span', { class: 'role' }, `${ROLE[part.role] || part.role}: `), bdi(part.text), value ? el('span', { class: 'role' }, ' (', bdi(value), ')') : null);
  }));
}

function badges(claim, tag = 'p') {
  const made = [];
  if (claim.negated) made.push(el('span', { class: 'badge denied' }, 'Denied'));
  if (MODALITY[claim.modality]) made.push(el('span', { class: 'badge possible' }, MODALITY[claim.modality]));
  if (claim.speaker !== undefined) made.push(el('span', { class: 'badge attributed' }, 'According to ', bdi(data.nodes[claim.speaker].name)));
  return made.length ? el(tag, { class: 'badges' }, made) : null;
}

function source(document_) {
  const { title, id, url, date } = data.sources[document_];
  const name = bdi(title || id);
  return el('p', { class: 'source' }, url ? el('a', { href: url, rel: 'noopener noreferrer', target: '_blank' }, name) : el('span', {}, name), date ? el('span', { class: 'date' }, day(date)) : null);
}

// "2021-06-26/2021-06-28" → "26 June 2021 – 28 June 2021"; "3500/.." → "at least 3500"
function valueText({ role, value }) {
  const [low, high] = value.split('/').map((end) => (role === 'time' ? day(end) : end));
  if (high === undefined) return low;
  const [from, to] = role === 'time' ? ['from', 'until'] : ['at least', 'at most'];
  return low === '..' ? `${to} ${high}` : high === '..' ? `${from} ${low}` : `${low} – ${high}`;
}

function day(date) {
  const [, year, month, dayOfMonth] = /^(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)/.exec(date) || [];
  if (!year) return date;
  const names = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
  return `${dayOfMonth ? `${Number(dayOfMonth)} ` : ''}${names[Number(month) - 1] || month} ${year}`;
}

const MARKED = new Set(['subject', 'predicate', 'object', 'speaker', 'time']);
// A sentence is a stretch of its article's text, or stands by itself where that is not on the page.
const wording = ({ text, document, start, end }) => (text === undefined ? data.sources[document].text.slice(start, end) : data.texts[text]);
function passage(item) {
  const { marks } = item, whole = wording(item);
  const parts = [];
  let done = 0;
  for (const [start, end, role] of marks || []) {
    parts.push(whole.slice(done, start), el('mark', { class: MARKED.has(role) ? role : 'further', 'data-role': role }, whole.slice(start, end)));
    done = end;
  }
  return el('blockquote', { dir: 'auto' }, [...parts, whole.slice(done)]);
}

function startPanel() {
  byId('close-panel').addEventListener('click', () => select(null));
}
