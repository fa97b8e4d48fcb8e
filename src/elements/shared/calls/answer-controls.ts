import {html, nothing, type TemplateResult} from 'lit';
import type {CommandController} from '../../../controllers/command-controller.js';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import {isLine, isUrgent} from '../../../core/call-kinds.js';
import type {OtherLine, SipCall} from '../../../core/call/call.js';
import type {BaseClient} from '../../../core/client/client.js';
import {isIntercom} from '../../../core/intercom/is-intercom.js';
import type {CallMedia} from '../../../core/types.js';
import {toSipError} from '../../../errors.js';
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
  const disabled = commands.pending ? 'true' : nothing;
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
    return html`<button
      part=${part}
      class="pill ${style}"
      type="button"
      aria-label=${named(name)}
      title=${term === 'answer' ? nothing : localize.term(term)}
      aria-disabled=${disabled}
      @pointerdown=${on.prepare ?? nothing}
      @click=${on.press}
    >
      ${icon}${style === 'round' ? nothing : html`<span class="word">${word}</span>`}
    </button>`;
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
  const decline = html`<button
    part="decline"
    class="pill stop ${urgent ? 'round apart' : ''}"
    type="button"
    aria-label=${named(refusal)}
    title=${refusal}
    @click=${() => void commands.run(() => call.decline())}
  >
    ${phoneOffIcon}${urgent ? nothing : html`<span class="word">${refusal}</span>`}
  </button>`;
  if (urgent) return html`${answers}${decline}${instead}`;
  return html`
    ${decline}
    ${
      call.watched
        ? html`<button
            part="show-camera"
            class="pill go"
            type="button"
            aria-disabled=${disabled}
            @pointerdown=${prepare('video')}
            @click=${answer('video')}
          >
            ${eyeIcon}<span class="word">${localize.term('showCamera')}</span>
          </button>`
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
