// The reader: an article with everyone it mentions marked, and what it states beside it; a statement shows its words.
const reader = {
  host: el('section', { id: 'view-reader', class: 'reader' }),
  open: null, // the article that is shown
  text: null, // its { text, mentions }, null where the text can't be had
  chunks: [], // stretches of its text, see chunksOf
  claims: [], // its claims, by place
  chosen: null, // the claim whose words are marked
  turn: 0,
};
const ARTICLES_AT_ONCE = 200;

// The text of an article and [[start, end, node], …], offsets in UTF-16 units; null where it is not on the page. The explorer asks its server.
let article = async (id) => { const { text, mentions } = data.sources[id]; return text === undefined ? null : { text, mentions: mentions || [] }; };

const articleName = (id) => data.sources[id].title || data.sources[id].id;
const factCounts = () => { const counts = data.sources.map(() => 0); data.claims.forEach((claim, id) => { if (state.seen.claims[id]) counts[claim.document]++; }); return counts; };

function readerFrame() {
  const parts = reader.parts = {
    find: el('input', { type: 'search', placeholder: 'Find an article', 'aria-label': 'Find an article by its title', autocomplete: 'off', oninput: listArticles }),
    count: el('p', { class: 'count', role: 'status' }),
    list: el('ul', { class: 'articles', onkeydown: (event) => moveAmong(event, [...parts.list.querySelectorAll('button')]) }),
    text: el('div', { class: 'reading', tabindex: '-1', onkeydown: (event) => moveAmong(event, [...parts.text.querySelectorAll('[data-stop]')]) }),
    facts: el('div', { class: 'facts-list' }),
  };
  const drawer = el('details', { class: 'shelf' }, el('summary', {}, 'Articles'), parts.find, parts.count, parts.list);
  reader.host.append(el('div', { class: 'reader-columns' }, drawer, el('div', { class: 'page-of-text' }, parts.text), el('section', { class: 'facts-column', 'aria-label': 'Statements of this article' }, parts.facts)));
  parts.drawer = drawer;
}

// Arrow keys go from one button to the next; only one of them is reached by Tab.
function moveAmong(event, stops) {
  const here = stops.indexOf(document.activeElement);
  if (here >= 0 && (event.key === 'Enter' || event.key === ' ') && document.activeElement.tagName !== 'BUTTON') { event.preventDefault(); document.activeElement.click(); return; }
  const to = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: stops.length - 1 }[event.key];
  if (here < 0 || to === undefined || !stops[to]) return;
  event.preventDefault();
  for (const stop of stops) stop.tabIndex = -1;
  stops[to].tabIndex = 0;
  stops[to].focus();
}

function listArticles() {
  const { list, count, find } = reader.parts, counts = factCounts(), wanted = plain(find.value.trim());
  const only = narrowed(state.filters) || state.filters.types.size > 0;
  const shown = data.sources.map((_, id) => id).filter((id) => (state.filters.source === null || state.filters.source === id)
    && (!only || counts[id] > 0) && (!wanted || plain(`${articleName(id)} ${data.sources[id].date || ''}`).includes(wanted)));
  const at = Math.max(shown.indexOf(reader.open), 0);
  const from = Math.max(0, Math.min(at - ARTICLES_AT_ONCE / 2, shown.length - ARTICLES_AT_ONCE));
  const part = shown.slice(from, from + ARTICLES_AT_ONCE);
  list.replaceChildren(...part.map((id) => el('li', {}, el('button', { type: 'button', 'data-article': String(id), tabindex: id === shown[at] ? '0' : '-1', 'aria-current': id === reader.open ? 'true' : null, onclick: () => chooseArticle(id) },
    bdi(articleName(id), { class: 'title' }), el('span', { class: 'about' }, [data.sources[id].date && day(data.sources[id].date), counts[id] ? plural(counts[id], 'statement', 'statements') : 'no statement'].filter(Boolean).join(' · '))))));
  const said = shown.length === data.sources.length ? plural(shown.length, 'article', 'articles') : `${number(shown.length)} of ${plural(data.sources.length, 'article', 'articles')}`;
  count.textContent = part.length < shown.length ? `${said}, of which ${number(part.length)} are listed` : said;
}

const roomy = () => reader.host.clientWidth >= 900; // as in reader.css

function chooseArticle(id) {
  if (!roomy()) reader.parts.drawer.open = false;
  select({ kind: 'source', id }, { still: true });
}

// A text as stretches in order: [start, end) with the claims of a sentence, or none. Sentences that overlap are one.
function chunksOf(length, claims, mentions) {
  const chunks = [];
  let done = 0;
  for (const id of claims) {
    const { start, end } = data.claims[id], last = chunks[chunks.length - 1];
    if (last && last.claims.length && start < last.end) { last.claims.push(id); continue; }
    if (start > done) chunks.push({ start: done, end: start, claims: [] });
    chunks.push({ start, end: Math.min(end, length), claims: [id] });
    done = end;
  }
  if (done < length) chunks.push({ start: done, end: length, claims: [] });
  let first = 0;
  for (const chunk of chunks) {
    while (first < mentions.length && mentions[first][1] <= chunk.start) first++;
    chunk.mentions = [];
    for (let next = first; next < mentions.length && mentions[next][0] < chunk.end; next++) if (mentions[next][1] > chunk.start) chunk.mentions.push(mentions[next]);
  }
  return chunks;
}

// Write a stretch into its element: marked words of the chosen claim, in them and between them the mentions.
function writeChunk(chunk) {
  const { start, end, host, claims, mentions } = chunk;
  const chosen = claims.includes(reader.chosen) ? data.claims[reader.chosen] : null;
  const marks = (chosen ? chosen.marks || [] : []).map(([from, to, role]) => [chosen.start + from, chosen.start + to, role]);
  const cuts = [...new Set([start, end, ...mentions.flatMap(([from, to]) => [Math.max(from, start), Math.min(to, end)]), ...marks.flatMap(([from, to]) => [from, to])])].filter((cut) => cut >= start && cut <= end).sort((a, b) => a - b);
  const around = [], begun = new Set(), made = [];
  let mention = 0, mark = 0, inside = null;
  for (let step = 0; step + 1 < cuts.length; step++) {
    const from = cuts[step], words = chunk.words.slice(from - start, cuts[step + 1] - start);
    while (mention < mentions.length && mentions[mention][0] <= from) around.push(mentions[mention++]);
    while (around.length && around[around.length - 1][1] <= from) around.pop();
    while (mark < marks.length && marks[mark][1] <= from) mark++;
    const marked = mark < marks.length && marks[mark][0] <= from ? marks[mark] : null;
    if (!marked) inside = null;
    else if (!inside || inside.of !== marked) { inside = { of: marked, host: el('mark', { class: MARKED.has(marked[2]) ? marked[2] : 'further', 'data-role': marked[2], title: MEANING[marked[2]] || ROLE[marked[2]] }) }; made.push(inside.host); }
    const named = around.length ? around[around.length - 1] : null;
    const piece = named && !state.filters.types.has(data.nodes[named[2]].type) ? mentioned(named[2], words, begun.has(named)) : words;
    begun.add(named);
    if (inside) inside.host.append(piece); else made.push(piece);
  }
  if (!claims.length) { host.replaceChildren(...made); return; }
  // Where the list of statements has no room beside the text, the sentence has the chosen one below it.
  host.replaceChildren(el('span', { class: chosen ? 'sentence chosen' : 'sentence', dir: 'auto' }, made, pill(chunk)), chosen ? el('span', { class: 'card' }, factLine(chosen), badges(chosen, 'span')) : '');
}

const MEANING = { subject: 'who', predicate: 'does', object: 'whom or what', speaker: 'says so', time: 'when' };

function mentioned(node, text, again) {
  const { family, name } = data.nodes[node], chosen = state.selected && state.selected.kind === 'node' && state.selected.id === node;
  const stop = again ? {} : { role: 'button', tabindex: '-1', 'data-stop': true };
  return el('span', { class: `mention ${family}${chosen ? ' chosen' : ''}`, 'data-node': String(node), title: name, onclick: () => select({ kind: 'node', id: node }), ...stop }, text);
}

// How many statements a sentence makes; each press goes on to the next of them.
function pill(chunk) {
  const seen = chunk.claims.filter((id) => state.seen.claims[id]);
  if (!seen.length) return [];
  const at = seen.indexOf(reader.chosen), firm = seen.every((id) => data.claims[id].status === 'asserted');
  const said = at < 0 ? String(seen.length) : `${at + 1}/${seen.length}`;
  return [el('button', { type: 'button', class: `pill${firm ? '' : ' unsure'}`, tabindex: '-1', 'data-stop': true, 'aria-label': `${said} ${seen.length === 1 ? 'statement' : 'statements'} in this sentence: show ${at < 0 ? 'the first' : 'the next'}`, onclick: () => { select({ kind: 'claim', id: seen[(at + 1) % seen.length] }, { still: true }); focusPill(chunk); } }, said)];
}

function focusPill(chunk) { const button = chunk.host.querySelector('.pill'); if (button) { button.tabIndex = 0; button.focus({ preventScroll: true }); } }

// Statements of the article in its order, each in the colours that its words have in the text.
function listFacts() {
  const { facts } = reader.parts, seen = reader.claims.filter((id) => state.seen.claims[id]), hidden = reader.claims.length - seen.length;
  const focused = facts.contains(document.activeElement) ? document.activeElement.dataset.claim : null;
  facts.replaceChildren(
    el('h3', {}, plural(seen.length, 'statement', 'statements')), seen.length ? wordsKey(seen) : null || '',
    el('ol', {}, seen.map((id) => el('li', {}, el('button', { type: 'button', class: 'fact', 'data-claim': String(id), 'aria-pressed': String(id === reader.chosen), onclick: () => select({ kind: 'claim', id }, { still: true }) }, factLine(data.claims[id]), badges(data.claims[id], 'span')), id === reader.chosen ? further(data.claims[id]) : null))),
    hidden ? el('p', { class: 'hint' }, `${plural(hidden, 'statement is', 'statements are')} hidden by filters.`) : '',
    reader.claims.length ? '' : el('p', { class: 'hint' }, data.served ? 'None of its statements are among those that are shown.' : 'No sentence of this article could be read as a statement.'));
  if (focused) { const again = facts.querySelector(`[data-claim="${focused}"]`); if (again) again.focus(); }
}

function factLine(claim) {
  const part = (item, kind) => (item ? [bdi(item.node === undefined ? item.text : data.nodes[item.node].name, { class: kind }), ' '] : []);
  const time = (claim.others || []).find((item) => item.role === 'time');
  return el('span', { class: 'line-of-fact' }, claim.doer ? part(claim.doer, 'doer') : [el('span', { class: 'doer' }, 'someone'), ' '], claim.negated ? el('span', { class: 'not' }, 'not: ') : null, bdi(claim.label, { class: 'verb' }), ' ', part(claim.patient, 'patient'), part(time, 'when'));
}

const firstWord = (claim) => { const { marks } = data.claims[claim]; return marks ? marks[0][0] : 0; };

// Show an article; what is shown already is only written again where it changed.
async function readArticle(id) {
  if (id === reader.open || id === undefined) return;
  const turn = ++reader.turn;
  reader.open = id;
  reader.claims = [...data.claims.keys()].filter((claim) => data.claims[claim].document === id).sort((a, b) => data.claims[a].start - data.claims[b].start || data.claims[b].end - data.claims[a].end || firstWord(a) - firstWord(b) || a - b);
  reader.parts.text.setAttribute('aria-busy', 'true');
  let found = null, failed = false;
  try { found = await article(id); } catch (error) { failed = true; }
  if (turn !== reader.turn) return; // another one was asked for meanwhile
  reader.text = found;
  writeArticle(failed);
  listFacts();
  listArticles();
  reader.parts.text.removeAttribute('aria-busy');
  reader.parts.text.parentElement.scrollTop = 0;
  toChosen();
}

function writeArticle(failed) {
  const { text, mentions } = reader.text || { text: null, mentions: [] }, { date, url } = data.sources[reader.open];
  reader.chunks = text === null ? chunksOf(0, reader.claims, []).filter((chunk) => chunk.claims.length) : chunksOf(text.length, reader.claims, mentions);
  for (const chunk of reader.chunks) {
    chunk.words = text === null ? wording(data.claims[chunk.claims[0]]) : text.slice(chunk.start, chunk.end);
    if (text === null) chunk.end = chunk.start + chunk.words.length;
    chunk.host = el('span');
    writeChunk(chunk);
  }
  const name = bdi(articleName(reader.open));
  const about = [date && day(date), url && el('a', { href: url, rel: 'noopener noreferrer', target: '_blank' }, new URL(url).hostname)].filter(Boolean);
  const lacking = failed ? 'The article could not be fetched; these are the sentences that it is quoted with.' : text === null ? 'The text of this article is not on this page, where there are too many to hold them all. These are the sentences that state something.' : text.trim() ? '' : 'This article has no text.';
  reader.parts.text.replaceChildren(el('h2', { dir: 'auto' }, name), el('p', { class: 'about' }, about.flatMap((item, index) => [index ? ' · ' : '', item])), familiesKey(mentions),
    lacking ? el('p', { class: 'lacking' }, lacking) : '', el('div', { class: text === null ? 'words apart' : 'words' }, reader.chunks.map((chunk) => chunk.host)));
  const first = reader.parts.text.querySelector('[data-stop]');
  if (first) first.tabIndex = 0;
}

function familiesKey(mentions) {
  const used = new Set(mentions.map((mention) => data.nodes[mention[2]].family));
  const shown = data.families.filter((family) => used.has(family.name));
  return shown.length ? el('p', { class: 'key families', 'aria-label': 'Meaning of the underlines' }, shown.map((family) => el('span', {}, swatch(family.name), el('span', { class: `mention ${family.name}` }, family.label)))) : '';
}

// What the choice means for the reader: an article to open, and the claim whose words are marked.
function aimOf(target) {
  if (!target) return { claim: null, article: state.filters.source };
  if (target.kind === 'claim') return { claim: target.id, article: data.claims[target.id].document };
  if (target.kind === 'source') return { claim: null, article: target.id };
  if (target.kind === 'path') { const claim = claimsOf(target).find((id) => state.seen.claims[id]) ?? null; return { claim, article: claim === null ? reader.open : data.claims[claim].document }; }
  const own = (target.kind === 'edge' ? data.edges : data.nodes)[target.id].claims || [];
  if (target.kind === 'edge') { const claim = own.find((id) => state.seen.claims[id]) ?? own[0]; return { claim, article: data.claims[claim].document }; }
  const here = reader.text && reader.text.mentions.some((mention) => mention[2] === target.id);
  const named = (data.nodes[target.id].mentions || [])[0];
  const told = own.find((id) => state.seen.claims[id]) ?? own[0];
  return { claim: null, article: here ? reader.open : told !== undefined ? data.claims[told].document : named ? named.document : null };
}

async function showReader(moving) {
  if (reader.host.hidden || !data) return;
  const aim = aimOf(state.selected);
  reader.chosen = aim.claim;
  const wanted = aim.article ?? reader.open ?? (data.sources.length ? 0 : null);
  if (wanted === null) { reader.parts.text.replaceChildren(el('p', { class: 'lacking' }, 'There is no article to read.')); listArticles(); return; }
  if (wanted !== reader.open) { await readArticle(wanted); return; }
  for (const chunk of reader.chunks) writeChunk(chunk);
  const first = reader.parts.text.querySelector('[data-stop]');
  if (first) first.tabIndex = 0;
  listFacts();
  listArticles();
  if (moving) toChosen();
}

// Bring the chosen sentence or name into view, and its line in the list.
function toChosen() {
  const words = reader.parts.text.querySelector('.sentence.chosen') || reader.parts.text.querySelector('.mention.chosen');
  const fact = reader.parts.facts.querySelector('[aria-pressed="true"]');
  const behavior = calm() ? 'auto' : 'smooth';
  if (words) words.scrollIntoView({ block: narrow() ? 'start' : 'center', behavior });
  if (fact && roomy()) fact.scrollIntoView({ block: 'nearest' });
}

const toldHere = (target) => Boolean(target) && (target.kind === 'claim' || target.kind === 'source' || (target.kind === 'edge' && data.edges[target.id].claims.length === 1));

let readerChoice = null;
views.push({
  name: 'reader',
  label: 'Articles',
  host: reader.host,
  drawn() { if (!reader.parts) readerFrame(); reader.open = null; reader.turn++; showReader(true); },
  shown() {
    // A statement or an article is told here in full, where there is room for the list of statements.
    panel.classList.toggle('told-in-reader', toldHere(state.selected));
    const choice = state.selected ? `${state.selected.kind} ${state.selected.id}` : null, moving = choice !== readerChoice;
    readerChoice = choice;
    showReader(moving);
  },
  opened() { if (roomy() || narrow()) reader.parts.drawer.open = roomy(); showReader(true); },
});
