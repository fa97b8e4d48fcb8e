import {SipError} from '../../errors.js';

/** How long a link may be, in bytes: phones read smaller modules unreliably (ISO/IEC 18004, version 22 of 40). */
const MAX_BYTES = 1000;

/** The characters of a token (RFC 6750 §2.1). */
const TOKEN = /^[\w.~+/-]+=*$/;

const EXPECTED = 'href="/phone.html#config=/desks/7.json"';

/** The link of a desk. */
export interface DeskLink {
  /** The whole link. */
  readonly href: string;
  /** The link as it is shown, without the token. */
  readonly shown: string;
}

/**
 * Makes the link of a desk.
 *
 * @param href - The link without a token; relative to the page.
 * @param token - What is added to the fragment; empty for none.
 * @throws {SipError} `config-failed`, which names the property
 */
export function deskLinkOf(href: string, token: string): DeskLink {
  const failed = (subject: string, expected: string): SipError =>
    new SipError('config-failed', {subject, expected});
  const url = URL.canParse(href, document.baseURI) ? new URL(href, document.baseURI) : undefined;
  const isUsable = url && /^https?:$/.test(url.protocol) && url.hash && !url.username && !url.password;
  if (!href.trim() || !isUsable) throw failed(`href “${href.slice(0, 80)}”`, EXPECTED);
  const fields = new URLSearchParams(url.hash.slice(1));
  if (fields.has('token')) throw failed('href with a token', 'deskLink.token = "…"');
  const shown = url.href;
  if (token) {
    if (!TOKEN.test(token)) throw failed('token', 'deskLink.token = "eyJhbGciOi…"');
    url.hash += `&token=${encodeURIComponent(token).replaceAll('%2F', '/')}`;
  }
  const {length} = new TextEncoder().encode(url.href);
  if (length > MAX_BYTES)
    throw failed(`href of ${length} bytes`, `a link of at most ${MAX_BYTES} bytes with its token`);
  return {href: url.href, shown};
}
