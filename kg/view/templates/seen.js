// What passes the filters, and setting them: the same for every view.
const UNTYPED = '(other words)';
const relationOf = (item) => item.relation || UNTYPED; // of a claim or an edge
const partsOf = (claim) => [claim.doer, claim.patient, ...(claim.others || [])].filter((part) => part && part.node !== undefined).map((part) => part.node);
// Nodes that a claim tells of: who takes part, and the event told. Its speaker only says so.
const toldOf = (claim) => (claim.event === undefined ? partsOf(claim) : [...partsOf(claim), claim.event]);

// First and last day that a claim is about, null where that end is open: its own time, else the day of its article; null where neither is known.
function daysOf(claim) {
  if (claim.when) return [claim.when[0], claim.when[1]];
  const day = (data.sources[claim.document].date || '').slice(0, 10);
  return /^\d{4}-\d\d-\d\d$/.test(day) ? [day, day] : null;
}

function within(claim, since, until) {
  if (since === null && until === null) return true;
  const days = daysOf(claim);
  return days !== null && (until === null || days[0] === null || days[0] <= until) && (since === null || days[1] === null || days[1] >= since);
}

function passes(claim, filters) {
  const { types, relations, statuses, speaker, source, since, until, least, place, event } = filters;
  const hides = (part) => part && part.node !== undefined && types.has(data.nodes[part.node].type);
  const given = (claim.others || []).find((part) => part.role === 'recipient');
  return !statuses.has(claim.status) && !relations.has(relationOf(claim)) && !hides(claim.doer) && !hides(claim.patient) && !hides(given)
    && (speaker === null || claim.speaker === speaker) && (source === null || claim.document === source)
    && (claim.confidence === undefined || claim.confidence >= least) && within(claim, since, until)
    && (place === null || partsOf(claim).includes(place) || (claim.where || []).includes(place))
    && (event === null || toldOf(claim).includes(event));
}

// Filters that let through only some claims leave no node that no claim tells of.
const narrowed = ({ speaker, since, until, least, place, event, around, statuses, relations }) => (
  speaker !== null || since !== null || until !== null || least > 0 || place !== null || event !== null || around !== null || statuses.size > 0 || relations.size > 0);
const filtered = () => state.lonely || state.filters.types.size > 0 || state.filters.source !== null || narrowed(state.filters);

function visible() {
  const { filters } = state, { around } = filters;
  const typeShown = data.nodes.map((node) => !filters.types.has(node.type));
  const edgesOf = (claims) => data.edges.map((edge) => typeShown[edge.source] && typeShown[edge.target] && !filters.relations.has(relationOf(edge)) && edge.claims.some((claim) => claims[claim]));
  let claims = data.claims.map((claim) => passes(claim, filters)), edges = edgesOf(claims), near = null;
  if (around) {
    near = nearby(around.node, around.depth, (edge) => edges[edge]);
    claims = claims.map((passed, id) => passed && isNear(data.claims[id], near, around.node));
    edges = edgesOf(claims).map((seen, id) => seen && near.has(data.edges[id].source) && near.has(data.edges[id].target));
  }
  const told = new Set();
  claims.forEach((seen, id) => { if (seen) for (const node of toldOf(data.claims[id])) told.add(node); });
  const onlyNamed = (node) => !narrowed(filters) && !(node.claims || []).length
    && (filters.source === null || (node.mentions || []).some((mention) => mention.document === filters.source));
  const nodes = data.nodes.map((node, id) => state.pinned.has(id) || (typeShown[id] && (near ? near.has(id) : told.has(id) || onlyNamed(node))));
  const drawn = nodes.map((seen, id) => state.pinned.has(id) || (near && id === around.node) || touching[id].some((edge) => edges[edge]) || (seen && state.lonely && !touching[id].length));
  return { nodes, edges, claims, drawn };
}

// A claim of a neighbourhood tells of the one in its middle, or of two others in it.
function isNear(claim, near, middle) {
  const told = new Set(toldOf(claim).filter((node) => near.has(node)));
  return told.has(middle) || claim.speaker === middle || told.size > 1;
}

// Change filters, and have every view show what they let through.
function setFilter(changes) {
  Object.assign(state.filters, changes);
  refresh();
}

function refresh() {
  state.seen = visible();
  showFiltered();
  for (const view of views) view.shown();
  if (state.selected && state.selected.kind === 'path') showPath(state.selected.from, state.selected.to, { still: true });
  else if (state.selected) showPanel();
  writeFragment();
}

function showFiltered() {
  const { drawn, edges, claims } = state.seen;
  const count = (flags) => flags.reduce((sum, flag) => sum + (flag ? 1 : 0), 0);
  document.documentElement.dataset.shown = `${count(drawn)} ${count(edges)}`;
  document.documentElement.dataset.claims = String(count(claims));
  byId('reset').hidden = !filtered();
  showEmpty(count(drawn) > 0 ? null : !data.nodes.length ? 'nothing' : !data.edges.length && !filtered() ? 'unjoined' : 'filtered');
  showCounts(count(drawn), count(edges));
  syncRows();
  syncCircumstances();
}

