import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipError} from '../../errors.js';
import {infoIcon, triangleAlertIcon, xIcon} from './icons.js';

/** What a notice offers beside its sentence. */
export interface NoticeOptions {
  readonly localize: LocalizeController;
  /** Asked to take the notice away; without it the notice stays. */
  readonly onDismiss?: (() => void) | undefined;
  /** It tells of a limit, not of a failure. */
  readonly warns?: boolean;
  /** It tells of something that is well. */
  readonly informs?: boolean;
  /** It asks something, which its buttons answer: the sign of what. */
  readonly asks?: TemplateResult | undefined;
  /** Links and buttons after the sentence. */
  readonly more?: unknown;
}

/** Shows a sentence where it matters, read out at once. */
export function notice(
  text: string,
  {localize, onDismiss, warns = false, informs = false, asks, more}: NoticeOptions,
): TemplateResult {
  return html`<div
    part="notice"
    class="notice ${warns ? 'warns' : informs || asks ? 'informs' : ''}"
    role=${informs ? 'status' : 'alert'}
  >
    ${asks ?? (informs ? infoIcon : triangleAlertIcon)}
    <div>${text} ${more}</div>
    ${
      onDismiss
        ? html`<button
            class="dismiss"
            type="button"
            aria-label=${localize.term('dismiss')}
            title=${localize.term('dismiss')}
            @click=${onDismiss}
          >
            ${xIcon}
          </button>`
        : nothing
    }
  </div>`;
}

/** The sentence of an error; where the browser refuses a certificate, with a link to the server's own page. */
export function errorNotice(
  error: SipError,
  server: string | undefined,
  options: NoticeOptions,
): TemplateResult {
  const {localize, more} = options;
  const link =
    error.code === 'certificate-refused' && server
      ? html`<a href=${server.replace(/^ws/, 'http')} target="_blank" rel="noopener noreferrer"
          >${localize.term('serverPage')}</a
        >`
      : nothing;
  return notice(localize.describe(error), {...options, more: html`${link} ${more ?? nothing}`});
}
