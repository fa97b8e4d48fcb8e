import {html, nothing, type TemplateResult} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import {formatDuration} from '../../controllers/clock-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {isInaudible} from '../../core/sound/sound-state.js';
import {isHeld} from '../shared/calls/call-picture.js';
import {healthText, recordingTerm, stateText} from '../shared/calls/call-texts.js';
import {pauseIcon, playIcon} from '../shared/icons/controls.js';
import {volumeXIcon} from '../shared/icons/sound.js';
import {phoneIcon, triangleAlertIcon, videoIcon, xIcon} from '../shared/icons.js';
import {callable} from '../shared/last-dialed.js';
import {urgentChip} from '../shared/calls/urgent-sign.js';
import {initialsOf, nameLine, nameOf, personLink, pictureOf} from '../shared/people/people.js';

/** The properties of a stage's parts. */
export interface StageContext {
  readonly call: SipCall;
  readonly localize: LocalizeController;
}

/**
 * Renders the bar at the top: name and number if there is video, warnings, recordings, and the duration.
 *
 * @param more - The sign that the other side records, and the buttons at the end.
 */
export function topBar(
  {call, localize}: StageContext,
  pictured: boolean,
  commands: CommandController,
  {recorded = nothing, buttons}: {recorded?: TemplateResult | typeof nothing | undefined; buttons: unknown},
): TemplateResult {
  const health = healthText(call, localize);
  const {phase, recording} = call.state;
  return html`<div class="top">
    ${urgentChip(call, localize)} ${pictured ? nameLine(call.remote, localize, true) : nothing}
    <span class="space"></span>
    ${
      health
        ? html`<span class="chip health" role="status" title=${health}
            >${call.state.health === 'restored' ? nothing : triangleAlertIcon}<span class="line"
              >${health}</span
            ></span
          >`
        : nothing
    }
    ${phase === 'answered' && isInaudible(call.state.sound) ? soundOffChip({call, localize}, commands) : nothing}
    ${recorded} ${recording && phase === 'answered' ? recordingChip({call, localize}, commands) : nothing}
    ${phase === 'answered' ? html`<sip-quality exportparts="quality"></sip-quality>` : nothing}
    ${
      phase === 'answered'
        ? html`<span class="chip"><sip-duration exportparts="time"></sip-duration></span>`
        : nothing
    }
    ${buttons}
  </div>`;
}

/** Renders the sign that the user has turned the sound of the call off; a press turns it on again. */
function soundOffChip({call, localize}: StageContext, commands: CommandController): TemplateResult {
  const text = localize.term('soundIsOff');
  const turnOn = async (): Promise<void> => {
    await call.unsilence();
    if (call.state.sound.volume === 0) await call.setVolume(1);
  };
  return html`<button
    part="sound-off"
    class="chip off"
    type="button"
    aria-label=${localize.explained(text, localize.term('soundOn'))}
    title=${localize.term('soundOn')}
    @click=${() => void commands.run(turnOn)}
  >
    ${volumeXIcon}<span class="line word">${text}</span>
  </button>`;
}

/** Renders the recording sign with its duration and the pause button. */
function recordingChip({call, localize}: StageContext, commands: CommandController): TemplateResult {
  const paused = call.state.recordingPaused;
  const name = localize.term(paused ? 'resumeRecording' : 'pauseRecording');
  const toggle = (): Promise<void> => (paused ? call.resumeRecording() : call.pauseRecording());
  return html`<span
    class="chip recording ${paused ? 'paused' : ''}"
    title=${localize.term(recordingTerm(call))}
    ><span class="sign"></span>${
      paused ? localize.term('paused') : html`<sip-duration of="recording"></sip-duration>`
    }<button
      part="pause-recording"
      type="button"
      aria-label=${name}
      title=${name}
      @click=${() => void commands.run(toggle)}
    >
      ${paused ? playIcon : pauseIcon}
    </button></span
  >`;
}

/**
 * Renders the other party and the state of the call, shown while there is no video.
 *
 * @param text - The state.
 * @param options.sounds - Whether a button that turns the sound on is below; it also replaces the text that the running clock
 *   makes redundant.
 */
export function middle(
  {call, localize}: StageContext,
  text: string,
  {hidden, sounds}: {hidden: boolean; sounds: boolean},
): TemplateResult {
  const {phase} = call.state;
  const rings = phase === 'ringing' || phase === 'init';
  const {remote} = call;
  const name = nameOf(remote, localize);
  return html`<div part="middle" class="middle" ?hidden=${hidden}>
    <div class="avatar ${rings ? 'rings' : ''}" aria-hidden="true">
      ${initialsOf(remote)}${pictureOf(remote)}
    </div>
    <bdi class="big line" title=${name}>${personLink(remote, name)}</bdi>
    ${name === remote.number ? nothing : html`<bdi class="quiet number line">${remote.number}</bdi>`}
    ${remote.detail ? html`<bdi class="quiet detail line" title=${remote.detail}>${remote.detail}</bdi>` : nothing}
    ${sounds && !isHeld(call) ? nothing : html`<p class="quiet number" aria-hidden="true">${text}</p>`}
  </div>`;
}

/** Returns the state of a call in a few words; of an ended one also how long it was. */
export function stageText({call, localize}: StageContext): string {
  const text = stateText(call, localize);
  const {duration} = call;
  if (call.state.phase !== 'released' || duration === undefined) return text;
  // One sentence goes on with the time.
  return `${text.replace(/^([^.。]+)[.。]$/, '$1')} · ${formatDuration(Math.floor(duration / 1000))}`;
}

/** Renders the controls of an ended call: call again, or clear the stage. */
export function endedControls(
  {call, localize}: StageContext,
  onAgain: (() => void) | undefined,
  onClear: () => void,
): TemplateResult {
  return html`
    ${
      callable({number: call.remote.number, type: call.type})
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
