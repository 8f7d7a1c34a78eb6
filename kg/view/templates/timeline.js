// The timeline: events and dated statements at their days, over a strip of all days on which a range is chosen.
const GROUPS = ['asserted', 'attributed', 'possible', 'denied'];
const ROW = 17, STRIP = 56, AXIS = 24;
const time = {
  host: el('section', { id: 'view-timeline', class: 'timeline' }),
  items: { event: [], claim: [], source: [] }, // each by its first day: { kind, id, from, to, open, group }
  undated: { event: 0, claim: 0, source: 0 },
  span: null, // of the strip
  whole: null, // of everything, which may be far longer
  from: 0, to: 1, // of the window over it
  width: 0,
  frame: 0, // of the next drawing, when one is asked for
  focus: null, // key of the item that Tab reaches
};

function timed(kind, id, begin, end, group) {
  const first = begin === null ? dayNumber(end) : dayNumber(begin), after = (end === null ? first : dayNumber(end)) + 1;
  return { kind, id, key: `${kind} ${id}`, from: first, to: after, open: begin === null ? 'begin' : end === null ? 'end' : null, group };
}

function readTimes() {
  const order = (items) => items.sort((a, b) => a.from - b.from || b.to - a.to || a.id - b.id);
  const events = data.nodes.flatMap((node, id) => (node.precision ? [timed('event', id, node.begin ?? null, node.end ?? null, 'asserted')] : []));
  const dated = data.claims.flatMap((claim, id) => (claim.when ? [timed('claim', id, claim.when[0], claim.when[1], claim.status)] : []));
  const published = data.sources.flatMap(({ date }, id) => { const on = (date || '').slice(0, 10); return /^\d{4}-\d\d-\d\d$/.test(on) && !Number.isNaN(dayNumber(on)) ? [timed('source', id, on, on, 'asserted')] : []; });
  time.items = { event: order(events), claim: order(dated), source: order(published) };
  time.undated = { event: data.nodes.filter((node) => node.family === 'event').length - events.length, claim: data.claims.length - dated.length, source: data.sources.length - published.length };
  const told = [...events, ...dated];
  const spans = spanOf(told.length ? told : published) || { usual: null, whole: null };
  [time.span, time.whole] = [spans.usual, spans.whole];
  time.beyond = told.filter((item) => time.span && (item.to <= time.span[0] || item.from >= time.span[1])).length;
  [time.from, time.to] = time.span || [0, 1];
}

// What passes all filters but that of days: those outside the chosen range stay in sight, faint.
function timesShown() {
  const open = { ...state.filters, since: null, until: null }, { since, until } = state.filters;
  const ranged = since !== null || until !== null;
  const claims = ranged ? data.claims.map((claim) => passes(claim, open)) : state.seen.claims;
  const told = ranged ? new Set(data.claims.flatMap((claim, id) => (claims[id] ? toldOf(claim) : []))) : null;
  const documents = new Set(data.claims.flatMap((claim, id) => (claims[id] ? [claim.document] : [])));
  return {
    event: time.items.event.filter(({ id }) => (told ? told.has(id) && !state.filters.types.has(data.nodes[id].type) : state.seen.nodes[id])),
    claim: time.items.claim.filter(({ id }) => claims[id]),
    source: time.items.source.filter(({ id }) => (state.filters.source === null || state.filters.source === id) && (!narrowed(open) || documents.has(id))),
  };
}

const chosenRange = () => [state.filters.since === null ? -Infinity : dayNumber(state.filters.since), state.filters.until === null ? Infinity : dayNumber(state.filters.until) + 1];
const toX = (at) => ((at - time.from) / (time.to - time.from)) * time.width;
const stripX = (at) => ((at - time.span[0]) / (time.span[1] - time.span[0])) * time.width;
const stripDay = (x) => time.span[0] + (x / time.width) * (time.span[1] - time.span[0]);

function nameOfItem({ kind, id }) {
  if (kind === 'event') return data.nodes[id].name;
  if (kind === 'source') return articleName(id);
  const claim = data.claims[id], part = (item) => (!item ? '' : item.node === undefined ? item.text : data.nodes[item.node].name);
  return `${part(claim.doer)} ${claim.negated ? 'not: ' : ''}${claim.label} ${part(claim.patient)}`.trim();
}

function timeOfItem({ from, to, open, kind, id }) {
  const precision = kind === 'event' ? data.nodes[id].precision : kind === 'claim' ? data.claims[id].when[2] : 'day';
  const first = isoDay(from), last = isoDay(to - 1);
  if (open) return open === 'end' ? `from ${day(first)}` : `until ${day(last)}`;
  if (precision === 'year') return first.slice(0, 4);
  if (precision === 'month') return day(first.slice(0, 7));
  return first === last ? day(first) : `${day(first)} – ${day(last)}`;
}

const TURNING = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g; // marks that turn the direction of what follows

const saidOfItem = (item) => {
  const claim = item.kind === 'claim' ? data.claims[item.id] : null;
  const how = claim ? [claim.negated && 'denied', MODALITY[claim.modality] && MODALITY[claim.modality].toLowerCase(), claim.speaker !== undefined && `according to ${data.nodes[claim.speaker].name}`].filter(Boolean) : [];
  return `${timeOfItem(item)}: ${nameOfItem(item).replace(TURNING, ' ').slice(0, 240)}${how.length ? ` (${how.join(', ')})` : ''}`;
};

function drawTimeline() {
  time.frame = 0;
  if (time.host.hidden || !time.parts) return;
  const { chart, strip } = time.parts;
  time.width = chart.clientWidth;
  const height = chart.clientHeight;
  if (!time.span || !time.width || !height) return;
  const shown = time.shown, published = shown.source.length > 0;
  const room = height - AXIS - (published ? 40 : 0), half = Math.floor(room / 2);
  const inside = (items) => items.filter((item) => item.to > time.from && item.from < time.to);
  const focused = document.activeElement && document.activeElement.closest ? document.activeElement.closest('#view-timeline [data-key]') : null;
  const made = [drawAxis(height)];
  let top = 0;
  if (shown.event.length) {
    const events = arranged(inside(shown.event), half), tall = Math.min(events.lanes ? events.lanes.rows * ROW + 32 : half, half);
    made.push(drawSection('event', 'Events', events, top, tall));
    top = tall;
  }
  made.push(drawSection('claim', 'Statements', arranged(inside(shown.claim), room - top), top, room - top));
  if (published) made.push(drawSection('source', 'Articles', arranged(inside(shown.source), 40), room, 40));
  chart.firstChild.replaceChildren(...made);
  drawStrip(strip.firstChild, shown);
  const stops = [...chart.querySelectorAll('[data-key]')], first = stops.find((stop) => stop.dataset.key === time.focus) || stops[0];
  if (first) first.setAttribute('tabindex', '0');
  if (focused) { const again = stops.find((stop) => stop.dataset.key === focused.dataset.key) || chart; again.focus({ preventScroll: true }); }
}

const redrawTimeline = () => { if (!time.frame) time.frame = requestAnimationFrame(drawTimeline); };

function drawAxis(height) {
  const step = stepFor((time.to - time.from) / time.width, 76), edges = edgesOf(step, time.from, time.to).filter((at) => at >= time.from && at <= time.to);
  const [since, until] = chosenRange(), left = Math.max(toX(since), 0), right = Math.min(toX(until), time.width);
  return svg('g', { class: 'axis' },
    ...(since > -Infinity || until < Infinity ? [svg('rect', { class: 'range', x: Math.min(left, time.width), y: 0, width: Math.max(right - left, 0), height: height - AXIS })] : []),
    ...edges.map((at, index) => svg('g', { transform: `translate(${toX(at).toFixed(1)} 0)` }, svg('path', { d: `M0 0V${height - AXIS}` }), svg('text', { x: 4, y: height - 8 }, edgeLabel(step, at, index === 0)))));
}

// What is to be drawn in a height: each item for itself, with names if they fit, or else, without lanes, as bars of how many there are.
function arranged(items, height) {
  const rows = Math.max(Math.floor((height - 24) / ROW), 1), label = (item) => Math.min(drawnName(nameOfItem(item)).length, 32) * 6.4 + 10;
  const named = items.length <= 150 ? lanesOf(items, toX, rows, label) : null;
  return { items, named: named !== null, lanes: named || (items.length <= 500 ? lanesOf(items, toX, rows, () => 0) : null) };
}

function drawSection(kind, title, { items, lanes, named }, top, height) {
  const body = lanes ? lanes.placed.map((at) => drawItem(at, top + 22, named)) : drawBars(kind, items, top + 22, height - 24);
  const heading = svg('text', { class: 'heading', x: 8, y: top + 15 }, `${title} · ${number(items.length)}`);
  return svg('g', { class: `section ${kind}` }, svg('path', { class: 'divide', d: top ? `M0 ${top}H${time.width}` : '' }), ...body, heading);
}

function itemFaint(item) {
  const [since, until] = chosenRange(), target = state.selected;
  if (item.to <= since || item.from >= until) return true;
  if (!target || target.kind !== 'node') return false;
  const claims = data.nodes[target.id].claims || [];
  if (item.kind === 'claim') return !claims.includes(item.id);
  if (item.kind === 'source') return false;
  return item.id !== target.id && !claims.some((id) => data.claims[id].event === item.id);
}

const itemChosen = ({ kind, id }) => Boolean(state.selected) && state.selected.id === id && state.selected.kind === (kind === 'event' ? 'node' : kind);

function drawItem({ item, row, left, right }, top, named) {
  const y = top + row * ROW + ROW / 2, point = item.to - item.from <= 1 && !item.open;
  const x = point ? (left + right) / 2 : left, color = item.kind === 'event' ? 'event' : item.group;
  const shape = point ? pointShape(item, x, y) : svg('rect', { class: `bar ${item.open ? `open-${item.open}` : ''}`, x: left.toFixed(1), y: y - 4.5, width: Math.max(right - left, 3).toFixed(1), height: 9, rx: 3 });
  const hit = svg('rect', { class: 'hit', x: left - 2, y: y - ROW / 2, width: Math.max(right - left, 8) + 4, height: ROW });
  const faint = itemFaint(item) ? ' faint' : '';
  const stop = svg('g', { class: `item ${color}${faint}${itemChosen(item) ? ' chosen' : ''}`, role: 'button', tabindex: '-1', 'data-key': item.key, 'aria-label': saidOfItem(item) }, hit, shape);
  // The name is cut to what fits, so it is no part of the button, which says it in full.
  return named ? svg('g', { class: 'named' }, stop, svg('text', { class: `name${faint}`, x: right + 4, y: y + 4, 'aria-hidden': 'true' }, drawnName(nameOfItem(item)))) : stop;
}

const stopOf = (target) => target.closest('[data-key]') || (target.closest('.named') && target.closest('.named').firstChild);

function pointShape(item, x, y) {
  if (item.kind === 'event') return svg('path', { class: 'point', d: `M${x} ${y - 6}l6 6-6 6-6-6z` });
  const circle = svg('circle', { class: 'point', cx: x.toFixed(1), cy: y, r: 4.5 });
  return item.group === 'denied' ? svg('g', {}, circle, svg('path', { class: 'cross', d: `M${x - 3} ${y - 3}l6 6m0-6l-6 6` })) : circle;
}

const NOUNS = { event: ['event', 'events'], claim: ['statement', 'statements'], source: ['article', 'articles'] };

// One path for all bars of a way of saying; each step has a field of its own to be chosen by.
function drawBars(kind, items, top, height) {
  const edges = edgesOf(stepFor((time.to - time.from) / time.width, 7), time.from, time.to), [since, until] = chosenRange();
  const bins = binsOf(items, edges, GROUPS), sums = edges.slice(1).map((_, index) => bins.reduce((sum, group) => sum + group[index], 0));
  const most = Math.max(...sums, 1), fields = [], paths = [GROUPS.map(() => ''), GROUPS.map(() => '')];
  sums.forEach((sum, index) => {
    if (sum < 0.01) return;
    const from = edges[index], to = edges[index + 1], left = toX(from), width = Math.max(toX(to) - left - 1, 1.5), faint = to <= since || from >= until ? 1 : 0;
    let y = top + height;
    bins.forEach((group, which) => {
      const tall = (group[index] / most) * height;
      if (group[index] < 0.01) return;
      y -= tall;
      paths[faint][which] += `M${left.toFixed(1)} ${y.toFixed(1)}h${width.toFixed(1)}v${tall.toFixed(1)}h${(-width).toFixed(1)}z`;
    });
    const count = Math.max(Math.round(sum), 1), said = `${day(isoDay(from))} – ${day(isoDay(to - 1))}: about ${plural(count, ...NOUNS[kind])}. Press to look closer`;
    fields.push(svg('g', { class: 'item', role: 'button', tabindex: '-1', 'data-key': `bin ${kind} ${from}`, 'data-from': from, 'data-to': to, 'aria-label': said }, svg('rect', { class: 'hit', x: left.toFixed(1), y: top, width: width.toFixed(1), height })));
  });
  const drawn = paths.flatMap((group, faint) => group.map((path, which) => path && svg('path', { class: `bar ${kind === 'event' ? 'event' : GROUPS[which]}${faint ? ' faint' : ''}`, d: path })).filter(Boolean));
  return [svg('g', { class: 'bars' }, ...fields, ...drawn)];
}

// The strip below: how much there is over all days, the window on it, and the chosen range between two handles.
function drawStrip(root, shown) {
  const edges = edgesOf(stepFor((time.span[1] - time.span[0]) / time.width, 4), time.span[0], time.span[1]);
  const every = [...time.items.event, ...time.items.claim], mine = [...shown.event, ...shown.claim];
  const sum = (items) => binsOf(items.length ? items : [], edges, GROUPS).reduce((total, group) => total.map((value, index) => value + group[index]), new Float64Array(edges.length - 1));
  const base = every.length ? [every, mine] : [time.items.source, shown.source], all = sum(base[0]), own = sum(base[1]), most = Math.max(...all, 1);
  const bars = (heights, name) => { let path = ''; heights.forEach((value, index) => { if (value > 0.01) { const x = stripX(edges[index]), tall = Math.max(Math.sqrt(value / most) * (STRIP - 22), 1.5); path += `M${x.toFixed(1)} ${STRIP - 16}v${-tall.toFixed(1)}h${Math.max(stripX(edges[index + 1]) - x - 0.6, 1).toFixed(1)}v${tall.toFixed(1)}z`; } }); return svg('path', { class: name, d: path }); };
  const step = stepFor((time.span[1] - time.span[0]) / time.width, 90), labels = edgesOf(step, ...time.span).filter((at) => stripX(at) >= 0 && stripX(at) < time.width - 40);
  const [since, until] = time.drag || chosenRange(), left = Math.min(Math.max(stripX(since), 0), time.width), right = Math.max(Math.min(stripX(until), time.width), left);
  const chosen = since > -Infinity || until < Infinity;
  root.replaceChildren(bars(all, 'all'), bars(own, 'own'),
    ...labels.map((at, index) => svg('text', { x: stripX(at) + 2, y: STRIP - 3 }, edgeLabel(step, at, index === 0))),
    svg('rect', { class: 'window', x: stripX(time.from), y: 1, width: Math.max(stripX(time.to) - stripX(time.from), 2), height: STRIP - 17, rx: 3 }),
    ...(chosen ? [svg('rect', { class: 'range', x: left, y: 0, width: Math.max(right - left, 1), height: STRIP - 16 })] : []));
  time.parts.handles.forEach((handle, index) => {
    const at = index ? right : left, bound = index ? until : since, iso = Number.isFinite(bound) ? isoDay(index ? bound - 1 : bound) : null;
    handle.style.left = `${at}px`;
    handle.setAttribute('aria-valuenow', String(Math.round(Number.isFinite(bound) ? bound : time.span[index])));
    handle.setAttribute('aria-valuemin', String(Math.floor(time.span[0])));
    handle.setAttribute('aria-valuemax', String(Math.ceil(time.span[1])));
    handle.setAttribute('aria-valuetext', iso ? day(iso) : 'not limited');
  });
}

function sayTimes() {
  const { event, claim } = time.undated, { since, until } = state.filters, { events, clear } = time.parts;
  const dated = time.items.event.length + time.items.claim.length;
  const said = [`${plural(time.items.event.length, 'event', 'events')} and ${plural(time.items.claim.length, 'statement', 'statements')} with a date`];
  if (claim || event) said.push(`without: ${[event && plural(event, 'event', 'events'), claim && plural(claim, 'statement', 'statements')].filter(Boolean).join(', ')}`);
  if (time.beyond) said.push(`far from the others: ${number(time.beyond)}`);
  events.textContent = said.join(' · ');
  clear.hidden = since === null && until === null;
  const nothing = !time.span ? ['No dates', 'Neither the articles nor what they state have a date that could be read.'] : dated && !time.shown.event.length && !time.shown.claim.length ? ['Nothing dated is shown', 'The filters hide every event and statement that has a date.'] : null;
  time.parts.empty.hidden = !nothing;
  time.parts.body.classList.toggle('nothing', !time.span);
  if (nothing) time.parts.empty.replaceChildren(el('h2', {}, nothing[0]), el('p', {}, nothing[1]));
}

views.push({
  name: 'timeline',
  label: 'Timeline',
  host: time.host,
  drawn() { if (!time.parts) timelineFrame(); readTimes(); time.shown = timesShown(); sayTimes(); redrawTimeline(); },
  shown() { if (!time.parts || time.host.hidden) return; time.shown = timesShown(); sayTimes(); redrawTimeline(); },
  opened() { time.shown = timesShown(); sayTimes(); redrawTimeline(); },
});
