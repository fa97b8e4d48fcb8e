import type {BaseClient} from '../../../core/client/client.js';
import {StateTarget} from '../../../core/util/state-target.js';
import type {RollCall} from './roll-call.js';

/** A person, a device or a group of the directory that the user has selected. */
export interface Selected {
  readonly kind: 'person' | 'group';
  readonly number: string;
  readonly name: string;
  /** The server's user type (docs/protocol/numbers.md#user-types) of a person. */
  readonly type?: number | undefined;
}

/** A snapshot of a selection. */
export interface SelectionState {
  /** In the order in which they were selected. */
  readonly items: readonly Selected[];
  /** The roll call that was begun last: it goes on without the bar, and each bar of the client shows it. */
  readonly rollCall?: RollCall | undefined;
  /** How many places of bars, which act on it, the page has. */
  readonly places: number;
}

/** The people and groups that the user has selected, in whatever element of a client. */
export class Selection extends StateTarget<SelectionState> {
  constructor() {
    super({items: Object.freeze([]), places: 0});
  }

  has({kind, number}: Selected): boolean {
    return this.state.items.some((item) => item.kind === kind && item.number === number);
  }

  /** Adds what is not selected yet. */
  add(items: readonly Selected[]): void {
    const known = new Set(this.state.items.map(keyOf));
    const fresh = items.filter((item) => !known.has(keyOf(item)) && known.add(keyOf(item)));
    if (fresh.length) this.#set([...this.state.items, ...fresh]);
  }

  remove(item: Selected): void {
    if (this.has(item)) this.#set(this.state.items.filter((each) => keyOf(each) !== keyOf(item)));
  }

  toggle(item: Selected): void {
    if (this.has(item)) this.remove(item);
    else this.add([item]);
  }

  clear(): void {
    if (this.state.items.length) this.#set([]);
  }

  /** Selects these instead of what was selected. */
  replace(items: readonly Selected[]): void {
    if (items.map(keyOf).join() !== this.state.items.map(keyOf).join()) this.#set([...items]);
  }

  /** Adds or removes the place of a bar. */
  addPlaces(count: 1 | -1): void {
    this.update({places: this.state.places + count});
  }

  setRollCall(rollCall: RollCall | undefined): void {
    this.update({rollCall});
  }

  #set(items: readonly Selected[]): void {
    this.update({items: Object.freeze(items)});
  }
}

const keyOf = ({kind, number}: Selected): string => `${kind} ${number}`;

/** The place of the selection on a client: several bundles of a page share it. */
const PLACE = Symbol.for('sip-elements/selection@1');

/** Returns the selection that all elements of a client have in common; it is empty again when the user has signed out. */
export function selectionOf(client: BaseClient): Selection {
  const place = client as {[PLACE]?: Selection};
  place[PLACE] ??= emptied(new Selection(), client);
  return place[PLACE];
}

function emptied(selection: Selection, client: BaseClient): Selection {
  const follow = (): void =>
    client.ending.addEventListener(
      'abort',
      () => {
        selection.clear();
        selection.setRollCall(undefined);
        // The next one takes its place as soon as this one is over.
        queueMicrotask(follow);
      },
      {once: true},
    );
  follow();
  return selection;
}
