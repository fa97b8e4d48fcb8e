import {LocalizeController as BaseController, registerTranslation, update} from '@shoelace-style/localize';
import {describeError, type SipErrorCode} from '../errors.js';
import {en} from '../locales/en.js';
import type {Terms} from '../locales/terms.js';

registerTranslation(en);

/** Languages that are fetched when an element first asks for them, by their primary subtag. */
const LATER: Record<string, (() => Promise<unknown>) | undefined> = {
  zh: () => import('../locales/zh-CN.js'),
};

/** Renders every element anew where a `lang` around one changes; the library itself watches the page's alone. */
const watch = typeof MutationObserver === 'undefined' ? undefined : new MutationObserver(update);

/** What a node is inside of, across shadow roots. */
function* rootsOf(node: Node): Generator<Document | ShadowRoot> {
  const root = node.getRootNode();
  if (root.nodeType === Node.DOCUMENT_NODE) yield root as Document;
  else if (isShadowRoot(root)) {
    yield root;
    yield* rootsOf(root.host);
  }
}

/** The nearest `lang` of an element, across shadow roots. */
function languageOf(element: Element): string | null | undefined {
  const named = element.closest('[lang]');
  if (named) return named.getAttribute('lang');
  const root = element.getRootNode();
  return isShadowRoot(root) ? languageOf(root.host) : undefined;
}

/** What is shown in a window of its own is, in Firefox, of the classes of that window. */
const isShadowRoot = (root: Node): root is ShadowRoot =>
  root.nodeType === Node.DOCUMENT_FRAGMENT_NODE && 'host' in root;

/**
 * Gives its host the texts of its language: that of the nearest `lang` attribute, of the page, or of the browser.
 *
 * English is always there, and stands in until another language has arrived; the host is then rendered again.
 */
export class LocalizeController extends BaseController<Terms> {
  override hostConnected(): void {
    super.hostConnected();
    // Watching a root twice is watching it once, and keeps nothing alive.
    for (const root of rootsOf(this.host)) watch?.observe(root, {subtree: true, attributeFilter: ['lang']});
  }

  override lang(): string {
    const named = languageOf(this.host);
    const language = named ? named.toLowerCase() : super.lang();
    const primary = language.split('-', 1)[0]!;
    const load = LATER[primary];
    if (load) {
      LATER[primary] = undefined;
      // Without it the texts stay English.
      load().catch(() => {});
    }
    return language;
  }

  /** The sentence of an error in the host's language. */
  describe(error: {code: SipErrorCode; subject?: string | undefined; expected?: string | undefined}): string {
    return describeError(error, this.lang());
  }
}
