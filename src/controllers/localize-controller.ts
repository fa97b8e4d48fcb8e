import {LocalizeController as BaseController, registerTranslation} from '@shoelace-style/localize';
import {describeError, type SipErrorCode} from '../errors.js';
import {en, type Terms} from '../locales/en.js';

registerTranslation(en);

/** Languages that are fetched when an element first asks for them, by their primary subtag. */
const LATER: Record<string, (() => Promise<unknown>) | undefined> = {
  zh: () => import('../locales/zh-CN.js'),
};

/**
 * Gives its host the texts of its language: that of the nearest `lang` attribute, of the page, or of the browser.
 *
 * English is always there, and stands in until another language has arrived; the host is then rendered again.
 */
export class LocalizeController extends BaseController<Terms> {
  override lang(): string {
    const named = this.host.closest('[lang]')?.getAttribute('lang');
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
  describe(error: {code: SipErrorCode; subject?: string | undefined}): string {
    return describeError(error, this.lang());
  }
}
