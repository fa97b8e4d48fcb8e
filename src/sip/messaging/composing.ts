import {childrenOf, readXml, textOf} from '../xml.js';

/** The media type of composing indications (RFC 3994). */
export const COMPOSING_TYPE = 'application/im-iscomposing+xml';

const NAMESPACE = 'urn:ietf:params:xml:ns:im-iscomposing';

/** The most characters of an indication that is read. */
const LARGEST = 4_096;

/** Whether the other side is composing, and for how many seconds that is valid, if the indication names a time. */
export interface Composing {
  readonly active: boolean;
  readonly refresh?: number;
}

/** Writes an indication (RFC 3994 §3.2). */
export function writeComposing({active, refresh}: Composing): string {
  const more = refresh === undefined ? '' : `<refresh>${refresh}</refresh>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\r\n<isComposing xmlns="${NAMESPACE}"><state>${active ? 'active' : 'idle'}</state><contenttype>text/plain</contenttype>${more}</isComposing>`;
}

/** Reads an indication of a stranger; undefined if it is invalid or too large. States other than `active` are idle. */
export function readComposing(text: string): Composing | undefined {
  const root = readXml(text, NAMESPACE, 'isComposing', LARGEST);
  if (!root) return undefined;
  const [state] = childrenOf(root, NAMESPACE, 'state');
  if (!state) return undefined;
  const refresh = textOf(childrenOf(root, NAMESPACE, 'refresh')[0]);
  return {
    active: textOf(state) === 'active',
    ...(/^\d{1,6}$/.test(refresh) && {refresh: Number(refresh)}),
  };
}
