/** The buttons of a PBX in the elements that have them. */
import type {SipClientOptions} from '../../../src/core/client/options.js';
import type {StagedClient} from '../../support/staged/staged-client.js';
import {StagedPresence} from '../../support/staged/staged-presence.js';
import {PBX_CODES} from '../../support/wire/pbx-codes.js';
import type {Scenes} from '../scene.js';
import {client, deep, part, show, shows} from '../stage.js';

const FEATURES = {
  ...PBX_CODES,
  dndOff: '*79',
  queueLogout: '*46{queue}',
  queuePause: '*47{queue}',
  queueResume: '*48{queue}',
};

/** A client at a PBX. */
async function at(features: SipClientOptions['features'] = FEATURES): Promise<StagedClient> {
  const on = client({profile: 'standard', features});
  on.presence = new StagedPresence();
  await on.connect();
  await on.register();
  return on;
}

/** Parks a call with a person. */
async function parks(on: StagedClient, number: string, name: string, slot = ''): Promise<void> {
  const {call, dialog} = on.dial('audio', {number, name});
  dialog.confirm();
  const parked = on.pbx!.park(call, slot);
  while (!dialog.referred) await new Promise(requestAnimationFrame);
  dialog.referred.end();
  await parked;
  await call.hangup();
}

/** Answers the next code that is called, and ends its call. */
async function answers(on: StagedClient, command: Promise<unknown>): Promise<void> {
  while (!on.calls.length) await new Promise(requestAnimationFrame);
  const [call] = on.calls;
  on.dialogOf(call!).confirm();
  await command;
  await call!.hangup();
}

export const pbxScenes: Scenes = {
  'call-park': {
    kept: ['light-en-320'],
    whole: true,
    async reach() {
      const on = await at();
      const element = await show('sip-call', on);
      on.dial('audio', {number: '1002', name: '李雷'}).dialog.confirm();
      await shows(element, () => part(element, 'park') !== null);
      part(element, 'park')!.click();
      await shows(element, () => deep(element, 'sip-park-form')[0]?.checkVisibility() === true);
    },
  },
  'call-parked': {
    kept: ['dark-ar-320'],
    async reach() {
      const on = await at();
      const element = await show('sip-call', on);
      await parks(on, '1002', '李雷', '07');
      await shows(element, () => part(element, 'parked') !== null);
    },
  },
  'call-to-voicemail': {
    kept: [],
    whole: true,
    async reach() {
      const on = await at();
      const element = await show('sip-call', on);
      on.dial('audio', {number: '1002', name: '李雷'}).dialog.confirm();
      await shows(element, () => deep(element, 'sip-transfer-button').length > 0);
      (deep(element, 'sip-transfer-button')[0] as HTMLElementTagNameMap['sip-transfer-button']).show();
      await shows(element, () => deep(element, '[part=voicemail]').length > 0);
    },
  },
  'calls-parked': {
    kept: ['light-zh-CN-320'],
    async reach() {
      const on = await at({...FEATURES, park: '700', retrieve: '{slot}'});
      const element = await show('sip-calls', on);
      await parks(on, '1002', '李雷');
      await parks(on, '1003', 'Anna Novak');
      on.dial('audio', {number: '1004', name: 'Jan Kowalski'}).dialog.confirm();
      await shows(element, () => deep(element, '[part=parked]').length === 2);
    },
  },
  'phone-parked': {
    kept: [],
    async reach() {
      const on = await at();
      const element = await show('sip-phone', on);
      await parks(on, '1002', '李雷', '07');
      await shows(element, () => deep(element, '[part=parked]').length > 0);
    },
  },
  'phone-service': {
    kept: ['light-en-320', 'dark-zh-CN-768'],
    whole: true,
    async reach() {
      const on = await at();
      const element = await show('sip-phone', on);
      on.host.setWaitingMessages({waiting: true, fresh: 2, old: 1, urgent: 0, account: '*98'});
      await answers(on, on.pbx!.forward('1003'));
      await answers(on, on.pbx!.logIntoQueue('400'));
      await answers(on, on.pbx!.pauseInQueue('401'));
      await shows(element, () => part(element, 'phone-service') !== null);
      part(element, 'phone-service')!.click();
      await shows(element, () => part(element, 'service-panel')?.checkVisibility() === true);
    },
  },
  'phone-service-refused': {
    kept: [],
    whole: true,
    async reach() {
      const on = await at({forward: '*72{number}', forwardOff: '*73', dndOn: '*78'});
      const element = await show('sip-phone', on);
      await shows(element, () => part(element, 'phone-service') !== null);
      part(element, 'phone-service')!.click();
      await shows(element, () => part(element, 'service-panel')?.checkVisibility() === true);
      deep<HTMLButtonElement>(element, 'button[value=forwardOff]')[0]!.click();
      while (!on.calls.length) await new Promise(requestAnimationFrame);
      on.dialogOf(on.calls[0]!).set({
        phase: 'terminated',
        cause: {by: 'remote', code: 'unknown-number', status: 404},
      });
      await shows(element, () => deep(element, '[role=alert]').length > 0);
    },
  },
  'directory-ringing': {
    kept: ['light-en-320'],
    async reach() {
      const on = await at();
      const element = await show('sip-directory', on, {
        numbers: [
          {number: '1002', name: '李雷'},
          {number: '1003', name: 'Anna Novak'},
          {number: '1004', name: 'Jan Kowalski'},
        ],
      });
      const presence = on.presence as StagedPresence;
      presence.tell(on, '1002', 'ringing');
      presence.tell(on, '1003', 'busy');
      presence.tell(on, '1004', 'idle');
      await shows(element, () => deep(element, '.act.pick-up').length === 1);
    },
  },
  'keys-ringing': {
    kept: ['dark-zh-CN-320'],
    async reach() {
      const on = await at();
      const element = await show('sip-keys', on, {
        fixed: true,
        keys: [
          {number: '1002', name: '李雷'},
          {number: '1003', name: 'Anna Novak'},
          {number: '1004', name: 'Jan Kowalski'},
        ],
      });
      const presence = on.presence as StagedPresence;
      await shows(element, () => presence.asked.length >= 3);
      presence.tell(on, '1002', 'ringing');
      presence.tell(on, '1003', 'busy');
      presence.tell(on, '1004', 'idle');
      await shows(element, () => deep(element, '.key.picks-up').length === 1);
    },
  },
};
