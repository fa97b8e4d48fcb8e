import {mediaDurations} from '../../durations/media.js';
import {SipError, textOf, toSipError} from '../../errors.js';
import type {
  ChosenEffect,
  DeviceEffect,
  EffectChoice,
  EffectName,
} from '../../media/devices/device-effect.js';
import type {InputKind} from '../../media/devices/device-choice.js';
import {TaskQueue} from '../../task-queue.js';
import {within} from '../../within.js';
import {StateTarget} from '../util/state-target.js';
import {readStored, writeStored} from '../util/stored.js';

/** What the user can choose of an effect, and has chosen. */
export interface OfferedEffect {
  readonly name: EffectName;
  readonly kind: InputKind;
  readonly choices: readonly EffectChoice[];
  /** The id of the choice that is used; empty for none. */
  readonly selected: string;
  /** The id of the choice that is getting ready, empty for none; undefined if nothing is. */
  readonly starting: string | undefined;
}

/** The devices that have effects. */
export interface EffectDevices {
  /** The `localStorage` key of the choice of devices. */
  readonly storage: string;
  readonly effects: DeviceEffects | undefined;
  /** Has every call use what is chosen now. */
  apply(kind: InputKind): Promise<void>;
}

/** The effects that a page offers. */
export interface EffectsState {
  readonly offered: readonly OfferedEffect[];
}

/** The id of the choice of each effect. */
type Chosen = Partial<Record<EffectName, string>>;

/** The version of what is stored. */
const VERSION = 1;

/** The effects that a page offers for the user's sound and picture, and the user's choice, which is remembered. */
export class DeviceEffects extends StateTarget<EffectsState> {
  readonly #devices: EffectDevices;
  readonly #effects = new Map<InputKind, DeviceEffect>();
  readonly #chosen: Chosen;
  readonly #selection = new TaskQueue();
  #starting: {readonly name: EffectName; readonly choice: string} | undefined;

  constructor(devices: EffectDevices) {
    super({offered: Object.freeze([])});
    this.#devices = devices;
    this.#chosen = chosenIn(devices.storage);
  }

  /** Offers effects, instead of those of the same kind of device. */
  offer(effects: readonly DeviceEffect[]): void {
    for (const effect of effects) {
      if (!isEffect(effect))
        throw new SipError('bad-parameter', {
          subject: 'offer',
          expected: "backgrounds({assets: '/background/'})",
        });
      this.#effects.set(effect.kind, effect);
    }
    this.#publish();
  }

  /**
   * Chooses what an effect does; resolves when every call has it. No call is renegotiated.
   *
   * @param choice - The id of one of its choices; empty for nothing.
   * @throws {SipError} `bad-parameter` if the page does not offer it; `effect-failed` if it cannot run: the choice stays as
   * it was.
   */
  async select(name: EffectName, choice: string): Promise<void> {
    const effect = [...this.#effects.values()].find((each) => each.name === name);
    if (!effect || (choice && !effect.choices.some(({id}) => id === choice)))
      throw new SipError('bad-parameter', {
        subject: choice,
        expected: effect?.choices.map(({id}) => `'${id}'`).join(),
      });
    await this.#selection.run(() => this.#select(effect, choice));
  }

  /** The effect that is used for the devices of a kind. */
  of(kind: InputKind): ChosenEffect | undefined {
    const effect = this.#effects.get(kind);
    const choice = effect && this.#choiceOf(effect);
    return choice ? {effect, choice, isTried: this.#starting !== undefined} : undefined;
  }

  /** A choice that the page offers no longer is replaced by the first one: what is hidden stays so. */
  #choiceOf({name, choices}: DeviceEffect): string {
    const chosen = this.#chosen[name] ?? '';
    return !chosen || choices.some(({id}) => id === chosen) ? chosen : (choices[0]?.id ?? '');
  }

  async #select(effect: DeviceEffect, choice: string): Promise<void> {
    const {name, kind} = effect;
    const before = this.#chosen[name] ?? '';
    this.#starting = {name, choice};
    this.#publish();
    try {
      // A server that never answers would keep the user from choosing anything else.
      if (choice && !(await within(effect.prepare(choice).then(ready, failed), mediaDurations.deviceEffect)))
        failed(new DOMException('It took too long.', 'TimeoutError'));
      this.#chosen[name] = choice;
      try {
        await this.#devices.apply(kind);
      } catch (error) {
        this.#chosen[name] = before;
        // Calls that have it already go back.
        await this.#devices.apply(kind).catch(() => {});
        throw toSipError(error);
      }
      writeStored(keyOf(this.#devices.storage), VERSION, this.#chosen);
    } finally {
      this.#starting = undefined;
      this.#publish();
    }
  }

  #publish(): void {
    const offered = [...this.#effects.values()].map((effect) =>
      Object.freeze({
        name: effect.name,
        kind: effect.kind,
        choices: effect.choices,
        selected: this.#choiceOf(effect),
        starting: this.#starting?.name === effect.name ? this.#starting.choice : undefined,
      }),
    );
    this.update({offered: Object.freeze(offered)});
  }
}

/** Offers effects for devices. */
export function offerEffects(devices: EffectDevices, effects: readonly DeviceEffect[]): DeviceEffects {
  const all = devices.effects ?? new DeviceEffects(devices);
  all.offer(effects);
  // Devices that were open before have what the user has chosen, too.
  for (const {kind} of effects) devices.apply(kind).catch(() => {});
  return all;
}

function isEffect(value: unknown): value is DeviceEffect {
  const {kind, choices, process, prepare} = (value ?? {}) as Record<string, unknown>;
  return (
    (kind === 'microphone' || kind === 'camera') &&
    Array.isArray(choices) &&
    typeof process === 'function' &&
    typeof prepare === 'function'
  );
}

const ready = (): true => true;

function failed(cause: unknown): never {
  throw new SipError('effect-failed', {cause, subject: textOf(cause)});
}

const keyOf = (storage: string): string => `${storage}-effects`;

function chosenIn(storage: string): Chosen {
  const stored = Object.entries(readStored(keyOf(storage), VERSION) ?? {});
  return Object.fromEntries(stored.filter(([, id]) => typeof id === 'string'));
}
