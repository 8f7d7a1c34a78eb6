// What is written and drawn over the picture, whatever draws that: names of nodes, of edges, of what the mouse points at.
const SHAPES = new Map(Object.entries(OUTLINES).map(([shape, outline]) => [shape, new Path2D(outline)]));
const CIRCLE = new Path2D('M8 1.8a6.2 6.2 0 1 0 .01 0z');
const single = (target) => ['edge', 'claim', 'path'].includes(target.kind);

const widths = new Map();
function widthOf(ctx, text, font) {
  const key = font + text;
  if (!widths.has(key)) { ctx.font = font; widths.set(key, ctx.measureText(text).width); }
  return widths.get(key);
}

// Names in order of importance (nodes come by falling degree), each only where it covers no other.
function writeNames(ctx, around) {
  const { width, height } = stage.getBoundingClientRect();
  const scale = renderer.scale();
  const origin = renderer.toStage({ x: 0, y: 0 });
  const at = (point) => ({ x: point.x * scale + origin.x, y: point.y * scale + origin.y });
  const taken = [];
  const free = (box) => !taken.some((other) => box.l < other.r && box.r > other.l && box.t < other.b && box.b > other.t);
  const place = (box) => { if (!free(box)) return false; taken.push(box); return true; };
  const zoomed = scale / (state.fitScale || scale);
  const allowed = around ? around.nodes : data.nodes.map((_, id) => id);
  const most = around || !big ? Infinity : Math.max(80, 80 * zoomed * zoomed);
  let counted = 0;
  const chosen = [];
  const ordered = around && state.selected && state.selected.kind === 'node' ? [state.selected.id, ...around.nodes.filter((id) => id !== state.selected.id)] : allowed;
  for (const id of ordered) {
    if (!state.seen.drawn[id]) continue;
    if (counted++ > most) break;
    const node = spot(id), point = at(node);
    if (point.x < -60 || point.y < -30 || point.x > width + 60 || point.y > height + 30) continue;
    const size = nameSize(id);
    const font = `${data.nodes[id].degree > 4 ? 600 : 500} ${size}px ${NAME_FONT}`;
    const half = widthOf(ctx, nodeLabels[id], font) / 2 + 3;
    const y = point.y + node.size * scale + size * 0.5 + 5;
    const box = { l: point.x - half, r: point.x + half, t: y - size * 0.6, b: y + size * 0.6 };
    const first = around && chosen.length === 0;
    if (place(box) || first) chosen.push({ text: nodeLabels[id], x: point.x, y, font });
  }
  if (around || !big || scale > 0.9 / thick) writeRelations(ctx, around, at, place, scale, width, height);
  ctx.strokeStyle = ink.paper;
  ctx.fillStyle = ink.text;
  ctx.lineWidth = 3.5;
  for (const name of chosen) { ctx.font = name.font; ctx.strokeText(name.text, name.x, name.y); ctx.fillText(name.text, name.x, name.y); }
}

// What the mouse points at says its name on a small sheet of its own, whatever is written below it.
function writeHovered(ctx, { kind, id }) {
  const edge = kind === 'edge' ? data.edges[id] : null;
  const at = renderer.toStage(edge ? renderer.middleOf(id) : spot(id));
  const text = edge ? `${nodeLabels[edge.source]} → ${edgeLabels[id]} → ${nodeLabels[edge.target]}` : nodeLabels[id];
  const font = `600 13px ${NAME_FONT}`;
  const half = widthOf(ctx, text, font) / 2 + 9;
  const x = Math.min(Math.max(at.x, half + 4), Math.max(stage.clientWidth - half - 4, half + 4));
  const y = Math.max(edge ? at.y - 20 : at.y - spot(id).size * renderer.scale() - 20, 16);
  ctx.fillStyle = ink.text;
  ctx.beginPath();
  ctx.roundRect(x - half, y - 13, 2 * half, 26, 7);
  ctx.fill();
  ctx.font = font;
  ctx.fillStyle = ink.paper;
  ctx.fillText(text, x, y + 0.5);
}

const nameSize = (id) => Math.round(11 + Math.min(Math.sqrt(data.nodes[id].degree) * 0.9, 5));

function writeRelations(ctx, around, at, place, scale, width, height) {
  const font = `italic 400 11px ${NAME_FONT}`;
  for (const id of around ? around.edges : data.edges.keys()) {
    if (!state.seen.edges[id]) continue;
    const source = spot(data.edges[id].source), target = spot(data.edges[id].target);
    const from = at(source), to = at(target);
    const long = Math.hypot(to.x - from.x, to.y - from.y) - (source.size + target.size) * scale;
    const needed = widthOf(ctx, edgeLabels[id], font);
    if (long < needed + 14) continue;
    let angle = Math.atan2(to.y - from.y, to.x - from.x);
    if (angle > Math.PI / 2 || angle <= -Math.PI / 2) angle += Math.PI;
    const halfWidth = (Math.abs(Math.cos(angle)) * needed + Math.abs(Math.sin(angle)) * 11) / 2;
    const halfHeight = (Math.abs(Math.sin(angle)) * needed + Math.abs(Math.cos(angle)) * 11) / 2;
    const middle = [0.5, 0.38, 0.62].map((part) => at(renderer.middleOf(id, part))).find((point) => (
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
    ctx.fillStyle = data.edges[id].status === 'denied' ? ink.denied : data.edges[id].relation ? ink.text : ink.muted;
    ctx.fillText(edgeLabels[id], 0, 0);
    ctx.restore();
  }
}
