import '../../locales/controls-en.js';
import {html, nothing, type TemplateResult} from 'lit';
import {state} from 'lit/decorators.js';
import {ClockController, formatDuration} from '../../controllers/clock-controller.js';
import type {SipCall} from '../../core/call/call.js';
import type {FinishedRecording} from '../../core/call/call-state.js';
import {CallControlElement} from './call-control.js';
import {recordingTerm} from '../shared/calls/call-texts.js';
import {circleDotIcon, circleStopIcon, pauseIcon, playIcon} from '../shared/icons/controls.js';
import {property} from '../shared/property.js';
import {styles} from './sip-record-button.styles.js';

/**
 * Records the call, with all voices and the other side's video, and downloads the file when the recording ends: on the
 * second press, or with the call. `client.recordings` keeps it as well.
 *
 * While the call is being recorded, however it was started, the element shows a red sign with the time and a pause
 * button. Removing the button does not end a recording.
 *
 * @fires {CustomEvent<{call: SipCall, id?: string, blob: Blob, name?: string, type: string, duration: number, error?: SipError}>} sip-recording - A recording started by this button is finished. Cancelable: if canceled, it is not downloaded. Does not bubble: the client dispatches the same event.
 * @fires {CustomEvent<{error: SipError}>} sip-error - A recording could not start, or not continue.
 * @slot icon - An icon instead of the element's own.
 * @slot icon-on - An icon instead of that of the pressed button.
 * @csspart button - The buttons; `button record` and `button pause` select each of the two.
 * @csspart time - The red sign and the time, while the call is recorded.
 */
export class SipRecordButtonElement extends CallControlElement {
  static override styles = [super.styles, styles];

  /**
   * The file's name: `{number}`, `{name}`, `{id}` and `{time}` are filled in; `{{` is a literal brace; the extension is
   * added.
   */
  @property() name = 'recording-{number}-{time}';

  /** Puts the user's own video, small, into a corner of the other side's. */
  @property({type: Boolean}) inset = false;

  /** The message about the last recording. */
  @state() private confirmation: 'recordingSaved' | 'recordingEnded' | undefined;
  readonly #clock = new ClockController(this, () => this.current?.recordingDuration);

  protected override render(): TemplateResult {
    const {localize, confirmation} = this;
    const {recording = false, phase} = this.current?.state ?? {};
    return html`${this.button({
        part: 'record',
        name: localize.term(recording ? 'stopRecording' : 'record'),
        icon: recording ? circleStopIcon : circleDotIcon,
        pressed: recording,
        reason: phase === 'answered' ? undefined : localize.term('notYet'),
        command: (call) => (recording ? call.stopRecording() : this.#begin(call)),
      })}${recording ? this.#renderRunning() : nothing}<span class="hidden" role="status"
        >${recording ? this.#sign : confirmation ? localize.term(confirmation) : ''}</span
      >`;
  }

  /** Renders the sign, the time and the pause button while the call is being recorded. */
  #renderRunning(): TemplateResult {
    const {localize} = this;
    const paused = this.current?.state.recordingPaused ?? false;
    const {seconds = 0} = this.#clock;
    return html`<span part="time" class="time number ${paused ? 'paused' : ''}" title=${this.#sign}
        ><span class="sign"></span
        >${paused ? localize.term('paused') : html`<span role="timer">${formatDuration(seconds)}</span>`}</span
      >${this.button({
        part: 'pause',
        aside: true,
        name: localize.term(paused ? 'resumeRecording' : 'pauseRecording'),
        icon: paused ? playIcon : pauseIcon,
        command: (call) => (paused ? call.resumeRecording() : call.pauseRecording()),
      })}`;
  }

  get #sign(): string {
    return this.localize.term(recordingTerm(this.current));
  }

  async #begin(call: SipCall): Promise<void> {
    const ending = new AbortController();
    const onFinished = ({detail}: CustomEvent<FinishedRecording>): boolean => {
      ending.abort();
      return this.#finished(call, detail);
    };
    call.addEventListener('recording', (event) => onFinished(event) || event.preventDefault(), ending);
    try {
      await call.startRecording({name: this.name, inset: this.inset});
    } catch (error) {
      ending.abort();
      throw error;
    }
  }

  /** Returns false if the page prevents the download. */
  #finished(call: SipCall, recording: FinishedRecording): boolean {
    const detail = {call, ...recording};
    const saves = this.dispatchEvent(new CustomEvent('sip-recording', {detail, cancelable: true}));
    this.confirmation = recording.blob.size ? (saves ? 'recordingSaved' : 'recordingEnded') : undefined;
    // While a command is pending, that command reports the failure.
    if (recording.error && !this.commands.pending) this.commands.fail(recording.error);
    return saves;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-record-button': SipRecordButtonElement;
  }
}
