import {html, nothing, type LitElement, type ReactiveController, type TemplateResult} from 'lit';
import type {ClientController} from '../../controllers/client-controller.js';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {isActive, isWaiting} from '../../core/call/newest-call.js';
import type {SipError} from '../../errors.js';
import {controls} from '../controls/inner.js';
import {answerControls, holdsOther, isAnsweredElsewhere} from '../shared/calls/answer-controls.js';
import {getsVideo, sendsVideo} from '../shared/calls/call-picture.js';
import {captionTools} from '../shared/captions/caption-tools.js';
import {urgentSign, urgentStyles} from '../shared/calls/urgent-sign.js';
import type {InnerElements} from '../shared/define-inner.js';
import {LazyModule} from '../shared/lazy-module.js';
import {pbxTools} from '../shared/pbx/pbx-tools.js';
import {nameOf} from '../shared/people/people.js';
import {isRegistered} from '../shared/registration.js';
import {ShortcutController, type Shortcuts} from '../shared/shortcuts.js';
import {SipQualityElement} from '../sip-quality/sip-quality.js';
import type {SipVideoElement} from '../sip-video/sip-video.js';
import {CallNotice} from './call-notice.js';
import {OfferNotice} from './offer-notice.js';
import {CallRequests} from './call-requests.js';
import {CallRow} from './call-row.js';
import {rowStyles, stageBottom} from './call-row.styles.js';
import {endedControls, middle, stageText, topBar} from './call-stage.js';
import {InCall} from './in-call.js';
import {styles} from './sip-call.styles.js';
import {SmallWindow} from './small-window.js';

/** The element whose stage shows the call. */
interface CallHost extends LitElement {
  readonly call: SipCall | undefined;
  readonly sid: string;
  readonly small: boolean;
  readonly shortcuts: Shortcuts | 'none';
  readonly shortcutsScope: 'stage' | 'page';
  silent: boolean;
}

/** The options of a view. */
export interface CallViewOptions {
  readonly host: CallHost;
  readonly client: ClientController;
  readonly commands: CommandController;
  readonly localize: LocalizeController;
  /** Clears the stage. */
  readonly onClear: () => void;
}

/** What shows whether a call is encrypted; loaded with the first that may be. */
const encryption = new LazyModule(() => import('./encryption-sign.js'));

/** The styles that the view adds to those of its host. */
export const viewStyles = [urgentStyles, stageBottom, styles, rowStyles];

/** The elements that the view renders. */
export const inner: InnerElements = {...controls, 'sip-quality': SipQualityElement};

/** Shows the call on the stage of its host. */
export class CallView implements ReactiveController {
  readonly #options: CallViewOptions;
  readonly #notice: CallNotice;
  readonly #requests: CallRequests;
  readonly #offers: OfferNotice;
  readonly #row: CallRow;
  readonly #window: SmallWindow;
  readonly #inCall: InCall;
  /** The calls that have, or had, video: their stage does not become smaller again. */
  readonly #video = new WeakSet<SipCall>();

  constructor(options: CallViewOptions) {
    const {host, client, commands, localize} = (this.#options = options);
    this.#notice = new CallNotice(host, localize, commands);
    this.#requests = new CallRequests(host, localize);
    this.#offers = new OfferNotice(host, localize, commands);
    this.#row = new CallRow(host, localize, () => host.shortcuts);
    this.#window = new SmallWindow(host, {client: () => client.client, localize, commands});
    this.#inCall = new InCall({host, localize, commands, small: host.small});
    new ShortcutController(host, {
      shortcuts: () => (host.call && isActive(host.call) ? this.#row.shortcuts : {}),
      scope: () => (host.shortcutsScope === 'page' ? undefined : (this.#stage ?? host)),
      press: (name) => this.#row.press(name),
    });
    // A press dismisses the previous failure; the capturing listener runs before the control's own command.
    host.renderRoot.addEventListener('click', this.#onPress, {capture: true});
    host.addController(this);
  }

  /** Whether the stage fills the screen. */
  get fills(): boolean {
    return this.#inCall.fills;
  }

  /**
   * Follows the call on the stage.
   *
   * @param calls - Those whose questions the user answers here.
   */
  follow(call: SipCall | undefined, calls: readonly SipCall[]): void {
    if (call && (call.media === 'video' || sendsVideo(call) || getsVideo(call))) this.#video.add(call);
    this.#notice.follow(call);
    this.#requests.follow(calls);
  }

  hostUpdated(): void {
    const {host} = this.#options;
    this.#inCall.follow(host.isConnected ? host.call : undefined);
  }

  hostDisconnected(): void {
    this.#inCall.follow(undefined);
  }

  /** Renders the stage. */
  render(call: SipCall): TemplateResult {
    const {host, client, commands, localize} = this.#options;
    const context = {call, localize};
    const inCall = this.#inCall;
    const video = host.renderRoot.querySelector<SipVideoElement>('.remote');
    const pictured = video?.playing ?? false;
    const text = inCall.pictureText(call, video?.dark ?? false) ?? stageText(context);
    const title = localize.term('callWith', nameOf(call.remote, localize));
    // Without video, the sound button has room in the middle.
    const sounds = !host.small && call.state.phase === 'answered' && (host.silent || call.state.soundBlocked);
    const amid = sounds && !getsVideo(call) && !pictured;
    return html`<div
      part="stage"
      class="stage ${this.#video.has(call) ? '' : 'audio'} ${amid ? 'sounds' : ''} ${pictured && call.state.remoteSharing ? 'beside' : ''}"
      role="group"
      tabindex="-1"
      aria-label=${title}
    >
      ${urgentSign(call, localize)}
      <sip-video
        class="remote ${pictured ? 'playing' : ''}"
        exportparts="video: remote"
        @sip-picture=${this.#onPicture}
      ></sip-video>
      ${middle(context, text, {hidden: pictured, sounds: amid})}
      <sip-video class="local" of="local" exportparts="video: local"></sip-video>
      <div class="hidden" role="status">${text}</div>
      <div class="hidden" role="status">${inCall.recordedText(call) ?? nothing}</div>
      ${topBar(context, pictured, commands, {
        recorded: inCall.recordedSign(call),
        buttons: [
          call.state.encryption
            ? encryption.load(host)?.encryptionSign(call, host, localize, commands)
            : nothing,
          host.small ? nothing : this.#window.render(call),
          inCall.fullScreenButton(call, this.#row.shortcuts.fullscreen ?? ''),
        ],
      })}
      <div class="bottom" @sip-error=${this.#onError}>
        ${
          host.small
            ? nothing
            : html`<sip-audio
                class="sound"
                exportparts="sound"
                .silent=${host.silent}
                @click=${this.#onSound}
              ></sip-audio>`
        }
        ${this.#requests.render() ?? this.#offers.render(call, client.client, this.#notice.render(client.client?.options.server))}
        ${pbxTools(client.client, host)?.parkedCalls(client.client, call)}
        ${captionTools(call, client.client, host)?.captionsBand(call, client.client, host)}
        ${this.#renderControls(call)}
      </div>
    </div>`;
  }

  #renderControls(call: SipCall): TemplateResult | typeof nothing {
    const {host, client, commands, localize, onClear} = this.#options;
    if (isActive(call)) return this.#row.render(call, client.client, this.#inCall);
    // A call that the page names has its buttons here, whatever else shows it.
    if (isWaiting(call) && !host.sid && isAnsweredElsewhere(client.client, call)) return nothing;
    const again = (): void => {
      void commands.run(async () => client.client?.call(call.remote.number, {media: call.media}));
    };
    const ready = isRegistered(client.client) && !commands.pending;
    const buttons = isWaiting(call)
      ? answerControls(call, localize, commands, false, holdsOther(client.client, call))
      : endedControls({call, localize}, ready ? again : undefined, onClear);
    return html`<div part="controls" class="controls">${buttons}</div>`;
  }

  get #stage(): HTMLElement | null {
    return this.#options.host.renderRoot.querySelector('.stage');
  }

  readonly #onSound = (): void => {
    this.#options.host.silent = false;
  };

  readonly #onPicture = (): void => this.#options.host.requestUpdate();

  readonly #onPress = ({target}: Event): void => {
    if ((target as Element).closest('.row, .menu')) this.#options.commands.dismiss();
  };

  /** Shows the failure of a control, which dispatches `sip-error`; the transfer dialog shows its own failures. */
  readonly #onError = ({detail, target}: CustomEvent<{error: SipError}>): void => {
    if ((target as Element).localName !== 'sip-transfer-button') this.#options.commands.show(detail.error);
  };
}
