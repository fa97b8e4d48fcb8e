import {html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {Recordings, StoredRecording} from '../../../core/recordings/recordings.js';
import '../../../locales/desk/recordings-en.js';
import {commandButton} from '../buttons/command-button.js';
import {defineInner} from '../define-inner.js';
import {circleStopIcon, playIcon} from '../icons/controls.js';
import {RecordingPlayerElement} from './recording-player.js';

defineInner({'sip-recording-player': RecordingPlayerElement});

/** Renders the player of a recording, which begins to play once it is loaded. */
export function recordingPlayer(
  recordings: Recordings | undefined,
  id: string,
  label: string,
): TemplateResult {
  return html`<sip-recording-player
    part="player"
    .recordings=${recordings}
    .recording=${id}
    .label=${label}
  ></sip-recording-player>`;
}

/** The recordings of the calls that a list shows: a button in the row of each, and the player of the one that plays. */
export class RecordedCalls implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #localize: LocalizeController;
  readonly #getRecordings: () => Recordings | undefined;
  #recordings: Recordings | undefined;
  #ending = new AbortController();
  /** By the id of the call; a call may have several, the oldest first. */
  #byCall: ReadonlyMap<string, readonly StoredRecording[]> = new Map();
  /** The id of the call that plays. */
  #playing = '';

  constructor(
    host: ReactiveElement,
    localize: LocalizeController,
    getRecordings: () => Recordings | undefined,
  ) {
    this.#host = host;
    this.#localize = localize;
    this.#getRecordings = getRecordings;
    host.addController(this);
    // The host is being drawn: it asks for no update of its own then.
    this.#follow(getRecordings());
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    this.#follow(this.#host.isConnected ? this.#getRecordings() : undefined);
  }

  hostDisconnected(): void {
    this.#follow(undefined);
  }

  /** The recordings of a call, or what says that it plays: what its row is drawn from. */
  stateOf(call: string): unknown {
    return this.#playing === call ? this.#playing : this.#byCall.get(call)?.[0]?.id;
  }

  /** Renders the button that plays the recording of a call, or closes its player; nothing if there is none. */
  button(call: string, name: string): TemplateResult | typeof nothing {
    if (!this.#byCall.has(call)) return nothing;
    const plays = this.#playing === call;
    const press = (): void => {
      this.#playing = plays ? '' : call;
      this.#host.requestUpdate();
    };
    return commandButton(
      this.#localize.term(plays ? 'closeRecording' : 'playRecording', name),
      plays ? circleStopIcon : playIcon,
      press,
      {part: 'play', look: 'act plain'},
    );
  }

  /** Renders the player of a call's recordings, if they play. */
  player(call: string, name: string): unknown {
    if (this.#playing !== call) return nothing;
    return this.#byCall.get(call)?.map(({id}) => recordingPlayer(this.#recordings, id, name));
  }

  #follow(recordings: Recordings | undefined): void {
    if (recordings === this.#recordings) return;
    this.#ending.abort();
    this.#ending = new AbortController();
    this.#recordings = recordings;
    this.#byCall = new Map();
    this.#playing = '';
    recordings?.addEventListener('change', () => void this.#read(), {signal: this.#ending.signal});
    void this.#read();
  }

  async #read(): Promise<void> {
    const recordings = this.#recordings;
    // What cannot be read has no button.
    const list = (await recordings?.list().catch(() => [])) ?? [];
    if (recordings !== this.#recordings) return;
    const byCall = new Map<string, readonly StoredRecording[]>();
    for (const each of list)
      if (each.state !== 'recording') byCall.set(each.call, [each, ...(byCall.get(each.call) ?? [])]);
    this.#byCall = byCall;
    if (!this.#byCall.has(this.#playing)) this.#playing = '';
    this.#host.requestUpdate();
  }
}
