import '../../../locales/call/call-sound-en.js';
import {html, nothing, type TemplateResult} from 'lit';
import type {CommandController} from '../../../controllers/command-controller.js';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {SipCall} from '../../../core/call/call.js';
import type {SipErrorCode} from '../../../errors.js';
import {notice} from '../notice.js';
import {nameOf} from '../people/people.js';
import {lacks} from '../../../core/call/microphone.js';

/** What the notice of a warning needs besides the call. */
export interface CallWarningOptions {
  readonly localize: LocalizeController;
  /** Runs what the user tries. */
  readonly commands: CommandController;
  /** Other calls that lack the same. */
  readonly others?: readonly SipCall[];
  /** Called to dismiss the notice; without it the notice stays. */
  readonly onDismiss?: () => void;
}

/** Renders why a call continues with less media than requested. */
export function warningNotice(
  call: SipCall,
  warning: SipErrorCode,
  options: CallWarningOptions,
): TemplateResult {
  const {localize, onDismiss} = options;
  const declined = warning === 'media-refused';
  const subject = declined ? nameOf(call.remote, localize) : undefined;
  const text = localize.describe({code: warning, subject});
  return notice(text, {
    localize,
    warns: !declined,
    informs: declined,
    onDismiss,
    links: trialLink(call, warning, options),
  });
}

/** Renders why a call is on hold that an urgent one has interrupted. */
export function interruptedNotice(localize: LocalizeController): TemplateResult {
  return notice(localize.term('interrupted'), {localize, informs: true});
}

/** Renders the button that tries to bring the media which the call lacks; nothing if no attempt can help. */
export function trialLink(
  call: SipCall,
  lack: SipErrorCode,
  {localize, commands, others = []}: CallWarningOptions,
): TemplateResult | typeof nothing {
  const trial = trialOf([call, ...others], lack);
  if (!trial || call.state.phase !== 'answered') return nothing;
  return html`<button part="retry" class="link" type="button" @click=${() => void commands.run(trial)}>
    ${localize.term(lack === 'media-refused' ? 'cameraOn' : 'tryAgain')}
  </button>`;
}

function trialOf(calls: readonly SipCall[], lack: SipErrorCode): (() => Promise<unknown>) | undefined {
  const each = (command: (call: SipCall) => Promise<void>): Promise<unknown> =>
    Promise.all(calls.filter(({state}) => state.phase === 'answered').map(command));
  // What keeps a page from its devices stays.
  if (lack.endsWith('-forbidden')) return undefined;
  if (lacks('microphone', lack)) return () => each((call) => call.openMicrophone());
  if (lacks('camera', lack) || lack === 'media-refused')
    return () => each((call) => call.setMedia({video: true}));
  return undefined;
}
