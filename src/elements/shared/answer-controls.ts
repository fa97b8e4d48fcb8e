import {html, nothing, type TemplateResult} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {isIntercom} from '../../core/intercom/is-intercom.js';
import type {OtherLine} from '../../core/call/call.js';
import type {CallMedia} from '../../core/types.js';
import {toSipError} from '../../errors.js';
import {eyeIcon, monitorUpIcon, phoneIcon, phoneOffIcon, videoIcon} from './icons.js';

/**
 * Renders the buttons of a ringing call: decline, answer with audio, and with video if it is offered. For a request to
 * see the camera, the buttons show it or decline. `screen` adds a button that answers with audio and shares the screen.
 *
 * Devices open on pointer down, a moment before the button is released; hovering opens nothing. While the browser asks
 * for permission, which may take long, the call can still be declined.
 */
export function answerControls(
  call: SipCall,
  localize: LocalizeController,
  commands: CommandController,
  screen = false,
): TemplateResult {
  const video = call.media === 'video';
  const run = (command: () => Promise<void>) => (): void => {
    if (!commands.pending) void commands.run(command);
  };
  const answer = (media: CallMedia) => run(() => answered(call, media));
  const prepare = (media: CallMedia) => (): void => call.prepare(media);
  const disabled = commands.pending ? 'true' : nothing;
  const button = (
    part: string,
    style: 'go' | 'round',
    icon: TemplateResult,
    term: 'answer' | 'answerAudio' | 'answerVideo' | 'answerScreen',
    on: {press: () => void; prepare?: () => void},
  ): TemplateResult =>
    html`<button
      part=${part}
      class="pill ${style}"
      type="button"
      aria-label=${localize.term(term)}
      title=${term === 'answer' ? nothing : localize.term(term)}
      aria-disabled=${disabled}
      @pointerdown=${on.prepare ?? nothing}
      @click=${on.press}
    >
      ${icon}${style === 'go' ? html`<span class="word">${localize.term('answer')}</span>` : nothing}
    </button>`;
  const withMedia = (media: CallMedia) => ({press: answer(media), prepare: prepare(media)});
  const answers = html`
    ${
      video
        ? [
            button('answer-audio', 'round', phoneIcon, 'answerAudio', withMedia('audio')),
            button('answer-video', 'go', videoIcon, 'answerVideo', withMedia('video')),
          ]
        : button('answer-audio', 'go', phoneIcon, 'answer', withMedia('audio'))
    }
    ${
      screen && !isIntercom(call)
        ? button('answer-screen', 'round', monitorUpIcon, 'answerScreen', {
            press: run(() => answered(call, 'audio', {screen})),
          })
        : nothing
    }
  `;
  return html`
    <button
      part="decline"
      class="pill stop"
      type="button"
      aria-label=${localize.term('decline')}
      title=${localize.term('decline')}
      @click=${() => void commands.run(() => call.decline())}
    >
      ${phoneOffIcon}<span class="word">${localize.term('decline')}</span>
    </button>
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
            ${eyeIcon}<span class="line">${localize.term('showCamera')}</span>
          </button>`
        : answers
    }
  `;
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
