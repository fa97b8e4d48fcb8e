import type {LitElement} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import {dispatchError} from '../../controllers/sip-error-event.js';
import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';
import type {CallMedia} from '../../core/types.js';
import {toSipError} from '../../errors.js';
import type {DialLinksOptions} from '../../links.js';
import {stateText} from '../shared/calls/call-texts.js';

/** What links need of their phone. */
interface LinksContext {
  readonly client: BaseClient;
  readonly localize: LocalizeController;
  /** Opens the phone, with its keypad in front. */
  readonly showKeypad: () => void;
}

/** Returns the options for links that are called by a phone: by its keypad, which shows a failure and cancels. */
export function linkOptions(
  phone: LitElement,
  {client, localize, showKeypad}: LinksContext,
): Pick<DialLinksOptions, 'dial' | 'describe'> {
  const dial = async (number: string, media: CallMedia): Promise<void> => {
    showKeypad();
    await phone.updateComplete;
    const dialer = phone.renderRoot.querySelector('sip-dialer');
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
  return {dial, describe};
}
