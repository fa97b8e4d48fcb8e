import type {FloorListener, FloorReport, IntercomService} from '../../../src/core/intercom/floor.js';

/** An intercom's server: a test says what it tells and answers, and reads what it was asked. */
export class StagedFloor implements IntercomService {
  /** The commands that reached it, in order: `ask`, `give back`. */
  readonly commands: string[] = [];
  /** What the next request is answered with, when the test wants it to be. */
  answer: 'granted' | 'queued' | Promise<'granted' | 'queued'> = 'granted';
  /** Fails the next command. */
  failure: Error | undefined;
  closed = false;
  #listener: FloorListener | undefined;

  /** Tells who has the floor. */
  tell(floor: FloorReport['floor'], number = '', name = ''): void {
    this.#listener?.onReport({floor, speaker: number ? {number, name} : undefined});
  }

  /** The server is not heard any more. */
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
