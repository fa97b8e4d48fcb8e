import '../../locales/call/encryption-en.js';
import {html, nothing, type LitElement, type TemplateResult} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {addStyles} from '../shared/styles/add-styles.js';
import {lockIcon, lockOpenIcon} from './encryption-icons.js';
import {styles} from './encryption-sign.styles.js';

const TERMS = {
  none: ['encryptionNone', 'encryptionNoneText'],
  exchanging: ['encryptionExchanging', 'encryptionExchangingText'],
  unverified: ['encryptionUnverified', 'encryptionUnverifiedText'],
  verified: ['encryptionVerified', 'encryptionVerifiedText'],
  failed: ['encryptionFailed', 'encryptionFailedText'],
} as const;

/**
 * Renders the sign that says whether the call is encrypted end to end, and its details with the code. The lock is closed
 * only while media that arrive are decrypted.
 */
export function encryptionSign(
  call: SipCall,
  host: LitElement,
  localize: LocalizeController,
  commands: CommandController,
): TemplateResult | typeof nothing {
  const {encryption, phase: callPhase} = call.state;
  if (!encryption || callPhase !== 'answered') return nothing;
  addStyles(host, [styles]);
  const {phase, code} = encryption;
  const [word, text] = TERMS[phase];
  const name = localize.explained(localize.term('encryptionTitle'), localize.term(word));
  const spaced = code?.replace(/^(\d{3})/, '$1 ');
  return html`<button
      part="encryption"
      class="chip encryption ${phase}"
      type="button"
      popovertarget="encryption"
      aria-label=${name}
      title=${name}
    >
      ${code ? lockIcon : lockOpenIcon}<span class="line word">${localize.term(word)}</span>
    </button>
    <div
      id="encryption"
      popover
      part="encryption-details"
      class="encryption-details"
      role="group"
      aria-label=${localize.term('encryptionTitle')}
    >
      <p>${localize.term(text)}</p>
      ${
        spaced
          ? html`<p class="code" aria-label=${localize.term('encryptionCode', Array.from(code!).join(' '))}>
              <bdi dir="ltr">${spaced}</bdi>
            </p>`
          : nothing
      }
      ${
        phase === 'unverified'
          ? html`<button
              type="button"
              part="encryption-verify"
              popovertarget="encryption"
              popovertargetaction="hide"
              @click=${() => void commands.run(async () => call.verifyEncryption())}
            >
              ${localize.term('encryptionMatches')}
            </button>`
          : nothing
      }
    </div>`;
}
