import {html, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {ClockController, formatDuration} from '../controllers/clock-controller.js';
import type {SipCall} from '../core/call.js';
import type {FinishedRecording} from '../core/call-recording.js';
import {filledIn} from '../core/file-name.js';
import {CallControlElement} from './call-control.js';
import {circleDotIcon, circleStopIcon} from './icons.js';
import {styles} from './sip-record-button.styles.js';

/**
 * Records the call, both voices and the other side's picture, and downloads the file when it is finished: when pressed
 * again, or with the call.
 *
 * While the call is recorded, by whatever means, there is a red sign with the time. A recording goes on when the button
 * is taken away.
 *
 * @fires {CustomEvent<{call: SipCall, blob: Blob, name?: string, type: string, duration: number, error?: SipError}>} sip-recording - A recording that it began is finished. Cancelable: then it is not downloaded. It does not bubble: the client tells the same.
 * @fires {CustomEvent<{error: SipError}>} sip-error - It could not begin, or not go on.
 * @csspart button - The button.
 * @csspart time - The red sign and the time, while the call is recorded.
 */
export class SipRecordButtonElement extends CallControlElement {
  static override styles = [super.styles, styles];

  /** The file's name: `{number}`, `{name}`, `{id}` and `{time}` are filled in, the ending is added. */
  @property() name = 'recording-{number}-{time}';

  /** What is said of the last recording. */
  @state() private said: 'recordingSaved' | 'recordingEnded' | undefined;
  readonly #clock = new ClockController(this, () => this.current?.state.recordingSince);

  protected override render(): TemplateResult {
    const {localize, said} = this;
    const recording = this.current?.state.recording ?? false;
    const {seconds} = this.#clock;
    return html`${this.button({
        part: 'record',
        name: localize.term(recording ? 'stopRecording' : 'record'),
        icon: recording ? circleStopIcon : circleDotIcon,
        pressed: recording,
        reason: this.current?.state.phase === 'answered' ? undefined : localize.term('notYet'),
        command: (call) => (recording ? call.stopRecording() : this.#begin(call)),
      })}${
        recording && seconds !== undefined
          ? html`<span part="time" class="time number" title=${localize.term('recordingOn')}
              ><span class="sign"></span><span role="timer">${formatDuration(seconds)}</span></span
            >`
          : nothing
      }<span class="hidden" role="status"
        >${recording ? localize.term('recordingOn') : said ? localize.term(said) : ''}</span
      >`;
  }

  async #begin(call: SipCall): Promise<void> {
    const ending = new AbortController();
    const onFinished = ({detail}: CustomEvent<FinishedRecording>): boolean => {
      ending.abort();
      return this.#finished(call, detail);
    };
    call.addEventListener('recording', (event) => onFinished(event) || event.preventDefault(), ending);
    try {
      await call.startRecording({name: filledIn(this.name, call)});
    } catch (error) {
      ending.abort();
      throw error;
    }
  }

  /** False where the page does not want it to be downloaded. */
  #finished(call: SipCall, recording: FinishedRecording): boolean {
    const detail = {call, ...recording};
    const saves = this.dispatchEvent(new CustomEvent('sip-recording', {detail, cancelable: true}));
    this.said = recording.blob.size ? (saves ? 'recordingSaved' : 'recordingEnded') : undefined;
    // What a press waits for, the press tells.
    if (recording.error && !this.commands.pending) this.commands.tell(recording.error);
    return saves;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-record-button': SipRecordButtonElement;
  }
}
