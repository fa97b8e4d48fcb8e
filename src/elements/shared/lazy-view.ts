import {html, type ReactiveElement, type TemplateResult} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import {toSipError} from '../../errors.js';
import {errorNotice} from './notice.js';

/** The options of a lazy view. */
export interface LazyViewOptions<View> {
  readonly localize: LocalizeController;
  readonly commands: CommandController;
  /** Loads the code that renders the element; resolves with a factory of the view. */
  readonly load: () => Promise<() => View>;
}

/** The view of an element, loaded when the element is first on a page, and the placeholder until then. */
export class LazyView<View extends {render(): TemplateResult}> {
  readonly #host: ReactiveElement;
  readonly #options: LazyViewOptions<View>;
  #view: View | undefined;
  #loading: Promise<View> | undefined;

  constructor(host: ReactiveElement, options: LazyViewOptions<View>) {
    this.#host = host;
    this.#options = options;
    host.addController({hostConnected: this.#open});
  }

  /** The view, once loaded. */
  get view(): View | undefined {
    return this.#view;
  }

  /** Loads the view if needed. @throws The loading error; the next call tries again. */
  load(): Promise<View> {
    this.#loading ??= this.#options.load().then(
      (make) => {
        this.#options.commands.dismiss();
        this.#host.requestUpdate();
        return (this.#view = make());
      },
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }

  render(): TemplateResult {
    if (this.#view) return this.#view.render();
    const {commands, localize} = this.#options;
    const {error} = commands;
    const more = html`<button class="link" type="button" @click=${this.#open}>
      ${localize.term('tryAgain')}
    </button>`;
    return html`<div part="panel" class="card" aria-busy=${error ? 'false' : 'true'}>
      ${error ? errorNotice(error, undefined, {localize, more}) : html`<p class="hidden">${localize.term('loading')}</p>`}
    </div>`;
  }

  readonly #open = (): void => {
    this.load().catch((error: unknown) => this.#options.commands.show(toSipError(error)));
  };
}
