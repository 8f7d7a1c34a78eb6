// What is shown as a query of the graph: each filter is a line of its pattern.
const PREFIXES = {
  kg: 'https://w3id.org/actors-places/ontology#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  dcterms: 'http://purl.org/dc/terms/',
};
const INDENT = '\n  ';

const quoted = (text) => `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}"`;
const iriRef = (iri) => `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (letter) => encodeURIComponent(letter))}>`;
const term = (name) => (/^[A-Za-z_]\w*$/.test(name) ? `kg:${name}` : iriRef(PREFIXES.kg + name));
const listOf = (values, write) => [...values].sort().map(write).join(', ');
const nodeRef = (id) => iriRef(iriOf(id));

// A statement leads by some property to each that takes part in it, to the event that it tells and to its speaker.
const involves = (node, role, ...but) => `?statement ${role} ${node} .${but.length ? ` FILTER(${role} NOT IN (${but.join(', ')}))` : ''}`;

function sparql() {
  const { filters, selected } = state, patterns = [], tests = [];
  if (filters.relations.size) tests.push(`FILTER(?relation NOT IN (${listOf(filters.relations, (name) => (name === UNTYPED ? 'kg:related' : term(name)))}))`);
  if (filters.statuses.size) tests.push(`FILTER(?status NOT IN (${listOf(filters.statuses, quoted)}))`);
  if (filters.speaker !== null) patterns.push(`?statement kg:attributedTo ${nodeRef(filters.speaker)} .`);
  if (filters.source !== null) patterns.push(`?source dcterms:identifier ${quoted(data.sources[filters.source].id)} .`);
  if (filters.least > 0) tests.push(`FILTER(?confidence >= ${filters.least})`);
  if (filters.place !== null) patterns.push(involves(nodeRef(filters.place), '?there', 'kg:describes', 'kg:attributedTo'));
  if (filters.event !== null) patterns.push(involves(nodeRef(filters.event), '?then', 'kg:attributedTo'));
  if (selected && selected.kind === 'node') patterns.push(involves(nodeRef(selected.id), '?role'));
  if (selected && selected.kind === 'source') patterns.push(`?source dcterms:identifier ${quoted(data.sources[selected.id].id)} .`);
  tests.push(...dayLines(filters), ...typeLines(filters.types), ...aroundLines(filters.around), ...choiceLines(selected));
  return `${Object.entries(PREFIXES).map(([name, iri]) => `PREFIX ${name}: <${iri}>`).join('\n')}

SELECT DISTINCT ?statement ?claim ?status ?confidence ?document ?sentence WHERE {${patterns.map((line) => INDENT + line).join('')}
  ?statement a kg:Statement ; rdfs:label ?claim ; rdf:predicate ?relation ; kg:inDocument ?source ; kg:evidence ?words .
  ?statement kg:negated ?negated ; kg:modality ?modality ; kg:confidence ?confidence .
  ?source dcterms:identifier ?document .
  ?words kg:exact ?sentence .
  OPTIONAL { ?statement rdf:subject ?subject }
  OPTIONAL { ?statement kg:attributedTo ?speaker }
  FILTER EXISTS { ?statement ?any ?node . ?node a kg:Entity }
  BIND(IF(?negated, "denied", IF(?modality != kg:asserted, "possible", IF(BOUND(?speaker) && (!BOUND(?subject) || ?speaker != ?subject), "attributed", "asserted"))) AS ?status)${tests.map((line) => INDENT + line).join('')}
}
ORDER BY ?document ?sentence ?claim`;
}

// The time of a statement, else the day of its document.
function dayLines({ since, until }) {
  if (since === null && until === null) return [];
  const holds = (end, sign, iso) => `FILTER(IF(BOUND(?dated), !BOUND(?${end}) || STR(?${end}) ${sign} "${iso}", SUBSTR(STR(?issued), 1, 10) ${sign} "${iso}"))`;
  return [
    'OPTIONAL { ?statement kg:datePrecision ?dated }',
    'OPTIONAL { ?statement kg:beginDate ?begin }',
    'OPTIONAL { ?statement kg:endDate ?end }',
    'OPTIONAL { ?source dcterms:issued ?issued }',
    ...(since === null ? [] : [holds('end', '>=', since)]),
    ...(until === null ? [] : [holds('begin', '<=', until)]),
  ];
}

// A class stands for those whose narrowest it is, as in the legend. That needs the ontology, which is a named graph of the store.
function typeLines(types) {
  if (!types.size) return [];
  return [`FILTER NOT EXISTS { VALUES ?hidden { ${[...types].sort().map(term).join(' ')} } ?statement rdf:subject|rdf:object|kg:recipient ?part . ?part a ?hidden . FILTER NOT EXISTS { ?part a ?narrower . ?narrower rdfs:subClassOf+ ?hidden FILTER(?narrower != ?hidden) } }`];
}

// The neighbourhood as the page found it: its middle takes part, or two others of it do.
function aroundLines(around) {
  if (!around) return [];
  const near = [...data.nodes.keys()].filter((id) => state.seen.nodes[id] && id !== around.node).map(nodeRef).join(' ');
  return [`FILTER(EXISTS { ?statement ?a ${nodeRef(around.node)} } || EXISTS { VALUES ?one { ${near} } VALUES ?other { ${near} } ?statement ?a ?one ; ?b ?other . FILTER(?one != ?other && kg:attributedTo NOT IN (?a, ?b)) })`];
}

function choiceLines(target) {
  if (!target || target.kind === 'node' || target.kind === 'source') return [];
  return [`FILTER(STRAFTER(STR(?statement), "/statement/") IN (${listOf(new Set(shownClaims().map((id) => data.claims[id].id)), quoted)}))`];
}
