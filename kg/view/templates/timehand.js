// The timeline by hand: mouse, touch and keys move the window, choose items, and set the range of days.
function timelineFrame() {
  const chart = el('div', { class: 'chart', tabindex: '0', role: 'group', 'aria-label': 'Events and statements over time. Arrow keys go from one to the next, plus and minus zoom, 0 shows all.', onkeydown: chartKey }, svg('svg', { role: 'presentation' }));
  const strip = el('div', { class: 'strip' }, svg('svg', { 'aria-hidden': 'true' }));
  const handles = ['First day of the range', 'Last day of the range'].map((label, index) => el('button', { type: 'button', class: 'handle', role: 'slider', 'aria-label': label, onkeydown: (event) => handleKey(event, index) }));
  strip.append(...handles);
  const parts = time.parts = {
    chart, strip, handles,
    events: el('p', { class: 'count', role: 'status' }),
    said: el('p', { class: 'said-of', 'aria-live': 'polite' }),
    clear: el('button', { type: 'button', class: 'link', hidden: true, onclick: () => setFilter({ since: null, until: null }) }, 'All days'),
    empty: el('div', { class: 'empty', hidden: true }),
  };
  const tool = (label, text, act) => el('button', { type: 'button', class: 'tool icon', 'aria-label': label, title: label, onclick: act }, text);
  parts.body = el('div', { class: 'timeline-body' },
    el('div', { class: 'timeline-head' }, parts.events, waysKey(), parts.clear, el('button', { type: 'button', class: 'tool', onclick: () => chooseRange(time.from, time.to) }, 'Only these days'),
      el('div', { role: 'group', 'aria-label': 'Zoom' }, tool('Zoom in', '+', () => zoomTime(0.6)), tool('Zoom out', '−', () => zoomTime(1 / 0.6)), tool('Show all', svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('path', { d: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10' })), showAllTime))),
    chart, parts.said, strip, parts.empty);
  time.host.append(parts.body);
  startPointers(chart);
  startStrip(strip, handles);
  new ResizeObserver(redrawTimeline).observe(chart);
}

// How the ways of saying are drawn.
function waysKey() {
  const way = (name) => el('span', {}, svg('svg', { viewBox: '0 0 12 12', width: 12, height: 12, 'aria-hidden': 'true' }, svg('g', { class: `item ${name}` }, pointShape({ kind: 'claim', group: name }, 6, 6))), { asserted: 'stated', attributed: 'attributed', possible: 'possible, planned', denied: 'denied' }[name]);
  return el('p', { class: 'ways', 'aria-label': 'Meaning of the marks' }, GROUPS.map(way));
}

function moveWindow(from, to) {
  const least = 2, most = Math.max(time.whole[1] - time.whole[0], 10) * 1.1;
  const length = Math.min(Math.max(to - from, least), most), middle = Math.min(Math.max((from + to) / 2, FIRST_DAY), LAST_DAY);
  [time.from, time.to] = [middle - length / 2, middle + length / 2];
  redrawTimeline();
}

function zoomTime(factor, at = (time.from + time.to) / 2) { moveWindow(at - (at - time.from) * factor, at + (time.to - at) * factor); }
const panTime = (pixels) => { const days = (pixels / time.width) * (time.to - time.from); moveWindow(time.from + days, time.to + days); };
// All that lies together; once more, also what lies far from it.
const showAllTime = () => moveWindow(...(time.from === time.span[0] && time.to === time.span[1] ? time.whole : time.span));

// A range of days as a filter; the whole of the strip is none.
function chooseRange(from, to) {
  const since = from <= time.span[0] ? null : isoDay(Math.floor(from)), until = to >= time.span[1] ? null : isoDay(Math.max(Math.ceil(to) - 1, Math.floor(from)));
  setFilter({ since, until });
}

function chooseItem(stop) {
  if (stop.dataset.from) {
    const from = Number(stop.dataset.from), to = Number(stop.dataset.to), length = time.to - time.from;
    if (to - from > 1 || length > 40) moveWindow(from - (to - from) * 0.6, to + (to - from) * 0.6);
    return;
  }
  const [kind, id] = stop.dataset.key.split(' ');
  time.focus = stop.dataset.key;
  select({ kind: kind === 'event' ? 'node' : kind, id: Number(id) });
}

function chartKey(event) {
  const stop = event.target.closest('[data-key]'), stops = [...time.parts.chart.querySelectorAll('[data-key]')];
  if (event.key === '+' || event.key === '=') zoomTime(0.6);
  else if (event.key === '-') zoomTime(1 / 0.6);
  else if (event.key === '0') showAllTime();
  else if ((event.key === 'Enter' || event.key === ' ') && stop) { event.preventDefault(); chooseItem(stop); }
  else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
    event.preventDefault();
    const right = event.key === 'ArrowRight';
    if (!stop) { panTime(right ? 60 : -60); return; }
    const next = stops[stops.indexOf(stop) + (right ? 1 : -1)];
    if (next) { time.focus = next.dataset.key; stop.setAttribute('tabindex', '-1'); next.setAttribute('tabindex', '0'); next.focus(); } else panTime(right ? 60 : -60);
  }
}

function sayItem(stop) { time.parts.said.textContent = stop ? stop.getAttribute('aria-label') : ''; }

function startPointers(chart) {
  const held = new Map(); // pointers that are down, by id: their place
  let moved = false;
  const place = (event) => event.clientX - chart.getBoundingClientRect().left;
  chart.addEventListener('pointerdown', (event) => { held.set(event.pointerId, place(event)); if (held.size === 1) moved = false; });
  chart.addEventListener('pointermove', (event) => {
    if (!held.has(event.pointerId)) return;
    const before = [...held.values()], x = place(event);
    if (!moved && Math.abs(x - held.get(event.pointerId)) < 4) return;
    if (!moved) { moved = true; chart.setPointerCapture(event.pointerId); }
    held.set(event.pointerId, x);
    const now = [...held.values()];
    if (now.length === 1) { panTime(before[0] - now[0]); return; }
    const apart = (pair) => Math.max(Math.abs(pair[0] - pair[1]), 12), middle = (pair) => (pair[0] + pair[1]) / 2;
    panTime(middle(before) - middle(now));
    zoomTime(apart(before) / apart(now), time.from + (middle(now) / time.width) * (time.to - time.from));
  });
  for (const name of ['pointerup', 'pointercancel']) chart.addEventListener(name, (event) => held.delete(event.pointerId));
  chart.addEventListener('click', (event) => { const stop = stopOf(event.target); if (stop && !moved) chooseItem(stop); });
  chart.addEventListener('wheel', (event) => {
    event.preventDefault();
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) panTime(event.deltaX);
    else zoomTime(1.0016 ** event.deltaY, time.from + (place(event) / time.width) * (time.to - time.from));
  }, { passive: false });
  chart.addEventListener('pointerover', (event) => sayItem(stopOf(event.target)));
  chart.addEventListener('focusin', (event) => sayItem(event.target.closest('[data-key]')));
}

const boundsOf = () => { const [since, until] = chosenRange(); return [Math.max(since, time.span[0]), Math.min(until, time.span[1])]; };

function handleKey(event, index) {
  const length = time.span[1] - time.span[0], small = length > 3000 ? 30 : length > 600 ? 7 : 1;
  const by = { ArrowRight: small, ArrowUp: small, ArrowLeft: -small, ArrowDown: -small, PageUp: 10 * small, PageDown: -10 * small, Home: -Infinity, End: Infinity }[event.key];
  if (event.key === 'Delete' || event.key === 'Backspace') { event.preventDefault(); setFilter({ since: null, until: null }); return; }
  if (by === undefined) return;
  event.preventDefault();
  const bounds = boundsOf();
  bounds[index] = index ? Math.min(Math.max(bounds[1] + by, bounds[0] + 1), time.span[1]) : Math.max(Math.min(bounds[0] + by, bounds[1] - 1), time.span[0]);
  chooseRange(...bounds);
}

// On the strip: drag over it to choose a range, drag the range or one of its ends, press to go there.
function startStrip(strip, handles) {
  let drag = null;
  const at = (event) => Math.min(Math.max(stripDay(event.clientX - strip.getBoundingClientRect().left), time.span[0]), time.span[1]);
  strip.addEventListener('pointerdown', (event) => {
    if (!time.span) return;
    const here = at(event), bounds = boundsOf(), handle = handles.indexOf(event.target), ranged = state.filters.since !== null || state.filters.until !== null;
    const kind = handle >= 0 ? ['first', 'last'][handle] : ranged && here > bounds[0] && here < bounds[1] ? 'whole' : 'new';
    drag = { kind, start: here, bounds, moved: false };
    strip.setPointerCapture(event.pointerId);
    if (handle < 0) event.preventDefault();
  });
  strip.addEventListener('pointermove', (event) => {
    if (!drag) return;
    const here = at(event), [from, to] = drag.bounds, by = here - drag.start;
    if (!drag.moved && Math.abs(stripX(here) - stripX(drag.start)) < 3) return;
    drag.moved = true;
    time.drag = { first: [Math.min(here, to - 1), to], last: [from, Math.max(here, from + 1)], whole: [from + by, to + by], new: [Math.min(drag.start, here), Math.max(drag.start, here)] }[drag.kind];
    redrawTimeline();
  });
  const done = (event) => {
    if (!drag) return;
    const chosen = time.drag, { moved } = drag;
    drag = time.drag = null;
    if (chosen && moved) chooseRange(...chosen);
    else if (event.type === 'pointerup') { const here = at(event), half = (time.to - time.from) / 2; moveWindow(here - half, here + half); }
  };
  strip.addEventListener('pointerup', done);
  strip.addEventListener('pointercancel', done);
}
