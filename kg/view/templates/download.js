// What is shown as files: the picture as PNG and SVG, the statements as CSV.
const CSV_HEAD = ['subject', 'relation', 'object', 'status', 'speaker', 'confidence', 'date', 'source', 'title', 'url', 'sentence'];

// A cell that a spreadsheet would take for a formula gets an apostrophe in front; quotes are doubled.
function cell(value) {
  const text = value === null || value === undefined ? '' : String(value);
  return `"${(/^[\s\u0000]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

const partName = (part) => (!part ? '' : part.node === undefined ? part.text : data.nodes[part.node].name);

// "2024-03-05", "2024-03-01/2024-03-05", "2024-03-01/.."; else the day of the article.
function dateOf(claim) {
  const days = daysOf(claim);
  if (!days) return data.sources[claim.document].date || '';
  return days[0] === days[1] ? days[0] : `${days[0] || '..'}/${days[1] || '..'}`;
}

// The numbers of the statements shown: those that the filters let through and, where something is chosen, that are about it.
function shownClaims() {
  const seen = [...data.claims.keys()].filter((id) => state.seen.claims[id]), target = state.selected;
  if (!target) return seen;
  const chosen = new Set(claimsOf(target));
  return seen.filter((id) => chosen.has(id));
}

function claimsOf(target) {
  if (target.kind === 'node') return data.nodes[target.id].claims || [];
  if (target.kind === 'edge') return data.edges[target.id].claims;
  if (target.kind === 'path') return target.edges.flatMap((edge) => data.edges[edge].claims);
  return [...data.claims.keys()].filter((id) => (target.kind === 'claim' ? id === target.id : data.claims[id].document === target.id));
}

function csv() {
  const rows = shownClaims().map((id) => {
    const claim = data.claims[id], { id: document_, title, url } = data.sources[claim.document];
    const speaker = claim.speaker === undefined ? '' : data.nodes[claim.speaker].name;
    return [partName(claim.doer), claim.label, partName(claim.patient), claim.status, speaker, claim.confidence, dateOf(claim), document_, title, url, wording(claim)];
  });
  return [CSV_HEAD, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

// The canvas as it is, on paper: its own background is clear.
async function savePng() {
  if (!inFront('graph')) { open('graph'); await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))); }
  const drawn = renderer.image();
  const sheet = el('canvas', { width: drawn.width, height: drawn.height }), ctx = sheet.getContext('2d');
  ctx.fillStyle = ink.paper;
  ctx.fillRect(0, 0, sheet.width, sheet.height);
  ctx.drawImage(drawn, 0, 0);
  sheet.toBlob((blob) => (blob ? save(blob, 'graph.png') : announce('This picture is too large for the browser')), 'image/png');
}

const round = (value) => Math.round(value * 10) / 10;

function svgText() {
  const shown = [...data.nodes.keys()].filter((id) => state.seen.drawn[id]);
  const joins = [...data.edges.keys()].filter((id) => state.seen.edges[id] && state.seen.drawn[data.edges[id].source] && state.seen.drawn[data.edges[id].target]);
  const box = boxOf(shown.length ? shown.map(spot) : [{ x: 0, y: 0, size: 60 }]), margin = 90;
  const used = data.families.filter((family) => shown.some((id) => data.nodes[id].family === family.name));
  const left = round(box.left - margin), top = round(box.top - margin), width = round(box.width + 2 * margin), height = round(box.height + 2 * margin + 40);
  const text = (attributes, words) => { const made = svg('text', attributes); made.textContent = words; return made; };
  const root = svg('svg', { viewBox: `${left} ${top} ${width} ${height}`, width, height, 'font-family': 'system-ui, sans-serif' },
    svg('rect', { x: left, y: top, width, height, fill: ink.paper }));
  for (const id of joins) root.append(...svgEdge(id, text));
  for (const id of shown) root.append(svgShape(spot(id).shape, spot(id), spot(id).size, ink[data.nodes[id].family]));
  for (const id of shown) root.append(text({ x: spot(id).x, y: round(spot(id).y + spot(id).size + 14), 'text-anchor': 'middle', 'font-size': nameSize(id), fill: ink.text, stroke: ink.paper, 'stroke-width': 3, 'paint-order': 'stroke' }, nodeLabels[id]));
  let x = left + 24;
  for (const family of used) {
    root.append(svgShape(family.shape, { x, y: top + height - 24 }, 7, ink[family.name]), text({ x: x + 13, y: top + height - 19.5, 'font-size': 13, fill: ink.muted }, family.label));
    x += 34 + family.label.length * 7.4;
  }
  return new XMLSerializer().serializeToString(root);
}

function svgShape(shape, at, size, fill) {
  if (!OUTLINES[shape]) return svg('circle', { cx: at.x, cy: at.y, r: size, fill });
  return svg('path', { d: OUTLINES[shape], fill, transform: `translate(${round(at.x - size * 1.15)} ${round(at.y - size * 1.15)}) scale(${Math.round(size * 14.4) / 100})` });
}

// A line, bent as it is on the page, with its head and its word.
function svgEdge(id, text) {
  const edge = data.edges[id], from = spot(edge.source), to = spot(edge.target), bend = data.picture.edges[id].smooth.roundness || 0;
  const dx = to.x - from.x, dy = to.y - from.y, long = Math.hypot(dx, dy) || 1;
  const via = { x: (from.x + to.x) / 2 + dy * bend, y: (from.y + to.y) / 2 - dx * bend };
  const toward = Math.hypot(to.x - via.x, to.y - via.y) || 1, ux = (to.x - via.x) / toward, uy = (to.y - via.y) / toward;
  const tip = { x: to.x - ux * (to.size + 2), y: to.y - uy * (to.size + 2) };
  const stroke = edge.status === 'denied' ? ink.denied : edge.relation ? ink.edge : ink.faint;
  const line = svg('path', { d: `M${round(from.x)} ${round(from.y)}Q${round(via.x)} ${round(via.y)} ${round(tip.x - ux * 6)} ${round(tip.y - uy * 6)}`, fill: 'none', stroke, 'stroke-width': edge.relation ? 1.5 : 1 });
  const dashes = { attributed: '2 4', possible: '7 5', denied: '7 5' }[edge.status];
  if (dashes) line.setAttribute('stroke-dasharray', dashes);
  const corner = (side) => `${round(tip.x - ux * 9 + side * uy * 4)} ${round(tip.y - uy * 9 - side * ux * 4)}`;
  const head = svg('path', { d: `M${round(tip.x)} ${round(tip.y)}L${corner(1)} ${corner(-1)}z`, fill: stroke });
  if (big || long < edgeLabels[id].length * 5.5 + from.size + to.size) return [line, head];
  const middle = { x: (from.x + 2 * via.x + to.x) / 4, y: (from.y + 2 * via.y + to.y) / 4 };
  let angle = Math.atan2(dy, dx) * 180 / Math.PI;
  if (angle > 90 || angle <= -90) angle += 180;
  return [line, head, text({ transform: `translate(${round(middle.x)} ${round(middle.y)}) rotate(${round(angle)})`, 'text-anchor': 'middle', dy: 4, 'font-size': 11, 'font-style': 'italic', fill: edge.status === 'denied' ? ink.denied : ink.text, stroke: ink.paper, 'stroke-width': 3, 'paint-order': 'stroke' }, edgeLabels[id])];
}
