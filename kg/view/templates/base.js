// What all parts share: the data, the views and a way to make elements in which every text stays text.
const byId = (id) => document.getElementById(id);
let data = null; // what is drawn now, in the shape that kg/view/content.py gives; `load` sets it
let touching = []; // edges of each node
let numberOf = new Map(); // number of each node by its IRI
let families = new Map();

// The views beside each other in the bar of tabs. Each file of a view pushes its own:
// { name, label, host: element, drawn() after load, shown() when filters or the choice changed, opened() when it comes to the front,
// repaint() where the script reads colours; docks: true where it makes room for the panel instead of lying under it }
const views = [];
const renew = []; // what else is to be done after load, before the views: functions without arguments

const state = {
  filters: unfiltered(),
  lonely: false, // entities that no statement joins to another are not drawn, unless asked for
  pinned: new Set(), // such an entity, once chosen
  selected: null, // { kind: 'node' | 'edge' | 'claim' | 'source', id }, or a path, which has its edges and nodes too
  hovered: null,
  view: 'graph', // the name of the view in front
  beside: null, // and of the one beside it
  moved: false, // by hand: then a new size of the window leaves the view alone
  seen: null, // { nodes, edges, claims, drawn: [boolean] }: what the filters let through; `drawn`: the nodes that the graph shows
};

// Sets hold what is hidden; `least` is a confidence; days are ISO; place, event and speaker are nodes, source a document;
// `around` is null or { node, depth }.
function unfiltered() {
  return { types: new Set(), relations: new Set(), statuses: new Set(), speaker: null, source: null, since: null, until: null, least: 0, place: null, event: null, around: null };
}

// Take in another content: at start that of the page, later whatever the explorer has fetched. What is filtered and
// chosen stays as far as it is there.
function load(content) {
  if (data) keepOver(() => index(content));
  else index(content);
  state.seen = visible();
  for (const step of renew) step();
  showFiltered(); // first: it fills the head of the page, and with it the stage has its size
  for (const view of views) view.drawn();
  if (state.selected) showPanel();
}

function index(content) {
  data = content;
  families = new Map(data.families.map((family) => [family.name, family]));
  numberOf = new Map(data.nodes.map((node, id) => [node.iri, id]));
  touching = data.nodes.map(() => []);
  data.edges.forEach((edge, id) => { touching[edge.source].push(id); if (edge.target !== edge.source) touching[edge.target].push(id); });
}

const narrow = () => matchMedia('(max-width: 760px)').matches;
// No animation where it is not wanted, or where each frame is a lot of work.
const calm = () => data.nodes.length > 3000 || matchMedia('(prefers-reduced-motion: reduce)').matches;
const english = new Intl.NumberFormat('en');
const number = (count) => english.format(count);
const plural = (count, one, many) => `${number(count)} ${count === 1 ? one : many}`;
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

function svg(tag, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const OUTLINES = {
  square: 'M2.5 2.5h11v11h-11z',
  triangle: 'M8 1.8 14.6 13.4H1.4z',
  triangleDown: 'M8 14.2 14.6 2.6H1.4z',
  diamond: 'M8 1 15 8 8 15 1 8z',
  hexagon: 'M4.6 2.2h6.8L14.8 8l-3.4 5.8H4.6L1.2 8z',
};

function swatch(familyName) {
  const shape = families.get(familyName).shape;
  const drawn = OUTLINES[shape] ? svg('path', { d: OUTLINES[shape] }) : svg('circle', { cx: 8, cy: 8, r: 6.2 });
  drawn.style.fill = `var(--${familyName})`;
  return svg('svg', { viewBox: '0 0 16 16', class: 'swatch', 'aria-hidden': 'true' }, drawn);
}

// "CabinetMinister" → "cabinet minister"; "NGO" stays.
const words = (name) => (/^[A-Z]+$/.test(name) ? name : name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/([A-Z])(?=[a-z])/g, (letter) => letter.toLowerCase()));
const typeName = (name) => { const said = words(name); return said[0].toUpperCase() + said.slice(1); };
const bdi = (text, attributes) => el('bdi', attributes, text);
