import type {Noted} from '../../../src/core/history/history-entry.js';
import type {Party} from '../../../src/core/types.js';
import '../../../src/define.js';
import {deep, shows} from '../in-page/elements.js';
import {BUTTONS} from '../in-page/tags.js';
import {picture, StagedClient} from './staged-client.js';
import type {Person} from '../../../src/core/directory/people.js';
import {group, person, StagedPeople} from './staged-people.js';

/** An element in one of its main states. */
export interface Scene {
  readonly tag: string;
  readonly name: string;
  /** Brings the element into the state, inside the holder; the calls and the message are with `other`. */
  play(holder: HTMLElement, other?: Party, message?: string): Promise<HTMLElement>;
  /** Ends the calls and removes the element. */
  end(): Promise<void>;
}

const MESSAGE = 'The north gate is open again.';
const ANNA: Party = {number: '1003', name: 'Anna Katharina Novak-Petersen'};

class SceneClient extends StagedClient {
  /** The other side. */
  other = ANNA;
  message = MESSAGE;
}

interface Script {
  readonly attributes?: Readonly<Record<string, string>>;
  /** What happens before the element is there. */
  readonly before?: (client: SceneClient) => void;
  /** What happens then. */
  readonly then?: (client: SceneClient, element: HTMLElement) => void | Promise<void>;
  /** What shows that the state is reached. */
  readonly shown: string;
}

const peopleWith = ({number, name}: Party): Person[] => [
  person('1001', '王芳', '8000', {state: 'online'}),
  person('1002', '李雷', '8000', {state: 'busy'}),
  person(number, name, '8000'),
];

/** Connects a call, with two pictures or with sound alone. */
function connect(client: SceneClient, video = false): ReturnType<StagedClient['dial']> {
  const staged = client.dial(video ? 'video' : 'audio', client.other);
  if (video) staged.dialog.play(new MediaStream([picture()]), new MediaStream([picture('navy')]));
  staged.dialog.confirm(video);
  return staged;
}

function note(client: SceneClient, more: Partial<Noted>): void {
  client.history.note({
    id: `noted-${client.history.state.entries.length}`,
    type: 'single',
    direction: 'incoming',
    remote: client.other,
    media: 'audio',
    time: Date.now() - 60_000,
    cause: {by: 'remote', code: 'cancelled'},
    ...more,
  });
}

const control = (tag: string): readonly [string, string, Script] => [
  tag,
  'in a call',
  {before: (client) => connect(client, true), shown: 'button'},
];

const SCRIPTS: readonly (readonly [tag: string, name: string, script: Script])[] = [
  ['sip-dialer', 'idle', {attributes: {number: '1002'}, shown: '[part~=call]:not([aria-disabled])'}],
  [
    'sip-incoming',
    'ringing',
    {then: (client) => void client.ring('video', client.other), shown: '[part~=answer-video]'},
  ],
  [
    'sip-incoming',
    'ringing during a call',
    {
      before: (client) => connect(client),
      then: (client) => void client.ring('video', client.other),
      shown: '[part~=decline]',
    },
  ],
  [
    'sip-incoming',
    'asked for the camera',
    {then: (client) => void client.look(client.other), shown: '[part~=show-camera]'},
  ],
  [
    'sip-incoming',
    'with an SOS during a call',
    {
      before: (client) => connect(client),
      then: (client) => void client.ring('video', client.other, 'sos'),
      shown: '[part~=decline]',
    },
  ],
  ['sip-call', 'idle', {shown: '[part=stage]'}],
  ['sip-call', 'with sound', {then: (client) => void connect(client), shown: '[part~=controls]'}],
  ['sip-call', 'with video', {then: (client) => void connect(client, true), shown: '[part~=controls]'}],
  [
    'sip-call',
    'on hold',
    {then: (client) => connect(client).dialog.set({held: true, remoteHeld: true}), shown: '[part~=controls]'},
  ],
  [
    'sip-call',
    'ended',
    {
      then: async (client, element) => {
        const {dialog} = connect(client);
        await shows(element, () => deep(element, '[part~=controls]').length > 0);
        dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
      },
      shown: '[part~=again]',
    },
  ],
  [
    'sip-calls',
    'with a call and one that rings',
    {
      before: (client) => connect(client),
      then: (client) => void client.ring('video', client.other),
      shown: '[part~=decline]',
    },
  ],
  [
    'sip-calls',
    'with an SOS during a call',
    {
      before: (client) => connect(client),
      then: (client) => void client.ring('video', client.other, 'sos'),
      shown: '[part~=decline]',
    },
  ],
  [
    'sip-history',
    'with calls',
    {
      before: (client) => {
        note(client, {});
        note(client, {direction: 'outgoing', spoken: 61_000, media: 'video'});
      },
      shown: '[part=entry]',
    },
  ],
  ['sip-directory', 'with people', {shown: '[role=treeitem]'}],
  [
    'sip-messages',
    'with conversations',
    {
      before: (client) =>
        client.receive(client.message, {from: client.other.number, name: client.other.name}),
      shown: '[role=listitem] button',
    },
  ],
  [
    'sip-messages',
    'with a conversation',
    {
      attributes: {with: '1003'},
      before: (client) => client.receive(client.message, {from: client.other.number}),
      // The name in the directory comes last.
      shown: '.party .number',
    },
  ],
  ['sip-conference', 'to be started', {attributes: {members: '1002,1003'}, shown: '[part=start]'}],
  [
    'sip-conference',
    'with members',
    {
      then: (client) => {
        const {dialog, service} = client.confer({media: 'video'});
        dialog.confirm();
        service.all(
          ...peopleWith(client.other).map(({number, name}) => ({number, name, phase: 'answered' as const})),
          {number: 'f7', name: 'Evacuation', phase: 'answered', file: {id: 'f7', position: 20, duration: 65}},
        );
      },
      shown: '[part=file]',
    },
  ],
  ['sip-intercom', 'to be joined', {attributes: {group: '9001'}, shown: '[part=join]'}],
  ['sip-intercom', 'joined', {then: (client) => client.interphone().dialog.confirm(), shown: '[part=talk]'}],
  ['sip-channels', 'not joined', {attributes: {groups: '9001,9002'}, shown: '[part=join-all]'}],
  [
    'sip-channels',
    'joined',
    {
      attributes: {groups: '9001,9002', selected: '9001'},
      then: (client) => client.interphone().dialog.confirm(),
      shown: '.push:not([aria-disabled])',
    },
  ],
  ['sip-monitor', 'empty', {shown: 'input'}],
  ['sip-monitor', 'with tiles', {attributes: {numbers: '1002,1003'}, shown: '.tile .number'}],
  ['sip-devices', 'before access', {shown: 'button'}],
  ['sip-upload', 'empty', {shown: '[part~=choose]'}],
  ['sip-keypad', 'in a call', {before: (client) => connect(client), shown: '[part=key]'}],
  ['sip-phone', 'in the corner', {attributes: {corner: '', open: ''}, shown: '[role=tab]'}],
  [
    'sip-phone',
    'in the corner in a call',
    {
      attributes: {corner: '', open: ''},
      then: (client) => void connect(client, true),
      shown: '[part~=controls]',
    },
  ],
  ['sip-phone', 'in a call', {then: (client) => void connect(client, true), shown: '[part~=controls]'}],
  [
    'sip-phone',
    'in a call while another one rings',
    {
      before: (client) => connect(client, true),
      then: (client) => void client.ring('video', client.other),
      shown: '[part~=decline]',
    },
  ],
  ['sip-phone', 'idle', {shown: '[role=tab]'}],
  ...BUTTONS.map(control),
];

/** The main states of all elements that a person uses. */
export const SCENES: readonly Scene[] = SCRIPTS.map(([tag, name, script]) => {
  let client: SceneClient | undefined;
  let root: HTMLElement | undefined;
  return {
    tag,
    name,
    async play(holder, other = ANNA, message = MESSAGE) {
      client = new SceneClient({
        historyStorage: 'memory',
        uploadUrl: 'https://files.test/',
        user: `${tag}-${name.replaceAll(' ', '-')}`,
      });
      Object.assign(client, {other, message});
      client.directoryService = new StagedPeople([group('8000', 'Harbor')], peopleWith(other));
      await client.connect();
      await client.register();
      script.before?.(client);
      const provider = document.createElement('sip-client');
      provider.client = client;
      root = provider;
      const element = document.createElement(tag);
      for (const [attribute, value] of Object.entries(script.attributes ?? {}))
        element.setAttribute(attribute, value.replace(ANNA.number, other.number));
      provider.append(element);
      holder.append(provider);
      await shows(element, () => element.shadowRoot!.childElementCount > 0);
      await script.then?.(client, element);
      await shows(element, () => deep(element, script.shown).length > 0);
      return element;
    },
    async end() {
      await client?.disconnect();
      root?.remove();
    },
  };
});
