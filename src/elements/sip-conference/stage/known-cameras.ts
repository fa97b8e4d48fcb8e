import type {BaseClient} from '../../../core/client/client.js';
import type {SipConference} from '../../../core/conference/conference.js';
import {CAMERA} from '../../../core/directory/people.js';

/** Which numbers are cameras: the server's directory is asked once for each conference. */
export class KnownCameras {
  readonly #onChange: () => void;
  #conference: SipConference | undefined;
  #numbers: ReadonlySet<string> = new Set();

  /** @param onChange - Called when they are known. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Returns the cameras that are known so far. */
  of(conference: SipConference, client: BaseClient): ReadonlySet<string> {
    if (conference !== this.#conference) {
      this.#conference = conference;
      void this.#load(conference, client);
    }
    return this.#numbers;
  }

  async #load(conference: SipConference, client: BaseClient): Promise<void> {
    const {directory, monitor} = client.capabilities;
    // Without the directory, or if it does not answer, members are people.
    const cameras = directory && monitor ? await client.directory.byType(CAMERA).catch(() => []) : [];
    if (conference !== this.#conference) return;
    this.#numbers = new Set(cameras.map(({number}) => number));
    if (this.#numbers.size > 0) this.#onChange();
  }
}
