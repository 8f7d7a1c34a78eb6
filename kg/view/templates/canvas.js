// The picture: vis-network draws nodes and edges where Python put them; names are drawn here, so many as fit.
const stage = byId('stage');
const canvasHost = byId('network');
const NAME_FONT = getComputedStyle(document.body).getPropertyValue('--ui').trim();
const COUNT = nodes.filter((node) => node.degree > 0).length;
const BIG = COUNT > 400;
const THICK = Number(document.documentElement.dataset.scale); // nodes are larger where there are many; lines keep up
const visNodes = new vis.DataSet();
const visEdges = new vis.DataSet();
const touching = nodes.map(() => []); // edges of each node
edges.forEach((edge, id) => { touching[edge.source].push(id); if (edge.target !== edge.source) touching[edge.target].push(id); });
// Marks that turn the direction of the text around it would turn the neighbours' names too.
const drawnName = (text) => { const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' '); return plain.length > 32 ? `${plain.slice(0, 30).trimEnd()}…` : plain; };
const nodeLabels = nodes.map((node) => drawnName(node.name));
const edgeLabels = edges.map((edge) => drawnName((edge.status === 'denied' ? 'not: ' : '') + edge.label));
let network = null;
let ink = {};

function readInk() {
  ink = {};
  for (const name of ['paper', 'text', 'muted', 'edge', 'faint', 'denied', 'accent', ...families.keys()]) ink[name] = color(name);
}

function nodeLook(id) {
  const fill = ink[nodes[id].family];
  return { color: { background: fill, border: ink.paper, highlight: { background: fill, border: ink.paper }, hover: { background: fill, border: ink.paper } } };
}

function edgeLook(id) {
  const edge = edges[id];
  const stroke = edge.status === 'denied' ? ink.denied : edge.relation ? ink.edge : ink.faint;
  const weight = (edge.relation ? 1.5 : 1) + Math.min(edge.claims.length - 1, 5) * 0.35;
  const dashes = { asserted: false, attributed: [2, 4], possible: [7, 5], denied: [7, 5] }[edge.status];
  return { color: { color: stroke, highlight: stroke, hover: stroke }, width: weight * THICK, dashes: dashes && dashes.map((length) => length * THICK) };
}

function startNetwork() {
  readInk();
  turnForTallStage();
  const seen = (state.seen = visible());
  visNodes.add(graph.nodes.map(({ id, x, y, size, shape }) => ({ id, x, y, size, shape, borderWidth: 1.5, borderWidthSelected: 1.5, hidden: !seen.nodes[id], ...nodeLook(id) })));
  visEdges.add(graph.edges.map(({ id, from, to, smooth }) => ({
    id, from, to, smooth, hidden: !seen.edges[id], arrows: { to: { enabled: true, scaleFactor: edges[id].relation ? 0.5 : 0.4 } }, ...edgeLook(id),
  })));
  network = new vis.Network(canvasHost, { nodes: visNodes, edges: visEdges }, { ...graph.options, autoResize: true });
  network.on('beforeDrawing', () => canvasHost.classList.toggle('over', state.hovered !== null));
  network.on('afterDrawing', drawOver);
  network.on('click', clicked);
  network.on('doubleClick', (event) => event.nodes.length && showAround(event.nodes[0]));
  network.on('hoverNode', (event) => hover({ kind: 'node', id: event.node }));
  network.on('hoverEdge', (event) => hover({ kind: 'edge', id: event.edge }));
  network.on('blurNode', () => hover(null));
  network.on('blurEdge', () => hover(null));
  network.on('resize', () => requestAnimationFrame(() => { if (!state.moved) fitFirst(); }));
  for (const event of ['dragStart', 'zoom']) network.on(event, () => { state.moved = true; });
  fitFirst();
}

// A phone can't show all names at once: it begins with what hangs together with the best connected one.
function fitFirst() {
  fit(false);
  if (!narrow()) return;
  const near = [0];
  const known = new Set(near);
  for (const id of near) for (const edge of touching[id] || []) for (const end of [edges[edge].source, edges[edge].target]) if (!known.has(end)) { known.add(end); near.push(end); }
  if (near.length >= 6 && near.length < nodes.length) { fit(false, near); state.fitScale = network.getScale(); }
}

// Python lays out for a wide screen; on a phone held upright the picture is turned over its diagonal.
function turnForTallStage() {
  const { width, height } = stage.getBoundingClientRect();
  const box = boxOf(graph.nodes.length ? graph.nodes : [{ x: 0, y: 0, size: 1 }]);
  if (height > width * 1.1 && box.width > box.height) for (const node of graph.nodes) [node.x, node.y] = [node.y, node.x];
}

function hover(target) { state.hovered = target; network.redraw(); }

function clicked(event) {
  if (event.nodes.length) select({ kind: 'node', id: event.nodes[0] });
  else if (event.edges.length) select({ kind: 'edge', id: event.edges[0] });
  else select(null);
}

function repaint() {
  readInk();
  visNodes.update(nodes.map((_, id) => ({ id, ...nodeLook(id) })));
  visEdges.update(edges.map((_, id) => ({ id, ...edgeLook(id) })));
}

// The part of the stage that the panel leaves free, in pixels.
function freeArea() {
  const { width, height } = stage.getBoundingClientRect();
  const panel = byId('panel');
  if (panel.hidden) return { left: 0, top: 0, width, height };
  if (narrow()) return { left: 0, top: 0, width, height: height - panel.offsetHeight };
  return { left: 0, top: 0, width: width - panel.offsetWidth - 16, height };
}

function moveTo(position, scale, animate) {
  const area = freeArea();
  const whole = stage.getBoundingClientRect();
  const offset = { x: area.left + area.width / 2 - whole.width / 2, y: area.top + area.height / 2 - whole.height / 2 };
  const animation = animate && !calm() ? { duration: 320, easingFunction: 'easeInOutQuad' } : false;
  network.moveTo({ position, scale, offset, animation });
}

function boxOf(points) {
  const xs = points.flatMap((p) => [p.x - p.size, p.x + p.size]), ys = points.flatMap((p) => [p.y - p.size, p.y + p.size]);
  const left = Math.min(...xs), right = Math.max(...xs), top = Math.min(...ys), bottom = Math.max(...ys);
  return { width: right - left, height: bottom - top, middle: { x: (left + right) / 2, y: (top + bottom) / 2 } };
}

function fit(animate = true, ids = null) {
  const shown = ids || nodes.map((_, id) => id).filter((id) => state.seen.nodes[id]);
  if (!shown.length) return;
  const box = boxOf(shown.map((id) => graph.nodes[id]));
  const area = freeArea();
  const across = BIG ? 40 : narrow() ? 58 : 80; // names stand out over the nodes at both sides
  const scale = Math.min((area.width - 2 * across) / box.width, (area.height - 90) / box.height, ids ? 1.4 : 1.5);
  state.moved = false;
  if (!ids) state.fitScale = scale;
  moveTo(box.middle, Math.max(scale, 0.02), animate);
}

function showAround(id) {
  const around = new Set([id]);
  for (const edge of touching[id]) { around.add(edges[edge].source); around.add(edges[edge].target); }
  fit(true, [...around].filter((other) => state.seen.nodes[other]));
  state.moved = true;
}

// Bring what is chosen, and what it is joined to, into the free part of the stage: as little movement as will do.
function bringIntoView(target) {
  const around = surroundings(target).nodes.map((id) => graph.nodes[id]);
  const own = target.kind === 'node' ? [graph.nodes[target.id]] : around;
  const area = freeArea(), scale = network.getScale(), margin = 48;
  const inside = (points) => points.every((p) => { const at = network.canvasToDOM(p); return at.x > margin && at.x < area.width - margin && at.y > margin && at.y < area.height - margin; });
  const legible = target.near ? 0.8 : BIG ? 0.3 : 0;
  if (inside(around) && scale >= legible) return;
  const box = boxOf(around);
  const fitting = Math.min((area.width - 2 * margin) / box.width, (area.height - 2 * margin) / box.height);
  const wanted = Math.max(scale, legible);
  state.moved = true;
  if (fitting > wanted * 0.55) moveTo(box.middle, Math.min(wanted, fitting), true);
  else if (!inside(own) || scale < legible) moveTo(boxOf(own).middle, wanted, true);
}

function surroundings(target) {
  if (target.kind === 'edge') return { edges: [target.id], nodes: [edges[target.id].source, edges[target.id].target] };
  const shown = touching[target.id].filter((id) => state.seen.edges[id]);
  return { edges: shown, nodes: [...new Set([target.id, ...shown.flatMap((id) => [edges[id].source, edges[id].target])])] };
}

// After vis has drawn all: veil what is not meant, draw again what is, then write names.
function drawOver(ctx) {
  const target = state.selected;
  const around = target && !(target.kind === 'node' && !state.seen.nodes[target.id]) ? surroundings(target) : null;
  const pixels = network.canvas.pixelRatio;
  if (around) {
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalAlpha = 0.78;
    ctx.fillStyle = ink.paper;
    ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    ctx.restore();
    for (const id of around.edges) { strengthen(ctx, id, target); network.body.edges[id].draw(ctx); }
    for (const id of around.edges) network.body.edges[id].drawArrows(ctx);
    for (const id of around.nodes) network.body.nodes[id].draw(ctx);
    if (state.selected && state.selected.kind === 'node') ring(ctx, graph.nodes[state.selected.id]);
  }
  ctx.save();
  ctx.setTransform(pixels, 0, 0, pixels, 0, 0);
  ctx.lineJoin = 'round';
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'center';
  if (!BIG) dotNodes(ctx, around);
  writeNames(ctx, around);
  if (state.hovered) writeHovered(ctx, state.hovered);
  ctx.restore();
  document.documentElement.dataset.drawn = 'true';
}

// From afar a thin line would be lost; the chosen edge has a line of its own colour below it anyway.
function strengthen(ctx, id, target) {
  const scale = network.getScale(), drawn = network.body.edges[id];
  if (target.kind === 'node' && drawn.options.width * scale > 1) return;
  ctx.save();
  ctx.beginPath();
  for (let step = 0; step <= 16; step++) { const at = drawn.edgeType.getPoint(step / 16); ctx.lineTo(at.x, at.y); }
  ctx.globalAlpha = target.kind === 'edge' ? 0.45 : 0.7;
  ctx.lineWidth = (target.kind === 'edge' ? 5 : 1) / scale;
  ctx.strokeStyle = edges[id].status === 'denied' ? ink.denied : target.kind === 'edge' ? ink.accent : ink.edge;
  ctx.stroke();
  ctx.restore();
}

// From afar nodes would shrink to nothing: they keep a size that shows their shape.
const SHAPES = new Map(Object.entries(OUTLINES).map(([shape, outline]) => [shape, new Path2D(outline)]));
const CIRCLE = new Path2D('M8 1.8a6.2 6.2 0 1 0 .01 0z');
function dotNodes(ctx, around) {
  const scale = network.getScale();
  for (const id of around ? around.nodes : nodes.keys()) {
    if (!state.seen.nodes[id] || graph.nodes[id].size * scale > 4.5) continue;
    const at = network.canvasToDOM(graph.nodes[id]);
    ctx.save();
    ctx.translate(at.x - 5, at.y - 5);
    ctx.scale(0.625, 0.625);
    ctx.fillStyle = ink[nodes[id].family];
    ctx.fill(SHAPES.get(graph.nodes[id].shape) || CIRCLE);
    ctx.restore();
  }
}

function ring(ctx, node) {
  ctx.save();
  ctx.beginPath();
  ctx.arc(node.x, node.y, node.size + 5 / network.getScale() + 2, 0, 2 * Math.PI);
  ctx.lineWidth = 2 / network.getScale();
  ctx.strokeStyle = ink.accent;
  ctx.stroke();
  ctx.restore();
}

const widths = new Map();
function widthOf(ctx, text, font) {
  const key = font + text;
  if (!widths.has(key)) { ctx.font = font; widths.set(key, ctx.measureText(text).width); }
  return widths.get(key);
}

// Names in order of importance (nodes come by falling degree), each only where it covers no other.
function writeNames(ctx, around) {
  const { width, height } = stage.getBoundingClientRect();
  const scale = network.getScale();
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  const at = (point) => ({ x: point.x * scale + origin.x, y: point.y * scale + origin.y });
  const taken = [];
  const free = (box) => !taken.some((other) => box.l < other.r && box.r > other.l && box.t < other.b && box.b > other.t);
  const place = (box) => { if (!free(box)) return false; taken.push(box); return true; };
  const zoomed = scale / (state.fitScale || scale);
  const allowed = around ? around.nodes : nodes.map((_, id) => id);
  const most = around || !BIG ? Infinity : Math.max(80, 80 * zoomed * zoomed);
  let counted = 0;
  const chosen = [];
  const ordered = around && state.selected.kind === 'node' ? [state.selected.id, ...around.nodes.filter((id) => id !== state.selected.id)] : allowed;
  for (const id of ordered) {
    if (!state.seen.nodes[id]) continue;
    if (counted++ > most) break;
    const node = graph.nodes[id], point = at(node);
    if (point.x < -60 || point.y < -30 || point.x > width + 60 || point.y > height + 30) continue;
    const size = nameSize(id);
    const font = `${nodes[id].degree > 4 ? 600 : 500} ${size}px ${NAME_FONT}`;
    const half = widthOf(ctx, nodeLabels[id], font) / 2 + 3;
    const y = point.y + node.size * scale + size * 0.5 + 5;
    const box = { l: point.x - half, r: point.x + half, t: y - size * 0.6, b: y + size * 0.6 };
    const first = around && chosen.length === 0;
    if (place(box) || first) chosen.push({ text: nodeLabels[id], x: point.x, y, font });
  }
  if (around || !BIG || scale > 0.9 / THICK) writeRelations(ctx, around, at, place, scale, width, height);
  ctx.strokeStyle = ink.paper;
  ctx.fillStyle = ink.text;
  ctx.lineWidth = 3.5;
  for (const name of chosen) { ctx.font = name.font; ctx.strokeText(name.text, name.x, name.y); ctx.fillText(name.text, name.x, name.y); }
}

// What the mouse points at says its name on a small sheet of its own, whatever is written below it.
function writeHovered(ctx, { kind, id }) {
  const edge = kind === 'edge' ? edges[id] : null;
  const at = network.canvasToDOM(edge ? network.body.edges[id].edgeType.getPoint(0.5) : graph.nodes[id]);
  const text = edge ? `${nodeLabels[edge.source]} → ${edgeLabels[id]} → ${nodeLabels[edge.target]}` : nodeLabels[id];
  const font = `600 13px ${NAME_FONT}`;
  const half = widthOf(ctx, text, font) / 2 + 9;
  const x = Math.min(Math.max(at.x, half + 4), Math.max(stage.clientWidth - half - 4, half + 4));
  const y = Math.max(edge ? at.y - 20 : at.y - graph.nodes[id].size * network.getScale() - 20, 16);
  ctx.fillStyle = ink.text;
  ctx.beginPath();
  ctx.roundRect(x - half, y - 13, 2 * half, 26, 7);
  ctx.fill();
  ctx.font = font;
  ctx.fillStyle = ink.paper;
  ctx.fillText(text, x, y + 0.5);
}

const nameSize = (id) => Math.round(11 + Math.min(Math.sqrt(nodes[id].degree) * 0.9, 5));

function writeRelations(ctx, around, at, place, scale, width, height) {
  const font = `italic 400 11px ${NAME_FONT}`;
  for (const id of around ? around.edges : edges.keys()) {
    if (!state.seen.edges[id]) continue;
    const drawn = network.body.edges[id];
    const from = at(drawn.from), to = at(drawn.to);
    const long = Math.hypot(to.x - from.x, to.y - from.y) - (drawn.from.options.size + drawn.to.options.size) * scale;
    const needed = widthOf(ctx, edgeLabels[id], font);
    if (long < needed + 14) continue;
    let angle = Math.atan2(to.y - from.y, to.x - from.x);
    if (angle > Math.PI / 2 || angle <= -Math.PI / 2) angle += Math.PI;
    const halfWidth = (Math.abs(Math.cos(angle)) * needed + Math.abs(Math.sin(angle)) * 11) / 2;
    const halfHeight = (Math.abs(Math.sin(angle)) * needed + Math.abs(Math.cos(angle)) * 11) / 2;
    const middle = [0.5, 0.38, 0.62].map((part) => at(drawn.edgeType.getPoint(part))).find((point) => (
      point.x > 0 && point.y > 0 && point.x < width && point.y < height
      && place({ l: point.x - halfWidth, r: point.x + halfWidth, t: point.y - halfHeight, b: point.y + halfHeight })));
    if (!middle) continue;
    ctx.save();
    ctx.translate(middle.x, middle.y);
    ctx.rotate(angle);
    ctx.font = font;
    ctx.lineWidth = 4;
    ctx.strokeStyle = ink.paper;
    ctx.strokeText(edgeLabels[id], 0, 0);
    ctx.fillStyle = edges[id].status === 'denied' ? ink.denied : edges[id].relation ? ink.text : ink.muted;
    ctx.fillText(edgeLabels[id], 0, 0);
    ctx.restore();
  }
}
