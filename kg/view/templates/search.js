// Search with suggestions, and the list of all names: both lead by keyboard to everything that the picture shows.
const field = byId('search');
const SUGGESTED = 12;
const NAMES_AT_ONCE = 150;
const plain = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
let searchable = [];

// Names that begin with the words come first, then those with a word that does, then the rest; each by degree.
function find(query) {
  const wanted = plain(query.trim());
  if (!wanted) return [];
  const rank = (names) => Math.min(...names.map((name, index) => (name.startsWith(wanted) ? 0 : ` ${name}`.includes(` ${wanted}`) ? 1 : name.includes(wanted) ? 2 : 9) + (index ? 0.5 : 0)));
  return data.nodes.map((_, id) => [rank(searchable[id]), id]).filter(([score]) => score < 9).sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, SUGGESTED).map(([, id]) => id);
}

// Suggestions for a query: [{ iri, name, type, family }]. The explorer asks its server instead.
let suggest = async (query) => find(query).map((id) => data.nodes[id]);

// The number of an entity, drawn or fetched first.
let reach = async (iri) => numberOf.get(iri);

function item(node, right) {
  return [swatch(node.family), bdi(node.name, { class: 'name' }), el('span', { class: 'kind' }, right)];
}

// Make a field suggest names in a list below it; `chosen(node)` is called with the one taken.
function offerNames(input, list, chosen, allowed = () => true) {
  let options = [], active = -1, asked = 0;

  function close() {
    asked++;
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  function take(node) {
    close();
    input.value = '';
    chosen(node);
  }

  function mark() {
    [...list.children].forEach((row, index) => row.setAttribute('aria-selected', String(index === active)));
    if (active < 0) input.removeAttribute('aria-activedescendant');
    else { input.setAttribute('aria-activedescendant', list.children[active].id); list.children[active].scrollIntoView({ block: 'nearest' }); }
  }

  async function search() {
    const query = input.value.trim(), turn = ++asked;
    const found = query ? await suggest(query) : [];
    if (turn !== asked) return; // another letter was typed meanwhile
    options = found.filter(allowed);
    active = options.length ? 0 : -1;
    const rows = options.map((node, index) => el('li', { role: 'option', id: `${list.id}-${index}`, class: 'item', onmousedown: (event) => { event.preventDefault(); take(node); } }, item(node, typeName(node.type))));
    list.replaceChildren(...(rows.length || !query ? rows : [el('li', { class: 'nothing', role: 'option', 'aria-disabled': 'true' }, `No name with “${query.slice(0, 60)}”`)]));
    list.hidden = !query;
    input.setAttribute('aria-expanded', String(rows.length > 0));
    mark();
  }

  function key(event) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (list.hidden) search();
      else if (options.length) { active = (active + (event.key === 'ArrowDown' ? 1 : options.length - 1)) % options.length; mark(); }
    } else if (event.key === 'Enter' && active >= 0 && !list.hidden) {
      event.preventDefault();
      take(options[active]);
    } else if (event.key === 'Escape' && (!list.hidden || input.value)) {
      event.stopPropagation();
      input.value = '';
      close();
    }
  }

  input.addEventListener('input', search);
  input.addEventListener('keydown', key);
  input.addEventListener('blur', close);
}

let listed = 0; // names in the list
function listNames() {
  const list = byId('names');
  const more = list.querySelector('.more');
  if (more) more.remove();
  const upTo = Math.min(listed + NAMES_AT_ONCE, data.nodes.length);
  for (; listed < upTo; listed++) {
    const id = listed;
    list.append(el('li', {}, el('button', { type: 'button', class: 'item', 'data-node': String(id), tabindex: id ? '-1' : '0', onclick: () => select({ kind: 'node', id }, { near: true, focus: true }) }, item(data.nodes[id], data.nodes[id].degree ? number(data.nodes[id].degree) : ''))));
  }
  if (listed < data.nodes.length) list.append(el('li', { class: 'more' }, el('button', { type: 'button', class: 'link', onclick: listNames }, `${number(data.nodes.length - listed)} more`)));
}

function namesKey(event) {
  const buttons = [...byId('names').querySelectorAll('button')];
  const here = buttons.indexOf(document.activeElement);
  const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (here < 0 || to === undefined || !buttons[to]) return;
  event.preventDefault();
  buttons[here].tabIndex = -1;
  buttons[to].tabIndex = 0;
  buttons[to].focus();
}

function markCurrent() {
  const list = byId('names');
  for (const old of list.querySelectorAll('[aria-current]')) old.removeAttribute('aria-current');
  if (state.selected && state.selected.kind === 'node') {
    const row = list.querySelector(`[data-node="${state.selected.id}"]`);
    if (row) row.setAttribute('aria-current', 'true');
  }
}

renew.push(() => {
  searchable = data.nodes.map((node) => [node.name, ...(node.aliases || [])].map(plain));
  listed = 0;
  byId('names').replaceChildren();
  byId('name-count').textContent = number(data.nodes.length);
  byId('all-names').hidden = !data.nodes.length;
  if (byId('all-names').open) listNames();
});

function startSearch() {
  offerNames(field, byId('suggestions'), async (node) => {
    const id = await reach(node.iri);
    if (id !== undefined) select({ kind: 'node', id }, { focus: true, near: true });
  });
  byId('all-names').addEventListener('toggle', () => { if (!listed) listNames(); });
  byId('names').addEventListener('keydown', namesKey);
}
