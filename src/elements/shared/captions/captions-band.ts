import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import '../../../locales/call/captions-en.js';
import {CommandController} from '../../../controllers/command-controller.js';
import {LocalizeController} from '../../../controllers/localize-controller.js';
import {StateController} from '../../../controllers/state-controller.js';
import type {SipCall} from '../../../core/call/call.js';
import type {Caption, CaptionSide} from '../../../core/captions/caption-source.js';
import type {BaseClient} from '../../../core/client/client.js';
import {nameOf} from '../people/people.js';
import {repeat} from '../repeat.js';
import {inner} from '../styles/shared.styles.js';
import {wantsCaptions} from './captions-choice.js';

/** Each side has its own place, so that none moves when the other one speaks. */
const SIDES = ['remote', 'local'] as const;

/** How many texts are shown of a side: more than two lines never fit. */
const MOST_SHOWN = 4;

const idOf = ({id}: Caption): number => id;

/** The captions of a call: what each side says, in two lines each, and the same for screen readers once it is final. */
export class CaptionsBandElement extends LitElement {
  static override styles = [
    inner,
    css`
      :host {
        position: relative;
        display: grid;
        grid-template-rows: 1fr 1fr;
        gap: 0.25rem;
        justify-self: center;
        inline-size: min(100%, 44rem);
        block-size: var(--_captions);
        font-size: var(--_captions-size);
        line-height: 1.35;
        pointer-events: none;
      }
      :host(:not(.on)) {
        display: none;
      }
      .side {
        display: flex;
        align-items: end;
        min-block-size: 0;
        min-inline-size: 0;
      }
      .said {
        display: flex;
        align-items: start;
        gap: 0.25rem;
        min-inline-size: 0;
        max-inline-size: 100%;
      }
      /* Nearly black, so that words are readable over a white picture. */
      .who,
      .words,
      .wait {
        border-radius: var(--_radius-s);
        padding-inline: 0.5rem;
        background: rgb(8 11 15 / 88%);
        color: #fff;
      }
      .who {
        flex: none;
        max-inline-size: 28%;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-weight: 650;
        color: #cfd8e3;
      }
      /* The end of a long text stays in view. */
      .words {
        display: flex;
        flex-direction: column;
        justify-content: end;
        min-inline-size: 0;
        max-block-size: 2.7em;
        overflow: hidden;
      }
      .words > span {
        overflow-wrap: anywhere;
      }
      .wait {
        position: absolute;
        inset-block-end: 0;
        justify-self: center;
        margin: 0;
        color: #cfd8e3;
      }
      @media (forced-colors: active) {
        .who,
        .words,
        .wait {
          border: 1px solid;
          background: Canvas;
          color: CanvasText;
        }
      }
    `,
  ];

  @property({attribute: false}) call!: SipCall;
  @property({attribute: false}) client: BaseClient | undefined;

  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  /** The call whose captions were begun because the user wants them always. */
  #begun: SipCall | undefined;

  constructor() {
    super();
    new StateController(this, () => [this.call, this.call?.captioned]);
  }

  protected override willUpdate(): void {
    const {call, client} = this;
    const {phase, captions} = call.state;
    if (phase !== 'answered' || captions || this.#begun === call || !client?.options.captions) return;
    if (!wantsCaptions(client)) return;
    this.#begun = call;
    void this.#commands.run(async () => call.captions());
  }

  protected override render(): TemplateResult {
    const {lines = [], failed = []} = this.call.captioned?.state ?? {};
    const localize = this.#localize;
    const isEmpty = !lines.length && !failed.length;
    return html`<div class="hidden" role="log" aria-label=${localize.term('captions')}>
        ${repeat(
          lines.filter(({final}) => final),
          idOf,
          (line) => html`<p><bdi>${this.#nameOf(line)}</bdi>: ${words(line)}</p>`,
        )}
      </div>
      <div class="hidden" role="status">${failed.map((side) => html`<p>${this.#failure(side)}</p>`)}</div>
      ${SIDES.map((side) => this.#renderSide(side, lines, failed))}
      ${isEmpty ? html`<p class="wait">${localize.term('captionsWait')}</p>` : nothing}`;
  }

  #renderSide(side: CaptionSide, lines: readonly Caption[], failed: readonly CaptionSide[]): TemplateResult {
    const own = lines.filter((line) => line.side === side);
    const last = own.at(-1);
    const isFailed = failed.includes(side);
    const before = own.findLastIndex(({speaker}) => speaker !== last?.speaker);
    const shown = own.slice(before + 1).slice(-MOST_SHOWN);
    return html`<div class="side ${side}" aria-hidden="true">
      ${
        isFailed
          ? html`<div class="words"><span>${this.#failure(side)}</span></div>`
          : last
            ? html`<div class="said">
                <bdi class="who">${this.#nameOf(last)}</bdi>
                <div class="words"><span dir="auto">${shown.map((line) => html`${words(line)} `)}</span></div>
              </div>`
            : nothing
      }
    </div>`;
  }

  #nameOf({speaker, side}: Pick<Caption, 'side'> & Partial<Caption>): string {
    if (speaker) return speaker;
    return side === 'local' ? this.#localize.term('captionsOwn') : nameOf(this.call.remote, this.#localize);
  }

  #failure(side: CaptionSide): string {
    return this.#localize.term('captionsFailed', this.#localize.isolated(this.#nameOf({side})));
  }
}

const words = ({text, language}: Caption): TemplateResult =>
  html`<span lang=${language ?? nothing}>${text}</span>`;
