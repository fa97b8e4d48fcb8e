import {html, nothing, type TemplateResult} from 'lit';
import type {CommandController} from '../controllers/command-controller.js';
import {formatDuration} from '../controllers/clock-controller.js';
import type {LocalizeController} from '../controllers/localize-controller.js';
import type {SipCall} from '../core/call.js';
import {healthText, stateText} from './call-texts.js';
import {
  micIcon,
  micOffIcon,
  pauseIcon,
  phoneIcon,
  phoneOffIcon,
  playIcon,
  triangleAlertIcon,
  videoIcon,
  videoOffIcon,
  xIcon,
} from './icons.js';
import {initialsOf, nameLine, nameOf} from './people.js';

/** What the parts of a stage are drawn from. */
export interface StageContext {
  readonly call: SipCall;
  readonly localize: LocalizeController;
  readonly commands: CommandController;
}

/** Whether this side sends a picture. */
export function sendsVideo(call: SipCall): boolean {
  const {video} = call.state.media;
  return video === 'sendrecv' || video === 'sendonly';
}

/** Whether this side is to get a picture. */
export function getsVideo(call: SipCall): boolean {
  const {video} = call.state.media;
  return video === 'sendrecv' || video === 'recvonly';
}

/** Whether one of the two sides holds. */
export function isHeld(call: SipCall): boolean {
  return call.state.held || call.state.remoteHeld;
}

/** Name and number over the picture, where there is one; what is remarkable, and the time. */
export function topBar(
  {call, localize}: StageContext,
  seconds: number | undefined,
  pictured: boolean,
): TemplateResult {
  const health = healthText(call.state.health, localize);
  const over = call.state.phase === 'released';
  return html`<div class="top">
    ${pictured ? nameLine(call.remote, localize) : nothing}
    <span class="space"></span>
    ${
      health && !over
        ? html`<span class="chip" role="status"
            >${triangleAlertIcon}<span class="line">${health}</span></span
          >`
        : nothing
    }
    ${
      seconds === undefined || over
        ? nothing
        : html`<span class="chip number" role="timer">${formatDuration(seconds)}</span>`
    }
  </div>`;
}

/**
 * Who it is and how far it has come, where there is no picture.
 *
 * @param sound - The button that turns the sound on; it takes the place of what the running clock says as well.
 */
export function middle(
  {call, localize}: StageContext,
  hidden: boolean,
  sound: TemplateResult | typeof nothing,
): TemplateResult {
  const {phase} = call.state;
  const rings = phase === 'ringing' || phase === 'init';
  const name = nameOf(call.remote, localize);
  return html`<div part="middle" class="middle" ?hidden=${hidden}>
    <div class="avatar ${rings ? 'rings' : ''}" aria-hidden="true">${initialsOf(call.remote)}</div>
    <bdi class="big line" title=${name}>${name}</bdi>
    ${name === call.remote.number ? nothing : html`<bdi class="quiet number line">${call.remote.number}</bdi>`}
    ${
      sound !== nothing && !isHeld(call)
        ? nothing
        : html`<p class="quiet" aria-hidden="true">${stateText(call, localize)}</p>`
    }
    ${sound}
  </div>`;
}

/** Mute, hold, camera, and apart from them the button that ends the call. They keep their places from the first moment. */
export function callControls({call, localize, commands}: StageContext): TemplateResult {
  const {muted, held, cameraOff} = call.state;
  const ready = call.state.phase === 'answered';
  const toggle = (
    part: string,
    on: boolean,
    name: string,
    icon: TemplateResult,
    enabled: boolean,
    command: () => Promise<void>,
  ): TemplateResult =>
    html`<button
      part=${part}
      class="control ${on ? 'on' : ''}"
      type="button"
      aria-label=${name}
      title=${enabled ? name : `${name}: ${localize.term('notYet')}`}
      aria-disabled=${enabled ? nothing : 'true'}
      @click=${() => enabled && void commands.run(command)}
    >
      ${icon}
    </button>`;
  return html`
    ${toggle(
      'mute',
      muted,
      localize.term(muted ? 'unmute' : 'mute'),
      muted ? micOffIcon : micIcon,
      ready,
      () => (muted ? call.unmute() : call.mute()),
    )}
    ${toggle('hold', held, localize.term(held ? 'unhold' : 'hold'), held ? playIcon : pauseIcon, ready, () =>
      held ? call.unhold() : call.hold(),
    )}
    ${
      call.media === 'video'
        ? toggle(
            'camera',
            cameraOff,
            localize.term(cameraOff ? 'cameraOn' : 'cameraOff'),
            cameraOff ? videoOffIcon : videoIcon,
            ready && sendsVideo(call),
            () => call.setCameraOff(!cameraOff),
          )
        : nothing
    }
    <slot></slot>
    <button
      part="hangup"
      class="control end"
      type="button"
      aria-label=${localize.term('hangup')}
      title=${localize.term('hangup')}
      @click=${() => void commands.run(() => call.hangup())}
    >
      ${phoneOffIcon}
    </button>
  `;
}

/** What is left to do when the call is over: call again, or clear the stage. */
export function endedControls(
  {call, localize}: StageContext,
  onAgain: (() => void) | undefined,
  onClear: () => void,
): TemplateResult {
  return html`
    ${
      call.remote.number
        ? html`<button
            part="again"
            class="pill go"
            type="button"
            title=${onAgain ? nothing : localize.describe({code: 'not-registered'})}
            aria-label=${localize.term(call.direction === 'outgoing' ? 'callAgain' : 'callBack')}
            aria-disabled=${onAgain ? nothing : 'true'}
            @click=${onAgain}
          >
            ${call.media === 'video' ? videoIcon : phoneIcon}
            <span class="word"
              >${localize.term(call.direction === 'outgoing' ? 'callAgain' : 'callBack')}</span
            >
          </button>`
        : nothing
    }
    <button
      part="clear"
      class="control"
      type="button"
      aria-label=${localize.term('dismiss')}
      title=${localize.term('dismiss')}
      @click=${onClear}
    >
      ${xIcon}
    </button>
  `;
}
