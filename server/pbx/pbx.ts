import type {Device} from '../devices/index.js';
import type {Binding} from '../sip/index.js';
import type {Users} from '../users.js';
import {codeOf, type Code} from './codes.js';
import {NO_PICTURE, playTo, soundOf, type PlayedSound, type Sound} from './sounds.js';
import {Voicemail} from './voicemail.js';

/** Who answers at a number, and where. */
export interface Callee {
  readonly party: {readonly number: string; readonly name: string};
  readonly bindings: readonly Binding[];
}

/** What the PBX needs of the server. */
export interface PbxServices {
  readonly users: Users;
  /** Returns where a number is registered. */
  bindings(number: string): readonly Binding[];
  /** Creates a device of the server, which answers at a number. */
  install(number: string, device: Device): Binding;
}

/** The places for parked calls. */
const SLOTS = ['71', '72', '73', '74', '75', '76', '77', '78', '79'];

/** The numbers of the queues. */
const QUEUES: ReadonlySet<string> = new Set(['400']);

/** How long a caller may be parked or speak to a mailbox, in milliseconds. */
const TIMEOUT = 600_000;

/**
 * What a PBX does by feature codes: the preset `freepbx` of the elements' option `features`. All of it is in memory.
 *
 * Calls by SIP alone reach it; those of the JSON API do not.
 */
export class Pbx {
  readonly voicemail = new Voicemail();
  readonly #services: PbxServices;
  readonly #forwarding = new Map<string, string>();
  readonly #undisturbed = new Set<string>();
  readonly #agents = new Map<string, Set<string>>();
  readonly #taken = new Set<string>();
  /** The place that is tried first. */
  #place = 0;

  constructor(services: PbxServices) {
    this.#services = services;
  }

  /** Returns the number whose ringing call a caller wants to answer; undefined if they want something else. */
  pickedUp(dialed: string): string | undefined {
    const code = this.#codeOf(dialed);
    return code?.feature === 'pickup' ? code.number : undefined;
  }

  /** Returns the number whose call a caller wants to listen to, perhaps to whisper to that number. */
  supervised(dialed: string): {readonly number: string; readonly whispers: boolean} | undefined {
    const code = this.#codeOf(dialed);
    if (code?.feature !== 'listenIn' && code?.feature !== 'whisper') return undefined;
    return {number: code.number, whispers: code.feature === 'whisper'};
  }

  /** Whether calls can be parked at a number, or a queue has it. */
  isPlace(number: string): boolean {
    return SLOTS.includes(number) || QUEUES.has(number);
  }

  /** Whether a number is a place, or a code for something. */
  answersAt(number: string): boolean {
    return this.isPlace(number) || this.#codeOf(number) !== undefined;
  }

  /** Whether a number is a place with a parked call. */
  isParked(dialed: string): boolean {
    return this.#taken.has(dialed);
  }

  /**
   * Returns who answers at a number, or the SIP status that refuses the call.
   *
   * @param caller - Who will talk there: whose settings a code changes.
   * @param transferred - Whether another user transfers the caller.
   */
  calleeOf(dialed: string, caller: string, transferred: boolean): Callee | number {
    const code = this.#codeOf(dialed);
    if (code) return this.#calleeOfCode(dialed, code, caller, transferred);
    if (QUEUES.has(dialed)) return this.#queue(dialed);
    const target = this.#forwarding.get(dialed) ?? dialed;
    return this.#undisturbed.has(target) ? 486 : this.#person(target);
  }

  /** An account that has a code for a number goes first. */
  #codeOf(dialed: string): Code | undefined {
    return this.#services.users.get(dialed) ? undefined : codeOf(dialed);
  }

  #person(number: string): Callee | number {
    const party = this.#services.users.get(number);
    return party ? {party, bindings: this.#services.bindings(number)} : 404;
  }

  #queue(number: string): Callee {
    const agents = [...(this.#agents.get(number) ?? [])].filter((agent) => !this.#undisturbed.has(agent));
    const bindings = agents.flatMap((agent) => this.#services.bindings(agent));
    return {party: {number, name: 'Service desk'}, bindings};
  }

  #calleeOfCode(dialed: string, code: Code, caller: string, transferred: boolean): Callee | number {
    const {users} = this.#services;
    switch (code.feature) {
      case 'park':
        return transferred ? this.#park() : 403;
      // Callers are connected with a call that exists.
      case 'pickup':
      case 'listenIn':
      case 'whisper':
        return 403;
      case 'transferToVoicemail':
        return users.get(code.number) ? this.#device(dialed, this.#recorder(code.number, caller)) : 404;
      case 'voicemail':
        return this.#device(
          dialed,
          this.#announcement(() => this.voicemail.take(caller)),
        );
    }
    // Users change their own settings alone.
    if (transferred) return 403;
    if (code.feature === 'forward' && !users.get(code.number)) return 404;
    if ((code.feature === 'queueLogin' || code.feature === 'queueLogout') && !QUEUES.has(code.number))
      return 404;
    const done = (): Sound => {
      this.#set(code, caller);
      return soundOf('done');
    };
    return this.#device(dialed, this.#announcement(done));
  }

  #set(code: Code, caller: string): void {
    switch (code.feature) {
      case 'forward':
        return void this.#forwarding.set(caller, code.number);
      case 'forwardOff':
        return void this.#forwarding.delete(caller);
      case 'dndOn':
        return void this.#undisturbed.add(caller);
      case 'dndOff':
        return void this.#undisturbed.delete(caller);
      case 'queueLogin':
        return void this.#agents.set(
          code.number,
          new Set([...(this.#agents.get(code.number) ?? []), caller]),
        );
      case 'queueLogout':
        return void this.#agents.get(code.number)?.delete(caller);
    }
  }

  #park(): Callee | number {
    // Calls that are parked at the same moment get different places.
    const following = [...SLOTS.slice(this.#place), ...SLOTS.slice(0, this.#place)];
    const slot = following.find((each) => !this.#taken.has(each));
    if (slot === undefined) return 486;
    this.#place = SLOTS.indexOf(slot) + 1;
    return this.#device(slot, {
      timeout: TIMEOUT,
      feed: async (leg) => {
        this.#taken.add(slot);
        const music = playTo(leg, soundOf('music'));
        return {
          sound: music.source,
          picture: NO_PICTURE,
          close: () => {
            music.stop();
            this.#taken.delete(slot);
          },
        };
      },
    });
  }

  /** Plays a sound, then hangs up. */
  #announcement(sound: () => Sound): Device {
    return {
      feed: async (leg, hangUp) => {
        const played = playTo(leg, sound(), hangUp);
        return {sound: played.source, picture: NO_PICTURE, close: () => played.stop()};
      },
    };
  }

  #recorder(user: string, caller: string): Device {
    return {
      timeout: TIMEOUT,
      feed: async (leg) => {
        let keep = (): void => {};
        const beep: PlayedSound = playTo(leg, soundOf('beep'), () => {
          keep = this.voicemail.record(leg, user, caller);
        });
        return {
          sound: beep.source,
          picture: NO_PICTURE,
          close: () => {
            beep.stop();
            keep();
          },
        };
      },
    };
  }

  #device(number: string, device: Device): Callee {
    return {party: {number, name: 'PBX'}, bindings: [this.#services.install(number, device)]};
  }
}
