import {html, nothing, type TemplateResult} from 'lit';
import {formatDuration} from '../../controllers/clock-controller.js';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {isUrgent} from '../../core/call/call-kinds.js';
import {isIntercom} from '../../core/intercom/is-intercom.js';
import type {OtherLine} from '../../core/call/call.js';
import {isWaiting} from '../../core/call/newest-call.js';
import type {CallMedia} from '../../core/types.js';
import {answered} from '../shared/answer-controls.js';
import {pauseIcon, phoneIcon, phoneOffIcon, playIcon, videoIcon} from '../shared/icons.js';
import {healthText, stateText} from '../shared/call-texts.js';
import {initialsOf, nameLine, nameOf} from '../shared/people/people.js';

/** The properties of a line. */
export interface CallLineContext {
  readonly call: SipCall;
  readonly localize: LocalizeController;
  readonly commands: CommandController;
  /** Whether another call is active, which answering may end. */
  readonly speaks: boolean;
  /** Whether answering holds another call. */
  readonly holds: boolean;
  /** Resumes the call; undefined if pressing the line cannot resume it. */
  readonly onSwitch: (() => void) | undefined;
}

/** Renders the other party, the state and the duration; a button if a press resumes the call. */
export function lineHead({call, localize, onSwitch}: CallLineContext, current: boolean): TemplateResult {
  const {phase, held, remoteHeld, health} = call.state;
  const text = healthText(health, localize) ?? stateText(call, localize);
  const time =
    phase === 'answered' && call.duration !== undefined
      ? formatDuration(Math.floor(call.duration / 1000))
      : undefined;
  const content = html`<span class="avatar ${isWaiting(call) ? 'rings' : ''}" aria-hidden="true"
      >${initialsOf(call.remote)}</span
    >
    <span class="words">
      ${nameLine(call.remote, localize)}
      <span class="quiet state">
        ${held || remoteHeld ? pauseIcon : call.media === 'video' ? videoIcon : nothing}
        <span class="line" title=${text}>${text}</span>${
          time === undefined ? nothing : html`<span class="number time">${time}</span>`
        }
      </span>
    </span>`;
  if (!onSwitch) return html`<div class="head">${content}</div>`;
  return html`<button
    part="switch"
    class="head"
    type="button"
    title=${localize.term('switchTo', nameOf(call.remote, localize))}
    aria-current=${current ? 'true' : nothing}
    @click=${onSwitch}
  >
    ${content}
  </button>`;
}

/** Renders the buttons of a line: answer and decline while ringing, hold and hang up afterwards. */
export function lineActions(context: CallLineContext): TemplateResult {
  return isWaiting(context.call) ? answerActions(context) : callActions(context);
}

function callActions({call, localize, commands}: CallLineContext): TemplateResult {
  const {held, phase} = call.state;
  const name = nameOf(call.remote, localize);
  const hold = localize.term(held ? 'unhold' : 'hold');
  const toggle = (): void => {
    if (!commands.pending) void commands.run(() => (held ? call.unhold() : call.hold()));
  };
  return html`<div class="actions">
    ${
      phase === 'answered' && !isIntercom(call)
        ? html`<button
            part="hold"
            class="act ${held ? 'on' : ''}"
            type="button"
            aria-label="${hold}: ${name}"
            title=${hold}
            aria-busy=${commands.pending ? 'true' : nothing}
            @click=${toggle}
          >
            ${held ? playIcon : pauseIcon}
          </button>`
        : nothing
    }
    <button
      part="hangup"
      class="act stop"
      type="button"
      aria-label="${localize.term('hangup')}: ${name}"
      title=${localize.term('hangup')}
      @click=${() => void commands.run(() => call.hangup())}
    >
      ${phoneOffIcon}
    </button>
  </div>`;
}

function answerActions({call, localize, commands, speaks, holds}: CallLineContext): TemplateResult {
  const name = nameOf(call.remote, localize);
  const video = call.media === 'video';
  const answer = (media: CallMedia, others?: OtherLine) => (): void => {
    if (!commands.pending) void commands.run(() => answered(call, media, others && {others}));
  };
  const button = (part: string, style: string, icon: TemplateResult, term: string, press: () => void) =>
    html`<button
      part=${part}
      class="pill ${style}"
      type="button"
      aria-label="${term}: ${name}"
      title=${term}
      aria-disabled=${commands.pending && part !== 'decline' ? 'true' : nothing}
      @pointerdown=${
        part === 'decline' ? nothing : () => call.prepare(part === 'answer-audio' ? 'audio' : call.media)
      }
      @click=${press}
    >
      ${icon}${style.includes('round') ? nothing : html`<span class="word">${term}</span>`}
    </button>`;
  const urgent = isUrgent(call.type);
  const decline = button(
    'decline',
    urgent ? 'round stop apart' : 'round stop',
    phoneOffIcon,
    localize.term('decline'),
    () => void commands.run(() => call.decline()),
  );
  const soundOnly = video
    ? button('answer-audio', 'round', phoneIcon, localize.term('answerAudio'), answer('audio'))
    : nothing;
  const icon = video ? videoIcon : phoneIcon;
  const instead = speaks
    ? button('answer-hangup', '', icon, localize.term('endAndAnswer'), answer(call.media, 'hangup'))
    : nothing;
  const term = holds ? 'holdAndAnswer' : video ? 'answerVideo' : 'answer';
  const main = button('answer', 'go', icon, localize.term(term), answer(call.media));
  return html`<div class="actions answers">
    ${urgent ? [main, instead, soundOnly, decline] : [decline, soundOnly, instead, main]}
  </div>`;
}
