// Sending and keeping what is shown: the menu, the clipboard, the dialog with a text.
function announce(text) {
  const note = byId('note');
  note.textContent = text;
  note.hidden = false;
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => { note.hidden = true; }, 3500);
}

// Copy a text. Where the browser does not let the page, it is shown, selected, to be copied by hand.
async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    announce(`${what} copied`);
  } catch {
    showText(what, text);
  }
}

function showText(title, text) {
  const dialog = byId('text-dialog'), field = byId('text-shown');
  byId('text-title').textContent = title;
  field.value = text;
  if (!dialog.open) dialog.showModal();
  field.focus();
  field.select();
  field.scrollTop = 0;
}

// Give a file to the user: a blob has an address of its own, and nothing is fetched.
function save(blob, name) {
  const link = el('a', { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const ACTIONS = [
  ['copy-link', 'Copy link to this view', () => { writeNow(); copy(location.href, 'Link'); }],
  ['copy-sparql', 'Copy as SPARQL', () => showText('The statements shown, as a SPARQL query', sparql())],
  ['save-csv', 'Statements as CSV', () => save(new Blob(['\ufeff', csv()], { type: 'text/csv' }), 'statements.csv')],
  ['save-png', 'Picture as PNG', savePng],
  ['save-svg', 'Picture as SVG', () => save(new Blob([svgText()], { type: 'image/svg+xml' }), 'graph.svg')],
];

function openMenu(shown) {
  byId('share-menu').hidden = !shown;
  byId('share').setAttribute('aria-expanded', String(shown));
  if (shown) byId('share-menu').firstElementChild.focus();
}

function menuKey(event) {
  const items = [...byId('share-menu').children], here = items.indexOf(document.activeElement);
  const to = { ArrowDown: (here + 1) % items.length, ArrowUp: (here + items.length - 1) % items.length, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) { event.preventDefault(); items[to].focus(); }
  else if (event.key === 'Escape') { event.stopPropagation(); openMenu(false); byId('share').focus(); }
  else if (event.key === 'Tab') openMenu(false);
}

function startShare() {
  byId('share-menu').append(...ACTIONS.map(([id, label, action]) => el('button', { type: 'button', role: 'menuitem', id, tabindex: '-1', onclick: () => { openMenu(false); byId('share').focus(); action(); } }, label)));
  byId('share').addEventListener('click', () => openMenu(byId('share-menu').hidden));
  byId('share').addEventListener('keydown', (event) => { if (event.key === 'ArrowDown') { event.preventDefault(); openMenu(true); } });
  byId('share-menu').addEventListener('keydown', menuKey);
  document.addEventListener('pointerdown', (event) => { if (!byId('share-menu').hidden && !event.target.closest('.share')) openMenu(false); });
  byId('text-copy').addEventListener('click', async () => {
    const field = byId('text-shown');
    try { await navigator.clipboard.writeText(field.value); byId('text-dialog').close(); announce('Copied'); } catch { field.select(); announce('Press Ctrl+C to copy'); }
  });
  byId('text-close').addEventListener('click', () => byId('text-dialog').close());
  addEventListener('hashchange', readFragment);
}
