import {readStored, writeStored} from '../util/stored.js';
import type {CallOutput, CallSoundState} from './sound-state.js';

/** What is remembered of a number or group. */
export type RememberedSound = Pick<CallSoundState, 'volume' | 'output'>;

/** The version of the stored data; any other is dropped. */
const VERSION = 1;
/** How many numbers an account remembers. */
const MOST = 200;

/**
 * The volume and the output that the user has chosen for a number or group. Stored for each account in the browser's
 * storage, where the history is stored, too: it survives the page.
 */
export class SoundMemory {
  readonly #key: string;
  readonly #transient: Map<string, RememberedSound>;

  /**
   * @param key - The `localStorage` key; empty if nothing is stored.
   * @param transient - The choices that last as long as the page, if none can be stored.
   */
  constructor(key: string, transient: Map<string, RememberedSound>) {
    this.#key = key;
    this.#transient = transient;
  }

  /** Returns what was chosen for a number; undefined if nothing was. */
  get(number: string): RememberedSound | undefined {
    return this.#current.get(number);
  }

  /**
   * Remembers the choice for a number; full volume on the selected output is forgotten. So is the volume 0: the next call
   * of the number would be silent from its start.
   */
  set(number: string, {volume: chosen, output}: RememberedSound): void {
    const volume = chosen || 1;
    const sounds = this.#current;
    sounds.delete(number);
    if (volume !== 1 || output !== 'selected') sounds.set(number, {volume, output});
    this.#write([...sounds].slice(-MOST));
  }

  /** The choices; another tab, or the history that was cleared, may have changed the stored ones. */
  get #current(): Map<string, RememberedSound> {
    return this.#read() ?? this.#transient;
  }

  /** Reads the entries, which any script of the page may have written; undefined if none can be stored. */
  #read(): Map<string, RememberedSound> | undefined {
    const stored = readStored(this.#key, VERSION);
    if (!stored) return undefined;
    const {sounds} = stored;
    return new Map(Array.isArray(sounds) ? sounds.filter(isEntry) : []);
  }

  /** A full storage keeps the choices that it has. */
  #write(sounds: readonly (readonly [string, RememberedSound])[]): void {
    writeStored(this.#key, VERSION, sounds.length ? {sounds} : undefined);
  }
}

function isEntry(value: unknown): value is [string, RememberedSound] {
  if (!Array.isArray(value) || typeof value[0] !== 'string') return false;
  const {volume, output} = (value[1] ?? {}) as Readonly<Record<string, unknown>>;
  return isVolume(volume) && isOutput(output);
}

/** Whether a value, which a page may have given, is a volume. */
export function isVolume(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

/** Whether a value, which a page may have given, is an output. */
export function isOutput(value: unknown): value is CallOutput {
  return value === 'selected' || value === 'unselected';
}
