// The map: places, and events at their places, over countries that come with the page. Leaflet draws it, without tiles.
const atlas = el('section', { class: 'atlas' });
const atlasHost = el('div', { id: 'map', 'aria-label': 'Map. Arrow keys move it, plus and minus zoom; Tab leads from place to place.' });
const atlasEmpty = el('div', { class: 'empty', hidden: true }, el('h2', {}), el('p', {}));
const SOURCES_OF_MAP = 'Countries: Natural Earth · Places: <a href="https://www.geonames.org/" target="_blank" rel="noopener noreferrer">GeoNames</a>, CC BY 4.0';
atlas.append(atlasHost, atlasEmpty);
let map = null; // Leaflet's, made when the view is opened for the first time
let land = null;
let signs = null; // the group that clusters
let spots = []; // { at: [lat, lon], key, places: [node], events: [node], marker } in order of importance
let spotsDrawn = ''; // their keys, to know whether anything changed
let framed = false; // the map was moved to what there is
let markedBefore = '';

views.push({
  name: 'map',
  label: 'Map',
  host: atlas,
  docks: true,
  drawn() { spotsDrawn = ''; framed = false; if (!atlas.hidden) showMap(); },
  shown() { if (!atlas.hidden) showMap(); },
  opened() { showMap(); },
  repaint() { if (map) paintLand(); },
});

function startMap() {
  map = L.map(atlasHost, { // a least zoom that is no whole number would make the clusters forget what is in none
    preferCanvas: true, zoomSnap: 0.25, minZoom: 0, maxZoom: 9,
    zoomControl: false, zoomAnimation: !calm(), fadeAnimation: !calm(), markerZoomAnimation: !calm(),
  });
  map.attributionControl.setPrefix('Leaflet').addAttribution(SOURCES_OF_MAP);
  L.control.zoom({ position: 'bottomleft', zoomInTitle: 'Zoom in (+)', zoomOutTitle: 'Zoom out (−)' }).addTo(map).getContainer().append(
    el('a', { href: '#', role: 'button', class: 'all', title: 'Show all', 'aria-label': 'Show all', onclick: (event) => { event.preventDefault(); if (spots.length) frame(spots); } },
      svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('path', { d: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10' }))));
  map.setView([25, 10], 2);
  const rings = JSON.parse(byId('kg-countries').textContent).flatMap((country) => country.rings.map(ringOf));
  land = L.polygon(rings.map((ring) => [ring]), { renderer: L.canvas({ padding: 0.4 }), interactive: false, weight: 0.8, fillOpacity: 1, smoothFactor: 0.6 }).addTo(map);
  paintLand();
  signs = L.markerClusterGroup({
    showCoverageOnHover: false, maxClusterRadius: 48, animate: !calm(), animateAddingMarkers: false, spiderfyOnMaxZoom: true,
    iconCreateFunction: clusterSign, spiderLegPolylineOptions: { weight: 1, opacity: 0.6 },
  }).addTo(map);
  map.on('moveend zoomend', afterwards);
  signs.on('animationend spiderfied unspiderfied', afterwards);
  new ResizeObserver(() => { if (atlasHost.offsetWidth) map.invalidateSize({ animate: false }); }).observe(atlasHost);
}

// "yl6s…" → [[lat, lon], …]: the steps from point to point that scripts/pack_countries.py wrote.
const DIGITS = new Map([...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_'].map((letter, digit) => [letter, digit]));
function ringOf(text) {
  const points = [], last = [0, 0];
  let value = 0, shift = 0, axis = 0;
  for (const letter of text) {
    const digit = DIGITS.get(letter);
    value |= (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    last[axis] += value & 1 ? ~(value >> 1) : value >> 1;
    if (axis) points.push([last[1] / 100, last[0] / 100]);
    axis = 1 - axis;
    value = shift = 0;
  }
  return points;
}

const paintLand = () => land.setStyle({ fillColor: color('land'), color: color('coast') });

// One spot for all that lies at the same point: the places of that name, and the events there.
function spotsSeen() {
  const found = new Map();
  const add = (place, kind, id) => {
    const { lat, lon } = data.nodes[place];
    if (lat === undefined || lon === undefined) return;
    const key = `${lat},${lon}`;
    if (!found.has(key)) found.set(key, { at: [lat, lon], key, places: [], events: [] });
    found.get(key)[kind].push(id);
  };
  data.nodes.forEach((node, id) => {
    if (!state.seen.nodes[id]) return;
    if (node.family === 'event') for (const place of node.places || []) add(place, 'events', id);
    else add(id, 'places', id);
  });
  for (const spot of found.values()) {
    spot.weight = [...spot.places, ...spot.events].reduce((sum, id) => sum + weightOf(id), 0);
    spot.name = data.nodes[spot.places[0] ?? spot.events[0]].name;
  }
  return [...found.values()].sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
}

// How much there is of a place: its mentions, or what the filters leave of its statements.
function weightOf(id) {
  const node = data.nodes[id], claims = node.claims || [];
  return filtered() ? claims.filter((claim) => state.seen.claims[claim]).length : node.mentioned || claims.length || 1;
}

function showMap() {
  if (!map) startMap();
  map.invalidateSize({ animate: false });
  const now = spotsSeen();
  const keys = now.map((spot) => `${spot.key}:${spot.weight}:${spot.places}:${spot.events}`).join(' ');
  if (keys !== spotsDrawn) {
    spotsDrawn = keys;
    map.closePopup();
    signs.clearLayers();
    spots = now;
    if (!framed && spots.length) { framed = true; frame(spots); }
    for (const spot of spots) spot.marker = signOf(spot);
    signs.addLayers(spots.map((spot) => spot.marker));
  }
  atlas.dataset.spots = String(spots.length);
  showMapEmpty();
  const marked = JSON.stringify([state.selected && [state.selected.kind, state.selected.id]]);
  if (marked !== markedBefore) { markedBefore = marked; bringOnMap(); }
  afterwards();
}

function showMapEmpty() {
  atlasEmpty.hidden = spots.length > 0;
  const known = data.nodes.some((node) => node.lat !== undefined);
  const [title, words] = known
    ? ['No place in what is shown', 'The places of these articles are filtered out. Choose more in the legend, or show all again.']
    : ['No place with coordinates', 'No place that these articles name could be found in the gazetteer.'];
  atlasEmpty.querySelector('h2').textContent = title;
  atlasEmpty.querySelector('p').textContent = words;
}

function frame(shown) {
  const bounds = L.latLngBounds(shown.map((spot) => spot.at));
  map.fitBounds(bounds, { padding: [56, 56], maxZoom: 6, animate: false });
}

const radiusOf = (weight) => Math.round(Math.min(6 + 2.4 * Math.sqrt(weight), 24));

function signOf(spot) {
  const family = data.nodes[spot.places[0] ?? spot.events[0]].family;
  const size = 2 * radiusOf(spot.weight);
  const also = spot.places.length && spot.events.length ? el('span', { class: 'also' }, swatch('event')) : null;
  const picture = swatch(family);
  picture.style.width = picture.style.height = `${size}px`;
  const name = drawnName(spot.name);
  const html = el('div', { class: 'sign' }, picture, also, bdi(name, { class: 'label', 'aria-hidden': 'true', style: `top:${size}px` }), el('span', { class: 'unseen' }, bdi(name), `, ${spotWords(spot)}`));
  const box = Math.max(size, 24); // no smaller than a finger or an unsteady hand needs
  const marker = L.marker(spot.at, { icon: L.divIcon({ className: 'spot', html, iconSize: [box, box] }), riseOnHover: true, keyboard: true });
  marker.spot = spot;
  marker.on('click', () => chooseSpot(spot));
  marker.on('keydown', ({ originalEvent: event }) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); chooseSpot(spot, true); } });
  return marker;
}

const spotWords = ({ places, events, weight }) => [places.length ? typeName(data.nodes[places[0]].type) : null, events.length ? plural(events.length, 'event', 'events') : null, plural(weight, filtered() ? 'statement' : 'mention', filtered() ? 'statements' : 'mentions')].filter(Boolean).join(', ');

function clusterSign(cluster) {
  const inside = cluster.getAllChildMarkers().map((marker) => marker.spot).sort((a, b) => b.weight - a.weight);
  const weight = inside.reduce((sum, spot) => sum + spot.weight, 0);
  const size = 2 * Math.max(radiusOf(weight), 15);
  const names = inside.slice(0, 3).map((spot) => drawnName(spot.name)).join(', ');
  const html = el('div', { class: 'sign' }, el('span', { class: 'many', 'aria-hidden': 'true', style: `width:${size}px;height:${size}px` }, number(inside.length)),
    bdi(`${drawnName(inside[0].name)} +${inside.length - 1}`, { class: 'label', 'aria-hidden': 'true', style: `top:${size}px` }),
    el('span', { class: 'unseen' }, `${plural(inside.length, 'place', 'places')}, among them ${names}. Zoom in`));
  return L.divIcon({ className: 'spot cluster', html, iconSize: [size, size] });
}

// Choose a place: the panel tells of it, the sheet at the place names what was there.
function chooseSpot(spot, focus = false) {
  const id = spot.places[0] ?? spot.events[0];
  select({ kind: 'node', id }, { still: true });
  map.invalidateSize({ animate: false }); // the panel has taken its part: the sheet is to lie within what is left
  const sheet = L.popup({ className: 'sheet', maxWidth: 270, autoPanPadding: [24, 24], closeButton: true }).setLatLng(spot.at).setContent(sheetOf(spot)).openOn(map);
  if (focus) sheet.getElement().querySelector('button').focus();
}

function sheetOf(spot) {
  const place = spot.places[0];
  const parts = [...spot.places, ...spot.events].slice(0, 9).map((id) => el('li', {}, entityButton(id), el('span', { class: 'kind' }, eventDays(data.nodes[id]))));
  const more = spot.places.length + spot.events.length - parts.length;
  const all = place === undefined ? null : state.filters.place === place
    ? el('button', { type: 'button', class: 'tool', onclick: () => setFilter({ place: null }) }, 'Show what happened elsewhere too')
    : el('button', { type: 'button', class: 'tool', onclick: () => setFilter({ place }) }, 'Only what happened here');
  return el('div', {}, el('p', { class: 'hint' }, spotWords(spot)), el('ul', {}, parts), more > 0 ? el('p', { class: 'hint' }, `and ${more} more`) : null, all);
}

const eventDays = ({ begin, end }) => (!begin && !end ? '' : begin === end ? day(begin) : !begin ? `until ${day(end)}` : !end ? `since ${day(begin)}` : `${day(begin)} – ${day(end)}`);

// The nodes that a choice is about: itself, the ends of an edge, who and where of a statement.
function chosenNodes() {
  const target = state.selected;
  if (!target) return new Set();
  const claim = target.kind === 'claim' ? data.claims[target.id] : null;
  const ids = claim ? [...toldOf(claim), ...(claim.where || [])] : target.kind === 'node' ? [target.id] : surroundings(target).nodes;
  return new Set(ids.flatMap((id) => [id, ...(data.nodes[id].family === 'event' ? data.nodes[id].places || [] : [])]));
}

const isChosen = (spot, chosen) => [...spot.places, ...spot.events].some((id) => chosen.has(id));

function bringOnMap() {
  const chosen = chosenNodes();
  const meant = spots.filter((spot) => isChosen(spot, chosen));
  const inside = map.getBounds().pad(-0.05);
  if (!meant.length || meant.some((spot) => inside.contains(spot.at))) return;
  if (meant.length === 1) map.panTo(meant[0].at, { animate: !calm() });
  else frame(meant);
}

// After each movement: a ring around what is chosen, and names in order of importance where they cover no other.
function afterwards() {
  const chosen = chosenNodes();
  const ringed = new Set(spots.filter((spot) => isChosen(spot, chosen)).map((spot) => signs.getVisibleParent(spot.marker)).filter(Boolean));
  const shown = new Map(); // what is on the map, with the weight of all that it stands for
  signs._featureGroup.eachLayer((marker) => { if (marker.getElement && marker.getElement()) shown.set(marker, marker.spot ? marker.spot.weight : marker.getAllChildMarkers().reduce((sum, child) => sum + child.spot.weight, 0)); });
  const boxes = [...shown.keys()].map((marker) => ({ marker, icon: marker.getElement().getBoundingClientRect(), name: marker.getElement().querySelector('.label').getBoundingClientRect() }));
  const taken = boxes.map(({ icon }) => icon);
  const covers = (one, other) => one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
  const order = (a, b) => ringed.has(b.marker) - ringed.has(a.marker) || shown.get(b.marker) - shown.get(a.marker);
  for (const { marker, icon, name } of boxes.sort(order)) {
    const fits = !taken.some((box) => box !== icon && covers(name, box));
    if (fits) taken.push(name);
    marker.getElement().classList.toggle('named', fits);
    marker.getElement().classList.toggle('chosen', ringed.has(marker));
  }
}
