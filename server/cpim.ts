/** The most characters of the headers of a wrapped message. */
const LONGEST_HEAD = 8_192;

/** A message that was wrapped (RFC 3862), and what its sender calls it (RFC 5438 §6.3). */
export interface Wrapped {
  readonly id: string | undefined;
  readonly contentType: string;
  readonly content: string;
}

/** Reads a `message/cpim`; undefined if it is none. */
export function unwrap(text: string): Wrapped | undefined {
  const [outer, rest] = cut(text);
  const [inner, content] = rest === undefined ? [] : cut(rest);
  if (inner === undefined || content === undefined) return undefined;
  return {
    id: /^[\w.!*+-]+\.Message-ID:[ \t]*(\S{1,128})[ \t]*$/im.exec(outer)?.[1],
    contentType: /^Content-Type:[ \t]*(\S[^\r\n]*)/im.exec(inner)?.[1]?.trim() ?? 'text/plain',
    content,
  };
}

/** The headers before the first empty line, and what follows it. */
function cut(text: string): readonly [head: string, rest?: string] {
  const end = text.slice(0, LONGEST_HEAD).indexOf('\r\n\r\n');
  if (text.startsWith('\r\n')) return ['', text.slice(2)];
  return end < 0 ? [''] : [text.slice(0, end), text.slice(end + 4)];
}
