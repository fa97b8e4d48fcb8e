import '../../../locales/call/pbx-en.js';
import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {SipCall} from '../../../core/call/call.js';
import type {BaseClient} from '../../../core/client/client.js';
import type {Person} from '../../../core/directory/people.js';
import {defineInner} from '../define-inner.js';
import {phoneIncomingIcon} from '../icons/later.js';
import {dialed} from '../people/dial-field.js';
import {giveFocusBack} from '../row-popovers.js';
import {circleParkingIcon, speechIcon, voicemailIcon} from './icons.js';
import {ParkButtonElement} from './park-button.js';
import {ParkFormElement} from './park-form.js';
import {ParkedCallsElement} from './parked-calls.js';
import {PhoneServiceElement} from './phone-service.js';

/** The actions for people whose lamp is ringing, or who are in a call. */
export const PBX_ACTIONS = {
  'pick-up': {icon: phoneIncomingIcon, term: 'pickUp'},
  whisper: {icon: speechIcon, term: 'whisper'},
} as const;

const define = (): void =>
  defineInner({
    'sip-park-button': ParkButtonElement,
    'sip-park-form': ParkFormElement,
    'sip-parked-calls': ParkedCallsElement,
    'sip-phone-service': PhoneServiceElement,
  });

/** Renders the button of the user's settings at the PBX; nothing if there are none. */
export function phoneService(client: BaseClient): TemplateResult | typeof nothing {
  if (!PhoneServiceElement.isUseful(client)) return nothing;
  define();
  return html`<sip-phone-service
    exportparts=${PhoneServiceElement.parts}
    .client=${client}
  ></sip-phone-service>`;
}

/** Renders the calls that are parked, above or below other things, or only one that was parked. */
export function parkedCalls(
  client: BaseClient | undefined,
  place: 'above' | 'below' | SipCall,
): TemplateResult | typeof nothing {
  const {parked = []} = client?.pbx?.state ?? {};
  const call = typeof place === 'string' ? undefined : place;
  if (!parked.some(({id}) => !call || id === call.id)) return nothing;
  define();
  return html`<sip-parked-calls
    exportparts=${ParkedCallsElement.parts}
    class=${call ? 'one' : place}
    .client=${client}
    .only=${call?.id}
  ></sip-parked-calls>`;
}

/** Returns the control that parks a call, if it can be parked. */
export const parks = (call: SipCall, client: BaseClient | undefined): readonly 'park'[] =>
  call.type === 'single' && client?.capabilities.transfer && client.pbx?.has('park') ? ['park'] : [];

/** Whether the user says where a call is parked. */
const asksForSlot = (client: BaseClient | undefined): boolean =>
  client?.pbx?.codes.park?.includes('{slot}') ?? false;

/** Renders the control that parks a call, in the row or in the menu. */
export function parkControl(
  {state}: SipCall,
  client: BaseClient | undefined,
  inMenu: boolean,
  localize: LocalizeController,
): TemplateResult {
  define();
  if (!asksForSlot(client))
    return html`<sip-park-button exportparts="park" .labelled=${inMenu}></sip-park-button>`;
  const name = localize.term('park');
  const reason = state.phase === 'answered' ? '' : localize.term('notYet');
  return html`<button
    part="park"
    class="control"
    type="button"
    aria-haspopup="dialog"
    aria-label=${inMenu ? nothing : name}
    title=${localize.explained(name, reason)}
    aria-disabled=${reason ? 'true' : nothing}
    popovertarget=${reason ? nothing : 'park'}
  >
    ${circleParkingIcon}${inMenu ? html`<span class="line">${name}</span>` : nothing}
  </button>`;
}

/** Renders the panel that asks where a call is parked. */
export function parkPanel(
  call: SipCall,
  client: BaseClient | undefined,
  localize: LocalizeController,
): TemplateResult | typeof nothing {
  if (!asksForSlot(client) || call.state.phase !== 'answered' || !parks(call, client).length) return nothing;
  return html`<div
    id="park"
    popover
    class="menu devices"
    role="dialog"
    aria-label=${localize.term('park')}
    @beforetoggle=${giveFocusBack}
    @toggle=${({newState, currentTarget}: ToggleEvent) =>
      newState === 'open' &&
      ((currentTarget as Element).firstElementChild as ParkFormElement | null)?.focus()}
  >
    <sip-park-form></sip-park-form>
  </div>`;
}

/** Renders the button that transfers to the voicemail of a number; nothing if the PBX has no code for it. */
export function voicemailButton(
  client: BaseClient,
  localize: LocalizeController,
  onPress: () => void,
): TemplateResult | typeof nothing {
  if (!client.pbx?.has('transferToVoicemail')) return nothing;
  return html`<button
    part="voicemail"
    class="pill"
    type="button"
    title=${localize.term('toVoicemailHint')}
    @click=${onPress}
  >
    ${voicemailIcon} <span class="line">${localize.term('toVoicemail')}</span>
  </button>`;
}

/** Whether the call that rings at a person can be answered by the user, who is not its caller. */
export function canPickUp({number, state}: Person, client: BaseClient): boolean {
  if (state !== 'ringing') return false;
  const own = dialed(number, client);
  const calls = client.state.calls.some(
    ({remote, direction, state: {phase}}) =>
      direction === 'outgoing' && remote.number === own && phase !== 'answered' && phase !== 'released',
  );
  return !calls && !!client.pbx?.canPickUp(own);
}
