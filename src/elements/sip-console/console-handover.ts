import {css, html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {handoverFile} from '../../core/handover/handover-file.js';
import {LONGEST_COMMENT, type Handover} from '../../core/handover/handover.js';
import type {Party} from '../../core/types.js';
import '../../locales/desk/console-en.js';
import {commandButton} from '../shared/buttons/command-button.js';
import {deepestFocus} from '../shared/focus.js';
import {fullMoment, shortMoment} from '../shared/history-time.js';
import {phoneIcon, sirenIcon, xIcon} from '../shared/icons.js';
import {downloadIcon} from '../shared/icons/later.js';
import {messageSquareIcon} from '../shared/icons/phone.js';
import {nameOf} from '../shared/people/people.js';
import {form} from '../shared/styles/form.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {toggleStyles} from '../shared/styles/toggle.styles.js';
import {notebookPenIcon} from './icons.js';

/** One line of what is handed over. */
interface Item {
  readonly party: Party;
  /** When it began or was written, in milliseconds since the epoch. */
  readonly time?: number;
  readonly state?: string;
  readonly text?: string;
}

/**
 * What one user leaves to the next one: shown before a shift ends, and to the user who takes over.
 *
 * @fires {CustomEvent<string>} end - The user ends the shift, with this comment.
 * @fires {CustomEvent} accept - The user takes over.
 * @fires {CustomEvent<string>} call - The user calls a number.
 * @fires {CustomEvent} close - The user wants it closed.
 */
export class ConsoleHandoverElement extends LitElement {
  static readonly parts =
    'hand-over-panel, hand-over-comment, hand-over-csv, hand-over-json, hand-over-call, hand-over-close, end-shift, take-over';

  static override styles = [
    inner,
    form,
    toggleStyles,
    css`
      .panel {
        position: fixed;
        inset: 3.75rem 0 auto;
        margin: 0 auto;
        inline-size: min(34rem, 100vw - 1rem);
        max-block-size: calc(100dvh - 4.75rem);
        padding: 0;
        border: 1px solid var(--_border);
        border-radius: var(--_radius-m);
        background: var(--_surface);
        color: var(--_text);
        font: var(--_text-m) / 1.45 var(--_font);
        box-shadow: 0 0.75rem 2.5rem rgb(8 11 15 / 28%);
        overflow: auto;
      }
      .panel:popover-open {
        display: flex;
        flex-direction: column;
      }
      .panel:focus-visible {
        outline: 2px solid var(--_accent);
        outline-offset: -2px;
      }
      .head,
      .foot {
        flex: none;
        display: flex;
        align-items: center;
        gap: var(--_space-2);
        padding: var(--_space-2);
        padding-inline-start: var(--_space-4);
      }
      .head h2 {
        flex: 1;
        min-inline-size: 0;
        margin: 0;
        font-size: var(--_text-l);
      }
      .foot {
        flex-wrap: wrap;
        justify-content: flex-end;
        padding: var(--_space-3) var(--_space-4);
        border-block-start: 1px solid var(--_border);
      }
      .foot .toggle {
        display: flex;
        align-items: center;
        gap: 0.375rem;
        inline-size: auto;
        padding-inline: var(--_space-2);
        font-size: var(--_text-s);
      }
      .foot .space {
        flex: 1;
      }
      .foot .pill {
        flex: 1 0 auto;
        padding-inline: var(--_space-6);
        white-space: nowrap;
      }
      .content {
        flex: 0 1 auto;
        min-block-size: 6rem;
        overflow: auto;
        padding: 0 var(--_space-4) var(--_space-3);
      }
      .content p {
        margin: 0 0 var(--_space-2);
        overflow-wrap: anywhere;
      }
      h3 {
        display: flex;
        align-items: center;
        gap: var(--_space-2);
        margin: var(--_space-3) 0 var(--_space-1);
        font-size: var(--_text-s);
        font-weight: 650;
      }
      h3 .icon {
        inline-size: 1rem;
        block-size: 1rem;
      }
      h3.urgent {
        color: var(--_danger);
      }
      h3 .quiet {
        font-weight: 400;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: var(--_space-3);
        min-block-size: 2.25rem;
        padding-block: 0.125rem;
        border-block-start: 1px solid var(--_border);
      }
      .who {
        flex: 1;
        min-inline-size: 0;
      }
      .who .text {
        overflow-wrap: anywhere;
        white-space: pre-line;
      }
      .state {
        flex: none;
        max-inline-size: 45%;
        font-size: var(--_text-s);
      }
      textarea {
        inline-size: 100%;
        min-block-size: 3.5rem;
        margin-block-start: var(--_space-1);
        padding: var(--_space-2) var(--_space-3);
        border: 1px solid color-mix(in oklab, var(--_quiet) 70%, var(--_surface));
        border-radius: var(--_radius-m);
        background: var(--_surface);
        color: inherit;
        font: inherit;
        resize: vertical;
      }
      label {
        display: block;
        margin-block-start: var(--_space-3);
        font-size: var(--_text-s);
        font-weight: 650;
      }
      blockquote {
        margin: 0 0 var(--_space-2);
        padding: var(--_space-2) var(--_space-3);
        border-inline-start: 3px solid var(--_accent);
        background: var(--_sunken);
        overflow-wrap: anywhere;
        white-space: pre-line;
      }
    `,
  ];

  /** What is handed over; nothing is shown without it. */
  @property({attribute: false}) handover: Handover | undefined;
  /** Whether the user takes it over; otherwise the user hands it over. */
  @property({attribute: false}) taking = false;
  /** Whether what the browser has stored is erased. */
  @property({attribute: false}) erases = false;
  /** Whether something is done with it now. */
  @property({attribute: false}) pending = false;

  readonly #localize = new LocalizeController(this);
  #comment = '';
  /** What had the focus before. */
  #opener: HTMLElement | null = null;

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('handover')) return;
    const panel = this.#panel;
    const opens = !!this.handover && !changed.get('handover');
    if (!this.handover) {
      if (!panel?.matches(':popover-open')) return;
      panel.hidePopover();
      this.#opener?.focus();
      this.#comment = '';
    } else if (opens && panel && !panel.matches(':popover-open')) {
      panel.showPopover();
      const focused = deepestFocus(document);
      // Who takes over may be doing something else, unless they have asked for it.
      if (this.taking && !focused?.matches('[part=handed-over]')) return;
      this.#opener = focused;
      panel.focus();
    }
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const {handover, taking} = this;
    const title = localize.term(taking ? 'takeOver' : 'handOverTitle');
    return html`<div
      id="panel"
      part="hand-over-panel"
      class="panel"
      popover="manual"
      role="dialog"
      tabindex="-1"
      aria-labelledby="title"
      @keydown=${this.#onKeydown}
    >
      <div class="head">
        <h2 id="title">${title}</h2>
        ${commandButton(
          localize.term(taking ? 'takeOverLater' : 'cancel'),
          xIcon,
          () => this.#tell('close'),
          {part: 'hand-over-close', look: 'toggle'},
        )}
      </div>
      ${handover ? html`${this.#renderContent(handover)}${this.#renderFoot(handover)}` : nothing}
    </div>`;
  }

  #renderContent(handover: Handover): TemplateResult {
    const localize = this.#localize;
    const {taking} = this;
    const {calls, alarms, notes, texts, comment, from, time} = handover;
    const language = localize.lang();
    const about = taking
      ? localize.term('handedOverBy', localize.isolated(nameOf(from, localize)), fullMoment(time, language))
      : localize.term(this.erases ? 'handOverErases' : 'handOverLocks');
    const ends = !taking && calls.length > 0 ? localize.term('handedCallsEnd') : '';
    const nothingOpen = [calls, alarms, notes, texts].every(({length}) => length === 0);
    return html`<div class="content">
      <p class="quiet">${about}</p>
      ${taking && comment ? html`<blockquote dir="auto">${comment}</blockquote>` : nothing}
      ${this.#renderList(
        html`${sirenIcon}${localize.term('handedAlarms')}`,
        alarms.map(({time: began, count, ...party}) => ({
          party,
          time: began,
          state: count > 1 ? `×${count}` : '',
        })),
        {urgent: true, calls: taking},
      )}
      ${this.#renderList(
        html`${phoneIcon}${localize.term('handedCalls')}<span class="quiet">${ends}</span>`,
        calls.map(({time: began, phase, ...party}) => ({
          party,
          time: began,
          state: taking ? '' : localize.term('handedCall', phase),
        })),
        {calls: taking},
      )}
      ${this.#renderList(
        html`${notebookPenIcon}${localize.term('handedNotes')}`,
        notes.map(({text, time: written, ...party}) => ({party, text, time: written})),
      )}
      ${this.#renderList(
        html`${messageSquareIcon}${localize.term('handedTexts')}`,
        texts.map(({count, text, ...party}) => ({
          party,
          state: localize.term('handedUnread', String(count)),
          ...(text !== undefined && {text}),
        })),
      )}
      ${nothingOpen ? html`<p>${localize.term('handedNothing')}</p>` : nothing}
      ${
        taking
          ? nothing
          : html`<label for="comment">${localize.term('handOverComment')}</label>
              <textarea
                id="comment"
                part="hand-over-comment"
                dir="auto"
                rows="2"
                maxlength=${LONGEST_COMMENT}
                .value=${this.#comment}
                @input=${this.#onComment}
              ></textarea>`
      }
    </div>`;
  }

  #renderList(
    title: TemplateResult,
    items: readonly Item[],
    {urgent = false, calls = false}: {urgent?: boolean; calls?: boolean} = {},
  ): TemplateResult | typeof nothing {
    if (items.length === 0) return nothing;
    const localize = this.#localize;
    const now = Date.now();
    return html`<h3 class=${urgent ? 'urgent' : ''}>${title}</h3>
      <ul>
        ${items.map(({party, time, state, text}) => {
          const who = party.number || party.name ? nameOf(party, localize) : '';
          const moment = time === undefined ? '' : shortMoment(time, now, localize.lang());
          const call = localize.term('callNumber', who);
          return html`<li>
            <span class="who"
              >${text === undefined ? nothing : html`<span class="text" dir="auto">${text}</span> `}<bdi
                class=${text === undefined ? 'name' : 'quiet'}
                >${who}</bdi
              >${party.number && party.number !== who ? html` <bdi class="quiet number">${party.number}</bdi>` : nothing}</span
            >
            <span class="state quiet">${[state, moment].filter(Boolean).join(' · ')}</span>
            ${
              calls && party.number
                ? commandButton(call, phoneIcon, () => this.#tell('call', party.number), {
                    part: 'hand-over-call',
                    look: 'toggle',
                  })
                : nothing
            }
          </li>`;
        })}
      </ul>`;
  }

  #renderFoot(handover: Handover): TemplateResult {
    const localize = this.#localize;
    const {taking, pending} = this;
    const {length} = handover.calls;
    const word = taking
      ? localize.term('takeOver')
      : length > 0
        ? localize.term('endShiftAndCalls', String(length))
        : localize.term('endShift');
    return html`<div class="foot">
      ${(['csv', 'json'] as const).map((format) => {
        const name = localize.term('saveAsFormat', format.toUpperCase());
        const content = html`${downloadIcon}<span aria-hidden="true">${format.toUpperCase()}</span>`;
        return commandButton(name, content, () => void this.#save(format), {
          part: `hand-over-${format}`,
          look: 'toggle',
        });
      })}
      <span class="space"></span>
      ${commandButton(
        undefined,
        word,
        () => !pending && this.#tell(taking ? 'accept' : 'end', this.#comment),
        {
          part: taking ? 'take-over' : 'end-shift',
          look: `pill ${taking ? 'accent' : 'stop'}`,
          disabled: pending,
        },
      )}
    </div>`;
  }

  get #panel(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('#panel');
  }

  async #save(format: 'csv' | 'json'): Promise<void> {
    if (!this.handover) return;
    const comment = this.taking ? this.handover.comment : this.#comment;
    const file = handoverFile({...this.handover, comment}, format);
    const {download} = await import('../../media/recording/download.js');
    download(file, file.name);
  }

  #tell(type: 'end' | 'accept' | 'call' | 'close', detail = ''): void {
    this.dispatchEvent(new CustomEvent(type, {detail}));
  }

  readonly #onComment = ({target}: Event): void =>
    void (this.#comment = (target as HTMLTextAreaElement).value);

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation();
    this.#tell('close');
  };
}
