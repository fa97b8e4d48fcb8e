import {toSipError, type SipErrorCode} from '../../errors.js';
import type {SipIntercom} from '../intercom/intercom.js';

/**
 * The floor of an intercom in a patch: it is requested when another side speaks, and given back afterwards.
 *
 * After a refusal, or if the server takes the floor back, it is requested again once the one who speaks has finished, or
 * when the other side begins to speak again.
 */
export class LentFloor {
  readonly #intercom: SipIntercom;
  readonly #onChange: () => void;
  #floor: SipIntercom['state']['floor'];
  /** Whether another side speaks. */
  #wanted = false;
  #requested = false;
  #microphone = false;
  #refusal: SipErrorCode | undefined;

  /** @param onChange - Called when the refusal changes. */
  constructor(intercom: SipIntercom, onChange: () => void) {
    this.#intercom = intercom;
    this.#onChange = onChange;
    this.#floor = intercom.state.floor;
  }

  /** Why the floor is refused while another side speaks. */
  get refusal(): SipErrorCode | undefined {
    return this.#refusal;
  }

  /** Sets whether this side's microphone is heard while the floor is lent. */
  setMicrophone(microphone: boolean): void {
    this.#microphone = microphone;
    if (this.#requested) this.#intercom.setLentMicrophone(microphone);
  }

  /** Sets whether another side speaks. */
  want(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted) return this.#request();
    this.#refuse(undefined);
    this.#giveBack();
  }

  /** Follows a change of the intercom. */
  follow(): void {
    const before = this.#floor;
    const {floor} = this.#intercom.state;
    this.#floor = floor;
    if (this.#requested && before === 'granted' && floor !== 'granted') {
      this.#requested = false;
      this.#refuse('floor-denied');
    }
    if (this.#wanted && before === 'taken' && floor === 'idle') this.#request();
  }

  #request(): void {
    if (this.#requested) return;
    this.#requested = true;
    this.#refuse(undefined);
    this.#intercom.borrowFloor(this.#microphone).catch((error: unknown) => {
      this.#requested = false;
      if (this.#wanted) this.#refuse(toSipError(error).code);
    });
  }

  #giveBack(): void {
    if (!this.#requested) return;
    this.#requested = false;
    this.#intercom.returnFloor().catch(() => {});
  }

  #refuse(refusal: SipErrorCode | undefined): void {
    if (refusal === this.#refusal) return;
    this.#refusal = refusal;
    this.#onChange();
  }
}
