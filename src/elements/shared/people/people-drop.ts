import {numbersOf} from '../../../core/util/number.js';
import type {Party} from '../../../core/types.js';
import {toSipError} from '../../../errors.js';
import {PERSON_TYPE} from './dragged-person.js';
import type {ViewContext} from '../view-context.js';

/** Takes people that are dragged onto an element: it listens to what its box tells. */
export class PeopleDrop {
  readonly #context: ViewContext;
  readonly #onTake: (people: readonly Party[]) => void;
  #over = false;

  /** @param onTake - Told who was dropped; what it throws is told. */
  constructor(context: ViewContext, onTake: (people: readonly Party[]) => void) {
    this.#context = context;
    this.#onTake = onTake;
  }

  /** Whether somebody is dragged over it. */
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
      this.#context.commands.tell(toSipError(error));
    }
  };

  #setOver(over: boolean): void {
    if (over === this.#over) return;
    this.#over = over;
    this.#context.host.requestUpdate();
  }
}

/** Whether something that is dragged may be somebody. */
function carriesPeople({dataTransfer}: DragEvent): boolean {
  const types = dataTransfer?.types ?? [];
  return types.includes(PERSON_TYPE) || types.includes('text/plain');
}

/**
 * Reads who was dropped: somebody of a `<sip-directory>`, or a text with numbers.
 *
 * @throws {SipError} `invalid-number`
 */
function droppedPeople({dataTransfer}: DragEvent): readonly Party[] {
  const person = readPerson(dataTransfer?.getData(PERSON_TYPE));
  if (person) return [person];
  return numbersOf(dataTransfer?.getData('text/plain') ?? '').map((number) => ({number, name: ''}));
}

function readPerson(text: string | undefined): Party | undefined {
  if (!text) return undefined;
  try {
    const {number, name} = JSON.parse(text) as Partial<Record<'number' | 'name', unknown>>;
    const [clean] = numbersOf([String(number)]);
    return clean ? {number: clean, name: typeof name === 'string' ? name : ''} : undefined;
  } catch {
    // Another page may use the name as well.
    return undefined;
  }
}
