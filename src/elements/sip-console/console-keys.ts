import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import '../../locales/desk/console-en.js';
import {menuBox} from '../shared/styles/row-menu.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {toggleStyles} from '../shared/styles/toggle.styles.js';
import {keyTable, type KeyTable} from './desk-keys.js';
import {keyboardIcon} from '../shared/icons/later.js';

/** A region, as the list of the keys names it. */
export interface NamedRegion {
  readonly name: string;
  readonly key: string;
}

/** The keys of one thing, in the order of the list, without the groups and the regions. */
const SINGLE = [
  ['answer', 'keyAnswer'],
  ['hold', 'keyHold'],
  ['search', 'keySearch'],
  ['listen', 'keyListen'],
] as const;

/** The button that lists all keys of a desk. */
export class ConsoleKeysElement extends LitElement {
  static readonly parts = 'keys, key-list';

  static override styles = [
    inner,
    menuBox,
    toggleStyles,
    css`
      .menu {
        inline-size: 24rem;
        max-inline-size: calc(100vw - 1rem);
        max-block-size: calc(100dvh - 5rem);
        overflow-y: auto;
        padding: var(--_space-3);
      }
      .menu:focus-visible {
        box-shadow: none;
        outline: 2px solid var(--_accent);
        outline-offset: -2px;
      }
      /* Where there is no room, there is hardly a keyboard; the key works. */
      @media (width < 600px) {
        .toggle {
          display: none;
        }
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: baseline;
        gap: var(--_space-1) var(--_space-4);
        margin: 0;
        font-size: var(--_text-s);
      }
      dd {
        margin: 0;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      dt {
        max-inline-size: 9rem;
      }
      kbd {
        display: inline-block;
        margin-block: 1px;
        padding: 0 0.375rem;
        border: 1px solid var(--_border);
        border-block-end-width: 2px;
        border-radius: 5px;
        font: 600 var(--_text-s) / 1.35 var(--_font);
        white-space: nowrap;
      }
    `,
  ];

  @property({attribute: false}) keys: KeyTable = keyTable({});
  /** The regions that keys lead to. */
  @property({attribute: false}) regions: readonly NamedRegion[] = [];

  readonly #localize = new LocalizeController(this);

  /** Shows the list, and moves the focus to it; hides it if it is shown. */
  toggle(): void {
    const list = this.renderRoot.querySelector<HTMLElement>('#keys');
    list?.togglePopover();
    if (list?.matches(':popover-open')) list.focus({preventScroll: true});
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const {keys} = this;
    const name = localize.term('deskKeys');
    const [first = '', ...others] = keys.groups;
    const last = others.at(-1);
    return html`<button
        part="keys"
        class="toggle"
        type="button"
        popovertarget="keys"
        aria-label=${name}
        title=${name}
      >
        ${keyboardIcon}
      </button>
      <div id="keys" part="key-list" class="menu" popover role="group" tabindex="0" aria-label=${name}>
        <dl>
          ${SINGLE.map(([key, term]) => this.#renderRow(keys[key], localize.term(term)))}
          ${
            first
              ? this.#renderRow([last ? `${first} – ${last}` : first], localize.term('keyGroups'))
              : nothing
          }
          ${this.#renderRow(keys.talk, localize.term('keyOfSelection'))}
          ${this.#renderRow(keys.repeat, localize.term('keyRepeat'))}
          ${this.regions.map((region) => this.#renderRow([region.key], region.name))}
          ${this.#renderRow(keys.list, localize.term('keyOfKeys'))}
        </dl>
      </div>`;
  }

  #renderRow(keys: readonly string[], text: string): TemplateResult | typeof nothing {
    if (keys.length === 0) return nothing;
    return html`<dt>${keys.map((key) => html`<kbd dir="ltr">${key.replace('Control', 'Ctrl')}</kbd> `)}</dt>
      <dd>${text}</dd>`;
  }
}
