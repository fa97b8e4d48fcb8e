import type {IncomingReferRequest, IncomingRequestMessage, SessionDialog} from '../sip-js.js';
import type {Dialog, TransferRequest} from '../../core/server/dialog.js';
import type {CallCause} from '../../core/types.js';
import {SipError} from '../../errors.js';
import {askPage} from '../../core/util/ask-page.js';
import type {Addresses} from '../headers/addresses.js';
import {IncomingReferral} from './referral.js';
import {Transfer, type TransferOptions} from './transfer.js';

/** The transfers of one dialog: this side's, one at a time, and those that the other side requests. */
export class DialogTransfers {
  readonly #dialog: Dialog;
  readonly #addresses: Addresses;
  readonly #onReferral: (referral: IncomingReferral) => void;
  #transfer: Transfer | undefined;
  /** Whether a REFER of the other side awaits the page's answer. */
  #referred = false;
  /** Aborted with the dialog. */
  readonly #ending = new AbortController();

  /** @param onReferral - Receives the other side's request once the page agreed. */
  constructor(dialog: Dialog, addresses: Addresses, onReferral: (referral: IncomingReferral) => void) {
    this.#dialog = dialog;
    this.#addresses = addresses;
    this.#onReferral = onReferral;
  }

  /**
   * Asks the other side to call a target; resolves when the two are connected.
   *
   * @throws {SipError} `invalid-state` if a transfer is pending; the reason of a failed transfer.
   */
  async ask(options: TransferOptions): Promise<void> {
    if (this.#transfer) throw new SipError('invalid-state', {subject: 'transfer'});
    const transfer = (this.#transfer = new Transfer(options));
    try {
      await transfer.done;
    } finally {
      this.#transfer = undefined;
    }
  }

  /** Asks the page whether to follow the other side's REFER; without a response, it is declined. */
  async asked(request: IncomingReferRequest, within: SessionDialog): Promise<void> {
    const dialog = this.#dialog;
    const referral = IncomingReferral.read(request, within, this.#addresses);
    if (!referral) return void request.reject({statusCode: 400});
    if (dialog.state.phase !== 'confirmed' || this.#referred) return referral.reject(491);
    const {target, attended} = referral;
    const detail: Omit<TransferRequest, 'respondWith' | 'signal'> = {
      target: target.number,
      name: target.name,
      attended,
    };
    this.#referred = true;
    const agreed = await askPage<boolean>(dialog, 'transferrequest', detail, this.#ending.signal, {
      silence: false,
    });
    this.#referred = false;
    if (this.#ending.signal.aborted) return;
    if (!agreed) return referral.reject(603);
    referral.accept();
    this.#onReferral(referral);
  }

  /** Handles a NOTIFY of the dialog. */
  notified(request: IncomingRequestMessage): void {
    this.#transfer?.notified(request);
  }

  /** Handles the loss of the connection to the server. */
  suspend(): void {
    this.#transfer?.fail(new SipError('connection-lost'));
  }

  /** Handles the end of the dialog. */
  end(cause: CallCause): void {
    this.#transfer?.ended(cause);
    this.#ending.abort();
  }
}
