import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {compileFunction} from 'node:vm';
import {Grammar, NameAddrHeader, URI} from 'sip.js/lib/grammar/index.js';
import {keepTables} from '../../scripts/kept-tables.mjs';

type Parse = (input: string, options: {startRule: string; data?: unknown}) => void;

/**
 * Makes sip.js keep the tables of its grammar, which it otherwise decodes again for each header: one or two
 * milliseconds per message, in which no audio is mixed. The package's bundles are built with this change; this server
 * runs the installed sip.js.
 */
export function keepGrammar(): void {
  const file = createRequire(import.meta.url).resolve('sip.js/lib/grammar/pegjs/dist/grammar.js');
  const code = keepTables(readFileSync(file, 'utf8')).replace(/^import .*;$|^export (?=\w)/gm, '');
  const load = compileFunction(`${code}\nreturn parse;`, ['NameAddrHeader', 'URI'], {filename: file}) as (
    ...classes: unknown[]
  ) => Parse;
  const parse = load(NameAddrHeader, URI);
  Grammar.parse = (input, startRule) => {
    const options = {startRule, data: undefined as unknown};
    try {
      parse(input, options);
    } catch {
      return -1;
    }
    return options.data;
  };
}
