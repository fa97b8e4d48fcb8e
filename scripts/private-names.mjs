/** Shortens the private names of classes. */
import MagicString from 'magic-string';
import {parseAst} from 'rollup/parseAst';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * Gives the private members of each class the same short names as those of any other: `#a`, `#b` and so on. Names that differ from
 * class to class, as swc gives, compress worse, by 2 % of the single file.
 *
 * @param {string} code
 */
export function withShortPrivateNames(code) {
  const short = new MagicString(code);
  rename(parseAst(code), new Map(), short);
  return short;
}

/**
 * @param {any} node Of a syntax tree.
 * @param {ReadonlyMap<string, string>} names The short names of the members of the classes around the node.
 * @param {MagicString} short
 */
function rename(node, names, short) {
  if (!node || typeof node !== 'object') return;
  if (node.type === 'PrivateIdentifier') short.update(node.start, node.end, `#${names.get(node.name)}`);
  const inner = node.type === 'ClassBody' ? namesIn(node, names) : names;
  for (const child of Object.values(node)) rename(child, inner, short);
}

/**
 * @param {any} body Of a class.
 * @param {ReadonlyMap<string, string>} outer
 */
function namesIn({body}, outer) {
  const names = new Map(outer);
  const declared = new Set(
    body.flatMap((/** @type {any} */ {key}) => (key?.type === 'PrivateIdentifier' ? [key.name] : [])),
  );
  let count = outer.size;
  for (const name of declared) names.set(name, shortName(count++));
  return names;
}

/** @param {number} index */
function shortName(index) {
  const first = LETTERS[index % LETTERS.length] ?? '';
  return index < LETTERS.length ? first : `${first}${Math.floor(index / LETTERS.length)}`;
}
