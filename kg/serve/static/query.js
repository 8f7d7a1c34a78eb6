// The page of questions: editor, named questions, answers. The address keeps what is asked, so that it can be sent.
'use strict';
(async () => {
  const at = id => document.getElementById(id), { made } = results;
  const answered = await fetch('/api/vocabulary');
  const vocabulary = answered.ok ? await answered.json() : { base: '', prefixes: {}, questions: [], terms: [] };
  const editor = CodeMirror.fromTextArea(at('query'), {
    mode: 'application/sparql-query', lineNumbers: true, lineWrapping: true, matchBrackets: true, autoCloseBrackets: true,
    inputStyle: 'contenteditable', screenReaderLabel: 'SPARQL query', viewportMargin: Infinity, tabSize: 2,
    hintOptions: { hint: complete(vocabulary), completeSingle: false },
    // Tab leaves the editor, as it leaves any other field.
    extraKeys: { Tab: false, 'Shift-Tab': false, 'Ctrl-Space': 'autocomplete', 'Ctrl-Enter': run, 'Cmd-Enter': run },
  });
  editor.getInputField().setAttribute('role', 'textbox');
  editor.getInputField().setAttribute('aria-multiline', 'true');
  editor.on('inputRead', (_, change) => { if (/[?$:\w]$/.test(change.text[change.text.length - 1]) && !editor.state.completionActive) editor.showHint(); });
  editor.on('change', () => editor.eachLine(line => editor.removeLineClass(line, 'background', 'at-fault')));

  let running = null, asked = null;

  function parameters(values) {
    const question = vocabulary.questions.find(one => one.name === at('name').value), host = at('parameters');
    at('take').hidden = !question;
    host.hidden = !question || !question.parameters.length;
    host.replaceChildren(...(question ? question.parameters : []).map(({ name, meaning, example }) =>
      made('label', { className: 'grow' }, `${name}: ${meaning}`, made('input', { type: 'text', name, value: values[name] || '', placeholder: example || '', maxLength: 1000 }))));
  }

  async function take() {
    const name = at('name').value, values = [...new FormData(at('question'))].filter(([, value]) => value);
    if (!name) return;
    try {
      const answer = await fetch(`/api/questions/${encodeURIComponent(name)}?${new URLSearchParams(values)}`, { headers: { Accept: 'application/json' } });
      const told = await answer.json();
      if (!answer.ok) throw new Error(told.error);
      asked = { text: told.query, state: new URLSearchParams([['question', name], ...values]) };
      editor.setValue(told.query);
    } catch (error) {
      wrong(error.message);
    }
  }

  function wrong(message) {
    at('wrong').hidden = !message;
    at('wrong').textContent = message;
    at('said').textContent = '';
    if (!message) return;
    const place = message.match(/\b(\d+):(\d+)/);
    if (place && Number(place[1]) <= editor.lineCount()) editor.addLineClass(Number(place[1]) - 1, 'background', 'at-fault');
  }

  async function ask(text, accept, signal) {
    return fetch('/sparql', { method: 'POST', body: new URLSearchParams({ query: text }), headers: { Accept: accept }, signal });
  }

  async function run() {
    if (running) running.abort();
    const mine = running = new AbortController(), text = editor.getValue(), begun = performance.now();
    history.replaceState(null, '', `#${asked && asked.text === text ? asked.state : new URLSearchParams({ query: text })}`);
    wrong('');
    at('rows').hidden = at('downloads').hidden = true;
    at('cancel').hidden = false;
    at('said').textContent = 'asking …';
    try {
      const answer = await ask(text, 'application/sparql-results+json, text/turtle;q=0.8, application/json;q=0.5', mine.signal);
      const kind = (answer.headers.get('Content-Type') || '').split(';')[0];
      if (!answer.ok) throw new Error(kind === 'application/json' ? (await answer.json()).error : await answer.text());
      drawn(kind, kind === 'text/turtle' ? await answer.text() : await answer.json(), text, performance.now() - begun);
    } catch (error) {
      if (running === mine) wrong(error.name === 'AbortError' ? 'Cancelled.' : error.message || 'the server does not answer');
    } finally {
      if (running === mine) {
        running = null;
        at('cancel').hidden = true;
      }
    }
  }

  function drawn(kind, answer, text, time) {
    const seconds = `${(time / 1000).toLocaleString('en', { maximumFractionDigits: 2 })} s`, rows = at('rows');
    rows.hidden = false;
    let forms = [['Turtle', 'text/turtle', 'ttl'], ['N-Triples', 'application/n-triples', 'nt']];
    if (kind === 'text/turtle') {
      rows.replaceChildren(made('pre', { textContent: answer }));
      at('said').textContent = `Triples, in ${seconds}`;
    } else if (answer.boolean !== undefined) {
      forms = [['JSON', 'application/sparql-results+json', 'json'], ['XML', 'application/sparql-results+xml', 'xml']];
      rows.replaceChildren(made('p', { className: 'verdict', textContent: answer.boolean ? 'Yes' : 'No' }));
      at('said').textContent = `Answered in ${seconds}`;
    } else {
      forms = [['CSV', 'text/csv', 'csv'], ['TSV', 'text/tab-separated-values', 'tsv'], ['JSON', 'application/sparql-results+json', 'json'], ['XML', 'application/sparql-results+xml', 'xml']];
      const count = results.table(rows, answer, vocabulary);
      rows.hidden = !count;
      at('said').textContent = count ? `${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'}, in ${seconds}` : `No row: nothing in the graph fits (${seconds})`;
    }
    at('downloads').hidden = rows.hidden;
    at('downloads').replaceChildren('Download ', ...forms.map(([name, accept, ending]) => {
      const button = made('button', { type: 'button', className: 'tool', textContent: name });
      button.addEventListener('click', async () => {
        const found = await ask(text, accept);
        if (!found.ok) return wrong(await found.text());
        const anchor = made('a', { href: URL.createObjectURL(await found.blob()), download: `answer.${ending}` });
        anchor.click();
        URL.revokeObjectURL(anchor.href);
      });
      return button;
    }));
  }

  async function restore() {
    const state = new URLSearchParams(location.hash.slice(1));
    at('name').value = state.get('question') || '';
    parameters(Object.fromEntries(state));
    if (at('name').value) await take();
    else if (state.get('query')) editor.setValue(state.get('query'));
  }

  at('name').addEventListener('change', async () => { parameters({}); await take(); });
  at('question').addEventListener('submit', async event => { event.preventDefault(); await take(); run(); });
  at('run').addEventListener('click', run);
  at('cancel').addEventListener('click', () => running && running.abort());
  addEventListener('hashchange', restore);
  await restore();
  document.documentElement.dataset.ready = 'true';
})();
