// An answer of the endpoint as a table: IRIs of this graph lead to their pages, all else is text.
'use strict';
const results = (() => {
  const PAGE = 500;
  const made = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  function short(iri, prefixes) {
    for (const [prefix, space] of Object.entries(prefixes)) {
      if (iri.startsWith(space) && /^[\w-]*$/.test(iri.slice(space.length))) return `${prefix}:${iri.slice(space.length)}`;
    }
    return iri;
  }

  function link(iri, vocabulary) {
    const words = made('bdi', { textContent: short(iri, vocabulary.prefixes) });
    if (iri.startsWith(vocabulary.base)) return made('a', { href: new URL(iri).pathname, title: iri }, words);
    // Only what a browser opens safely is a link at all.
    if (!/^https?:\/\//i.test(iri)) return words;
    const ours = iri.startsWith(vocabulary.prefixes.kg);
    const address = ours ? new URL(iri).pathname + new URL(iri).hash : iri;
    return made('a', { href: address, title: iri, rel: 'noopener noreferrer', className: ours ? '' : 'outside' }, words);
  }

  function cell(value, vocabulary) {
    if (!value) return made('td', {});
    if (value.type === 'uri') return made('td', {}, link(value.value, vocabulary));
    if (value.type === 'triple') return made('td', { textContent: '<< … >>' });
    const kind = value['xml:lang'] || (value.datatype ? short(value.datatype, vocabulary.prefixes) : '');
    const number = /:(integer|decimal|double|float)$/.test(kind);
    return made('td', { title: kind, className: number ? 'number' : '' }, made('bdi', { textContent: value.type === 'bnode' ? `_:${value.value}` : value.value }));
  }

  function table(host, answer, vocabulary) {
    const names = answer.head.vars, rows = answer.results.bindings, body = made('tbody', {});
    const head = made('tr', {}, ...names.map(name => made('th', { scope: 'col', textContent: name })));
    host.replaceChildren(made('table', {}, made('thead', {}, head), body));
    const more = made('button', { type: 'button', className: 'tool' });
    let shown = 0;
    const next = () => {
      for (const row of rows.slice(shown, shown + PAGE)) body.append(made('tr', {}, ...names.map(name => cell(row[name], vocabulary))));
      shown = Math.min(shown + PAGE, rows.length);
      more.textContent = `Show ${Math.min(PAGE, rows.length - shown).toLocaleString('en')} more`;
      more.hidden = shown === rows.length;
    };
    more.addEventListener('click', next);
    next();
    host.append(more);
    return rows.length;
  }

  return { made, table };
})();
