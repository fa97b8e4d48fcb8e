import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import {sipEvent} from '../../src/core/client/events.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {deep, part, press, shows} from '../support/in-page/elements.js';
import {becomes, until} from '../support/in-page/facts.js';
import {WireClient} from '../support/wire/wire-dispatch.js';
import {WireUser} from '../support/wire/wire-users.js';
import {Wire} from '../support/wire/wire.js';

/** Alice's page writes rules; the server has the numbers 13800138000 and 0049301234 without a plus sign. */
describe('StandardService: dial rules', () => {
  let wire: Wire;
  let alice: WireClient;
  let devices: Devices;
  const users: WireUser[] = [];

  beforeEach(async () => {
    devices = watchDevices();
    wire = new Wire({alice: '', '13800138000': '', '0049301234': '', '701': ''});
    alice = new WireClient(wire, {
      user: 'alice',
      password: '',
      profile: 'standard',
      historyStorage: 'memory',
      dialRules: '+86=>; +=>00',
      monitorUri: 'sip:*33{number}@{host}',
      bargeInUri: 'sip:*35{number}@{host}',
      listenInUri: 'sip:*34{number}@{host}',
    });
    await alice.connect();
    await alice.register();
  });

  afterEach(async () => {
    await Promise.all([alice.disconnect(), ...users.splice(0).map(({agent}) => agent.disconnect())]);
    devices.restore();
    expect(devices.opened.filter(({readyState}) => readyState === 'live')).to.have.length(0);
  });

  async function far(user: string): Promise<WireUser> {
    wire.users.set(user, '');
    const made = await new WireUser(wire, {user}).begin();
    users.push(made);
    return made;
  }

  /** The addresses that Alice's requests of a method went to. */
  const asked = (method: string): readonly string[] =>
    wire.messages.flatMap((message) => {
      const [, to] = new RegExp(`^${method} sip:(\\S+)@wire\\.test `).exec(message) ?? [];
      return to !== undefined && /^From: [^\n]*alice/m.test(message) ? [to] : [];
    });

  for (const number of ['+86 138 0013 8000', 'tel:+86-138-0013-8000', 'sip:+8613800138000@elsewhere.example'])
    it(`calls ${number} without its country`, async () => {
      const bob = await far('13800138000');
      const calling = alice.call(number);
      await (await bob.rings()).accept({audio: true, video: false});
      const call = await calling;
      expect([asked('INVITE')[0], call.remote.number]).to.deep.equal(['13800138000', '13800138000']);
    });

  it('applies to members, rooms, cameras and calls of others', async () => {
    await far('13800138000');
    for (const command of [
      () => alice.createConference({number: '+86701', members: []}),
      () => alice.monitor('+86 138'),
      () => alice.bargeIn('+49 30'),
      () => alice.listenIn('+49 30'),
    ])
      await command().catch(() => undefined);
    expect(asked('INVITE')).to.deep.equal(['701', '*33138', '*3500' + '4930', '*3400' + '4930']);
  });

  it('applies to a transfer', async () => {
    const bob = await far('bob');
    const calling = alice.call('bob');
    await (await bob.rings()).accept({audio: true, video: false});
    const call = await calling;
    await becomes(call, ({phase}) => phase === 'answered');
    const transferring = call.transfer('+86 138 0013 8000').catch(() => undefined);
    const refer = (): string | undefined => wire.messages.find((message) => message.startsWith('REFER '));
    await until(() => !!refer());
    expect(refer()).to.match(/^Refer-To: <sip:13800138000@wire\.test>\r$/m);
    expect(call.state.transfer?.target.number).to.equal('13800138000');
    await call.hangup();
    await transferring;
  });

  it('keeps one conversation with a number, however it is written', async () => {
    const bob = await far('13800138000');
    await alice.sendMessage('+86 138 0013 8000', 'hello');
    await bob.knows(() => bob.messages.length === 1);
    expect(asked('MESSAGE')).to.deep.equal(['13800138000']);
    const other = await far('+8613800138000');
    await other.agent.message('alice', 'hi', 'text/plain');
    await until(() => alice.messages.state.conversations[0]?.last?.text === 'hi');
    expect(alice.messages.state.conversations.map(({number}) => number)).to.deep.equal(['13800138000']);
  });

  it('keeps a conversation that was stored under the number as it was written, and sends to the dialed one', async () => {
    const written = '+8613800138000';
    const account = {user: 'alice', password: '', profile: 'standard', historyStorage: 'local'} as const;
    const before = new WireClient(wire, account);
    await before.messages.add([{number: written, direction: 'incoming', text: 'before', time: Date.now()}]);
    await alice.disconnect();
    alice = new WireClient(wire, {...account, dialRules: '+86=>'});
    await alice.connect();
    await alice.register();
    const bob = await far('13800138000');
    try {
      const conversation = await alice.messages.open(written);
      await alice.messages.send(written, 'after');
      await bob.knows(() => bob.messages.length === 1);
      expect(conversation.state.messages.map(({text}) => text)).to.deep.equal(['before', 'after']);
      expect(asked('MESSAGE').at(-1)).to.equal('13800138000');
    } finally {
      await alice.messages.clear();
    }
  });

  describe('in the elements', () => {
    let root: HTMLElement;
    beforeEach(async () => {
      await far('13800138000');
      root = await fixture<HTMLElement>(
        html`<sip-client .client=${alice}>
          <sip-dialer></sip-dialer><sip-history></sip-history>
          <sip-directory numbers="+8613800138000"></sip-directory>
        </sip-client>`,
      );
    });

    const calls = async (): Promise<void> => {
      await until(() => asked('INVITE').length > 0);
      expect(asked('INVITE')).to.deep.equal(['13800138000']);
    };

    it('dials what is typed', async () => {
      const dialer = root.querySelector('sip-dialer')!;
      await shows(dialer, () => !!part(dialer, 'number'));
      part(dialer, 'number')!.focus();
      await sendKeys({type: '+86 138 0013 8000'});
      await sendKeys({press: 'Enter'});
      await calls();
    });

    it('calls back who called with a country', async () => {
      const history = root.querySelector('sip-history')!;
      alice.history.note({
        id: 'c1',
        type: 'single',
        direction: 'incoming',
        remote: {number: '+8613800138000', name: ''},
        media: 'audio',
        time: Date.now(),
        cause: {by: 'remote', code: 'cancelled'},
      });
      await press(history, 'call');
      await calls();
    });

    it('calls a number of the list, and shows its state', async () => {
      const directory = root.querySelector('sip-directory')!;
      await until(() => asked('SUBSCRIBE').includes('13800138000'));
      alice.dispatchEvent(sipEvent('sip-person-state', {number: '13800138000', state: 'busy'}));
      await shows(directory, () => deep(directory, '.dot.busy').length === 1);
      await press(directory, 'call');
      await calls();
    });
  });
});
