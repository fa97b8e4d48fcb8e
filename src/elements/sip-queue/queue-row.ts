import {html, nothing, type TemplateResult} from 'lit';
import {formatDuration} from '../../controllers/clock-controller.js';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {isLine, isUrgent} from '../../core/call-kinds.js';
import {isWaiting} from '../../core/call/newest-call.js';
import {isConference} from '../../core/conference/is-conference.js';
import {isIntercom} from '../../core/intercom/is-intercom.js';
import type {TabCall} from '../../core/tabs/tab-call.js';
import type {CallMedia} from '../../core/types.js';
import {answered} from '../shared/calls/answer-controls.js';
import {
  againText,
  declineTerm,
  incomingTerm,
  stateText,
  troubleText,
  type ToldCall,
} from '../shared/calls/call-texts.js';
import {commandButton} from '../shared/buttons/command-button.js';
import {eyeIcon, phoneIcon, phoneOffIcon, videoIcon, xIcon} from '../shared/icons.js';
import {pauseIcon, playIcon} from '../shared/icons/controls.js';
import {avatar, nameLine, nameOf} from '../shared/people/people.js';
import {replaceIcon} from './icons.js';

/** The properties of the row of a call. */
export interface QueueRowContext {
  readonly call: SipCall;
  readonly localize: LocalizeController;
  readonly commands: CommandController;
  readonly now: number;
  /** Whether another call is active, which answering may end. */
  readonly speaks: boolean;
  /** Whether answering holds another call. */
  readonly holds: boolean;
  /** Resumes the call, and holds the active one. */
  readonly onReturn: () => Promise<unknown>;
  /** Ends the call and returns to the one that it has interrupted, if it is an SOS that has. */
  readonly back?: {readonly to: SipCall; readonly press: () => void} | undefined;
}

/** A button of a row. */
interface RowButton {
  readonly part: string;
  readonly word: string;
  readonly icon: TemplateResult;
  /** `go` answers, `accent` is what the user most likely wants, `apart` is smaller and apart from the others. */
  readonly style?: 'go' | 'accent' | 'apart' | '';
  /** Whether the word is beside the icon. */
  readonly wide?: boolean;
  readonly press: () => void;
  readonly prepare?: () => void;
}

/** Renders a button of a row, whose name ends with that of the other party. */
export function rowButton(
  {part, word, icon, style = '', wide = false, press, prepare}: RowButton,
  {
    call,
    commands,
    localize,
  }: Pick<QueueRowContext, 'commands' | 'localize'> & {call: Pick<SipCall, 'remote'>},
): TemplateResult {
  return commandButton(
    localize.explained(word, nameOf(call.remote, localize)),
    [icon, wide ? html`<span class="line">${word}</span>` : nothing],
    () => !commands.pending && press(),
    {
      part,
      look: `${wide ? 'pill' : 'act'} ${style}`,
      disabled: commands.pending,
      onDown: prepare,
    },
  );
}

/**
 * Renders the other party, the state and the time of a call, and its buttons.
 *
 * @param choose - What chooses the call for a conference. It is beside the buttons: all names begin in one line, also once
 * a conference can be made.
 */
export function queueRow(context: QueueRowContext, choose: unknown): TemplateResult {
  const {call, localize} = context;
  const waits = isWaiting(call);
  const text = troubleText(call, localize);
  return html`${avatar(call.remote, waits ? 'rings' : '')}
    ${wordsOf(context, text ? [text] : textsOf(context), waits ? nothing : timeOf(call))} ${choose}
    <span class="actions">${waits ? answerButtons(context) : callButtons(context)}</span>`;
}

/** Renders the other party and the state of a call; of several texts, those that have room. */
function wordsOf(
  {call, localize}: {readonly call: ToldCall; readonly localize: LocalizeController},
  texts: readonly string[],
  time: unknown = nothing,
): TemplateResult {
  const title = localize.listed(texts);
  return html`<span class="words">
    ${nameLine(call.remote, localize)}
    <span class="quiet state ${texts.length > 1 ? 'points' : ''}" title=${title}
      >${kindChip(call, localize)}${texts.map((text) => html`<span class="line">${text}</span>`)}${time}</span
    >
  </span>`;
}

/** Renders the buttons of a call that waits: answer, answer and end the active call, and apart from them, decline. */
export function answerButtons(context: QueueRowContext, wide = false): unknown {
  const {call, localize, commands, speaks, holds} = context;
  const button = (row: RowButton): TemplateResult => rowButton(row, context);
  const answer = (media: CallMedia, others?: 'hangup'): Pick<RowButton, 'press' | 'prepare'> => ({
    press: () => void commands.run(() => answered(call, media, others && {others})),
    prepare: () => call.prepare(media),
  });
  const icon = call.media === 'video' ? videoIcon : phoneIcon;
  const word = localize.term(holds ? 'holdAndAnswer' : call.media === 'video' ? 'answerVideo' : 'answer');
  const end = localize.term('endAndAnswer');
  return [
    call.watched
      ? button({
          part: 'show-camera',
          word: localize.term('showCamera'),
          icon: eyeIcon,
          style: 'go',
          ...answer('video'),
        })
      : button({part: 'answer', word, icon, style: 'go', wide, ...answer(call.media)}),
    call.media === 'video' && !call.watched
      ? button({
          part: 'answer-audio',
          word: localize.term('answerAudio'),
          icon: phoneIcon,
          ...answer('audio'),
        })
      : nothing,
    speaks && !call.watched
      ? button({part: 'answer-hangup', word: end, icon: replaceIcon, ...answer(call.media, 'hangup')})
      : nothing,
    button({
      part: 'decline',
      word: localize.term(declineTerm(call)),
      icon: phoneOffIcon,
      style: 'apart',
      press: () => void commands.run(() => call.decline()),
    }),
  ];
}

/** Renders the buttons of a call that does not wait: hold or resume, or return; and apart from it, hang up. */
export function callButtons(
  context: Pick<QueueRowContext, 'localize' | 'commands' | 'onReturn' | 'back'> & {
    readonly call: SipCall | TabCall;
  },
): unknown {
  const {call, localize, commands, onReturn, back} = context;
  const {held, phase} = call.state;
  return [
    back
      ? rowButton(
          {
            part: 'return',
            word: localize.term(isConference(back.to) ? 'returnToConference' : 'returnToCall'),
            icon: playIcon,
            style: 'accent',
            wide: true,
            press: back.press,
          },
          context,
        )
      : nothing,
    !back && phase === 'answered' && isLine(call.type) && !isIntercom(call)
      ? rowButton(
          {
            part: 'hold',
            word: localize.term(held ? 'unhold' : 'hold'),
            icon: held ? playIcon : pauseIcon,
            press: () => void commands.run(held ? onReturn : () => call.hold()),
          },
          context,
        )
      : nothing,
    rowButton(
      {
        part: 'hangup',
        word: localize.term('hangup'),
        icon: phoneOffIcon,
        style: 'apart',
        press: () => void commands.run(() => call.hangup()),
      },
      context,
    ),
  ];
}

/** Renders a call that has ended: how, and the buttons that call again and remove it. */
export function endedRow(
  context: QueueRowContext,
  onAgain: (() => void) | undefined,
  onRemove: () => void,
): TemplateResult {
  const {call, localize} = context;
  return html`${avatar(call.remote)} ${wordsOf(context, [stateText(call, localize)])}
    <span class="actions"
      >${
        onAgain
          ? rowButton(
              {part: 'again', word: againText(call, localize), icon: phoneIcon, press: onAgain},
              context,
            )
          : nothing
      }${rowButton(
        {part: 'dismiss', word: localize.term('dismiss'), icon: xIcon, style: 'apart', press: onRemove},
        context,
      )}</span
    >`;
}

/** Renders a call that another tab has, whose sound is there: it can be held, resumed and ended from here. */
export function tabRow(
  call: TabCall,
  context: Pick<QueueRowContext, 'localize' | 'commands'>,
): TemplateResult {
  const {localize} = context;
  return html`${avatar(call.remote)}
    ${wordsOf({call, localize}, [localize.explained(localize.term('inOtherTab'), stateText(call, localize))], timeOf(call))}
    <span class="actions">${callButtons({...context, call, onReturn: () => call.unhold()})}</span>`;
}

function timeOf({duration}: ToldCall): unknown {
  return duration === undefined
    ? nothing
    : html`<span class="number">${formatDuration(Math.floor(duration / 1000))}</span>`;
}

function textsOf({call, localize, now}: QueueRowContext): readonly string[] {
  if (isWaiting(call)) {
    const waits = localize.term(
      'waitsFor',
      formatDuration(Math.max(0, Math.floor((now - call.began) / 1000))),
    );
    return isUrgent(call.type) ? [waits] : [waits, localize.term(incomingTerm(call))];
  }
  if (call.state.held && call.state.sound.interrupted) return [localize.term('resumesAfterSos')];
  return [stateText(call, localize)];
}

function kindChip({type}: ToldCall, localize: LocalizeController): TemplateResult | typeof nothing {
  if (!isUrgent(type)) return nothing;
  const sos = type === 'sos';
  return html`<span part="urgent" class="chip ${sos ? 'sos' : 'warns'}"
    >${sos ? 'SOS' : localize.term('urgentCall')}</span
  >`;
}
