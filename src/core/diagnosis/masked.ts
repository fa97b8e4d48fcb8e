/** Limited to the length of names: texts of strangers are masked too, and an endless word would take quadratic time. */
const NAMES = String.raw`[\w-]{0,40}(?:password|passwd|pwd|passphrase|passcode|secret|token|credential|authorization|api[-_]?key)[\w-]{0,40}`;

/**
 * Names of secrets in JSON, what the values behind them are made of, and what is put in their place: in JSON, and in JSON that is
 * a text within JSON, where each quote and each backslash has one more before it.
 */
const IN_JSON: readonly (readonly [RegExp, RegExp, string])[] = [
  [
    new RegExp(String.raw`"${NAMES}"\s*:\s*(?=["[{\d-])`, 'gi'),
    /"(?:[^"\\]|\\.)*"?|[[\]{}]|[^"[\]{},\s]+|[,\s]+/y,
    '"***"',
  ],
  [
    new RegExp(String.raw`\\"${NAMES}\\"\s*:\s*(?=\\"|[[{\d-])`, 'gi'),
    /\\"(?:[^"\\]|\\\\(?:\\["\\]|[^"\\])|\\[^"\\])*(?:\\")?|[[\]{}]|[^"\\[\]{},\s]+|[,\s]+|\\[^"\\]/y,
    String.raw`\"***\"`,
  ],
];

const SECRETS: readonly (readonly [RegExp, string | ((found: string) => string)])[] = [
  // Headers that pages and servers exchange.
  [new RegExp(String.raw`^((?:X-[^\s:]+|${NAMES})[ \t]*:).*(?:\r?\n[ \t].*)*`, 'gim'), '$1 ***'],
  [/^((?:(?:www|proxy)-authenticate|(?:proxy-)?authentication-info)[ \t]*:).*(?:\r?\n[ \t].*)*/gim, '$1 ***'],
  [/\b(?:ws|http)s?:(?:\\?\/){2}(?:[^\s"'<>\\]|\\(?!["\\]))+/gi, publicUrl],
  // The password of an address (RFC 3261 §19.1.1).
  [/\b((?:sips?|turns?|stuns?):[^\s:@<>"]{1,200}:)[\w.!~*'()%&=+$,-]{1,200}@/gi, '$1***@'],
  // The subscription of pushes, to whose address anybody may push (RFC 8599 §4.1.1).
  [/(;pn-(?:prid|param)=)[^;>\s]*/gi, '$1***'],
  [new RegExp(String.raw`([?&]${NAMES}=)[^&#>\s]*`, 'gi'), '$1***'],
  // Keys in SDP, also within JSON.
  [/(^|\\n)(a=(?:ice-pwd|crypto|key-mgmt):|k=)[^\r\n\\"]*/gim, '$1$2***'],
];

/**
 * Masks credentials in a SIP message or its body: digest headers, `X-` headers, passwords in JSON and addresses, the queries
 * of URLs, keys in SDP.
 */
export function masked(text: string): string {
  return SECRETS.reduce(
    // The types of `replace` know each kind of replacement by itself.
    (result, [pattern, replacement]) => result.replace(pattern, replacement as string),
    IN_JSON.reduce(withoutValues, text),
  );
}

/** Returns a text without the values of these names: lists and objects with all that is in them. */
function withoutValues(text: string, [name, part, instead]: (typeof IN_JSON)[number]): string {
  let result = '';
  let at = 0;
  name.lastIndex = 0;
  while (name.test(text)) {
    result += text.slice(at, name.lastIndex) + instead;
    part.lastIndex = name.lastIndex;
    let depth = 0;
    do {
      at = part.lastIndex;
      const [found = ''] = part.exec(text) ?? [];
      if (!found) break;
      at += found.length;
      depth += Number(/^[[{]/.test(found)) - Number(/^[\]}]/.test(found));
    } while (depth > 0);
    name.lastIndex = at;
  }
  return result + text.slice(at);
}

/** Returns a URL without its user, and without the values of its query: they are of servers that the page knows. */
function publicUrl(url: string): string {
  const [, address = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(url) ?? [];
  return (
    address.replace(/^(\w+:\\?\/\\?\/)[^/]*@/, '$1***@') +
    query.replace(/=[^&]*/g, '=***') +
    fragment.replace(/^#.+/s, '#***')
  );
}
