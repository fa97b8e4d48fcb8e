/** Limited to the length of names: texts of strangers are masked too, and an endless word would take quadratic time. */
const NAMES = String.raw`[\w-]{0,40}(?:password|passwd|pwd|secret|token|credential)[\w-]{0,40}`;

const SECRETS: readonly (readonly [RegExp, string])[] = [
  // Headers that pages and servers exchange.
  [new RegExp(String.raw`^((?:X-[^\s:]+|${NAMES})[ \t]*:).*(?:\r?\n[ \t].*)*`, 'gim'), '$1 ***'],
  [/^((?:proxy-)?authorization[ \t]*:).*(?:\r?\n[ \t].*)*/gim, '$1 ***'],
  [/^((?:www|proxy)-authenticate[ \t]*:).*(?:\r?\n[ \t].*)*/gim, '$1 ***'],
  [new RegExp(String.raw`("${NAMES}"\s*:\s*)(?:"(?:[^"\\]|\\.)*"?|[\d.]+)`, 'gi'), '$1"***"'],
  // JSON as a string within JSON.
  [
    new RegExp(String.raw`(\\"${NAMES}\\"\s*:\s*)(?:\\"[^"\\]*(?:\\"|$)|[\d.]+)`, 'gi'),
    String.raw`$1\"***\"`,
  ],
  [/(\bwss?:\/\/)[^\s/@]+@/gi, '$1***@'],
  [new RegExp(String.raw`([?&]${NAMES}=)[^&#\s]*`, 'gi'), '$1***'],
  [/^(a=(?:ice-pwd|crypto):).*/gim, '$1***'],
];

/**
 * Masks credentials in a SIP message or its body: digest headers, `X-` headers, passwords in JSON and addresses, keys
 * in SDP.
 */
export function masked(text: string): string {
  return SECRETS.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}
