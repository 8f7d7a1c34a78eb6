// More nodes than vis-network can move: sigma draws them with WebGL, names and what stands out are drawn over it.
let sigma = null; // null where the browser has no WebGL
let sheet = null; // the canvas over sigma's
let sheetDue = false;
let styled = null; // state.seen as sigma draws it
let handles = null; // typed arrays of what can be pointed at

// The families' shapes for sigma's shaders, as distances from the farthest side: cheap, for each end of an edge asks often.
const SIDES = {
  square: 'max(p.x, abs(p.y)) - 0.8',
  triangle: 'max(0.8664 * p.x + 0.4995 * p.y - 0.4745, -p.y - 0.75)',
  triangleDown: 'max(0.8664 * p.x - 0.4995 * p.y - 0.4745, p.y - 0.75)',
  diamond: '0.7071 * (p.x + abs(p.y) - 1.0)',
  hexagon: 'max(abs(p.y) - 0.85, 0.862 * p.x + 0.507 * abs(p.y) - 0.862)',
};

const shapeOf = ([name, distance]) => ({ name, inradiusFactor: 0.75, glsl: `float sdf_${name}(vec2 uv, float size) { vec2 p = vec2(abs(uv.x), uv.y) / size; return (${distance}) * size; }` });

let webgl = null; // is there any?
function canWebgl() {
  if (webgl !== null) return webgl;
  try { webgl = Boolean(document.createElement('canvas').getContext('webgl2')); } catch { webgl = false; }
  return webgl;
}

function lookOfNode(id, attributes) {
  attributes.color = ink[data.nodes[id].family];
  attributes.visibility = state.seen.drawn[id] ? 'visible' : 'hidden';
  return attributes;
}

function lookOfEdge(id, attributes) {
  const edge = data.edges[id];
  const shown = state.seen.edges[id] && state.seen.drawn[edge.source] && state.seen.drawn[edge.target];
  attributes.color = edge.status === 'denied' ? ink.denied : edge.relation ? ink.edge : ink.faint;
  attributes.visibility = shown ? 'visible' : 'hidden';
  return attributes;
}

const ANY_GRAPH = { type: 'directed', multi: true, allowSelfLoops: true };
function graphOfSigma() {
  styled = state.seen;
  const made = new graphology.Graph(ANY_GRAPH);
  data.nodes.forEach((_, id) => { const { x, y, size, shape } = spot(id); made.addNode(id, lookOfNode(id, { x, y: -y, size, shape: shape === 'dot' ? 'circle' : shape })); });
  data.edges.forEach((edge, id) => made.addDirectedEdgeWithKey(id, edge.source, edge.target, lookOfEdge(id, { size: (edge.relation ? 1.5 : 1) * thick })));
  return made;
}

function startSigma(host) {
  const { rendering } = Sigma;
  const bound = (attribute) => ({ attribute });
  sigma = new Sigma(new graphology.Graph(ANY_GRAPH), host, {
    primitives: {
      nodes: { shapes: [rendering.sdfCircle(), ...Object.entries(SIDES).map(shapeOf)], layers: [rendering.layerFill()] },
      edges: { paths: [rendering.pathLine()], extremities: [rendering.extremityArrow()], layers: [rendering.layerPlain()], defaultHead: 'arrow' },
    },
    styles: {
      nodes: { x: bound('x'), y: bound('y'), size: bound('size'), color: bound('color'), shape: bound('shape'), visibility: bound('visibility') },
      edges: { size: bound('size'), color: bound('color'), visibility: bound('visibility'), head: 'arrow' },
    },
    settings: {
      allowInvalidContainer: true, autoRescale: false, itemSizesReference: 'positions', zoomToSizeRatioFunction: (ratio) => ratio, renderLabels: false,
      renderEdgeLabels: false, enableEdgeEvents: false, minEdgeThickness: 0.6, pickingDownSizingRatio: 64, hideEdgesOnMove: true, stagePadding: 0, minCameraRatio: 0.1, maxCameraRatio: 60,
    },
  });
  sheet = el('canvas', { class: 'over-sigma', 'aria-hidden': 'true' });
  host.append(sheet);
  sigma.on('afterRender', redrawSheet);
  // Sigma would read from the GPU what is pointed at, and wait for it; `pointedAt` finds it here.
  sigma.getHitAtPosition = () => null;
  sigma.internals.hoverResolver.kill();
  sigma.on('clickStage', ({ event }) => { const found = pointedAt(event); clicked(found && found.kind, found && found.id); });
  sigma.on('doubleClickStage', (event) => {
    const found = pointedAt(event.event);
    if (!found || found.kind !== 'node') return;
    event.preventSigmaDefault();
    showAround(found.id);
  });
  sigma.getMouseCaptor().on('mousemovebody', (at) => pointAt(sheet.contains(at.original.target) || host.contains(at.original.target) ? at : null));
  sigma.getCamera().on('updated', () => { const { isPanning, isZooming } = sigma.getGraphState(); if (isPanning || isZooming) state.moved = true; });
  new ResizeObserver(() => { if (host.offsetWidth) resized(); }).observe(host);
}

// Sigma's units begin in the middle of the stage: another size of it is another camera, whoever noticed first.
function resized() {
  const { width, height } = sigma.getDimensions();
  if (width !== canvasHost.offsetWidth || height !== canvasHost.offsetHeight) sigma.resize().refresh();
}

function keepPlace({ width, height }) {
  if (view.width === width && view.height === height) return;
  const first = view.width === 0;
  Object.assign(view, { width, height });
  if (first) return;
  if (state.moved) renderers.webgl.moveTo({ position: view.centre, scale: view.scale });
  else fitFirst();
}

const view = { centre: { x: 0, y: 0 }, scale: 1, width: 0, height: 0 }; // as last drawn
const cameraNow = () => ({ cameraState: sigma.getCamera().getState() });
const inUnits = (at) => { const { x, y } = sigma.viewportToGraph(at, cameraNow()); return { x, y: -y }; };

renderers.webgl = {
  start(host) {
    if (canWebgl()) return;
    host.replaceChildren(el('div', { class: 'empty' }, el('h2', {}, 'No WebGL here'), el('p', {}, 'A graph of this size is drawn with WebGL, which this browser does not offer or has turned off. The other views, the search and the list of names show the same.')));
    document.documentElement.dataset.drawn = 'true';
  },
  load() {
    if (!canWebgl()) return;
    if (!sigma) startSigma(canvasHost);
    fitFirst(); // before there is anything to draw: the first frame is the right one
    sigma.setGraph(graphOfSigma());
    handles = { x: Float32Array.from(data.nodes, (_, id) => spot(id).x), y: Float32Array.from(data.nodes, (_, id) => spot(id).y), size: Float32Array.from(data.nodes, (_, id) => spot(id).size) };
  },
  show() {
    if (!sigma) return;
    const same = (kind) => state.seen[kind].every((shown, id) => shown === styled[kind][id]);
    if (!same('drawn') || !same('edges')) restyle();
  },
  repaint() { if (sigma) { restyle(); redrawSheet(); } },
  redraw() { if (sigma) redrawSheet(); },
  scale() { return sigma ? view.scale : 1; },
  centre() { return view.centre; },
  moveTo({ position, scale, offset = { x: 0, y: 0 }, animate = false }) {
    if (!sigma) return;
    const camera = sigma.getCamera(), bounded = Math.min(Math.max(scale, 1 / 60), 10);
    const middle = sigma.graphToFramedGraph({ x: position.x - offset.x / bounded, y: -(position.y - offset.y / bounded) });
    const to = { x: middle.x, y: middle.y, ratio: 1 / bounded };
    if (animate) camera.animate(to, { duration: 320, easing: 'quadraticInOut' });
    else camera.setState(to);
    view.centre = { x: position.x - offset.x / bounded, y: position.y - offset.y / bounded };
    view.scale = bounded;
  },
  toStage(point) {
    if (!sigma) return { x: 0, y: 0 };
    const { x, y } = sigma.graphToViewport({ x: point.x, y: -point.y }, cameraNow());
    return { x, y };
  },
  middleOf(id, part = 0.5) {
    const { source, target } = data.edges[id], from = spot(source), to = spot(target);
    return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
  },
  image() {
    sigma.refresh({ skipIndexation: true, schedule: false });
    const drawn = sigma.getStageCanvas(), whole = el('canvas', { width: drawn.width, height: drawn.height }), ctx = whole.getContext('2d');
    ctx.drawImage(drawn, 0, 0);
    drawSheet();
    ctx.drawImage(sheet, 0, 0, whole.width, whole.height);
    return whole;
  },
};

function restyle() {
  styled = state.seen;
  const graph = sigma.getGraph();
  graph.updateEachNodeAttributes((id, attributes) => lookOfNode(Number(id), attributes), { attributes: ['color', 'visibility'] });
  graph.updateEachEdgeAttributes((id, attributes) => lookOfEdge(Number(id), attributes), { attributes: ['color', 'visibility'] });
}

// What lies at a point of the stage: a node, else an edge, else null.
function pointedAt(at) {
  const { x, y } = inUnits(at), pad = 4 / view.scale;
  let best = null, least = Infinity;
  for (let id = 0; id < handles.x.length; id++) {
    const dx = handles.x[id] - x, dy = handles.y[id] - y, far = Math.sqrt(dx * dx + dy * dy) - handles.size[id];
    if (far < pad && far < least && state.seen.drawn[id]) { least = far; best = { kind: 'node', id }; }
  }
  if (best) return best;
  least = pad * pad;
  data.edges.forEach(({ source, target }, id) => {
    const ax = handles.x[source], ay = handles.y[source], bx = handles.x[target] - ax, by = handles.y[target] - ay;
    const part = Math.min(Math.max(((x - ax) * bx + (y - ay) * by) / (bx * bx + by * by || 1), 0), 1);
    const dx = ax + part * bx - x, dy = ay + part * by - y, far = dx * dx + dy * dy;
    if (far < least && state.seen.edges[id]) { least = far; best = { kind: 'edge', id }; }
  });
  return best;
}

let pointer = null, pointing = false;
function pointAt(at) {
  pointer = at && { x: at.x, y: at.y };
  if (pointing) return;
  pointing = true;
  requestAnimationFrame(() => {
    pointing = false;
    const found = pointer && pointedAt(pointer), before = state.hovered;
    canvasHost.classList.toggle('over', Boolean(found));
    if ((found && `${found.kind}${found.id}`) !== (before && `${before.kind}${before.id}`)) hover(found);
  });
}

function redrawSheet() {
  if (sheetDue) return;
  sheetDue = true;
  requestAnimationFrame(() => { sheetDue = false; drawSheet(); });
}

// Over sigma's picture: a veil, then again what is meant, then names.
function drawSheet() {
  const { width, height } = sigma.getDimensions(), pixels = window.devicePixelRatio || 1;
  if (sheet.width !== Math.round(width * pixels) || sheet.height !== Math.round(height * pixels)) { sheet.width = Math.round(width * pixels); sheet.height = Math.round(height * pixels); }
  keepPlace({ width, height });
  view.centre = inUnits({ x: width / 2, y: height / 2 });
  view.scale = 1 / sigma.getCamera().getState().ratio;
  const ctx = sheet.getContext('2d'), around = emphasis();
  ctx.setTransform(pixels, 0, 0, pixels, 0, 0);
  ctx.clearRect(0, 0, width, height);
  if (around) {
    ctx.globalAlpha = 0.8;
    ctx.fillStyle = ink.paper;
    ctx.fillRect(0, 0, width, height);
    ctx.globalAlpha = 1;
    const origin = renderer.toStage({ x: 0, y: 0 });
    const at = (id) => ({ x: spot(id).x * view.scale + origin.x, y: spot(id).y * view.scale + origin.y, size: Math.max(spot(id).size * view.scale, 4) });
    for (const id of around.edges) drawArrow(ctx, data.edges[id], at(data.edges[id].source), at(data.edges[id].target));
    for (const id of around.nodes) drawShape(ctx, spot(id).shape, at(id), ink[data.nodes[id].family]);
    if (state.selected.kind === 'node') drawRing(ctx, at(state.selected.id));
  }
  ctx.lineJoin = 'round';
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'center';
  writeNames(ctx, around);
  if (state.hovered) writeHovered(ctx, state.hovered);
  document.documentElement.dataset.drawn = 'true';
}

function drawArrow(ctx, edge, from, to) {
  const long = Math.hypot(to.x - from.x, to.y - from.y) || 1, ux = (to.x - from.x) / long, uy = (to.y - from.y) / long;
  const tip = { x: to.x - ux * (to.size + 1), y: to.y - uy * (to.size + 1) };
  ctx.strokeStyle = ctx.fillStyle = edge.status === 'denied' ? ink.denied : single(state.selected) ? ink.accent : ink.edge;
  ctx.lineWidth = single(state.selected) ? 2.5 : 1.4;
  ctx.setLineDash({ asserted: [], attributed: [2, 4], possible: [7, 5], denied: [7, 5] }[edge.status]);
  ctx.beginPath();
  ctx.moveTo(from.x, from.y);
  ctx.lineTo(tip.x, tip.y);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(tip.x, tip.y);
  ctx.lineTo(tip.x - ux * 8 - uy * 4, tip.y - uy * 8 + ux * 4);
  ctx.lineTo(tip.x - ux * 8 + uy * 4, tip.y - uy * 8 - ux * 4);
  ctx.fill();
}

function drawShape(ctx, shape, { x, y, size }, fill) {
  ctx.save();
  ctx.translate(x - size * 8 / 6.6, y - size * 8 / 6.6);
  ctx.scale(size / 6.6, size / 6.6);
  ctx.fillStyle = fill;
  ctx.fill(SHAPES.get(shape) || CIRCLE);
  ctx.restore();
}

function drawRing(ctx, { x, y, size }) {
  ctx.beginPath();
  ctx.arc(x, y, size + 5, 0, 2 * Math.PI);
  ctx.lineWidth = 2;
  ctx.strokeStyle = ink.accent;
  ctx.stroke();
}
