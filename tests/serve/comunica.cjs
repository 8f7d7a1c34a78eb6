// Ask an endpoint with Comunica: node comunica.cjs ADDRESS < queries as JSON > answers as JSON.
'use strict';
const { QueryEngine } = require('@comunica/query-sparql');

const term = (t) => {
  if (t.termType === 'NamedNode') return `<${t.value}>`;
  if (t.termType === 'BlankNode') return `_:${t.value}`;
  return [t.value, t.language || t.datatype.value];
};

async function answer(engine, query, sources) {
  const result = await engine.query(query, { sources, noCache: true });
  if (result.resultType === 'boolean') return await result.execute();
  const stream = await result.execute(), found = [];
  for await (const item of stream) {
    if (result.resultType === 'quads') found.push([item.subject, item.predicate, item.object].map(term));
    else found.push(Object.fromEntries([...item].map(([name, value]) => [name.value, term(value)])));
  }
  return found;
}

(async () => {
  const queries = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
  const engine = new QueryEngine(), sources = [{ type: 'sparql', value: process.argv[2] }], answers = [];
  for (const query of queries) answers.push(await answer(engine, query, sources));
  process.stdout.write(JSON.stringify(answers));
})().catch((error) => { process.stderr.write(`${error.stack}\n`); process.exit(1); });
