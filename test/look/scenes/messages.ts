/** `<sip-messages>`: the list, a conversation, what failed. */
import type {SipMessagesElement} from '../../../src/elements/sip-messages/sip-messages.js';
import {SipError} from '../../../src/errors.js';
import type {StagedClient} from '../../support/staged/staged-client.js';
import {until} from '../../support/in-page/facts.js';
import type {Scenes} from '../scene.js';
import {deep, ready, show, shows, write} from '../stage.js';

const DAY = 86_400_000;

/** A client that has written and received some messages. */
async function written(): Promise<StagedClient> {
  const on = await ready();
  const {messages} = on;
  await messages.add([
    {number: '1002', direction: 'incoming', text: '昨天的会议纪要已经整理好了。', time: Date.now() - DAY},
    {number: '13800138000', direction: 'outgoing', text: '明天见', time: Date.now() - 3 * DAY},
  ]);
  const receive = (from: string, name: string, text: string): void => on.receive(text, {from, name});
  await on.sendMessage('1002', 'Good morning! The plan is at https://example.com/plan.');
  receive('1002', '李雷', '收到，谢谢\n<b>Markup stays text.</b>');
  receive(
    '1003',
    'Anna Novak',
    'See you at the north gate at ten. I bring the keys, and the list of the visitors.',
  );
  on.failure = new SipError('number-offline', {subject: '4711'});
  await on.sendMessage('4711', 'Is anybody there?').catch(() => {});
  return on;
}

/** A conversation, or the list of all. */
async function open(on: StagedClient, number: string): Promise<SipMessagesElement> {
  const element = await show('sip-messages', on, {with: number});
  await shows(element, () => deep(element, number ? '[part=field]' : '[part=panel]').length > 0);
  return element;
}

export const messagesScenes: Scenes = {
  'messages-none': {
    kept: ['light-en-320'],
    async reach() {
      await open(await ready(), '');
    },
  },
  'messages-list': {
    kept: ['light-en-320', 'dark-ar-768', 'forced-en-320'],
    async reach() {
      const element = await open(await written(), '');
      await shows(element, () => deep(element, '[part=conversation]').length === 4);
    },
  },
  'messages-conversation': {
    kept: ['dark-zh-CN-320', 'light-ar-768'],
    async reach() {
      const element = await open(await written(), '1002');
      await shows(element, () => deep(element, '[part=message]').length === 3);
    },
  },
  'messages-states': {
    kept: ['light-en-320', 'dark-zh-CN-320'],
    async reach() {
      const on = await written();
      const conversation = await on.messages.open('1002');
      on.host.receiptReceived({from: '1002', id: conversation.state.messages.at(-2)!.id, kind: 'read'});
      on.delivers = true;
      await on.sendMessage('1002', 'The gate is open.');
      on.host.setConnection('reconnecting');
      on.refusal = new SipError('not-connected');
      await on.sendMessage('1002', 'I am on my way.');
      on.host.composingReceived({from: '1002', active: true});
      const element = await open(on, '1002');
      await shows(element, () => deep(element, '[part=message]').length === 5);
      await shows(element, () => deep(element, '[part=composing]').length === 1);
    },
  },
  'messages-group': {
    kept: ['light-en-320', 'dark-zh-CN-320'],
    async reach() {
      const on = await written();
      on.delivers = true;
      on.failure = new SipError('number-offline', {subject: '1001'});
      const people = [
        {number: '1005', name: '张伟'},
        {number: '1002', name: '李雷'},
        {number: '1003', name: 'Anna Novak'},
        {number: '1004', name: 'Maximilian von Hohenzollern-Sigmaringen'},
      ];
      const group = {number: '8000', name: '港口 Harbor'};
      const first = await on.messages.sendToAll(people.slice(1), 'The gate is open.', {group});
      await until(() => first.state.recipients.filter(({state}) => state === 'sent').length === 2);
      on.failure = new SipError('number-offline', {subject: '1005'});
      await on.messages.sendToAll(people, '码头东侧临时封闭，请绕行。', {group});
      const element = await open(on, 'group:8000');
      await shows(element, () => deep(element, '[part=recipients]').length === 2);
      await shows(element, () => deep(element, '[part=group-hint]').length === 1);
      deep(element, '[part=recipients]').at(-1)!.click();
      await shows(element, () => deep(element, '.recipient').length === 4);
    },
  },
  'messages-group-found': {
    kept: [],
    async reach() {
      const element = await open(await written(), '');
      write(deep(element, '[part=search]')[0]!, 'patrol');
      await shows(element, () => deep(element, '[part=conversation]').length === 1);
    },
  },
  'messages-failed': {
    kept: ['light-en-768'],
    async reach() {
      const element = await open(await written(), '4711');
      await shows(element, () => deep(element, '[part=retry]').length > 0);
    },
  },
};
