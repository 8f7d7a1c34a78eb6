// The graph view: where it looks, what is emphasised. A renderer draws it: vis-network (canvas.js), or WebGL for many nodes.
//
// A renderer: { start(host), load() new data, show() what is seen, redraw(), repaint() new colours, scale() pixels a unit,
// centre() of the view in units, moveTo({ position, scale, offset, animate }), toStage(point) in pixels from the stage's
// corner, middleOf(edge, part) in units, image() a canvas }. It calls clicked(kind, id), hover(target) and state.moved = true.
const stage = byId('stage');
const canvasHost = byId('network');
const NAME_FONT = getComputedStyle(document.body).getPropertyValue('--ui').trim();
const renderers = {};
let renderer = null;
let behind = false; // filters or the choice changed while another view was in front
let joined = 0; // nodes that an edge joins
let big = false;
let thick = 1; // nodes are larger where there are many; lines keep up
let nodeLabels = [];
let edgeLabels = [];
let ink = {};

// Marks that turn the direction of the text around it would turn the neighbours' names too.
const drawnName = (text) => { const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' '); return plain.length > 32 ? `${plain.slice(0, 30).trimEnd()}…` : plain; };
const spot = (id) => data.picture.nodes[id]; // { x, y, size, shape }

function readInk() {
  ink = {};
  for (const name of ['paper', 'text', 'muted', 'edge', 'faint', 'denied', 'accent', ...families.keys()]) ink[name] = color(name);
}

views.push({
  name: 'graph',
  label: 'Graph',
  host: stage,
  drawn() {
    joined = data.nodes.filter((node) => node.degree > 0).length;
    big = joined > 400;
    thick = data.picture.scale;
    nodeLabels = data.nodes.map((node) => drawnName(node.name));
    edgeLabels = data.edges.map((edge) => drawnName((edge.status === 'denied' ? 'not: ' : '') + edge.label));
    readInk();
    turnForTallStage();
    if (!renderer) { renderer = renderers[data.picture.renderer]; renderer.start(canvasHost); }
    renderer.load();
    fitFirst();
  },
  shown() {
    behind = stage.hidden; // what is not in front is shown when it comes there
    if (!behind) { renderer.show(); renderer.redraw(); }
  },
  opened() { if (behind) { behind = false; renderer.show(); } if (!state.moved) fitFirst(); renderer.redraw(); },
});

function repaint() {
  readInk();
  renderer.repaint();
  for (const view of views) if (view.repaint) view.repaint();
}

// A phone can't show all names at once: it begins with what hangs together with the best connected one.
function fitFirst() {
  fit(false);
  if (!narrow()) return;
  const near = data.nodes.length ? [0] : [];
  const known = new Set(near);
  for (const id of near) for (const edge of touching[id]) for (const end of [data.edges[edge].source, data.edges[edge].target]) if (!known.has(end)) { known.add(end); near.push(end); }
  if (near.length >= 6 && near.length < data.nodes.length) { fit(false, near); state.fitScale = renderer.scale(); }
}

// Python lays out for a wide screen; on a phone held upright the picture is turned over its diagonal.
function turnForTallStage() {
  const { width, height } = stage.getBoundingClientRect();
  const box = boxOf(data.picture.nodes.length ? data.picture.nodes : [{ x: 0, y: 0, size: 1 }]);
  if (height > width * 1.1 && box.width > box.height) for (const node of data.picture.nodes) [node.x, node.y] = [node.y, node.x];
}

function hover(target) { state.hovered = target; renderer.redraw(); }

function clicked(kind, id) { select(kind ? { kind, id } : null); }

// The part of the stage that the panel leaves free, in pixels.
function freeArea() {
  const whole = stage.getBoundingClientRect(), { width, height } = whole;
  const cover = byId('panel').getBoundingClientRect();
  if (byId('panel').hidden || cover.right <= whole.left || cover.left >= whole.right) return { left: 0, top: 0, width, height };
  if (narrow()) return { left: 0, top: 0, width, height: height - cover.height };
  return { left: 0, top: 0, width: Math.max(width - cover.width - 32, 0), height };
}

function moveTo(position, scale, animate) {
  const area = freeArea();
  const whole = stage.getBoundingClientRect();
  const offset = { x: area.left + area.width / 2 - whole.width / 2, y: area.top + area.height / 2 - whole.height / 2 };
  renderer.moveTo({ position, scale, offset, animate: animate && !calm() });
}

function boxOf(points) {
  let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
  for (const { x, y, size } of points) { left = Math.min(left, x - size); right = Math.max(right, x + size); top = Math.min(top, y - size); bottom = Math.max(bottom, y + size); }
  return { left, right, top, bottom, width: right - left, height: bottom - top, middle: { x: (left + right) / 2, y: (top + bottom) / 2 } };
}

function fit(animate = true, ids = null) {
  const shown = ids || [...data.nodes.keys()].filter((id) => state.seen.drawn[id]);
  if (!shown.length) return;
  const box = boxOf(shown.map(spot));
  const area = freeArea();
  if (!area.width || !area.height) return; // another view is in front
  const across = big ? 40 : narrow() ? 58 : 80; // names stand out over the nodes at both sides
  const scale = Math.min((area.width - 2 * across) / box.width, (area.height - 90) / box.height, ids ? 1.4 : 1.5);
  state.moved = false;
  if (!ids) state.fitScale = scale;
  moveTo(box.middle, Math.max(scale, 0.02), animate);
}

function showAround(id) {
  const around = new Set([id]);
  for (const edge of touching[id]) { around.add(data.edges[edge].source); around.add(data.edges[edge].target); }
  fit(true, [...around].filter((other) => state.seen.drawn[other]));
  state.moved = true;
}

// Bring what is chosen, and what it is joined to, into the free part of the stage: as little movement as will do.
function bringIntoView(target) {
  const around = surroundings(target).nodes.map(spot);
  const area = freeArea(), scale = renderer.scale(), margin = 48;
  if (!around.length || !area.width) return;
  const own = target.kind === 'node' ? [spot(target.id)] : around;
  const inside = (points) => points.every((p) => { const at = renderer.toStage(p); return at.x > margin && at.x < area.width - margin && at.y > margin && at.y < area.height - margin; });
  const legible = target.near ? 0.8 : big ? 0.3 : 0;
  if (inside(around) && scale >= legible) return;
  const box = boxOf(around);
  const fitting = Math.min((area.width - 2 * margin) / box.width, (area.height - 2 * margin) / box.height);
  const wanted = Math.max(scale, legible);
  state.moved = true;
  if (fitting > wanted * 0.55) moveTo(box.middle, Math.min(wanted, fitting), true);
  else if (!inside(own) || scale < legible) moveTo(boxOf(own).middle, wanted, true);
}

// What the graph draws of a choice: { nodes, edges }.
function surroundings(target) {
  if (target.kind === 'path') return { edges: target.edges, nodes: target.nodes };
  const ends = (ids) => ids.flatMap((id) => [data.edges[id].source, data.edges[id].target]);
  if (target.kind === 'edge') return { edges: [target.id], nodes: ends([target.id]) };
  if (target.kind === 'node') {
    const shown = touching[target.id].filter((id) => state.seen.edges[id]);
    return { edges: shown, nodes: [...new Set([target.id, ...ends(shown)])] };
  }
  const own = (id) => (target.kind === 'claim' ? id === target.id : data.claims[id].document === target.id);
  const shown = [...data.edges.keys()].filter((id) => state.seen.edges[id] && data.edges[id].claims.some(own));
  return { edges: shown, nodes: [...new Set(ends(shown))] };
}

// What stands out over the veil, or null where nothing does.
function emphasis() {
  const target = state.selected;
  if (!target || (target.kind === 'node' && !state.seen.drawn[target.id])) return null;
  const around = surroundings(target);
  return around.nodes.length ? around : null;
}

function networkKey(event) {
  const step = 80 / renderer.scale(), at = renderer.centre();
  const shift = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
  if (shift) { event.preventDefault(); state.moved = true; renderer.moveTo({ position: { x: at.x + shift[0], y: at.y + shift[1] }, scale: renderer.scale() }); }
  else if (event.key === '+' || event.key === '=') zoom(1.3);
  else if (event.key === '-') zoom(1 / 1.3);
  else if (event.key === '0') fit();
}

function zoom(factor) {
  state.moved = true;
  renderer.moveTo({ position: renderer.centre(), scale: renderer.scale() * factor, animate: !calm() });
}

function startGraph() {
  byId('zoom-in').addEventListener('click', () => zoom(1.4));
  byId('zoom-out').addEventListener('click', () => zoom(1 / 1.4));
  byId('fit').addEventListener('click', () => fit());
  canvasHost.addEventListener('keydown', networkKey);
}
