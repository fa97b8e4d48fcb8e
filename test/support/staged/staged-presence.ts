import type {PersonState, PresenceService} from '../../../src/core/directory/people.js';
import type {StagedClient} from './staged-client.js';

/** The states of watched numbers, set by the test. */
export class StagedPresence implements PresenceService {
  /** The requests, in order. */
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

  /** Changes somebody's state. */
  tell(client: StagedClient, number: string, state: PersonState | undefined): void {
    this.#states.set(number, state);
    client.host.personChanged(number, state);
  }
}
