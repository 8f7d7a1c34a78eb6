// Putting it together: counts, the empty state, keys, colours.
function showCounts(shownNodes, shownEdges) {
  const all = data.nodes.filter((node) => node.degree > 0).length;
  const part = shownNodes < all || shownEdges < data.edges.length;
  const named = part ? `${number(shownNodes)} of ${plural(all, 'name', 'names')}` : plural(shownNodes, 'name', 'names');
  const joined = part ? `${number(shownEdges)} of ${plural(data.edges.length, 'relation', 'relations')}` : plural(data.edges.length, 'relation', 'relations');
  byId('counts').textContent = [named, joined, plural(data.sources.length, 'article', 'articles'), leftOut()].filter(Boolean).join(' · ');
}

function leftOut() {
  const parts = [data.omitted && plural(data.omitted, 'name', 'names'), data.untold && plural(data.untold, 'statement', 'statements')].filter(Boolean);
  return parts.length ? `left out as too many: ${parts.join(', ')}` : '';
}

const EMPTY = {
  filtered: ['Everything is filtered out', 'Choose more in the legend, or show all again.'],
  nothing: ['Nothing to draw', 'No article names a person, an organization or a place that could be read.'],
  unjoined: ['No relations found', 'The articles name people, organizations and places, but no sentence that could be read joins two of them. The list of names leads to the sentences that mention them.'],
};

function showEmpty(which) {
  const empty = byId('empty');
  empty.hidden = which === null;
  if (which === null) return;
  empty.querySelector('h2').textContent = EMPTY[which][0];
  empty.querySelector('p').textContent = EMPTY[which][1];
}

function key(event) {
  if (event.key === 'Escape') { if (byId('sidebar').classList.contains('open')) byId('close-filters').click(); else select(null); return; }
  if (event.key === '/' && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); field.focus(); }
}

function startTheme() {
  const root = document.documentElement, system = matchMedia('(prefers-color-scheme: dark)');
  const dark = () => (root.dataset.theme || (system.matches ? 'dark' : 'light')) === 'dark';
  const name = () => byId('theme').setAttribute('aria-label', dark() ? 'Light colours' : 'Dark colours');
  byId('theme').addEventListener('click', () => { root.dataset.theme = dark() ? 'light' : 'dark'; name(); repaint(); });
  system.addEventListener('change', () => { name(); repaint(); });
  name();
}

startGraph();
startFilters();
startCircumstances();
startShare();
startPanel();
startSearch();
startTheme();
startTabs();
load({ ...JSON.parse(byId('kg-content').textContent), picture: JSON.parse(byId('kg-graph').textContent) });
readFragment();
document.addEventListener('keydown', key);
if (!data.edges.length && data.nodes.length) byId('all-names').open = true;
// For the console: kg.select({ kind: 'node', id: 0 }) opens a node, kg.setFilter({ since: '2024-03-01' }) filters.
window.kg = { get data() { return data; }, get picture() { return renderer; }, state, views, load, select, setFilter, open, fragment: toFragment, unfiltered, shown: shownClaims, sparql, csv, svg: svgText, showPath };
