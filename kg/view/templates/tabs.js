// The bar of tabs: one view in front; on wide screens another may stand beside it.
const inFront = (name) => state.view === name || state.beside === name;
const isWide = () => matchMedia('(min-width: 1200px)').matches;
const viewOf = (name) => views.find((view) => view.name === name);

// Bring a view to the front. The one that stands beside it changes places with it where it is the one asked for.
function open(name) {
  if (!viewOf(name)) return;
  if (state.beside === name) state.beside = state.view;
  state.view = name;
  arrangeViews();
}

function arrangeViews() {
  const beside = isWide() && state.beside !== state.view ? state.beside : null;
  const before = views.filter((view) => !view.host.hidden).map((view) => view.name).join(' ');
  for (const view of views) {
    const shown = view.name === state.view || view.name === beside;
    view.host.hidden = !shown;
    view.host.classList.toggle('second', view.name === beside);
    view.host.style.order = view.name === beside ? '1' : '0';
    view.tab.setAttribute('aria-selected', String(view.name === state.view));
    view.tab.tabIndex = view.name === state.view ? 0 : -1;
  }
  byId('views').parentElement.classList.toggle('two', beside !== null);
  byId('split').setAttribute('aria-pressed', String(beside !== null));
  document.documentElement.dataset.view = state.view;
  const now = views.filter((view) => !view.host.hidden);
  if (data) writeFragment();
  if (data && now.map((view) => view.name).join(' ') !== before) for (const view of now) view.opened();
}

// Beside the graph the article, beside anything else the graph.
function split() {
  state.beside = state.beside ? null : state.view !== 'graph' ? 'graph' : (viewOf('reader') || views.find((view) => view.name !== 'graph')).name;
  arrangeViews();
}

function tabKey(event) {
  const here = views.findIndex((view) => view.name === state.view), last = views.length - 1;
  const to = { ArrowRight: here === last ? 0 : here + 1, ArrowLeft: here ? here - 1 : last, Home: 0, End: last }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  open(views[to].name);
  views[to].tab.focus();
}

function startTabs() {
  const bar = byId('tabs'), stand = byId('views');
  for (const view of views) {
    view.tab = el('button', { type: 'button', role: 'tab', id: `tab-${view.name}`, onclick: () => open(view.name) }, view.label);
    bar.append(view.tab);
    if (!view.host.id) view.host.id = `view-${view.name}`;
    view.tab.setAttribute('aria-controls', view.host.id);
    view.host.setAttribute('role', 'tabpanel');
    view.host.setAttribute('aria-labelledby', view.tab.id);
    view.host.classList.add('view');
    view.host.classList.toggle('docks', Boolean(view.docks));
    if (!view.host.isConnected) stand.append(view.host);
  }
  bar.addEventListener('keydown', tabKey);
  byId('split').addEventListener('click', split);
  byId('split').hidden = views.length < 2;
  bar.parentElement.hidden = views.length < 2;
  matchMedia('(min-width: 1200px)').addEventListener('change', arrangeViews);
  arrangeViews();
}
