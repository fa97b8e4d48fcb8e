import {decodedUser} from './headers/grammar.js';

/** The default size limit of a document, in characters: states of phones need far less. */
const LARGEST = 65_536;

/**
 * Parses XML of a stranger. Returns undefined if it is invalid, too large, has a document type (whose entities may
 * expand endlessly), or another root element.
 */
export function readXml(
  text: string,
  namespace: string,
  name: string,
  largest = LARGEST,
): Element | undefined {
  if (text.length > largest || /<!DOCTYPE/i.test(text)) return undefined;
  const root = new DOMParser().parseFromString(text.trimStart(), 'application/xml').documentElement;
  // On a parse error, the browser inserts an element of its own somewhere.
  if (root.getElementsByTagName('parsererror').length) return undefined;
  return root.namespaceURI === namespace && root.localName === name ? root : undefined;
}

/** The version of a document that may be partial (RFC 4235 §4.1.2, RFC 4575 §5.2); undefined if it has none. */
export function versionOf(root: Element): number | undefined {
  const version = root.getAttribute('version')?.trim() ?? '';
  return /^\d{1,15}$/.test(version) ? Number(version) : undefined;
}

/** The children of an element with the name in the namespace. */
export function childrenOf({children}: Element, namespace: string, name: string): readonly Element[] {
  return [...children].filter((child) => child.namespaceURI === namespace && child.localName === name);
}

/** The text of an element. */
export function textOf(element: Element | undefined): string {
  return element?.textContent?.trim() ?? '';
}

/** Whether a document's `entity` is the number's address, regardless of both domains. */
export function isEntity(entity: string | null, number: string): boolean {
  const user = /^(?:sips?|pres|tel):([^@;?]+)/i.exec(entity?.trim() ?? '')?.[1];
  return user !== undefined && decodedUser(user) === number.replace(/@[^@]*$/, '');
}
