import type {LitElement} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import {dispatchError} from '../../controllers/sip-error-event.js';
import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';
import type {CallMedia} from '../../core/types.js';
import {cleanedNumber} from '../../core/util/number.js';
import {toSipError} from '../../errors.js';
import type {SipDialerElement} from '../sip-dialer/sip-dialer.js';
import {stateText} from '../shared/calls/call-texts.js';

/** What links need of their phone. */
interface LinksContext {
  readonly client: BaseClient;
  readonly localize: LocalizeController;
  readonly signal: AbortSignal;
  /** Opens the phone, with its keypad in front. */
  readonly showKeypad: () => void;
}

/**
 * Has a phone call the numbers of its page's links: by its keypad, which shows a failure and cancels. What
 * `protocol-handler.html` hands over is filled in: any page can open that.
 */
export async function callPageLinks(
  phone: LitElement,
  {client, localize, signal, showKeypad}: LinksContext,
): Promise<void> {
  // A file by itself beside the single file.
  const {dialLinks, takeNumbers} = await import('../../links/dial-links.js');
  const openDialer = async (): Promise<SipDialerElement | null> => {
    showKeypad();
    await phone.updateComplete;
    return phone.renderRoot.querySelector('sip-dialer');
  };
  const fillIn = async (number: string): Promise<void> => {
    const dialer = await openDialer();
    if (dialer) dialer.number = cleanedNumber(number, client.options.clean);
  };
  const dial = async (number: string, media: CallMedia): Promise<void> => {
    const dialer = await openDialer();
    try {
      if (dialer) {
        dialer.number = number;
        await dialer.start(media);
      } else {
        await client.call(number, {media});
      }
    } catch (thrown) {
      const error = toSipError(thrown);
      if (error.code !== 'aborted') dispatchError(phone, error);
    }
  };
  const describe = (call: SipCall | undefined): string =>
    call ? stateText(call, localize) : localize.term('calling');
  dialLinks(client, phone.ownerDocument, {dial, describe, signal});
  takeNumbers((number) => void fillIn(number), signal);
}
