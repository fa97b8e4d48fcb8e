import type {CueName, ToneName, ToneOutput, TonePlayer} from '../../media/audio/tones.js';
import {isIntercomType, isLookedAt} from '../call/call-kinds.js';
import type {ClientSource} from '../client/client-state.js';
import type {SipDevices} from '../devices/devices.js';
import type {ResolvedOptions} from '../client/options.js';
import {StateTarget} from '../util/state-target.js';
import {isQuiet, parseQuietHours} from './quiet-hours.js';
import {checkedCountry, type ToneCountry} from './tone-countries.js';
import {normalizeVolume} from '../util/volume.js';
import {endingTone, wantedTones} from './wanted-tones.js';

/** What a ringer does at one moment. */
export interface RingerState {
  /** What is to be heard, in no order. */
  readonly tones: readonly ToneName[];
  /** The browser keeps it off until the user does something on the page; it is heard then without being asked again. */
  readonly blocked: boolean;
}

/** How long a caller is told that his call came to nothing, in milliseconds. */
const ENDING = 3_000;
/** How long a browser may take to begin before that counts as a refusal, in milliseconds. */
const PATIENCE = 400;

const NOTHING: readonly ToneName[] = Object.freeze([]);

/** What a ringer follows of its client. */
interface RingerClient extends ClientSource {
  readonly options: Pick<ResolvedOptions, 'ringtone' | 'ringVolume' | 'callTones' | 'tones' | 'quietHours'>;
  readonly devices: SipDevices;
}

/**
 * Lets be heard what a client's calls do: one ringer a client, however many elements show it.
 *
 * A call that the page keeps quiet (it prevented `sip-call-received`) does not ring. The tones are loaded when the client
 * connects, so that none is missing when it is needed.
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
  /** Keeps it on the devices that were chosen, while the client has a connection. */
  #routes: readonly (() => void)[] = [];

  /** @internal Made by its client. */
  constructor(client: RingerClient) {
    super({tones: NOTHING, blocked: false});
    this.#client = client;
    const {ringtone, ringVolume, callTones, tones, quietHours} = client.options;
    this.#country = tones;
    this.#quietHours = quietHours;
    this.#ringtone = ringtone;
    this.#volume = ringVolume;
    this.#callTones = callTones;
    client.addEventListener('statechange', () => {
      const {connection} = client.state;
      if (connection === 'connected') void this.#load();
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
      this.#endingTimer = setTimeout(this.#endEnding, ENDING);
      this.#follow();
    });
  }

  /** How loud the ringtone is, 0–1, where its user has chosen nothing else by `client.devices`; urgent calls are always loud. */
  get volume(): number {
    return this.#volume;
  }

  set volume(volume: number) {
    this.#volume = normalizeVolume(volume);
    this.#onVolume();
  }

  /** What an incoming call sounds like: `default`, `none`, or the address of a sound; the next call rings with it. */
  get ringtone(): string {
    return this.#ringtone;
  }

  set ringtone(ringtone: string) {
    this.#ringtone = ringtone || 'default';
    if (this.#player) this.#player.ringtone = this.#address;
    this.#follow();
  }

  /** Whether a caller hears the ringing over there, that a call came to nothing, what an intercom's floor does, and that a call was answered by itself. */
  get callTones(): boolean {
    return this.#callTones;
  }

  set callTones(callTones: boolean) {
    this.#callTones = callTones;
    this.#follow();
  }

  /**
   * The country whose network's tones a person hears: ringback, busy, congestion and waiting (ITU-T E.180), by its code in ISO 3166-1;
   * `cn` by default. Counts from the next tone on.
   *
   * @throws {SipError} `bad-parameter` where its tones are not known.
   */
  get country(): ToneCountry {
    return this.#country;
  }

  set country(country: string) {
    this.#country = checkedCountry(country);
    if (this.#player) this.#player.country = this.#country;
  }

  /**
   * When calls are seen and not heard, every day by the user's clock, as `22:00-07:00`; empty for never. Urgent calls are
   * heard all the same.
   *
   * @throws {SipError} `bad-parameter` where it says no times.
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
   * Rings on another device, until one is chosen by `client.devices`; on the usual one where it is gone or the browser
   * cannot choose.
   *
   * @param id - A `deviceId` of the browser's; empty for the usual device.
   * @param output - `ringer` for what calls a person, `speaker` for what a person on the phone hears.
   */
  setSinkId(id: string, output: ToneOutput = 'ringer'): void {
    this.#sinks[output] = id;
    void this.#player?.setSinkId(id, output);
  }

  /** Lets be heard what the browser keeps off; works within a gesture of the user's alone. */
  enable(): void {
    this.#player?.resume();
  }

  /** Lets the sound of a pressed key be heard here: `0`–`9`, `A`–`D`, `*`, `#`. */
  async playKey(key: string): Promise<void> {
    const player = await this.#load();
    // What it opened would stay open.
    if (this.#client.state.connection !== 'disconnected') player?.playKey(key);
  }

  /** Lets be heard once, where `callTones` are, what has become of an intercom's floor, or that a call was answered by itself. */
  async playCue(name: CueName): Promise<void> {
    if (!this.#callTones) return;
    const player = await this.#load();
    if (this.#client.state.connection !== 'disconnected') player?.playCue(name);
  }

  /** What calls a person sounds on the chosen ringer, what a person on the phone hears on the chosen speaker. */
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

  get #address(): string {
    return this.#ringtone === 'default' || this.#ringtone === 'none' ? '' : this.#ringtone;
  }

  /** Looks what there is to be heard, once what happens now has happened: whether a call is quiet turns out at once. */
  #follow(): void {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      this.#update();
    });
  }

  #update(): void {
    const {calls, connection} = this.#client.state;
    for (const call of calls) {
      // Adding a listener once more changes nothing.
      call.addEventListener('statechange', this.#onChange);
      call.addEventListener('streamschange', this.#onChange);
      for (const track of call.remoteStream?.getAudioTracks() ?? [])
        track.addEventListener('unmute', this.#onChange);
    }
    const wanted = wantedTones(calls);
    // Whoever goes on has heard enough of it; what may stand all day long says nothing of that.
    if (calls.some(({type}) => !isLookedAt(type) && !isIntercomType(type))) this.#endEnding();
    if (this.#ending) wanted.add(this.#ending);
    if (this.#ringtone === 'none')
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
    // In Node nothing sounds.
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
      }, PATIENCE);
  }
}
