import {Borrowed} from './borrowed.js';

/**
 * The interval at which sign and page title alternate, in milliseconds; browsers do not run shorter timers in a hidden
 * page.
 */
const PERIOD = 1_000;

/** Lucide's `phone` (ISC) on a green disc. */
const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="20" fill="#147a43"/><path transform="translate(8 8)" fill="none" stroke="#fff" stroke-width="2.5" stroke-linejoin="round" d="M13.832 16.568a1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 0-.292 1.233 14 14 0 0 0 6.392 6.384"/></svg>',
)}`;

/** Shows a ringing call in the page's title and icon, alternating with the page's own. */
class PageSign {
  /** The texts that the elements of the page want to show. */
  readonly #wanted = new Map<object, string>();
  readonly #icons = new Map<Element, Borrowed>();
  #title: Borrowed | undefined;
  /** An icon link, added if the page has none. */
  #extra: HTMLLinkElement | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #on = false;

  /** Shows the text; undefined removes it. */
  set(owner: object, text: string | undefined): void {
    if (this.#wanted.get(owner) === text) return;
    if (text === undefined) this.#wanted.delete(owner);
    else this.#wanted.set(owner, text);
    if (!this.#wanted.size) return this.#end();
    if (this.#timer !== undefined) return;
    this.#title = new Borrowed(readTitle, writeTitle);
    this.#timer = setInterval(this.#turn, PERIOD);
    this.#turn();
  }

  readonly #turn = (): void => {
    this.#on = !this.#on;
    const text = [...this.#wanted.values()].at(-1)!;
    if (!this.#on) return this.#giveBack();
    this.#title!.show(text);
    const links = document.querySelectorAll('link[rel~=icon]');
    for (const link of links) if (!this.#icons.has(link)) this.#icons.set(link, iconOf(link));
    for (const icon of this.#icons.values()) icon.show(ICON);
    if (links.length) return;
    this.#extra = Object.assign(document.createElement('link'), {rel: 'icon', href: ICON});
    document.head.append(this.#extra);
  };

  #giveBack(): void {
    this.#title?.giveBack();
    for (const icon of this.#icons.values()) icon.giveBack();
    this.#extra?.remove();
    this.#extra = undefined;
  }

  #end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#on = false;
    this.#giveBack();
    this.#icons.clear();
    this.#title = undefined;
  }
}

/** The only sign of the page, shared by all elements. */
export const pageSign = new PageSign();

const titleElement = (): Element | null => document.querySelector('head > title');

function readTitle(): string | null {
  return titleElement()?.textContent ?? null;
}

function writeTitle(title: string | null): void {
  const element = titleElement();
  if (title === null) return element?.remove();
  // The page's code may hold a reference to its text node.
  const only = element?.childNodes.length === 1 ? element.firstChild : null;
  if (only instanceof Text) only.data = title;
  else if (element) element.textContent = title;
  else document.title = title;
}

function iconOf(link: Element): Borrowed {
  return new Borrowed(
    () => link.getAttribute('href'),
    (href) => (href === null ? link.removeAttribute('href') : link.setAttribute('href', href)),
  );
}
