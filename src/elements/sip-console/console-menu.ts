import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import '../../locales/desk/console-en.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {xIcon} from '../shared/icons.js';
import {repeat} from '../shared/repeat.js';
import {form} from '../shared/styles/form.styles.js';
import {menuBox, menuItems} from '../shared/styles/row-menu.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {toggleStyles} from '../shared/styles/toggle.styles.js';
import {layoutDashboardIcon} from './icons.js';

/**
 * The button with the layouts of a desk: saves the present one by a name, applies and removes those that are saved.
 *
 * @fires {CustomEvent<string>} save - The user saves the layout by this name.
 * @fires {CustomEvent<string>} choose - The user chooses the layout with this name; the default one if it is empty.
 * @fires {CustomEvent<string>} remove - The user removes the layout with this name.
 */
export class ConsoleMenuElement extends LitElement {
  static readonly parts =
    'layouts, layout-list, layout, remove-layout, default-layout, layout-name, save-layout';

  static override styles = [
    inner,
    menuItems,
    menuBox,
    form,
    toggleStyles,
    css`
      .remove .icon {
        inline-size: 1.125rem;
        block-size: 1.125rem;
      }
      .menu {
        inline-size: 20rem;
        max-inline-size: calc(100vw - 1rem);
        max-block-size: calc(100dvh - 5rem);
        overflow-y: auto;
        padding: var(--_space-2);
      }
      .line-of {
        display: flex;
        gap: var(--_space-1);
      }
      .remove {
        flex: none;
        display: grid;
        place-content: center;
        inline-size: var(--_small);
        border-radius: var(--_radius-s);
        color: var(--_quiet);
      }
      .remove:hover {
        background: var(--_fill);
      }
      .none {
        padding: var(--_space-1) var(--_space-3);
        font-size: var(--_text-s);
      }
      .save {
        display: flex;
        gap: var(--_space-2);
        padding: var(--_space-2);
      }
      .save .pill {
        flex: none;
      }
    `,
  ];

  /** The names of the saved layouts. */
  @property({attribute: false}) names: readonly string[] = [];

  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new FocusKeeper(this, '[part=default-layout]');
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const name = localize.term('layouts');
    return html`<button
        part="layouts"
        class="toggle"
        type="button"
        popovertarget="menu"
        aria-label=${name}
        title=${name}
      >
        ${layoutDashboardIcon}
      </button>
      <div part="layout-list" id="menu" class="menu" popover role="group" aria-label=${name}>
        <div role="list">
          ${repeat(
            this.names,
            (each) => each,
            (each) => this.#renderLayout(each),
          )}
        </div>
        ${this.names.length > 0 ? nothing : html`<p class="none quiet">${localize.term('noLayouts')}</p>`}
        <button part="default-layout" class="item" type="button" @click=${() => this.#choose('')}>
          ${localize.term('defaultLayout')}
        </button>
        <form class="save" @submit=${this.#onSave}>
          <input
            part="layout-name"
            class="input"
            dir="auto"
            required
            maxlength="60"
            autocomplete="off"
            aria-label=${localize.term('layoutName')}
            placeholder=${localize.term('layoutName')}
          />
          <button part="save-layout" class="pill accent">${localize.term('saveLayout')}</button>
        </form>
      </div>`;
  }

  #renderLayout(name: string): TemplateResult {
    const remove = this.#localize.term('remove', name);
    return html`<div class="line-of" role="listitem">
      <button part="layout" class="item" type="button" @click=${() => this.#choose(name)}>
        <bdi class="line">${name}</bdi>
      </button>
      <button
        part="remove-layout"
        class="remove"
        type="button"
        aria-label=${remove}
        title=${remove}
        @click=${() => this.#tell('remove', name)}
      >
        ${xIcon}
      </button>
    </div>`;
  }

  #choose(name: string): void {
    this.renderRoot.querySelector<HTMLElement>('#menu')?.hidePopover();
    this.#tell('choose', name);
  }

  #tell(type: 'save' | 'choose' | 'remove', detail: string): void {
    this.dispatchEvent(new CustomEvent(type, {detail}));
  }

  readonly #onSave = (event: SubmitEvent): void => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).querySelector('input')!;
    const name = input.value.trim();
    if (!name) return;
    input.value = '';
    this.#tell('save', name);
  };
}
