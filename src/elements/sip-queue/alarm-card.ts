import {html, nothing, type TemplateResult} from 'lit';
import {formatDuration} from '../../controllers/clock-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {Alarm} from '../../core/alarms/alarm.js';
import type {SipCall} from '../../core/call/call.js';
import {isWaiting} from '../../core/call/newest-call.js';
import {isConference} from '../../core/conference/is-conference.js';
import {isInaudible} from '../../core/sound/sound-state.js';
import type {Party} from '../../core/types.js';
import {ageText} from '../shared/age-text.js';
import {stateText, troubleText} from '../shared/calls/call-texts.js';
import {checkCheckIcon, mapPinIcon} from '../shared/icons/later.js';
import {commandButton} from '../shared/buttons/command-button.js';
import {phoneIcon, sirenIcon, volume2Icon} from '../shared/icons.js';
import {playIcon} from '../shared/icons/controls.js';
import {nameLine, nameOf} from '../shared/people/people.js';
import {answerButtons, callButtons, rowButton, type QueueRowContext} from './queue-row.js';

/** The properties of the card of an alarm. */
export interface AlarmCardContext extends Omit<QueueRowContext, 'call' | 'onReturn'> {
  readonly alarm: Alarm;
  /** The caller, as the client identifies them. */
  readonly remote: Party;
  /** The call of the alarm, until it ends. */
  readonly call: SipCall | undefined;
  /** The call to which the user returns afterwards, or now. */
  readonly before: SipCall | undefined;
  /** Returns to that call; ends the alarm's call first. */
  readonly onReturn: () => void;
  /** Resumes the alarm's call, and holds the active one. */
  readonly onResume: () => Promise<unknown>;
  /** Calls back; undefined if that is impossible. */
  readonly onAgain: (() => void) | undefined;
  readonly onAcknowledge: () => void;
}

/** Renders an SOS that is not acknowledged: who, where, since when, what became of the call, and what can be done. */
export function alarmCard(context: AlarmCardContext): TemplateResult {
  const {alarm, remote, call, localize, now, before} = context;
  const since = formatDuration(Math.max(0, Math.floor((now - alarm.time) / 1000)));
  const state = stateOf(context);
  return html`<div class="top">
      <span part="urgent" class="chip sos">${sirenIcon}SOS</span>
      ${nameLine(remote, localize)}
      ${alarm.count > 1 ? html`<span class="quiet count">${localize.term('sosRepeated', String(alarm.count))}</span>` : nothing}
      <b class="number since">${since}</b>
    </div>
    <div part="position" class="quiet place">${positionOf(alarm, localize, now)}</div>
    <div class="quiet state">
      ${
        call && isLive(call)
          ? html`<span part="live" class="live">${volume2Icon}${localize.term('liveSound')}</span>`
          : nothing
      }<span class="line" title=${state}>${state}</span>
    </div>
    <div class="actions">
      ${call && isWaiting(call) ? answerButtons({...context, call, onReturn: context.onResume}, true) : nothing}
      ${before && !(call && isWaiting(call)) ? returnButton(context, before) : nothing}
      ${
        call
          ? isWaiting(call)
            ? nothing
            : callButtons({...context, call, onReturn: context.onResume})
          : context.onAgain
            ? rowButton(
                {part: 'again', word: localize.term('callBack'), icon: phoneIcon, press: context.onAgain},
                {...context, call: {remote}},
              )
            : nothing
      }
      ${commandButton(
        localize.explained(localize.term('acknowledge'), nameOf(remote, localize)),
        html`${checkCheckIcon}<span class="line">${localize.term('acknowledge')}</span>`,
        context.onAcknowledge,
        {part: 'acknowledge', look: 'pill acknowledge', tip: nothing},
      )}
    </div>`;
}

/** Whether the user hears the caller now. */
function isLive({state}: SipCall): boolean {
  const {phase, held, remoteHeld, soundBlocked, sound} = state;
  return phase === 'answered' && !held && !remoteHeld && !soundBlocked && !isInaudible(sound);
}

/** Returns what became of the call; if the user can return to another one, what returning does. */
function stateOf({call, alarm, before, localize}: AlarmCardContext): string {
  if (before && !(call && isWaiting(call))) return returnText(call, before, localize);
  if (call) return troubleText(call, localize) ?? stateText(call, localize);
  const ended = alarm.endedAt === undefined ? '' : localize.term(alarm.answeredAt ? 'ended' : 'missed');
  return localize.listed([localize.term('notAcknowledged'), ended.replace(/[.。]$/, '')]);
}

function returnText(call: SipCall | undefined, {remote}: SipCall, localize: LocalizeController): string {
  return localize.term(call ? 'returnEnds' : 'returnResumes', nameOf(remote, localize));
}

function returnButton(
  {call, localize, commands, onReturn}: AlarmCardContext,
  before: SipCall,
): TemplateResult {
  const word = localize.term(isConference(before) ? 'returnToConference' : 'returnToCall');
  const text = returnText(call, before, localize);
  return commandButton(
    localize.explained(word, text),
    html`${playIcon}<span class="line">${word}</span>`,
    () => !commands.pending && onReturn(),
    {part: 'return', look: 'pill accent', tip: text, disabled: commands.pending},
  );
}

/** Renders the position and its age; nothing if none is known. */
function positionOf({position}: Alarm, localize: LocalizeController, now: number): unknown {
  if (!position) return nothing;
  const {lat, lng, time} = position;
  const place = html`<bdi class="number">${lat.toFixed(5)}, ${lng.toFixed(5)}</bdi>`;
  const age = time === undefined ? '' : ageText(Math.max(0, Math.floor((now - time) / 1000)), localize);
  return html`${mapPinIcon}<span class="line">${place}${age ? html` · ${age}` : nothing}</span>`;
}
