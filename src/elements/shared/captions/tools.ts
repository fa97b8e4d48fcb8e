import {css, html, type LitElement, type TemplateResult} from 'lit';
import type {SipCall} from '../../../core/call/call.js';
import type {BaseClient} from '../../../core/client/client.js';
import {defineInner} from '../define-inner.js';
import {addStyles} from '../styles/add-styles.js';
import {CaptionsBandElement} from './captions-band.js';
import {CaptionsButtonElement} from './captions-button.js';

const define = (): void =>
  defineInner({'sip-captions-button': CaptionsButtonElement, 'sip-captions-band': CaptionsBandElement});

/** What captions change of a stage: the band has its own room, which nothing else uses. */
const stageStyles = css`
  .stage {
    --_captions-size: 1rem;
    --_captions: calc(5.4 * var(--_captions-size) + 0.25rem);
  }
  /* Over a picture, the user's own one makes room. */
  .stage:not(.beside):has(> .bottom > .captions.on) > .local {
    inset-block: 3.5rem auto;
  }
  /* Words are above the captions: the stage grows before it loses the name. */
  .stage:has(> .middle:not([hidden]) ~ .bottom > .captions.on) {
    grid-template-rows: minmax(7rem, 1fr) auto;
  }
  :host(:not(:fullscreen)) .stage:has(> .middle:not([hidden]) ~ .bottom > .captions.on) {
    aspect-ratio: auto;
    block-size: max(15rem, var(--_high, 56.25cqi));
    min-block-size: min-content;
  }
  .stage:has(> .urgent ~ .middle:not([hidden]) ~ .bottom > .captions.on) {
    grid-template-rows: minmax(9rem, 1fr) auto;
  }
  .middle:not([hidden]) ~ .bottom:has(> .captions.on) {
    position: relative;
    grid-row: 2;
  }
  .middle:not([hidden]):has(~ .bottom > .captions.on) {
    padding-block-end: 0;
  }
  @container (inline-size < max(30rem, 480px)) {
    .stage {
      --_captions-size: 0.875rem;
    }
    .stage:not(.beside):has(> .bottom > .captions.on) > .local {
      inline-size: 3.5rem;
    }
  }
`;

/** What captions add to the controls of a call. */
export const entries = ['captions'] as const;

/** Renders the control that turns captions on and off, in the row or in the menu. */
export function captionsButton(inMenu: boolean): TemplateResult {
  define();
  return html`<sip-captions-button exportparts="captions" .labelled=${inMenu}></sip-captions-button>`;
}

/** Renders the captions of a call. */
export function captionsBand(
  call: SipCall,
  client: BaseClient | undefined,
  host: LitElement,
): TemplateResult {
  define();
  addStyles(host, [stageStyles]);
  const {phase, captions} = call.state;
  const isShown = phase === 'answered' && (captions === 'on' || call.captioned?.state.failed.length);
  return html`<sip-captions-band
    part="captions-band"
    class="captions ${isShown ? 'on' : ''}"
    .call=${call}
    .client=${client}
  ></sip-captions-band>`;
}
