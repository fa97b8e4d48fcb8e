import {html, type ReactiveElement, type TemplateResult} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import {toSipError} from '../../errors.js';
import {errorNotice} from './notice.js';

/** What a lazy view works with. */
export interface LazyViewOptions<View> {
  readonly localize: LocalizeController;
  readonly commands: CommandController;
  /** Loads what draws the element; gives what makes it. */
  readonly load: () => Promise<() => View>;
}

/** What an element draws, where that is loaded when the element is first on a page: what stands in its place meanwhile. */
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

  /** It, once it is there. */
  get view(): View | undefined {
    return this.#view;
  }

  /** Loads it where it is not there yet. @throws Why it cannot be loaded; the next time it is tried again. */
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
