import {html, nothing, type TemplateResult} from 'lit';
import type {CommandController} from '../../../controllers/command-controller.js';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import {isLine, isUrgent} from '../../../core/call-kinds.js';
import type {OtherLine, SipCall} from '../../../core/call/call.js';
import type {BaseClient} from '../../../core/client/client.js';
import {isIntercom} from '../../../core/intercom/is-intercom.js';
import type {CallMedia} from '../../../core/types.js';
import {toSipError} from '../../../errors.js';
import {commandButton} from '../buttons/command-button.js';
import {eyeIcon, monitorUpIcon, phoneIcon, phoneOffIcon, videoIcon} from '../icons.js';
import {declineTerm} from './call-texts.js';

/** What the buttons of a call in a list need. */
export interface AnswerInList {
  /** The name of the other party, which the buttons' names end with. */
  readonly name: string;
}

/**
 * Renders the buttons of a ringing call: decline, answer with audio, and with video if it is offered. For a request to
 * see the camera, the buttons show it or decline. `screen` adds a button that answers with audio and shares the screen;
 * `holds` says that answering holds another call. The answer to an urgent call comes first, and declining it is apart.
 *
 * In a list, the main button is the part `answer`. With `ends`, a last button ends the active call instead of holding it.
 *
 * Devices open on pointer down, a moment before the button is released; hovering opens nothing. While the browser asks
 * for permission, which may take long, the call can still be declined.
 */
export function answerControls(
  call: SipCall,
  localize: LocalizeController,
  commands: CommandController,
  screen = false,
  holds = false,
  {list, ends = false}: {list?: AnswerInList; ends?: boolean} = {},
): TemplateResult {
  const named = (name: string): string => localize.explained(name, list?.name);
  const video = call.media === 'video';
  const run = (command: () => Promise<void>) => (): void => {
    if (!commands.pending) void commands.run(command);
  };
  const answer = (media: CallMedia, others?: OtherLine) =>
    run(() => answered(call, media, others && {others}));
  const prepare = (media: CallMedia) => (): void => call.prepare(media);
  const disabled = commands.pending;
  const button = (
    part: string,
    style: 'go' | 'round' | '',
    icon: TemplateResult,
    term: 'answer' | 'answerAudio' | 'answerVideo' | 'answerScreen' | 'endAndAnswer',
    on: {press: () => void; prepare?: () => void},
  ): TemplateResult => {
    const word = localize.term(style ? (holds ? 'holdAndAnswer' : 'answer') : term);
    // The name begins with the visible word, and says what the camera does.
    const name =
      style === 'go' && holds
        ? localize.listed([word, video ? localize.term(term) : ''])
        : localize.term(term);
    return commandButton(
      named(name),
      [icon, style === 'round' ? nothing : html`<span class="word">${word}</span>`],
      on.press,
      {
        part,
        look: `pill ${style}`,
        tip: term === 'answer' ? nothing : localize.term(term),
        disabled,
        onDown: on.prepare,
      },
    );
  };
  const withMedia = (media: CallMedia) => ({press: answer(media), prepare: prepare(media)});
  const urgent = isUrgent(call.type);
  const soundOnly = video
    ? button('answer-audio', 'round', phoneIcon, 'answerAudio', withMedia('audio'))
    : nothing;
  const icon = video ? videoIcon : phoneIcon;
  const instead = ends
    ? button('answer-hangup', '', icon, 'endAndAnswer', {
        press: answer(call.media, 'hangup'),
        prepare: prepare(call.media),
      })
    : nothing;
  const main = button(
    list ? 'answer' : video ? 'answer-video' : 'answer-audio',
    'go',
    icon,
    video ? 'answerVideo' : 'answer',
    withMedia(call.media),
  );
  const answers = html`
    ${urgent ? nothing : soundOnly} ${main}
    ${
      screen && !isIntercom(call)
        ? button('answer-screen', 'round', monitorUpIcon, 'answerScreen', {
            press: run(() => answered(call, 'audio', {screen})),
          })
        : nothing
    }
    ${urgent ? soundOnly : nothing}
  `;
  const refusal = localize.term(declineTerm(call));
  const decline = commandButton(
    named(refusal),
    [phoneOffIcon, urgent ? nothing : html`<span class="word">${refusal}</span>`],
    () => void commands.run(() => call.decline()),
    {part: 'decline', look: `pill stop ${urgent ? 'round apart' : ''}`, tip: refusal},
  );
  if (urgent) return html`${answers}${decline}${instead}`;
  return html`
    ${decline}
    ${
      call.watched
        ? commandButton(
            undefined,
            html`${eyeIcon}<span class="word">${localize.term('showCamera')}</span>`,
            answer('video'),
            {part: 'show-camera', look: 'pill go', disabled, onDown: prepare('video')},
          )
        : [answers, instead]
    }
  `;
}

/** Whether a `<sip-incoming>` in view has the buttons that answer the call. */
export function isAnsweredElsewhere(client: BaseClient | undefined, call: SipCall): boolean {
  return [...(client?.claims.answers ?? [])].some((view) => view().includes(call));
}

/** Whether answering the call holds another one. */
export function holdsOther(client: BaseClient | undefined, call: SipCall): boolean {
  return client !== undefined && !client.options.parallelCalls && otherSpeaks(client, call);
}

/** Whether the user speaks in another call. */
export function otherSpeaks(client: BaseClient, call: SipCall): boolean {
  const others = client.state.calls.filter((other) => other !== call && isLine(other.type));
  return isLine(call.type) && others.some(({state}) => state.phase === 'answered' && !state.held);
}

/** Answers a call; if the call ends meanwhile, its cause is shown and no error is needed. */
export async function answered(
  call: SipCall,
  media: CallMedia,
  options: {screen?: boolean; others?: OtherLine} = {},
): Promise<void> {
  try {
    await call.answer({media, ...options});
  } catch (error) {
    const {phase, cause} = call.state;
    const ended = phase === 'released' && (cause?.by !== 'local' || cause.code === 'declined');
    if (!ended || toSipError(error).code !== 'invalid-state') throw error;
  }
}
