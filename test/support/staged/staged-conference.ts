import type {CallFiles} from '../../../src/core/call/call-init.js';
import type {
  ConferenceAbilities,
  ConferenceService,
  MembersListener,
  MemberSwitch,
} from '../../../src/core/conference/conference.js';
import type {MemberReport} from '../../../src/core/conference/conference-member.js';

/** The server of a conference: the test sends its events, and reads the requests. */
export class StagedConference implements ConferenceService {
  /** The commands that reached it, in order: `add 1004`, `speaking 1003 off`, `play f1 2` … */
  readonly commands: string[] = [];
  /** Fails the next command. */
  failure: Error | undefined;
  /** How often the members were requested. */
  asked = 0;
  closed = false;
  #listener: MembersListener | undefined;

  readonly files: CallFiles = {
    play: (id, times) => this.#take(`play ${id} ${times}`),
    stop: (id) => this.#take(`stop ${id}`),
  };

  /** Reports all members. */
  all(...reports: readonly MemberReport[]): void {
    this.#listener?.onAll(reports);
  }

  /** Reports some members. */
  some(...reports: readonly MemberReport[]): void {
    this.#listener?.onSome(reports);
  }

  /** Reports the abilities of the conference. */
  can(abilities: ConferenceAbilities): void {
    this.#listener?.onAbilities(abilities);
  }

  follow(listener: MembersListener): void {
    this.#listener = listener;
  }

  refresh(): void {
    this.asked += 1;
  }

  close(): void {
    this.closed = true;
  }

  add(number: string): Promise<void> {
    return this.#take(`add ${number}`);
  }

  remove(number: string): Promise<void> {
    return this.#take(`remove ${number}`);
  }

  set(number: string, what: MemberSwitch, on: boolean): Promise<void> {
    return this.#take(`${what} ${number} ${on ? 'on' : 'off'}`);
  }

  end(): Promise<void> {
    return this.#take('end');
  }

  async #take(command: string): Promise<void> {
    this.commands.push(command);
    const {failure} = this;
    this.failure = undefined;
    if (failure) throw failure;
  }
}
