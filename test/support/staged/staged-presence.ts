import type {PersonState, PresenceService} from '../../../src/core/directory/people.js';
import type {StagedClient} from './staged-client.js';

/** What a server tells of numbers that are watched, as a test writes it down. */
export class StagedPresence implements PresenceService {
  /** What was asked for, in order. */
  readonly asked: string[] = [];
  readonly #states = new Map<string, PersonState | undefined>();

  watch(number: string): void {
    this.asked.push(`watch ${number}`);
  }

  unwatch(number: string): void {
    this.asked.push(`unwatch ${number}`);
  }

  stateOf(number: string): PersonState | undefined {
    return this.#states.get(number);
  }

  /** Somebody is otherwise than before. */
  tell(client: StagedClient, number: string, state: PersonState | undefined): void {
    this.#states.set(number, state);
    client.host.personChanged(number, state);
  }
}
