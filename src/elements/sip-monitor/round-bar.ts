import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {ClockController} from '../../controllers/clock-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import '../../locales/desk/rounds-en.js';
import {pauseIcon, playIcon} from '../shared/icons/controls.js';
import {chevronRightIcon} from '../shared/icons/later.js';
import {triangleAlertIcon} from '../shared/icons.js';
import {barButton} from '../shared/buttons/list-bar.js';
import {nameOf} from '../shared/people/people.js';
import {listPanel} from '../shared/styles/list-panel.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {chevronLeftIcon, repeatIcon} from './icons.js';
import type {CameraRound, PassedCamera} from './round.js';

/**
 * The bar of a running round: where it is, its buttons, and which cameras it has passed over. Its two lines are always
 * there, so that no video moves.
 */
export class RoundBarElement extends LitElement {
  static override styles = [
    inner,
    listPanel,
    css`
      .bar {
        border-block-end: 0;
        min-block-size: 2.5rem;
      }
      .bar > .icon {
        flex: none;
        color: var(--_quiet);
      }
      .place,
      .left {
        flex: none;
      }
      .left {
        min-inline-size: 3rem;
        text-align: end;
      }
      .toggle .icon {
        inline-size: 1.25rem;
        block-size: 1.25rem;
      }
      .note {
        display: flex;
        align-items: center;
        gap: var(--_space-2);
        min-block-size: 1.75rem;
        padding-inline: var(--_space-4);
        border-block-end: 1px solid var(--_border);
        font-size: var(--_text-s);
      }
      .note .icon {
        flex: none;
        inline-size: 1rem;
        block-size: 1rem;
      }
      .warns {
        display: grid;
        flex: none;
        color: var(--_warning);
      }
      @container (inline-size < max(24rem, 384px)) {
        .bar > .icon {
          display: none;
        }
        .bar {
          gap: var(--_space-1);
        }
        /* Two lines, for which there always is a place. */
        .note {
          min-block-size: 2.75rem;
          line-height: 1.3;
        }
        .note .line {
          display: -webkit-box;
          -webkit-box-orient: vertical;
          -webkit-line-clamp: 2;
          white-space: normal;
        }
      }
      @media (pointer: coarse) {
        .toggle {
          min-inline-size: 44px;
          block-size: 44px;
        }
      }
    `,
  ];

  @property({attribute: false}) round!: CameraRound;
  @property({attribute: false}) client!: BaseClient;

  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new StateController(this, () => [this.round, this.client]);
    new ClockController(this, () => this.#passed);
  }

  /** How long the turn has run, counted so that a second is full when one less is left. */
  get #passed(): number | undefined {
    const {endsAt} = this.round.state;
    return endsAt === undefined
      ? undefined
      : Math.max(0, this.round.round.seconds * 1000 - (endsAt - performance.now()));
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const {round, state} = this.round;
    const {first, last, paused, held, endsAt} = state;
    const places = first === last ? String(first) : `${first}–${last}`;
    const place = localize.term('roundPlace', places, String(this.round.count));
    const left =
      endsAt === undefined ? undefined : Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
    const name = round.name || localize.term('pageRound');
    const toggle = localize.term(paused ? 'resumeRound' : 'pauseRound');
    return html`<div part="round" class="bar" role="group" aria-label=${name}>
        ${repeatIcon}<b class="line" dir="auto" title=${name}>${name}</b>
        <span class="place quiet number">${place}</span>
        <span class="space"></span>
        <span class="left quiet number"
          >${left === undefined ? localize.term('paused') : localize.term('roundLeft', String(left))}</span
        >
        ${barButton('round-previous', localize.term('previousCameras'), chevronLeftIcon, () => this.round.previous())}
        ${barButton('round-pause', toggle, paused ? playIcon : pauseIcon, this.#onPause)}
        ${barButton('round-next', localize.term('nextCameras'), chevronRightIcon, () => this.round.next())}
      </div>
      <div part="round-state" class="note quiet" role="status">
        ${this.#renderState(held === 'used' && !paused)}
      </div>`;
  }

  /** Renders why the round waits, and which cameras it has passed over. */
  #renderState(waits: boolean): TemplateResult {
    const localize = this.#localize;
    const {passed} = this.round.state;
    const text = passed.length
      ? localize.term('roundPassed', localize.listed(passed.map((camera) => this.#named(camera))))
      : '';
    return html`${waits ? html`<span class="line">${localize.term('roundHeld')}</span>` : nothing}
    ${
      text
        ? html`<span class="warns">${triangleAlertIcon}</span><span class="line" title=${text}>${text}</span>`
        : nothing
    }`;
  }

  #named({party, reason}: PassedCamera): string {
    const name = nameOf(this.client.identify(party, {directory: true}), this.#localize);
    return reason === 'number-offline'
      ? this.#localize.explained(name, this.#localize.term('offline'))
      : name;
  }

  readonly #onPause = (): void => {
    if (this.round.state.paused) this.round.resume();
    else this.round.pause();
  };
}
