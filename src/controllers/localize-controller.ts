import {isServer, type ReactiveElement} from 'lit';
import {LocalizeController as BaseController, update} from '@shoelace-style/localize';
import {describeError, type SipErrorCode} from '../errors.js';
import {found} from '../locales/add-terms.js';
import {latinDigits} from '../locales/latin-digits.js';
import {registerOwn, type Language} from '../locales/register.js';
import type {Terms} from '../locales/terms.js';
import {replaceServerRendering} from './server-rendered.js';
import {staysBox} from './stays-box.js';

/** Languages that are loaded when an element first needs them, by primary subtag. */
const LATER: Record<string, (() => Promise<Language>) | undefined> = {
  ar: async () => (await import('../locales/arabic.js')).arabic,
  zh: async () => (await import('../locales/chinese.js')).chinese,
};

/** Updates every element when a `lang` around one changes; the library itself observes only that of the page. */
const watch = isServer ? undefined : new MutationObserver(update);

/** Yields the roots that contain a node, across shadow roots. */
function* rootsOf(node: Node): Generator<Document | ShadowRoot> {
  const root = node.getRootNode();
  if (root.nodeType === Node.DOCUMENT_NODE) yield root as Document;
  else if (isShadowRoot(root)) {
    yield root;
    yield* rootsOf(root.host);
  }
}

/** Returns the nearest `lang` of an element, across shadow roots. */
function languageOf(element: Element): string | null | undefined {
  // A server knows the attribute of the element alone.
  if (isServer) return element.getAttribute('lang');
  const named = element.closest('[lang]');
  if (named) return named.getAttribute('lang');
  const root = element.getRootNode();
  return isShadowRoot(root) ? languageOf(root.host) : undefined;
}

/** Avoids `instanceof`: in Firefox, nodes in a separate window have that window's classes. */
const isShadowRoot = (root: Node): root is ShadowRoot =>
  root.nodeType === Node.DOCUMENT_FRAGMENT_NODE && 'host' in root;

/**
 * Provides the texts of its host's language: that of the nearest `lang` attribute, of the page, or of the browser.
 *
 * English is always available and used until another language has loaded; the host then updates.
 */
export class LocalizeController extends BaseController<Terms> {
  #drawn = false;

  constructor(host: ReactiveElement) {
    super(host);
    replaceServerRendering(host);
  }

  override hostConnected(): void {
    super.hostConnected();
    // Observing a root twice has no further effect, and does not keep the root alive.
    for (const root of rootsOf(this.host)) watch?.observe(root, {subtree: true, attributeFilter: ['lang']});
  }

  hostUpdated(): void {
    // Before the first update the element may be in no slot yet, and has no style.
    if (!this.#drawn) staysBox(this.host);
    this.#drawn = true;
  }

  override lang(): string {
    const named = languageOf(this.host);
    const language = named ? named.toLowerCase() : super.lang();
    const primary = language.split(/[-_]/, 1)[0]!;
    const load = LATER[primary];
    if (load) {
      LATER[primary] = undefined;
      // If loading fails, the texts stay English.
      load().then(registerOwn, () => {});
    }
    return language;
  }

  override number(value: number | string, options?: Intl.NumberFormatOptions): string {
    return new Intl.NumberFormat(latinDigits(this.lang()), options).format(Number(value));
  }

  /** Returns a label with its explanation, such as why a control is disabled; the label alone if there is none. */
  explained(label: string, text?: string): string {
    return text ? this.term('explained', label, text) : label;
  }

  /** Joins facts by commas, without empty ones. */
  listed(facts: readonly string[]): string {
    return this.#joined('listed', facts);
  }

  /** Joins sentences, without empty ones. */
  sentences(sentences: readonly string[]): string {
    return this.#joined('sentences', sentences);
  }

  #joined(term: 'listed' | 'sentences', texts: readonly string[]): string {
    const [first = '', ...others] = texts.filter(Boolean);
    return others.reduce((joined, text) => this.term(term, joined, text), first);
  }

  /** Returns a text whose direction is its own, in a language that is written from right to left. */
  isolated(text: string): string {
    return this.term('$dir') === 'rtl' ? `\u2068${text}\u2069` : text;
  }

  /** Returns the sentence of an error in the host's language. */
  describe(error: {code: SipErrorCode; subject?: string | undefined; expected?: string | undefined}): string {
    return describeError(error, this.lang());
  }
}

/** A method of the base class that it keeps to itself: it makes an `Intl.Locale` for each term, which costs more than the rest. */
interface Finder {
  getTranslationData(language: string): unknown;
}
const inherited = BaseController.prototype as unknown as Finder;
(LocalizeController.prototype as unknown as Finder).getTranslationData = function (language) {
  if (!found.has(language)) found.set(language, inherited.getTranslationData.call(this, language));
  return found.get(language);
};
