/** The largest document that is read, in characters, where no other is given: what a phone does is told in far fewer. */
const LARGEST = 65_536;

/**
 * Reads a stranger's XML; undefined where it is none, is too large, has a document type (whose entities may grow without
 * end), or its outermost element is not the one.
 */
export function readXml(
  text: string,
  namespace: string,
  name: string,
  largest = LARGEST,
): Element | undefined {
  if (text.length > largest || /<!DOCTYPE/i.test(text)) return undefined;
  const root = new DOMParser().parseFromString(text.trimStart(), 'application/xml').documentElement;
  // Where it cannot be read, the browser puts an element of its own somewhere.
  if (root.getElementsByTagName('parsererror').length) return undefined;
  return root.namespaceURI === namespace && root.localName === name ? root : undefined;
}

/** The version of a document that is told in parts (RFC 4235 §4.1.2, RFC 4575 §5.2); undefined where it has none. */
export function versionOf(root: Element): number | undefined {
  const version = root.getAttribute('version')?.trim() ?? '';
  return /^\d{1,15}$/.test(version) ? Number(version) : undefined;
}

/** An element's children of the name in the namespace. */
export function childrenOf({children}: Element, namespace: string, name: string): readonly Element[] {
  return [...children].filter((child) => child.namespaceURI === namespace && child.localName === name);
}

/** What an element says. */
export function textOf(element: Element | undefined): string {
  return element?.textContent?.trim() ?? '';
}

/** Whether a document's `entity` is the number's address, whatever the server calls its own domain. */
export function isEntity(entity: string | null, number: string): boolean {
  const user = /^(?:sips?|pres|tel):([^@;?]+)/i.exec(entity?.trim() ?? '')?.[1];
  if (user === undefined) return false;
  try {
    return decodeURIComponent(user) === decodeURIComponent(number);
  } catch {
    return user === number;
  }
}
