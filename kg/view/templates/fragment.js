// The state in the address's fragment, by IRIs and ids: a view can be sent, and is there again after a reload.
const edgeKey = (edge) => [data.nodes[edge.source].iri, data.nodes[edge.target].iri, edge.relation || '', edge.status === 'denied' ? 'not' : '', edge.label].join(' ');
const iriOf = (id) => data.nodes[id].iri;
const HIDDEN = { types: 'without', relations: 'unrelated', statuses: 'unsaid' };
const NODES = { speaker: 'speaker', place: 'place', event: 'event' }; // filters that name a node
const DAY = /^\d{4}-\d\d-\d\d$/;

function toFragment() {
  const said = new URLSearchParams();
  const put = (key, value) => { if (value !== null && value !== undefined && value !== '') said.append(key, value); };
  const { filters, selected } = state;
  if (state.view !== 'graph') put('view', state.view);
  put('beside', state.beside);
  for (const [name, key] of Object.entries(HIDDEN)) for (const value of [...filters[name]].sort()) put(key, value);
  for (const [name, key] of Object.entries(NODES)) if (filters[name] !== null) put(key, iriOf(filters[name]));
  if (filters.source !== null) put('in', data.sources[filters.source].id);
  put('since', filters.since);
  put('until', filters.until);
  if (filters.least > 0) put('least', String(filters.least));
  if (filters.around) { put('around', iriOf(filters.around.node)); put('depth', String(filters.around.depth)); }
  if (state.lonely) put('named', 'all');
  if (selected) {
    if (selected.kind === 'node') put('node', iriOf(selected.id));
    if (selected.kind === 'edge') put('edge', edgeKey(data.edges[selected.id]));
    if (selected.kind === 'claim') put('claim', data.claims[selected.id].id);
    if (selected.kind === 'source') put('article', data.sources[selected.id].id);
    if (selected.kind === 'path') { put('from', selected.from); put('to', selected.to); }
  }
  return said.toString();
}

// Set filters and views as a fragment says; return what it chooses. Names that nothing has are passed over.
function fromFragment(text) {
  const said = new URLSearchParams(text);
  const node = (key) => numberOf.get(said.get(key));
  const filters = unfiltered();
  for (const [name, key] of Object.entries(HIDDEN)) filters[name] = new Set(said.getAll(key));
  for (const [name, key] of Object.entries(NODES)) filters[name] = node(key) ?? null;
  const within = data.sources.findIndex((source) => source.id === said.get('in'));
  if (within >= 0) filters.source = within;
  for (const key of ['since', 'until']) if (DAY.test(said.get(key) || '')) filters[key] = said.get(key);
  const least = Number(said.get('least'));
  if (least > 0 && least <= 1) filters.least = least;
  if (node('around') !== undefined) filters.around = { node: node('around'), depth: said.get('depth') === '2' ? 2 : 1 };
  state.filters = filters;
  state.lonely = said.get('named') === 'all';
  state.view = viewOf(said.get('view')) ? said.get('view') : 'graph';
  state.beside = viewOf(said.get('beside')) ? said.get('beside') : null;
  const found = (kind, key, list, test) => { const id = said.has(key) ? list.findIndex(test) : -1; return id < 0 ? null : { kind, id }; };
  if (node('from') !== undefined && node('to') !== undefined) return { kind: 'path', from: said.get('from'), to: said.get('to') };
  if (node('node') !== undefined) return { kind: 'node', id: node('node') };
  return found('edge', 'edge', data.edges, (edge) => edgeKey(edge) === said.get('edge'))
    || found('claim', 'claim', data.claims, (claim) => claim.id === said.get('claim'))
    || found('source', 'article', data.sources, (source) => source.id === said.get('article'));
}

let written = ''; // as the address has it
const inAddress = () => (location.hash.includes('=') ? location.hash.slice(1) : ''); // else it names a place on the page

let writing = 0;

// Soon after the last change: a range that is dragged would write hundreds of times.
function writeFragment() {
  clearTimeout(writing);
  writing = setTimeout(() => { if (inAddress() === written) writeNow(); }, 120); // else somebody has just changed it
}

function writeNow() {
  clearTimeout(writing);
  const text = toFragment();
  if (text !== inAddress()) history.replaceState(history.state, '', `#${text}`);
  written = inAddress();
}

async function readFragment() {
  const text = inAddress();
  if (text === (written || '')) return;
  written = text;
  const said = new URLSearchParams(text);
  await Promise.all(['node', 'from', 'to', 'around', 'speaker', 'place', 'event'].filter((key) => said.has(key)).map((key) => reach(said.get(key))));
  const chosen = fromFragment(text);
  refresh();
  arrangeViews();
  if (chosen && chosen.kind === 'path') await showPath(chosen.from, chosen.to);
  else select(chosen);
}

// What is filtered and chosen, kept while other data come in: the numbers of all things change.
function keepOver(change) {
  const kept = toFragment(), pinned = [...state.pinned].map(iriOf);
  const path = state.selected && state.selected.kind === 'path' ? state.selected : null;
  change();
  const chosen = fromFragment(kept);
  state.pinned = new Set(pinned.map((iri) => numberOf.get(iri)).filter((id) => id !== undefined));
  state.selected = path ? null : chosen;
  if (!state.selected && !path) closePanel();
}
