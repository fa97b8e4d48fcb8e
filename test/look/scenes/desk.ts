/** `<sip-dialer>`, `<sip-incoming>`, `<sip-calls>`, `<sip-history>`: what lies around a call. */
import type {LitElement} from 'lit';
import type {Noted} from '../../../src/core/history/history-entry.js';
import type {CallMedia, CallType} from '../../../src/core/types.js';
import {SipError} from '../../../src/errors.js';
import {sound, type StagedClient} from '../../support/staged/staged-client.js';
import type {Scenes} from '../scene.js';
import {client, part, pass, ready, show, shows} from '../stage.js';

const MINUTE = 60_000;

async function rings(media: CallMedia, type?: CallType): Promise<void> {
  const on = await ready();
  const element = await show('sip-incoming', on);
  on.ring(media, {number: '1002', name: '李雷'}, type);
  await shows(element, () => part(element, 'answer-audio') !== null);
}

/** Shows two answered calls, and the offer to merge them. */
async function mergeable(tag: 'sip-call' | 'sip-calls'): Promise<StagedClient> {
  const on = await ready();
  const element = await show(tag, on);
  for (const remote of [
    {number: '1002', name: '李雷'},
    {number: '1003', name: 'Anna Novak'},
  ]) {
    const {dialog} = on.dial('audio', remote);
    dialog.play(new MediaStream([sound()]), new MediaStream([sound()]));
    dialog.confirm();
  }
  pass(3 * MINUTE);
  await shows(element, () => part(element, 'merge') !== null);
  return on;
}

/** Shows a call, a conference and an intercom, and the choice of what to connect. */
async function connectable(): Promise<{readonly on: StagedClient; readonly panel: LitElement}> {
  const on = await ready();
  const element = await show('sip-calls', on);
  for (const {dialog} of [on.dial('audio', {number: '1002', name: '李雷'}), on.confer(), on.interphone()]) {
    dialog.play(new MediaStream([sound()]), new MediaStream([sound()]));
    dialog.confirm();
  }
  pass(3 * MINUTE);
  const find = (): LitElement | null => element.shadowRoot!.querySelector('sip-calls-patches');
  await shows(element, () => !!find() && part(find()!, 'connect-calls') !== null);
  const panel = find()!;
  part(panel, 'connect-calls')!.click();
  await shows(panel, () => part(panel, 'choices') !== null);
  return {on, panel};
}

export const deskScenes: Scenes = {
  'dialer-idle': {
    kept: ['light-en-320'],
    async reach() {
      await show('sip-dialer', client());
    },
  },
  'dialer-connecting': {
    kept: [],
    async reach() {
      const on = client();
      await on.connect();
      on.host.setConnection('connecting');
      await show('sip-dialer', on);
    },
  },
  'dialer-failed': {
    kept: ['dark-zh-CN-320'],
    async reach() {
      const on = client();
      await on.connect();
      on.host.setRegistration('rejected', new SipError('wrong-password', {status: 403, subject: '1001'}));
      await show('sip-dialer', on);
    },
  },
  'dialer-reconnecting': {
    kept: ['light-ar-320'],
    async reach() {
      const on = await ready();
      const element = await show('sip-dialer', on);
      on.host.setConnection('reconnecting', new SipError('connection-lost'));
      await shows(element, () => part(element, 'notice') !== null);
    },
  },
  'dialer-ready': {
    kept: ['light-en-768', 'dark-ar-320', 'forced-en-320'],
    async reach() {
      await show('sip-dialer', await ready(), {number: '13800138000', media: 'video', screen: true});
    },
  },
  'dialer-mailbox': {
    kept: ['dark-en-320'],
    async reach() {
      const on = await ready();
      const element = await show('sip-dialer', on, {number: '1002'});
      (on as any).update({waitingMessages: {waiting: true, fresh: 3, old: 1, urgent: 1, account: '*97'}});
      await shows(element, () => part(element, 'mailbox') !== null);
    },
  },
  'incoming-audio': {
    kept: ['light-en-320'],
    reach: () => rings('audio'),
  },
  'incoming-video': {
    kept: ['dark-zh-CN-320', 'light-ar-768'],
    reach: () => rings('video'),
  },
  'incoming-sos': {
    kept: ['light-en-320', 'dark-ar-320', 'forced-en-320'],
    reach: () => rings('video', 'sos'),
  },
  'incoming-urgent': {
    kept: ['dark-en-768'],
    reach: () => rings('audio', 'urgent'),
  },
  'incoming-second': {
    kept: ['light-en-320', 'dark-zh-CN-768'],
    async reach() {
      const on = await ready();
      const element = await show('sip-incoming', on);
      on.dial('audio').dialog.confirm();
      on.ring('audio', {number: '1003', name: 'Anna Novak'}, 'sos');
      on.ring('video', {number: '1004', name: 'Maximilian von Hohenzollern-Sigmaringen'});
      await shows(element, () => part(element, 'answer-audio') !== null);
    },
  },
  'incoming-notify': {
    kept: ['dark-ar-320'],
    async reach() {
      // A page without a window is refused from the beginning.
      Object.defineProperty(Notification, 'permission', {get: () => 'default'});
      const element = await show('sip-incoming', await ready(), {notifications: 'ask'});
      await shows(element, () => part(element, 'notify') !== null);
    },
  },
  'calls-none': {
    kept: ['light-en-768'],
    async reach() {
      await show('sip-calls', await ready());
    },
  },
  'calls-many': {
    kept: ['light-en-320', 'dark-zh-CN-768', 'forced-en-768'],
    async reach() {
      const on = await ready();
      const element = await show('sip-calls', on);
      const sos = on.ring('audio', {number: '1005', name: '张伟'}, 'sos');
      sos.dialog.confirm();
      const held = on.dial('audio', {number: '1002', name: '李雷'});
      held.dialog.confirm();
      held.dialog.set({held: true});
      const talking = on.dial('video', {number: '1003', name: 'Anna Novak'});
      talking.dialog.confirm(true);
      pass(3 * MINUTE);
      on.dial('audio', {number: '1004', name: 'Maximilian von Hohenzollern-Sigmaringen'});
      on.ring('video', {number: '1006', name: 'Zhao Min'});
      await shows(element, () => element.shadowRoot!.querySelectorAll('[part=line]').length === 5);
    },
  },
  'calls-other-tab': {
    kept: ['light-en-320', 'dark-zh-CN-768'],
    async reach() {
      const tabs = {profile: 'standard', sharedWorker: '/w.js', parallelCalls: true, user: '1101'} as const;
      const [here, there] = [await ready(tabs), await ready(tabs)];
      const element = await show('sip-calls', here);
      here.dial('audio', {number: '1002', name: '李雷'}).dialog.confirm();
      there.dial('video', {number: '1003', name: 'Anna Novak'}).dialog.confirm(true);
      const held = there.dial('audio', {number: '1004', name: 'Maximilian von Hohenzollern-Sigmaringen'});
      held.dialog.confirm();
      held.dialog.set({held: true, muted: true});
      pass(3 * MINUTE);
      await shows(element, () => element.shadowRoot!.querySelectorAll('[part=mute]').length === 2);
    },
  },
  'calls-merge': {
    kept: [],
    async reach() {
      await mergeable('sip-calls');
    },
  },
  'calls-merged': {
    kept: ['light-zh-CN-320'],
    async reach() {
      const on = await mergeable('sip-calls');
      await on.merge(on.calls);
    },
  },
  'calls-connect': {
    kept: [],
    async reach() {
      await connectable();
    },
  },
  'calls-connected': {
    kept: [],
    async reach() {
      const {on, panel} = await connectable();
      await on.patch(on.calls.slice(0, 2));
      await shows(panel, () => part(panel, 'patch') !== null && part(panel, 'also-connect') !== null);
    },
  },
  'call-merge': {
    kept: [],
    async reach() {
      await mergeable('sip-call');
    },
  },
  'call-merged': {
    kept: [],
    async reach() {
      const on = await mergeable('sip-call');
      await on.merge(on.calls);
    },
  },
  'history-none': {
    kept: ['dark-en-320'],
    async reach() {
      await show('sip-history', await ready());
    },
  },
  'history-entries': {
    kept: ['light-en-320', 'dark-ar-768'],
    async reach() {
      const on = await ready();
      const element = await show('sip-history', on);
      const now = Date.now();
      let count = 0;
      const note = (more: Partial<Noted>): void =>
        on.history.note({
          id: `c${(count += 1)}`,
          type: 'single',
          direction: 'incoming',
          remote: {number: '1002', name: '李雷'},
          media: 'audio',
          time: now - 90_000_000,
          cause: {by: 'remote', code: 'cancelled'},
          ...more,
        });
      note({cause: {by: 'remote', code: 'answered-elsewhere'}});
      note({
        direction: 'outgoing',
        remote: {number: '13800138000', name: ''},
        cause: {by: 'remote', code: 'busy'},
      });
      note({
        cause: {by: 'local', code: 'declined'},
        remote: {number: '1004', name: 'Maximilian von Hohenzollern-Sigmaringen'},
        time: now - 200 * MINUTE,
      });
      note({spoken: 5_000, time: now - 100 * MINUTE, type: 'sos'});
      note({direction: 'outgoing', time: now - 20 * MINUTE, spoken: 61_000, media: 'video'});
      note({time: now - 5 * MINUTE});
      await shows(element, () => element.shadowRoot!.querySelectorAll('[part=entry]').length === 6);
    },
  },
};
