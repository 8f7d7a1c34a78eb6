// The explorer: the page over a graph that is larger than what it shows. More is fetched from the server it came from.
const notice = el('div', { id: 'served', role: 'status', hidden: true });
document.querySelector('main').append(notice);
let fetching = 0;

// Ask the server. Where it does not answer, or refuses, the page says so and offers to try again.
async function ask(path, parameters, body) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined));
  const options = body ? { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {};
  let answer;
  try {
    answer = await fetch(`${path}?${query}`, options);
  } catch {
    throw new Error('The server does not answer: is kg serve still running?');
  }
  const said = await answer.json().catch(() => ({ error: `The server answered ${answer.status}.` }));
  if (!answer.ok) throw new Error(said.error || `The server answered ${answer.status}.`);
  return said;
}

function say(parts, failed = false) {
  notice.hidden = !parts;
  notice.classList.toggle('failed', failed);
  notice.setAttribute('role', failed ? 'alert' : 'status');
  notice.replaceChildren(...(parts || []));
}

// Do something that fetches; it is said while it lasts, and when it fails.
async function working(words, work) {
  fetching++;
  const wait = setTimeout(() => say([el('i', { class: 'spin', 'aria-hidden': 'true' }), el('span', {}, words)]), 250);
  document.documentElement.dataset.fetching = String(fetching);
  try {
    const found = await work();
    say(null);
    return found;
  } catch (error) {
    say([el('span', {}, error.message), el('button', { type: 'button', class: 'tool', onclick: () => working(words, work) }, 'Try again'),
      el('button', { type: 'button', class: 'tool icon', 'aria-label': 'Close', onclick: () => say(null) }, '×')], true);
    return undefined;
  } finally {
    clearTimeout(wait);
    fetching--;
    document.documentElement.dataset.fetching = String(fetching);
  }
}

// What is shown, and the statements that were asked for: the server answers with these and with what is new.
function shownNow() {
  const { source, speaker, since, until } = state.filters;
  const also = {
    source: source === null ? undefined : data.sources[source].id,
    speaker: speaker === null ? undefined : data.nodes[speaker].iri,
    since: since || undefined,
    until: until || undefined,
  };
  // Who was joined to nobody here may lie better elsewhere, once it is.
  return { shown: data.nodes.map((node, id) => (node.degree ? [node.n, spot(id).x, spot(id).y] : [node.n, null, null])), also };
}

// Draw what came, and look where one looked before; `load` keeps what was chosen and filtered.
function take(content) {
  const view = { scale: renderer.scale(), centre: renderer.centre(), moved: state.moved };
  load({ ...content, base: data.base });
  if (view.moved) renderer.moveTo({ position: view.centre, scale: view.scale });
  state.moved = view.moved;
}

// One after the other: each tells the server what the one before has brought.
let line = Promise.resolve();
function fetchInto(words, path, parameters) {
  const fetched = line.then(() => working(words, async () => {
    const content = await ask(path, parameters, shownNow());
    take(content);
    return content;
  }));
  line = fetched;
  return fetched;
}

// Show who is joined to an entity: the strongest that are not shown yet.
async function expand(id) {
  const { iri, name } = data.nodes[id];
  const content = await fetchInto(`Fetching who is joined to ${name.slice(0, 60)} …`, '/api/around', { node: iri, skip: skipped(id) });
  if (!content) return;
  const now = numberOf.get(iri);
  if (now === undefined) return;
  select({ kind: 'node', id: now }, { still: true });
  showAround(now);
}

// Neighbours that are shown already are not asked for again, once there are so many that none would be new.
const expanded = new Map(); // how many were asked for, by IRI
function skipped(id) {
  const { iri } = data.nodes[id];
  const before = expanded.get(iri) || 0;
  expanded.set(iri, before + 150);
  return before;
}

suggest = async (query) => {
  try {
    return (await ask('/api/search', { q: query })).found;
  } catch (error) {
    await working('Searching …', () => { throw error; });
    return find(query).map((id) => data.nodes[id]);
  }
};

reach = async (iri) => {
  if (!numberOf.has(iri)) await fetchInto('Fetching …', '/api/around', { node: iri });
  return numberOf.get(iri);
};

// The shortest path over the whole graph; where the server does not answer, over what is shown.
const pathShown = pathBetween;
pathBetween = async (from, to) => {
  const content = await fetchInto('Looking for a path …', '/api/path', { from, to });
  if (!content) return pathShown(from, to);
  return content.path.length ? edgesAlong(content.path.map((iri) => numberOf.get(iri))) : null;
};

// A text that the reader asks for; mentions of entities that are not shown have no number.
const articles = new Map();
article = async (source) => {
  const { id } = data.sources[source];
  if (!articles.has(id)) articles.set(id, await ask('/api/article', { id }));
  const { text, mentions } = articles.get(id);
  return { text, mentions: mentions.map(([start, end, iri]) => [start, end, numberOf.get(iri) ?? null]) };
};

// Choosing a speaker, an article or a time fetches what is said so beyond what is shown.
const FETCHED = ['source', 'speaker', 'since', 'until'];
const fetchFiltered = () => fetchInto('Fetching what is said …', '/api/view', shownNow().also);
const filterShown = setFilter;
let settling = 0;
setFilter = (changes) => {
  filterShown(changes);
  if (!FETCHED.some((key) => key in changes && changes[key] !== null)) return;
  clearTimeout(settling); // a range that is dragged would ask a hundred times
  settling = setTimeout(fetchFiltered, 300);
};

// A link to what is not shown fetches it.
const readShown = readFragment;
readFragment = async () => {
  const said = new URLSearchParams(location.hash.slice(1));
  const lacking = [said.get('in'), said.get('article')].filter((id) => id && !data.sources.some((source) => source.id === id));
  for (const source of lacking) await fetchInto('Fetching the article …', '/api/view', { source });
  await readShown();
  if (FETCHED.some((key) => state.filters[key] !== null)) await fetchFiltered();
};

// In the panel of an entity: how much of it is shown, and more of it.
const panelOfNode = PANELS.node;
PANELS.node = (id) => {
  const node = data.nodes[id], parts = panelOfNode(id);
  const beyond = Math.max(node.joined - node.degree, 0);
  const page = data.base && node.iri.startsWith(data.base) ? new URL(node.iri).pathname : null;
  const words = [
    node.joined ? `${number(node.degree)} of ${plural(node.joined, 'relation', 'relations')}` : null,
    node.told ? `${number((node.claims || []).length)} of ${plural(node.told, 'statement', 'statements')}` : null,
  ].filter(Boolean).join(' and ');
  parts.splice(3, 0, el('div', { class: 'further' },
    beyond ? el('button', { id: 'expand', type: 'button', class: 'tool', title: 'E, or double click', onclick: () => expand(id) }, `Expand`) : null,
    page ? el('a', { class: 'link', href: page }, 'Its own page') : null,
    words ? el('p', { class: 'hint' }, `Shown here: ${words}.`) : null));
  return parts;
};

showCounts = (shownNodes, shownEdges) => {
  const { total } = data;
  const some = shownNodes < total.nodes;
  const of = (shown, all, one, many) => (shown < all ? `${number(shown)} of ${plural(all, one, many)}` : plural(shown, one, many));
  const words = [of(shownNodes, total.nodes, 'name', 'names'), of(shownEdges, total.edges, 'relation', 'relations'), some && 'search or expand for more'];
  byId('counts').textContent = words.filter(Boolean).join(' · ');
};

function startExplorer() {
  canvasHost.addEventListener('dblclick', () => { if (state.selected && state.selected.kind === 'node') expand(state.selected.id); });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'e' || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
    if (state.selected && state.selected.kind === 'node') { event.preventDefault(); expand(state.selected.id); }
  });
}
// How many corrections wait for the next build stands beside the link that leads to them.
async function sayWaiting() {
  const link = document.querySelector('.places a[href="/corrections"]');
  const answer = link && await fetch('/api/corrections/waiting').catch(() => null);
  const { waiting } = answer && answer.ok ? await answer.json() : { waiting: 0 };
  if (!waiting) return;
  const words = `${plural(waiting, 'correction waits', 'corrections wait')} for the next build`;
  link.append(' ', el('span', { class: 'waiting', title: words, 'aria-hidden': 'true' }, String(waiting)));
  link.setAttribute('aria-label', `Corrections: ${words}`);
}

startExplorer();
sayWaiting();
