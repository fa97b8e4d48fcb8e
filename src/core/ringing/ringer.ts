import {durations} from '../../durations/page.js';
import type {CueName, ToneName, ToneOutput, TonePlayer} from '../../media/audio/tones.js';
import {isIntercomType, isLine, isLookedAt} from '../call-kinds.js';
import {isActive} from '../call/newest-call.js';
import type {SipCall} from '../call/call.js';
import type {SipDevices} from '../devices/devices.js';
import {normalizeVolume} from '../devices/devices-state.js';
import {phoneOf} from '../tabs/shared-phone.js';
import type {CallCause, ConnectionState, RegistrationState} from '../types.js';
import {StateTarget, type StateEventMap} from '../util/state-target.js';
import type {TypedEventTarget} from '../util/typed-event-target.js';
import {isQuiet, parseQuietHours} from './quiet-hours.js';
import {checkedCountry, type ToneCountry} from './tone-countries.js';
import {endingTone, wantedTones} from './wanted-tones.js';

/** A snapshot of a ringer. */
export interface RingerState {
  /** The tones to play, in no order. */
  readonly tones: readonly ToneName[];
  /** Whether the browser blocks the sound until the user interacts with the page; it starts automatically then. */
  readonly blocked: boolean;
  /** Whether another tab of the same phone rings instead, because the user looks at that one. */
  readonly aside: boolean;
}

/** How long the tone after a failed call plays, in milliseconds. */
const FAILURE_TONE_MS = 3_000;

const NOTHING: readonly ToneName[] = Object.freeze([]);

/** The options of a client that a ringer follows. */
interface RingerOptions {
  readonly ringtone: string;
  readonly ringVolume: number;
  readonly callTones: boolean;
  readonly toneCountry: ToneCountry;
  readonly quietHours: string;
  readonly maxCalls: number;
  readonly sharedWorker: string;
  readonly user: string;
  readonly domain: string;
  readonly servers: readonly string[];
}

/** What a ringer follows of its client. */
interface RingerClient extends TypedEventTarget<
  StateEventMap & {
    'sip-call-answered': CustomEvent<{readonly call: SipCall}>;
    'sip-call-hangup': CustomEvent<{readonly call: SipCall; readonly cause: CallCause}>;
  }
> {
  readonly state: {
    readonly connection: ConnectionState;
    readonly registration: RegistrationState;
    readonly doNotDisturb: boolean;
    readonly calls: readonly SipCall[];
  };
  readonly options: RingerOptions;
  readonly devices: SipDevices;
}

/**
 * Plays the sounds of a client's calls: one ringer per client, however many elements show it.
 *
 * A call that the page silenced (it prevented `sip-call-received`) does not ring. The tones are loaded when the client
 * connects, so that they are ready in time.
 */
export class Ringer extends StateTarget<RingerState> {
  readonly #client: RingerClient;
  readonly #sinks: Record<ToneOutput, string> = {ringer: '', speaker: ''};
  #player: TonePlayer | undefined;
  #loading: Promise<TonePlayer | undefined> | undefined;
  #volume: number;
  #ringtone: string;
  #callTones: boolean;
  #country: ToneCountry;
  #quietHours: string;
  #ending: 'busy' | 'congestion' | undefined;
  #endingTimer: ReturnType<typeof setTimeout> | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #due = false;
  /** Functions that end the routing to the chosen devices, which lasts while the client is connected. */
  #routes: readonly (() => void)[] = [];
  /** Ends the part of this tab in the choice of the one that rings. */
  #part: AbortController | undefined;

  /** @internal Created by its client. */
  constructor(client: RingerClient) {
    super({tones: NOTHING, blocked: false, aside: false});
    this.#client = client;
    const {ringtone, ringVolume, callTones, toneCountry, quietHours} = client.options;
    this.#country = toneCountry;
    this.#quietHours = quietHours;
    this.#ringtone = ringtone;
    this.#volume = ringVolume;
    this.#callTones = callTones;
    client.addEventListener('statechange', () => {
      const {connection} = client.state;
      // Before the first tone, unless there will be none.
      if (connection === 'connected' && (this.#callTones || this.#ringtone !== 'none')) void this.#load();
      this.#direct(connection !== 'disconnected');
      this.#follow();
    });
    client.addEventListener('sip-call-answered', ({detail: {call}}) => {
      if (call.state.autoAnswered) void this.playCue('answered');
    });
    client.addEventListener('sip-call-hangup', ({detail: {call, cause}}) => {
      const tone = endingTone(call, cause);
      if (!tone) return;
      this.#ending = tone;
      this.#endingTimer = setTimeout(this.#endEnding, FAILURE_TONE_MS);
      this.#follow();
    });
  }

  /**
   * The volume of the ringtone, 0–1, unless the user has chosen one by `client.devices`; urgent calls are always loud.
   */
  get volume(): number {
    return this.#volume;
  }

  set volume(volume: number) {
    this.#volume = normalizeVolume(volume);
    this.#onVolume();
  }

  /** The ringtone of incoming calls: `default`, `none`, or the URL of a sound; used from the next call on. */
  get ringtone(): string {
    return this.#ringtone;
  }

  set ringtone(ringtone: string) {
    this.#ringtone = ringtone || 'default';
    if (this.#player) this.#player.ringtone = this.#address;
    this.#follow();
  }

  /**
   * Whether the user hears call tones: ringback, the end of a failed call, changes of an intercom's floor, and a cue
   * when a call is answered automatically.
   */
  get callTones(): boolean {
    return this.#callTones;
  }

  set callTones(callTones: boolean) {
    this.#callTones = callTones;
    this.#follow();
  }

  /**
   * The country whose network tones are played: ringback, busy, congestion and call waiting (ITU-T E.180), by its ISO
   * 3166-1 code; `cn` by default. Takes effect with the next tone.
   *
   * @throws {SipError} `bad-parameter` if the country's tones are not known.
   */
  get toneCountry(): ToneCountry {
    return this.#country;
  }

  set toneCountry(country: string) {
    this.#country = checkedCountry(country);
    if (this.#player) this.#player.country = this.#country;
  }

  /**
   * When calls are shown but do not ring, every day in the user's local time, such as `22:00-07:00`; empty for never.
   * Urgent calls still ring.
   *
   * @throws {SipError} `bad-parameter` if the text contains no valid times.
   */
  get quietHours(): string {
    return this.#quietHours;
  }

  set quietHours(quietHours: string) {
    parseQuietHours(quietHours);
    this.#quietHours = quietHours || '';
    this.#follow();
  }

  /**
   * Plays on another device, until the user chooses one by `client.devices`. Uses the default device if it is gone or
   * the browser cannot select outputs.
   *
   * @param id - A `deviceId` of the browser; empty for the default device.
   * @param output - `ringer` for ringtones, `speaker` for call tones.
   */
  setSinkId(id: string, output: ToneOutput = 'ringer'): void {
    this.#sinks[output] = id;
    void this.#player?.setSinkId(id, output);
  }

  /** Starts sound that the browser blocks; works only within a user gesture. */
  enable(): void {
    this.#player?.resume();
  }

  /** Plays the tone of a pressed key locally: `0`–`9`, `A`–`D`, `*`, `#`. */
  async playKey(key: string): Promise<void> {
    const player = await this.#load();
    // A player that is opened now would stay open.
    if (this.#client.state.connection !== 'disconnected') player?.playKey(key);
  }

  /** Plays a cue once, unless `callTones` is off: for a change of an intercom's floor, or an automatic answer. */
  async playCue(name: CueName): Promise<void> {
    if (!this.#callTones) return;
    const player = await this.#load();
    if (this.#client.state.connection !== 'disconnected') player?.playCue(name);
  }

  /** Routes ringtones to the chosen ringer, and call tones to the chosen speaker. */
  #direct(directs: boolean): void {
    if (directs === this.#routes.length > 0 || typeof AudioContext === 'undefined') return;
    const {devices} = this.#client;
    for (const end of this.#routes) end();
    this.#routes = [];
    if (!directs) return;
    devices.addEventListener('statechange', this.#onVolume);
    this.#routes = [
      ...(['ringer', 'speaker'] as const).map((output) =>
        devices.route({setSinkId: async (id) => this.setSinkId(id, output)}, output),
      ),
      () => devices.removeEventListener('statechange', this.#onVolume),
    ];
  }

  /** Lets only one tab of the phone ring, among those that new calls reach. */
  #share(): void {
    const {sharedWorker, maxCalls} = this.#client.options;
    if (!sharedWorker) return;
    const {connection, registration, doNotDisturb, calls} = this.#client.state;
    const registered = registration === 'registered';
    const taken = calls.filter((call) => isLine(call.type) && isActive(call)).length;
    if (registered && !doNotDisturb && taken < maxCalls) {
      if (!this.#part) void this.#takePart((this.#part = new AbortController()));
      return;
    }
    this.#part?.abort();
    this.#part = undefined;
    // While the connection is restored, the tab that rings stays the same.
    if (registered || connection === 'disconnected') this.update({aside: false});
  }

  async #takePart({signal}: AbortController): Promise<void> {
    const {followFront} = await import('../tabs/front-tab.js');
    if (signal.aborted) return;
    const change = (front: boolean): void => {
      this.update({aside: !front});
      this.#follow();
    };
    change(false);
    followFront(phoneOf(this.#client.options), change, signal);
  }

  get #address(): string {
    return this.#ringtone === 'default' || this.#ringtone === 'none' ? '' : this.#ringtone;
  }

  /**
   * Updates the tones after the current task, because whether a call is silenced is decided synchronously within it.
   */
  #follow(): void {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      this.#update();
    });
  }

  #update(): void {
    this.#share();
    const {calls, connection} = this.#client.state;
    for (const call of calls) {
      // Adding the same listener again has no effect.
      call.addEventListener('statechange', this.#onChange);
      call.addEventListener('streamschange', this.#onChange);
      for (const track of call.remoteStream?.getAudioTracks() ?? [])
        track.addEventListener('unmute', this.#onChange);
    }
    const wanted = wantedTones(calls);
    // A new call ends the tone of a failed one. Monitoring and intercoms, which may last all day, do not.
    if (calls.some(({type}) => !isLookedAt(type) && !isIntercomType(type))) this.#endEnding();
    if (this.#ending) wanted.add(this.#ending);
    if (this.#ringtone === 'none' || this.state.aside)
      for (const name of ['ringtone', 'waiting', 'alarm'] as const) wanted.delete(name);
    const hours = parseQuietHours(this.#quietHours);
    if (hours && isQuiet(hours)) for (const name of ['ringtone', 'waiting'] as const) wanted.delete(name);
    if (!this.#callTones) for (const name of ['ringback', 'busy', 'congestion'] as const) wanted.delete(name);
    const {tones} = this.state;
    if (wanted.size !== tones.length || tones.some((name) => !wanted.has(name))) {
      this.update({tones: Object.freeze([...wanted])});
      if (wanted.size > 0) void this.#load();
      this.#player?.play(wanted);
    }
    if (connection === 'disconnected' && wanted.size === 0) this.#player?.close();
  }

  readonly #onChange = (): void => this.#follow();

  readonly #onVolume = (): void => {
    if (this.#player) this.#player.volume = this.#client.devices.state.ringVolume ?? this.#volume;
  };

  readonly #endEnding = (): void => {
    clearTimeout(this.#endingTimer);
    if (!this.#ending) return;
    this.#ending = undefined;
    this.#follow();
  };

  async #load(): Promise<TonePlayer | undefined> {
    // There is no sound in Node.
    if (typeof AudioContext === 'undefined') return undefined;
    this.#loading ??= import('../../media/audio/tones.js').then(
      ({TonePlayer}) => this.#equip(new TonePlayer(() => this.#onSound())),
      () => (this.#loading = undefined),
    );
    return this.#loading;
  }

  #equip(player: TonePlayer): TonePlayer {
    player.ringtone = this.#address;
    player.country = this.#country;
    for (const output of ['ringer', 'speaker'] as const) void player.setSinkId(this.#sinks[output], output);
    this.#player = player;
    this.#onVolume();
    player.play(new Set(this.state.tones));
    return player;
  }

  #onSound(): void {
    if (!this.#player?.blocked) {
      clearTimeout(this.#patience);
      this.#patience = undefined;
      this.update({blocked: false});
    } else if (!this.state.blocked)
      this.#patience ??= setTimeout(() => {
        this.#patience = undefined;
        this.update({blocked: this.#player?.blocked ?? false});
      }, durations.playbackStart);
  }
}
