import {html, type LitElement, type TemplateResult} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import {SipError, toSipError} from '../../errors.js';
import {defineInner, type InnerElements} from './define-inner.js';
import {errorNotice} from './notice.js';

/** The options of a lazy element. */
export interface LazyElementOptions {
  readonly localize: LocalizeController;
  readonly commands: CommandController;
  /** The tag of the inner element. */
  readonly tag: string;
  /** Loads the inner element, and those that it is made of, by their tags. */
  readonly load: () => Promise<InnerElements>;
}

/**
 * The inner element that renders its host, loaded when the host is first on a page, and the placeholder until then. Inner
 * elements belong to one public element, which alone is documented; pages never use them.
 */
export class LazyElement<Inner extends LitElement> {
  readonly #host: LitElement;
  readonly #options: LazyElementOptions;
  #loaded: InnerElements | undefined;
  #loading: Promise<void> | undefined;

  constructor(host: LitElement, options: LazyElementOptions) {
    this.#host = host;
    this.#options = options;
    host.addController({hostConnected: this.#open});
  }

  /** The inner element, once it is rendered. */
  get element(): Inner | undefined {
    return this.#host.shadowRoot?.querySelector<Inner>(this.#options.tag) ?? undefined;
  }

  /** The parts that the inner element exports. */
  get parts(): string {
    return this.#loaded?.[this.#options.tag]?.parts ?? '';
  }

  /** Whether the inner element could not be loaded, so that the host shows an error alone. */
  get failed(): boolean {
    return !this.#loaded && !!this.#options.commands.error;
  }

  /**
   * Loads the inner element if needed, and resolves once it is rendered.
   *
   * @throws {SipError} `not-connected` if the host is on no page. If loading fails, the next call tries again.
   */
  async load(): Promise<Inner> {
    await (this.#loading ??= this.#load());
    if (this.#host.isConnected) await this.#host.updateComplete;
    const {element} = this;
    if (!element) throw new SipError('not-connected');
    await element.updateComplete;
    return element;
  }

  /** Loads the inner element if needed, and calls a function with it once it is rendered; if that fails, does nothing. */
  use(act: (element: Inner) => void): void {
    this.load().then(act, () => {});
  }

  /** @param inner - Renders the inner element once it is loaded. */
  render(inner: () => TemplateResult): TemplateResult {
    if (this.#loaded) return inner();
    const {commands, localize} = this.#options;
    const {error} = commands;
    const links = html`<button class="link" type="button" @click=${this.#open}>
      ${localize.term('tryAgain')}
    </button>`;
    return html`<div part="panel" class="card" aria-busy=${error ? 'false' : 'true'}>
      ${error ? errorNotice(error, undefined, {localize, links}) : html`<p class="hidden">${localize.term('loading')}</p>`}
    </div>`;
  }

  async #load(): Promise<void> {
    try {
      const inner = await this.#options.load();
      defineInner(inner);
      this.#loaded = inner;
    } catch (error) {
      this.#loading = undefined;
      throw error;
    }
    this.#options.commands.dismiss();
    this.#host.requestUpdate();
  }

  readonly #open = (): void => {
    (this.#loading ??= this.#load()).catch((error: unknown) =>
      this.#options.commands.show(toSipError(error)),
    );
  };
}
