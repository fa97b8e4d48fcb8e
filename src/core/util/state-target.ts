import {TypedEventTarget} from './typed-event-target.js';

/** The event that every owner of a state dispatches. */
export interface StateEventMap {
  statechange: Event;
}

/** An object whose state can be read and followed. */
export interface StateSource<S extends object> extends EventTarget {
  readonly state: Readonly<S>;
}

/** Resolves once an object whose changes dispatch `statechange` is as wanted. */
export async function until(source: EventTarget, wanted: () => boolean): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (!wanted()) return;
      source.removeEventListener('statechange', look);
      resolve();
    };
    source.addEventListener('statechange', look);
    look();
  });
}

/** Returns the list before if the next one has the same entries, and otherwise the next one, frozen. */
export function keptList<T>(before: readonly T[], next: readonly T[]): readonly T[] {
  const same = before.length === next.length && next.every((entry, index) => entry === before[index]);
  return same ? before : Object.freeze(next);
}

/** Returns the state with the changes, frozen; the same state if nothing changes. */
export function patched<S extends object>(state: Readonly<S>, patch: Partial<S>): Readonly<S> {
  const keys = Object.keys(patch) as (keyof S)[];
  if (keys.every((key) => Object.is(patch[key], state[key]))) return state;
  return Object.freeze({...state, ...patch});
}

/** Owns one frozen state, and dispatches `statechange` after a part of it has changed. */
export abstract class StateTarget<
  S extends object,
  M extends StateEventMap & Record<keyof M, Event> = StateEventMap,
>
  extends TypedEventTarget<M>
  implements StateSource<S>
{
  #state: Readonly<S>;

  protected constructor(initial: S) {
    super();
    this.#state = Object.freeze(initial);
  }

  /** The current state: replaced on a change, never mutated. */
  get state(): Readonly<S> {
    return this.#state;
  }

  /** Changes parts of the state; does nothing if they are the same. */
  protected update(patch: Partial<S>): void {
    const state = patched(this.#state, patch);
    if (state === this.#state) return;
    this.#state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}
