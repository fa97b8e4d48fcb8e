const DECODE = 'function peg$decode(s) {';

/**
 * Makes the grammar of sip.js keep its tables, which it otherwise decodes again for each header that it parses.
 *
 * @param {string} code The text of `sip.js/lib/grammar/pegjs/dist/grammar.js`.
 */
export function keepTables(code) {
  if (!code.includes(DECODE)) throw new Error('The grammar of sip.js has changed: see keepTables.');
  const kept = `function peg$decode(s) {
        let table = tables.get(s);
        if (!table) tables.set(s, (table = decodeTable(s)));
        return table;
      }`;
  return `const tables = new Map();\n${code.replace(DECODE, `${kept}\n    function decodeTable(s) {`)}`;
}
