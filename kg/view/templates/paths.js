// Ways through the graph: the shortest path between two names, and the neighbourhood of one.

// Numbers of the nodes within some steps of one, over edges that `passable` lets through.
function nearby(start, depth, passable) {
  const known = new Set([start]);
  let rim = [start];
  for (let step = 0; step < depth; step++) {
    const next = [];
    for (const id of rim) for (const edge of touching[id]) {
      const other = passable(edge) ? otherEnd(edge, id) : id;
      if (!known.has(other)) { known.add(other); next.push(other); }
    }
    rim = next;
  }
  return known;
}

const otherEnd = (edge, id) => (data.edges[edge].source === id ? data.edges[edge].target : data.edges[edge].source);

// The numbers of the edges that lead from one IRI to another, in their order; [] where both are one, null where nothing
// leads there. Breadth first over what is seen, in both directions. The explorer asks its server instead.
let pathBetween = async (from, to) => {
  const start = numberOf.get(from), goal = numberOf.get(to);
  const cameBy = new Map([[start, null]]);
  const queue = [start];
  for (const id of queue) {
    if (id === goal) break;
    for (const edge of touching[id]) {
      const other = otherEnd(edge, id);
      if (state.seen.edges[edge] && !cameBy.has(other)) { cameBy.set(other, [edge, id]); queue.push(other); }
    }
  }
  if (!cameBy.has(goal)) return null;
  const way = [];
  for (let id = goal; cameBy.get(id); id = cameBy.get(id)[1]) way.unshift(cameBy.get(id)[0]);
  return way;
};

// Numbers of the edges that join each of these nodes with the next; those that are seen first.
const edgesAlong = (way) => way.slice(1).map((id, step) => {
  const joining = touching[id].filter((edge) => otherEnd(edge, id) === way[step]);
  return joining.find((edge) => state.seen.edges[edge]) ?? joining[0];
});

let pathTurn = 0;
async function showPath(from, to, options = {}) {
  const turn = ++pathTurn, way = await pathBetween(from, to);
  if (turn !== pathTurn) return; // another was asked for meanwhile
  const target = { kind: 'path', id: `${from} ${to} ${way}`, from, to, edges: way || [], nodes: [], none: way === null };
  let id = numberOf.get(from);
  target.nodes.push(id);
  for (const edge of target.edges) { id = otherEnd(edge, id); target.nodes.push(id); }
  if (target.none) target.nodes.push(numberOf.get(to));
  select(target, options);
}

function pathPanel() {
  const { from, to, edges, nodes, none } = state.selected;
  const [first, last] = [numberOf.get(from), numberOf.get(to)];
  const head = [
    el('p', { class: 'kicker' }, 'Shortest path'),
    el('h2', { id: 'panel-title', tabindex: '-1' }, bdi(data.nodes[first].name), ' → ', bdi(data.nodes[last].name)),
  ];
  if (none) return [...head, el('p', { class: 'facts' }, filtered() ? 'Nothing that the filters let through joins the two.' : 'Nothing that the articles say joins the two.'), pathActions(from, to)];
  return [...head, el('p', { class: 'facts' }, plural(edges.length, 'step', 'steps')), pathActions(from, to), el('ol', { class: 'way' }, edges.map((edge, step) => pathStep(edge, nodes[step], nodes[step + 1])))];
}

function pathActions(from, to) {
  const action = (label, onclick) => el('button', { type: 'button', class: 'link', onclick }, label);
  return el('p', { class: 'actions' }, action('Turn round', () => showPath(to, from, { focus: true })), filtered() ? action('Show all', showAll) : null);
}

// One step: both names, and the sentence that joins them.
function pathStep(edge, from, to) {
  const said = data.edges[edge].claims.filter((claim) => state.seen.claims[claim]);
  const rest = said.length - 1;
  return el('li', {}, el('p', { class: 'step' }, entityButton(from), el('span', { class: 'role' }, data.edges[edge].source === from ? ' → ' : ' ← '), bdi(edgeLabels[edge]), ' ', entityButton(to)),
    ...grouped(said.slice(0, 1), null),
    rest ? el('button', { type: 'button', class: 'link', onclick: () => select({ kind: 'edge', id: edge }, { focus: true }) }, plural(rest, 'more statement', 'more statements')) : null);
}

// Below the name of a node: what can be done with it.
function nodeActions(id) {
  const around = state.filters.around, depth = around && around.node === id ? around.depth : 0;
  const host = el('div', { class: 'actions' });
  const show = (steps, label) => el('button', { type: 'button', class: 'tool small', 'aria-pressed': String(depth === steps), onclick: () => {
    setFilter({ around: depth === steps ? null : { node: id, depth: steps } });
    if (inFront('graph')) fit();
  } }, label);
  const ask = el('button', { type: 'button', class: 'tool small', 'aria-expanded': 'false', onclick: () => {
    const box = host.querySelector('.path-search');
    if (box) { box.remove(); ask.setAttribute('aria-expanded', 'false'); return; }
    ask.setAttribute('aria-expanded', 'true');
    host.append(pathSearch(id));
    host.querySelector('input').focus();
  } }, 'Path to …');
  if (touching[id].length) host.append(show(1, 'Only around it'), show(2, 'Two steps'));
  host.append(ask);
  if (data.served) host.append(el('a', { class: 'tool small', href: `/corrections?node=${encodeURIComponent(iriOf(id))}` }, 'Correct'));
  return host;
}

function pathSearch(id) {
  const input = el('input', { type: 'text', role: 'combobox', autocomplete: 'off', spellcheck: 'false', placeholder: 'Find the other end …', 'aria-label': `Path from ${data.nodes[id].name} to`, 'aria-expanded': 'false', 'aria-controls': 'path-ends', 'aria-autocomplete': 'list' });
  const list = el('ul', { id: 'path-ends', class: 'suggestions', role: 'listbox', 'aria-label': 'Suggestions', hidden: true });
  offerNames(input, list, (node) => showPath(iriOf(id), node.iri, { focus: true }), (node) => node.iri !== iriOf(id));
  return el('div', { class: 'search path-search' }, input, list);
}
