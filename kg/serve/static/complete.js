// What the editor offers while somebody writes: variables, prefixes, classes and properties, words of SPARQL.
'use strict';
const complete = (() => {
  const WORDS = ('SELECT DISTINCT WHERE OPTIONAL FILTER UNION GROUP BY HAVING ORDER BY ASC DESC LIMIT OFFSET VALUES BIND AS GRAPH CONSTRUCT '
    + 'DESCRIBE ASK PREFIX MINUS EXISTS NOT IN COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT COALESCE IF BOUND STR LANG DATATYPE CONTAINS LCASE UCASE '
    + 'STRSTARTS STRENDS STRAFTER STRBEFORE REGEX REPLACE CONCAT YEAR MONTH DAY STRLEN ABS ROUND').split(' ');

  // What stands before the cursor that can be a beginning: ?na, kg:he, SEL.
  const beginning = /[?$]\w*$|[A-Za-z][\w-]*:[\w-]*$|[A-Za-z][\w-]*$/;

  return vocabulary => editor => {
    const cursor = editor.getCursor(), line = editor.getLine(cursor.line).slice(0, cursor.ch);
    const word = (line.match(beginning) || [''])[0], low = word.toLowerCase();
    const from = CodeMirror.Pos(cursor.line, cursor.ch - word.length);
    // `a ` and `rdf:type ` are followed by classes.
    const wantsClass = /(\ba|rdf:type)\s+$/.test(line.slice(0, line.length - word.length));
    const offer = (text, meaning, sign) => ({
      text,
      render(element) {
        element.append(Object.assign(document.createElement('span'), { className: `sign ${sign}`, textContent: text }));
        if (meaning) element.append(Object.assign(document.createElement('span'), { className: 'meaning', textContent: meaning }));
      },
    });
    const list = [];
    if (/^[?$]/.test(word) || !word) {
      const known = new Set(editor.getValue().match(/[?$]\w+/g) || []);
      known.delete(word);
      for (const name of [...known].sort()) if (name.toLowerCase().startsWith(low)) list.push(offer(name, '', 'variable'));
    }
    if (!/^[?$]/.test(word)) {
      const fits = ([name, , meaning]) => name.toLowerCase().startsWith(low)
        || (low.length > 1 && (name.toLowerCase().includes(`:${low}`) || meaning.toLowerCase().startsWith(low)));
      const kinds = vocabulary.terms.filter(([, kind]) => !wantsClass || kind === 'class');
      for (const [name, kind, meaning] of kinds.filter(fits)) list.push(offer(name, meaning, kind));
      if (!wantsClass && !word.includes(':')) {
        for (const prefix of Object.keys(vocabulary.prefixes).sort()) if (word && prefix.startsWith(low)) list.push(offer(`${prefix}:`, vocabulary.prefixes[prefix], 'prefix'));
        for (const name of WORDS) if (word && name.toLowerCase().startsWith(low) && name !== word) list.push(offer(name, '', 'word'));
      }
    }
    return { list: list.slice(0, 60), from, to: cursor };
  };
})();
