import type {FloorListener, FloorReport, IntercomService} from '../../../src/core/intercom/floor.js';

/** The server of an intercom: the test sends its events and answers, and reads the requests. */
export class StagedFloor implements IntercomService {
  /** The commands that reached it, in order: `ask`, `give back`. */
  readonly commands: string[] = [];
  /** The answer to the next request, at the time the test chooses. */
  answer: 'granted' | 'queued' | Promise<'granted' | 'queued'> = 'granted';
  /** Fails the next command. */
  failure: Error | undefined;
  closed = false;
  #listener: FloorListener | undefined;

  /** Reports who has the floor. */
  tell(floor: FloorReport['floor'], number = '', name = '', more: Partial<FloorReport> = {}): void {
    this.#listener?.onReport({...more, floor, speaker: number ? {number, name} : undefined});
  }

  /** The server falls silent. */
  lose(): void {
    this.#listener?.onLost();
  }

  follow(listener: FloorListener): void {
    this.#listener = listener;
  }

  close(): void {
    this.closed = true;
  }

  async ask(): Promise<'granted' | 'queued'> {
    this.#take('ask');
    return this.answer;
  }

  async giveBack(): Promise<void> {
    this.#take('give back');
  }

  #take(command: string): void {
    this.commands.push(command);
    const {failure} = this;
    this.failure = undefined;
    if (failure) throw failure;
  }
}
