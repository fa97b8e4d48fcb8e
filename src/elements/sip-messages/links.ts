import {webAddress} from '../../core/messages/message.js';

/** A piece of a text; a link if it has an address. */
export interface TextPiece {
  readonly text: string;
  readonly href?: string;
}

/**
 * Matches web addresses up to a character that ends them in running text, also in Chinese, or that changes the text
 * direction.
 */
const ADDRESS =
  /\bhttps?:\/\/[^\s<>"'`\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u061c\u200b-\u200f\u2018-\u201f\u2028-\u202e\u2066-\u2069\ufeff]{1,2000}/gi;

/** Splits a text at its web addresses. Everything else stays plain text. */
export function piecesOf(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const {0: found, index} of text.matchAll(ADDRESS)) {
    const address = withoutEnd(found);
    const href = webAddress(address);
    if (href === undefined) continue;
    if (index > from) pieces.push({text: text.slice(from, index)});
    pieces.push({text: address, href});
    from = index + address.length;
  }
  if (from < text.length) pieces.push({text: text.slice(from)});
  return pieces;
}

/** Removes what belongs to the sentence: a full stop, or a bracket opened before the address. */
function withoutEnd(address: string): string {
  let end = address.length;
  let open = count(address, '(') - count(address, ')');
  for (; end > 0; end -= 1) {
    const last = address[end - 1]!;
    if (last === ')' && open < 0) open += 1;
    else if (!/[.,;:!?*_~\]}]/.test(last)) break;
  }
  return address.slice(0, end);
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}
