import type {PersonState} from '../core/directory/people.js';
import {childrenOf, isEntity, readXml, textOf} from '../sip/xml.js';

/** The media type of the documents (RFC 3863 §3). */
export const PIDF = 'application/pidf+xml';
const NAMESPACE = 'urn:ietf:params:xml:ns:pidf';
/** Namespace of the activities (RFC 4480 §3.2); earlier drafts, which servers still use, append a suffix. */
const RICH = 'urn:ietf:params:xml:ns:pidf:rpid';

const BUSY: ReadonlySet<string> = new Set(['on-the-phone', 'busy', 'in-call', 'meeting', 'presentation']);
/** Activities that do not reveal whether the person is available. */
const VAGUE: ReadonlySet<string> = new Set(['unknown', 'other', 'working', 'looking-for-work']);

/**
 * Reads a presence document (RFC 3863, RFC 4480).
 *
 * @returns Undefined if the document gives no state; `malformed` if it is not a presence document or belongs to another
 * number.
 */
export function readPresence(text: string, number: string): PersonState | 'malformed' | undefined {
  const root = readXml(text, NAMESPACE, 'presence');
  if (!root || !isEntity(root.getAttribute('entity'), number)) return 'malformed';
  const activities = activitiesOf(root);
  // Some servers close the tuple of a person who is in a call.
  if (activities.some((activity) => BUSY.has(activity))) return 'busy';
  const basics = childrenOf(root, NAMESPACE, 'tuple')
    .flatMap((tuple) => childrenOf(tuple, NAMESPACE, 'status'))
    .map((status) => textOf(childrenOf(status, NAMESPACE, 'basic')[0]));
  if (!basics.includes('open')) return basics.includes('closed') ? 'offline' : undefined;
  return activities.some((activity) => !VAGUE.has(activity)) ? 'away' : 'online';
}

function activitiesOf(root: Element): readonly string[] {
  return [...root.getElementsByTagNameNS('*', 'activities')]
    .flatMap(({children}) => [...children])
    .filter(({namespaceURI}) => namespaceURI === RICH || namespaceURI?.startsWith(`${RICH}:`))
    .map(({localName}) => localName);
}
