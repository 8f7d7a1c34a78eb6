// Putting it together: counts, the empty state, keys, colours.
function showCounts(shownNodes, shownEdges) {
  const all = nodes.filter((node) => node.degree > 0).length;
  const part = shownNodes < all || shownEdges < edges.length;
  const named = part ? `${number(shownNodes)} of ${plural(all, 'name', 'names')}` : plural(shownNodes, 'name', 'names');
  const joined = part ? `${number(shownEdges)} of ${plural(edges.length, 'relation', 'relations')}` : plural(edges.length, 'relation', 'relations');
  byId('counts').textContent = [named, joined, plural(sources.length, 'article', 'articles'), leftOut()].filter(Boolean).join(' · ');
}

function leftOut() {
  const parts = [content.omitted && plural(content.omitted, 'name', 'names'), content.untold && plural(content.untold, 'statement', 'statements')].filter(Boolean);
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

function networkKey(event) {
  const step = 80 / network.getScale(), at = network.getViewPosition();
  const shift = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
  if (shift) { event.preventDefault(); state.moved = true; network.moveTo({ position: { x: at.x + shift[0], y: at.y + shift[1] } }); }
  else if (event.key === '+' || event.key === '=') zoom(1.3);
  else if (event.key === '-') zoom(1 / 1.3);
  else if (event.key === '0') fit();
}

function zoom(factor) { state.moved = true; network.moveTo({ scale: network.getScale() * factor, animation: calm() ? false : { duration: 160, easingFunction: 'easeOutQuad' } }); }

function startTheme() {
  const root = document.documentElement, system = matchMedia('(prefers-color-scheme: dark)');
  const dark = () => (root.dataset.theme || (system.matches ? 'dark' : 'light')) === 'dark';
  const name = () => byId('theme').setAttribute('aria-label', dark() ? 'Light colours' : 'Dark colours');
  byId('theme').addEventListener('click', () => { root.dataset.theme = dark() ? 'light' : 'dark'; name(); repaint(); });
  system.addEventListener('change', () => { name(); repaint(); });
  name();
}

startNetwork();
startFilters();
startPanel();
startSearch();
startTheme();
applyFilters();
byId('zoom-in').addEventListener('click', () => zoom(1.4));
byId('zoom-out').addEventListener('click', () => zoom(1 / 1.4));
byId('fit').addEventListener('click', () => fit());
canvasHost.addEventListener('keydown', networkKey);
document.addEventListener('keydown', key);
if (!edges.length) showEmpty(nodes.length ? 'unjoined' : 'nothing');
if (!edges.length && nodes.length) byId('all-names').open = true;
// For the console: window.kg.network is vis-network's object, kg.select({kind: 'node', id: 0}) opens a node.
window.kg = { network, select, content, state };
