/** A call that rings at a number, as a server tells it (RFC 4235 §4.1). */
export interface EarlyDialog {
  readonly callId: string;
  /** The tag of the side that rings. */
  readonly localTag: string;
  /** The tag of the caller, or of the PBX in between. */
  readonly remoteTag: string;
  /** The caller's number; empty if it is of another domain, or was not told. */
  readonly caller: string;
}

/** A Call-ID, and a tag, without what ends them in a header (RFC 3261 §25.1). */
const CALL_ID = /^[\w.!%*+`'~()<>:\\"/[\]?{}-]+(?:@[\w.!%*+`'~()<>:\\"/[\]?{}-]+)?$/;
const TAG = /^[\w.!%*+`'~-]+$/;

/**
 * Reads a `dialog` element; undefined unless it is a call that rings there and can be replaced.
 *
 * @param callable - Returns the number of an address, or an empty text.
 */
export function earlyDialogOf(
  dialog: Element,
  callable: (address: string) => string,
): EarlyDialog | undefined {
  const [callId, localTag, remoteTag] = ['call-id', 'local-tag', 'remote-tag'].map(
    (name) => dialog.getAttribute(name)?.trim() ?? '',
  ) as [string, string, string];
  const state = firstOf(dialog, 'state')?.textContent?.trim();
  if (state !== 'early' || dialog.getAttribute('direction') !== 'recipient') return undefined;
  if (!CALL_ID.test(callId) || !TAG.test(localTag) || !TAG.test(remoteTag)) return undefined;
  const remote = firstOf(dialog, 'remote');
  const caller = callable((remote && firstOf(remote, 'identity')?.textContent?.trim()) ?? '');
  return {callId, localTag, remoteTag, caller};
}

/** The headers of an INVITE that takes the call over while nobody has answered it (RFC 3891 §6.1). */
export function replacesHeaders({callId, localTag, remoteTag}: EarlyDialog): readonly string[] {
  // The caller's side reads them: its own tag is the remote one of whom it calls.
  return [`Replaces: ${callId};to-tag=${remoteTag};from-tag=${localTag};early-only`, 'Require: replaces'];
}

function firstOf(parent: Element, name: string): Element | undefined {
  return [...parent.children].find(({localName}) => localName === name);
}
