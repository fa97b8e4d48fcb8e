import {html, nothing, type TemplateResult} from 'lit';
import {formatDuration} from '../../controllers/clock-controller.js';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {isLine} from '../../core/call-kinds.js';
import type {TabCall} from '../../core/tabs/tab-call.js';
import {isIntercom} from '../../core/intercom/is-intercom.js';
import {isWaiting} from '../../core/call/newest-call.js';
import {answerControls} from '../shared/calls/answer-controls.js';
import {micIcon, micOffIcon, pauseIcon, playIcon} from '../shared/icons/controls.js';
import {commandButton} from '../shared/buttons/command-button.js';
import {phoneIcon, phoneOffIcon, videoIcon, xIcon} from '../shared/icons.js';
import {againText, stateText, troubleText, type ToldCall} from '../shared/calls/call-texts.js';
import {isSilent, toggleMicrophone} from '../../core/call/microphone.js';
import {urgentChip} from '../shared/calls/urgent-sign.js';
import {avatar, nameLine, nameOf} from '../shared/people/people.js';

/** The properties of the head of a line. */
export interface LineHeadContext {
  readonly call: ToldCall;
  readonly localize: LocalizeController;
  /** Where the call is, if not in this tab. */
  readonly where?: string;
  /** Resumes the call; undefined if pressing the line cannot resume it. */
  readonly onSwitch?: (() => void) | undefined;
}

/** The properties of the line of a call that does not wait for an answer. */
export interface CallActionsContext extends LineHeadContext {
  readonly call: SipCall | TabCall;
  readonly commands: CommandController;
}

/** The properties of a line. */
export interface CallLineContext extends CallActionsContext {
  readonly call: SipCall;
  /** Whether another call is active, which answering may end. */
  readonly speaks: boolean;
  /** Whether answering holds another call. */
  readonly holds: boolean;
}

/** Renders the other party, the state and the duration; a button if a press resumes the call. */
export function lineHead(
  {call, localize, where, onSwitch}: LineHeadContext,
  current: boolean,
): TemplateResult {
  const {phase, held, remoteHeld} = call.state;
  const state = troubleText(call, localize) ?? stateText(call, localize);
  const text = where ? localize.explained(where, state) : state;
  const time = call.duration === undefined ? undefined : formatDuration(Math.floor(call.duration / 1000));
  const content = html`${avatar(call.remote, isWaiting(call) ? 'rings' : '')}
    <span class="words">
      ${nameLine(call.remote, localize)}
      <span class="quiet state">
        ${urgentChip(call, localize)}
        ${phase === 'released' ? nothing : held || remoteHeld ? pauseIcon : showsVideo(call) ? videoIcon : nothing}
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

/** Renders the buttons of a call that does not wait: hold and hang up; and mute, if it is elsewhere. */
export function callActions({call, localize, commands, where}: CallActionsContext): TemplateResult {
  const {held, phase} = call.state;
  const silent = isSilent(call);
  const name = nameOf(call.remote, localize);
  const end = localize.term('hangup');
  const toggle = (
    part: 'mute' | 'hold',
    on: boolean,
    word: string,
    icon: TemplateResult,
    command: () => Promise<void>,
  ): TemplateResult =>
    commandButton(
      localize.explained(word, name),
      icon,
      () => {
        if (!commands.pending) void commands.run(command);
      },
      {part, look: `act ${on ? 'on' : ''}`, tip: word, busy: commands.pending},
    );
  const mute = localize.term(silent ? 'unmute' : 'mute');
  const hold = localize.term(held ? 'unhold' : 'hold');
  return html`<div class="actions">
    ${
      phase === 'answered' && where
        ? toggle('mute', silent, mute, silent ? micOffIcon : micIcon, () => toggleMicrophone(call))
        : nothing
    }
    ${
      phase === 'answered' && !isIntercom(call) && isLine(call.type)
        ? toggle('hold', held, hold, held ? playIcon : pauseIcon, async () =>
            held ? call.unhold() : call.hold(),
          )
        : nothing
    }
    ${commandButton(
      localize.explained(end, name),
      phoneOffIcon,
      () => void commands.run(() => call.hangup()),
      {
        part: 'hangup',
        look: 'act stop',
        tip: end,
      },
    )}
  </div>`;
}

function answerActions({call, localize, commands, speaks, holds}: CallLineContext): TemplateResult {
  const list = {name: nameOf(call.remote, localize)};
  return html`<div class="actions answers ${holds ? 'holds' : ''}">
    ${answerControls(call, localize, commands, false, holds, {list, ends: speaks})}
  </div>`;
}

/** Whether the call is one with video; supervision receives any video of the others, and monitoring has its own wall. */
function showsVideo({media, type}: ToldCall): boolean {
  return media === 'video' && type !== 'listen-in' && type !== 'barge-in';
}

/** Renders the buttons of an ended call: call again, if that is possible, and remove the line. */
export function endedActions(
  {call, localize, commands}: CallLineContext,
  onAgain: (() => void) | undefined,
  onRemove: () => void,
): TemplateResult {
  const name = nameOf(call.remote, localize);
  const dismiss = localize.term('dismiss');
  const again = againText(call, localize);
  return html`<div class="actions">
    ${
      onAgain
        ? commandButton(
            localize.explained(again, name),
            call.media === 'video' ? videoIcon : phoneIcon,
            onAgain,
            {part: 'again', look: 'act', tip: again, busy: commands.pending},
          )
        : nothing
    }
    ${commandButton(localize.explained(dismiss, name), xIcon, onRemove, {
      part: 'dismiss',
      look: 'act plain',
      tip: dismiss,
    })}
  </div>`;
}
