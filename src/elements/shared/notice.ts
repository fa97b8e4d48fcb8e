import {html, nothing, type TemplateResult} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipError} from '../../errors.js';
import {defineInner} from './define-inner.js';
import {commandButton} from './buttons/command-button.js';
import {infoIcon, triangleAlertIcon, xIcon} from './icons.js';

/** The parts of a notice other than its text. */
export interface NoticeOptions {
  readonly localize: LocalizeController;
  /** Called to dismiss the notice; without it the notice stays. */
  readonly onDismiss?: (() => void) | undefined;
  /** Whether the notice is about a limitation, not a failure. */
  readonly warns?: boolean;
  /** Whether the notice is informational. */
  readonly informs?: boolean;
  /** The icon of a question, which the notice's buttons answer. */
  readonly asks?: TemplateResult | undefined;
  /** Links after the text, and on one line with it if there is room. */
  readonly links?: unknown;
  /** What else is after the text. */
  readonly more?: unknown;
}

/** Renders a notice, which screen readers announce at once. */
export function notice(
  text: string,
  {localize, onDismiss, warns = false, informs = false, asks, links = nothing, more}: NoticeOptions,
): TemplateResult {
  return html`<div
    part="notice"
    class="notice ${warns ? 'warns' : informs || asks ? 'informs' : ''}"
    role=${informs ? 'status' : 'alert'}
  >
    ${asks ?? (informs ? infoIcon : triangleAlertIcon)}
    <div>
      ${text}
      ${links === nothing ? nothing : html`<span class="gap"> </span><span class="links">${links}</span>`}
      ${more}
    </div>
    ${onDismiss ? commandButton(localize.term('dismiss'), xIcon, onDismiss, {look: 'dismiss'}) : nothing}
  </div>`;
}

/**
 * Renders "Details": the facts of an error for the author of the page and for an administrator. They are loaded when the
 * user first opens them.
 */
export function errorDetails(error: SipError, localize: LocalizeController): TemplateResult {
  return html`<details class="why" @toggle=${onDetails}>
    <summary>${localize.term('details')}</summary>
    <sip-error-details .error=${error}></sip-error-details>
  </details>`;
}

/** Loads the details; if that fails, they are the sentence alone. */
async function onDetails({target}: Event): Promise<void> {
  const details = target as HTMLDetailsElement;
  if (!details.open) return;
  try {
    defineInner(await import('./error-details.js').then(({inner}) => inner));
  } catch {
    const content = details.querySelector<HTMLElement & {error?: SipError}>('sip-error-details')!;
    content.textContent = content.error!.message;
  }
}

/**
 * Renders the sentence of an error and its details; if the browser refuses a certificate, with a link to the server's
 * own page.
 */
export function errorNotice(
  error: SipError,
  server: string | undefined,
  options: Omit<NoticeOptions, 'more'>,
): TemplateResult {
  const {localize} = options;
  const links =
    error.code === 'certificate-refused' && server
      ? html`<a href=${server.replace(/^ws/, 'http')} target="_blank" rel="noopener noreferrer"
            >${localize.term('serverPage')}</a
          >
          ${options.links}`
      : options.links;
  return notice(localize.describe(error), {...options, links, more: errorDetails(error, localize)});
}

/** Renders the failure of the last command, which the user can dismiss; nothing if it succeeded. */
export function commandNotice(
  {error, dismiss}: CommandController,
  localize: LocalizeController,
): TemplateResult | typeof nothing {
  return error ? errorNotice(error, undefined, {localize, onDismiss: dismiss}) : nothing;
}
