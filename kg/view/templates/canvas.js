// vis-network draws nodes and edges where Python put them; names are drawn here, so many as fit.
let network = null;
let visNodes = null;
let visEdges = null;
let drawnNow = null; // state.seen as it is drawn

function nodeLook(id) {
  const fill = ink[data.nodes[id].family];
  return { color: { background: fill, border: ink.paper, highlight: { background: fill, border: ink.paper }, hover: { background: fill, border: ink.paper } } };
}

function edgeLook(id) {
  const edge = data.edges[id];
  const stroke = edge.status === 'denied' ? ink.denied : edge.relation ? ink.edge : ink.faint;
  const weight = (edge.relation ? 1.5 : 1) + Math.min(edge.claims.length - 1, 5) * 0.35;
  const dashes = { asserted: false, attributed: [2, 4], possible: [7, 5], denied: [7, 5] }[edge.status];
  return { color: { color: stroke, highlight: stroke, hover: stroke }, width: weight * thick, dashes: dashes && dashes.map((length) => length * thick) };
}

renderers.vis = {
  start(host) {
    // What is chosen is drawn here: vis would draw all again for a choice of its own.
    const { options } = data.picture;
    network = new vis.Network(host, {}, { ...options, autoResize: true, interaction: { ...options.interaction, selectable: false } });
    network.on('beforeDrawing', () => canvasHost.classList.toggle('over', state.hovered !== null));
    network.on('afterDrawing', drawOver);
    network.on('click', ({ pointer }) => {
      const node = network.getNodeAt(pointer.DOM), edge = node === undefined ? network.getEdgeAt(pointer.DOM) : undefined;
      clicked(node !== undefined ? 'node' : edge !== undefined ? 'edge' : null, node ?? edge);
    });
    network.on('doubleClick', ({ pointer }) => { const node = network.getNodeAt(pointer.DOM); if (node !== undefined) showAround(node); });
    network.on('hoverNode', (event) => hover({ kind: 'node', id: event.node }));
    network.on('hoverEdge', (event) => hover({ kind: 'edge', id: event.edge }));
    network.on('blurNode', () => hover(null));
    network.on('blurEdge', () => hover(null));
    network.on('resize', () => requestAnimationFrame(() => { if (!state.moved) fitFirst(); }));
    for (const event of ['dragStart', 'zoom']) network.on(event, () => { state.moved = true; });
  },
  load() {
    const seen = (drawnNow = state.seen);
    visNodes = new vis.DataSet(data.picture.nodes.map(({ id, x, y, size, shape }) => ({ id, x, y, size, shape, borderWidth: 1.5, borderWidthSelected: 1.5, hidden: !seen.drawn[id], ...nodeLook(id) })));
    visEdges = new vis.DataSet(data.picture.edges.map(({ id, from, to, smooth }) => ({
      id, from, to, smooth, hidden: !seen.edges[id], arrows: { to: { enabled: true, scaleFactor: data.edges[id].relation ? 0.5 : 0.4 } }, ...edgeLook(id),
    })));
    network.setData({ nodes: visNodes, edges: visEdges });
  },
  show() {
    const before = drawnNow, now = (drawnNow = state.seen);
    const changed = (kind) => now[kind].map((shown, id) => ({ id, hidden: !shown })).filter(({ id }) => now[kind][id] !== before[kind][id]);
    visNodes.update(changed('drawn'));
    visEdges.update(changed('edges'));
  },
  repaint() {
    visNodes.update(data.nodes.map((_, id) => ({ id, ...nodeLook(id) })));
    visEdges.update(data.edges.map((_, id) => ({ id, ...edgeLook(id) })));
  },
  redraw: () => network.body.emitter.emit('_requestRedraw'), // once a frame
  scale: () => network.getScale(),
  centre: () => network.getViewPosition(),
  moveTo: ({ position, scale, offset = { x: 0, y: 0 }, animate = false }) => network.moveTo({ position, scale, offset, animation: animate && { duration: 320, easingFunction: 'easeInOutQuad' } }),
  toStage: (point) => network.canvasToDOM(point),
  middleOf: (edge, part = 0.5) => network.body.edges[edge].edgeType.getPoint(part),
  image: () => network.canvas.frame.canvas,
  network: () => network, // vis-network's own object, for the console
};

// After vis has drawn all: veil what is not meant, draw again what is, then write names.
function drawOver(ctx) {
  const target = state.selected;
  const around = emphasis();
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
    if (state.selected && state.selected.kind === 'node') ring(ctx, spot(state.selected.id));
  }
  ctx.save();
  ctx.setTransform(pixels, 0, 0, pixels, 0, 0);
  ctx.lineJoin = 'round';
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'center';
  if (!big) dotNodes(ctx, around);
  writeNames(ctx, around);
  if (state.hovered) writeHovered(ctx, state.hovered);
  ctx.restore();
  document.documentElement.dataset.drawn = 'true';
}

// From afar a thin line would be lost; the chosen edge has a line of its own colour below it anyway.
function strengthen(ctx, id, target) {
  const scale = network.getScale(), drawn = network.body.edges[id];
  if (!single(target) && drawn.options.width * scale > 1) return;
  ctx.save();
  ctx.beginPath();
  for (let step = 0; step <= 16; step++) { const at = drawn.edgeType.getPoint(step / 16); ctx.lineTo(at.x, at.y); }
  ctx.globalAlpha = single(target) ? 0.45 : 0.7;
  ctx.lineWidth = (single(target) ? 5 : 1) / scale;
  ctx.strokeStyle = data.edges[id].status === 'denied' ? ink.denied : single(target) ? ink.accent : ink.edge;
  ctx.stroke();
  ctx.restore();
}

// From afar nodes would shrink to nothing: they keep a size that shows their shape.
function dotNodes(ctx, around) {
  const scale = network.getScale();
  for (const id of around ? around.nodes : data.nodes.keys()) {
    if (!state.seen.drawn[id] || spot(id).size * scale > 4.5) continue;
    const at = network.canvasToDOM(spot(id));
    ctx.save();
    ctx.translate(at.x - 5, at.y - 5);
    ctx.scale(0.625, 0.625);
    ctx.fillStyle = ink[data.nodes[id].family];
    ctx.fill(SHAPES.get(spot(id).shape) || CIRCLE);
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
