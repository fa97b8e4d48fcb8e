import type {ReactiveElement} from 'lit';
import type {CommandController} from '../../../controllers/command-controller.js';
import {isForeign, numbersOf} from '../../../core/util/number.js';
import {plainName} from '../../../core/util/plain-name.js';
import type {Party} from '../../../core/types.js';
import {toSipError} from '../../../errors.js';
import {PERSON_TYPE} from './dragged-person.js';

/** What a drop needs of its element. */
export interface PeopleDropContext {
  readonly host: ReactiveElement;
  readonly commands: CommandController;
}

/** Accepts people dragged onto an element, through handlers for the events of its box. */
export class PeopleDrop {
  readonly #context: PeopleDropContext;
  readonly #onTake: (people: readonly Party[]) => void;
  #over = false;

  /** @param onTake - Called with the dropped people; its errors are reported. */
  constructor(context: PeopleDropContext, onTake: (people: readonly Party[]) => void) {
    this.#context = context;
    this.#onTake = onTake;
  }

  /** Whether a person is being dragged over the element. */
  get over(): boolean {
    return this.#over;
  }

  readonly onDrag = (event: DragEvent): void => {
    if (!carriesPeople(event)) return;
    event.preventDefault();
    event.dataTransfer!.dropEffect = 'copy';
    this.#setOver(true);
  };

  readonly onLeave = ({relatedTarget}: DragEvent): void => {
    if (!this.#context.host.renderRoot.contains(relatedTarget as Node | null)) this.#setOver(false);
  };

  readonly onDrop = (event: DragEvent): void => {
    this.#setOver(false);
    if (!carriesPeople(event)) return;
    event.preventDefault();
    try {
      this.#onTake(droppedPeople(event));
    } catch (error) {
      this.#context.commands.fail(toSipError(error));
    }
  };

  #setOver(over: boolean): void {
    if (over === this.#over) return;
    this.#over = over;
    this.#context.host.requestUpdate();
  }
}

/** Whether the dragged data may be a person. */
function carriesPeople({dataTransfer}: DragEvent): boolean {
  const types = dataTransfer?.types ?? [];
  return types.includes(PERSON_TYPE) || types.includes('text/plain');
}

/**
 * Reads the dropped people: a person of a `<sip-directory>`, or a text with numbers.
 *
 * @throws {SipError} `invalid-number`
 */
function droppedPeople({dataTransfer}: DragEvent): readonly Party[] {
  const person = readPerson(dataTransfer?.getData(PERSON_TYPE));
  if (person) return [person];
  return numbersOf(dataTransfer?.getData('text/plain') ?? '').map((number) => ({number, name: ''}));
}

/** Reads a person that a page has written: this one, or any other. A name is not taken for a number of another domain. */
function readPerson(text: string | undefined): Party | undefined {
  if (!text) return undefined;
  try {
    const {number, name} = JSON.parse(text) as Partial<Record<'number' | 'name', unknown>>;
    const [clean] = numbersOf([String(number)]);
    return clean ? {number: clean, name: isForeign(clean) ? '' : plainName(name)} : undefined;
  } catch {
    // Another page may use the same type name.
    return undefined;
  }
}
