import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import type {KeptCall} from '../../src/core/call/call-init.js';
import {CallsOnDisk} from '../../src/core/client/calls-on-disk.js';
import type {CallType} from '../../src/core/types.js';
import {API_EVENT, API_HEADER, CALL_STATE, CALL_TYPE} from '../../src/dispatch/protocol.js';
import type {SipDialog} from '../../src/sip/user-agent.js';
import {shorten} from '../support/in-page/durations.js';
import {becomes, hears, hearsSound, reaches, until} from '../support/in-page/facts.js';
import {WireClient, WireDispatch} from '../support/wire/wire-dispatch.js';
import {WireUser} from '../support/wire/wire-users.js';

const AUDIO = {audio: true, video: false};

const isRegister = (message: string): boolean => message.startsWith('REGISTER');

describe('DispatchService: the calls of an earlier page', () => {
  let server: WireDispatch;
  let gone: WireUser;
  let leg: WireUser;
  let client: WireClient;

  beforeEach(async () => {
    server = new WireDispatch();
    gone = await new WireUser(server.wire, {user: '1001', password: '1234'}).begin();
    leg = await server.leg('1002');
    client = new WireClient(server.wire, {user: '1001', resume: true, historyStorage: 'memory'});
    await client.connect();
    await client.register();
  });
  afterEach(async () => {
    await client.disconnect();
    await gone.agent.disconnect();
    await server.close();
    sessionStorage.clear();
  });

  /** What this page leaves to the next one of its first call. */
  const noted = (): KeptCall | undefined => {
    const key = Object.keys(sessionStorage).find((name) => name.startsWith('sip-elements.calls.'));
    return key ? JSON.parse(sessionStorage.getItem(key)!).calls[0] : undefined;
  };

  /** Leaves a call to the next page, as the earlier page has noted it; resolves with the dialog of the other side. */
  async function leave(type: CallType, typeNumber: number, more: Partial<KeptCall> = {}): Promise<SipDialog> {
    const {number} = more.remote ?? {number: '1002'};
    const other = await server.leg(number);
    const dialog = gone.agent.invite(number, AUDIO);
    const far = await other.rings();
    await far.accept(AUDIO);
    await reaches(dialog, 'confirmed');
    const at = Date.now();
    const kept: KeptCall = {
      ...{id: 'c1', type, typeNumber, direction: 'outgoing', media: 'audio', video: false, camera: false},
      ...{remote: {number: '1002', name: 'Bob'}, dialog: dialog.identity!, began: at - 5_000},
      ...{
        answeredAt: at - 4_000,
        current: true,
        muted: false,
        held: false,
        microphone: true,
        recording: false,
      },
      ...more,
    };
    const [, instance] = /\+sip\.instance="<urn:uuid:([^>]+)>"/.exec(
      server.wire.messages.findLast((message) => isRegister(message) && message.includes('sip:1001@'))!,
    )!;
    await client.unregister();
    const key = `sip-elements.calls.${instance}`;
    const {calls = []} = JSON.parse(sessionStorage.getItem(key) ?? '{}') as {calls?: readonly KeptCall[]};
    sessionStorage.setItem(key, JSON.stringify({at, calls: [...calls, kept]}));
    return far;
  }

  async function resumes(): Promise<SipCall> {
    const resumed = new Promise<SipCall>((resolve) =>
      client.addEventListener('sip-call-resumed', ({detail}) => resolve(detail.call), {once: true}),
    );
    await client.register();
    return resumed;
  }

  /** The server takes the new page into the call. */
  async function takesIn(other = leg): Promise<SipDialog> {
    const dialog = await other.rings();
    expect(dialog.comesBack).to.equal(true);
    await dialog.accept(AUDIO);
    return dialog;
  }

  const asked = (header: string) => server.requests.filter((request) => request.header === header);

  it('continues a call in its session, whose events it follows', async () => {
    await leave('single', CALL_TYPE.singleEnhanced);
    const call = await resumes();
    expect(call).to.include({id: 'c1', type: 'single', typeNumber: 12, direction: 'outgoing'});
    expect(call.state).to.include({phase: 'answered', health: 'recovering'});
    const dialog = await takesIn();
    await becomes(call, ({health}) => health === 'healthy');
    await Promise.all([hearsSound(call), hears(dialog)]);
    expect(call.duration).to.be.at.least(4_000);
    server.event('c1', CALL_STATE.connected, {othernum: '1003', othername: 'Carol'});
    await becomes(call, () => call.remote.number === '1003');
    server.event('c1', CALL_STATE.kickedOut);
    const {cause} = await becomes(call, ({phase}) => phase === 'released');
    expect(cause).to.include({by: 'server', code: 'kicked-out'});
    expect(asked(API_HEADER.forceEnd)).to.have.length(0);
  });

  describe('that is also on the disk', () => {
    const disk = new CallsOnDisk();
    const inTab = () => {
      const key = Object.keys(sessionStorage).find((name) => name.startsWith('sip-elements.calls.'))!;
      return {key, ...(JSON.parse(sessionStorage.getItem(key)!) as {at: number; calls: KeptCall[]})};
    };

    /** Writes to the disk; resolves once that is there. */
    async function writes(key: string, at: number, calls: readonly KeptCall[]): Promise<void> {
      disk.write(key, {at, calls});
      await until(async () => (await disk.read(key))?.at === at);
    }

    it('is continued if the tab knows nothing, as after the end of the browser', async () => {
      await leave('single', CALL_TYPE.single);
      const {key, at, calls} = inTab();
      sessionStorage.removeItem(key);
      await writes(key, at, calls);
      const call = await resumes();
      await takesIn();
      await becomes(call, ({health}) => health === 'healthy');
      await until(async () => (await disk.read(key))!.calls[0]?.dialog.callId === call.identity!.callId);
      await call.hangup();
      await until(async () => (await disk.read(key))!.calls.length === 0);
    });

    for (const [where, ended] of [
      ['tab', 'disk'],
      ['disk', 'tab'],
    ] as const)
      it(`is over if the ${ended} has noted its end later than the ${where} the call`, async () => {
        await leave('single', CALL_TYPE.single);
        const {key, at, calls} = inTab();
        if (ended === 'disk') await writes(key, at + 1, []);
        else {
          await writes(key, at - 1, calls);
          sessionStorage.setItem(key, JSON.stringify({at, calls: []}));
        }
        await client.register();
        // The calls are looked for before the next command is carried out at the server.
        await disk.read(key);
        await client.sendMessage('1002', 'Hello');
        expect(client.state.calls).to.have.length(0);
        expect(server.wire.messages.some((message) => /^Replaces:/im.test(message))).to.equal(false);
      });
  });

  it('continues a call, and ends one, whatever else another script has noted beside them', async () => {
    const rings = await leave('single', CALL_TYPE.single, {id: 'c2'});
    await leave('single', CALL_TYPE.single, {remote: {number: '1003', name: 'Carol'}});
    const key = Object.keys(sessionStorage).find((name) => name.startsWith('sip-elements.calls.'))!;
    const {at, calls} = JSON.parse(sessionStorage.getItem(key)!) as {at: number; calls: KeptCall[]};
    const [ended, kept] = calls as [KeptCall, KeptCall];
    const {dialog} = kept;
    const broken: readonly unknown[] = [
      ...[null, 5, 'call', [], {}, {...kept, dialog: undefined}, {...kept, remote: '1003'}],
      ...[
        {...kept, answeredAt: '1'},
        {...kept, interrupts: 5},
        {...kept, merged: 'c1'},
        {...kept, patch: 7},
        {...kept, began: 9e15},
      ],
      ...[
        {remoteTarget: 5},
        {routeSet: 'evil'},
        {sequence: '1'},
        {sequence: 1e300},
        {rejoin: {address: 5}},
        {callId: 'a\r\nX-Evil: 1'},
      ].map((more) => ({...kept, dialog: {...dialog, ...more}})),
      // An unanswered call is ended, which fails.
      {...kept, id: 'c9', answeredAt: 0, dialog: {...dialog, remoteTarget: 'no address'}},
    ];
    sessionStorage.setItem(key, JSON.stringify({at, calls: [...broken, {...ended, answeredAt: 0}, kept]}));
    const call = await resumes();
    expect(call.id).to.equal('c1');
    await takesIn(await server.leg('1003'));
    await becomes(call, ({health}) => health === 'healthy');
    await reaches(rings, 'terminated');
    expect(client.state.calls).to.have.length(1);
    expect(server.wire.messages.filter((message) => message.includes('X-Evil'))).to.deep.equal([]);
    await call.hangup();
  });

  it('leaves muted what was muted, and held what was held', async () => {
    await leave('single', CALL_TYPE.single, {muted: true, held: true});
    const call = await resumes();
    await takesIn();
    await becomes(call, ({held, muted}) => held && muted);
    await call.hangup();
  });

  for (const [what, interrupts, order] of [
    ['leaves held after an urgent call what the user had held before it', [], ['c1', 'c2']],
    ['resumes after an urgent call what that had interrupted', ['c1'], ['c1', 'c2']],
    ['resumes after an urgent call what that had interrupted, noted after it', ['c1'], ['c2', 'c1']],
  ] as const)
    it(what, async () => {
      const sos = {id: 'c2', remote: {number: '1003', name: 'Carol'}, interrupts};
      for (const id of order)
        if (id === 'c1') await leave('single', CALL_TYPE.single, {held: true, current: false});
        else await leave('sos', CALL_TYPE.sos, sos);
      await client.register();
      await until(() => client.state.calls.length === 2);
      const [first, urgent] = ['c1', 'c2'].map((id) => client.state.calls.find((call) => call.id === id)!);
      await Promise.all([takesIn(), takesIn(await server.leg('1003'))]);
      await becomes(first!, ({held}) => held);
      await becomes(urgent!, ({health}) => health === 'healthy');
      const waits = interrupts.length > 0;
      await until(() => first!.state.sound.interrupted === waits);
      // The page after this one needs it as well.
      const key = Object.keys(sessionStorage).find((name) => name.startsWith('sip-elements.calls.'))!;
      await until(() => {
        const {calls} = JSON.parse(sessionStorage.getItem(key)!) as {calls: readonly KeptCall[]};
        return calls.find(({id}) => id === 'c2')?.interrupts?.length === interrupts.length;
      });
      await urgent!.hangup();
      if (waits) await becomes(first!, ({held}) => !held);
      // A resumed call would be on its way by then.
      else await client.sendMessage('1002', 'Hello');
      expect(first!.state.held).to.equal(!waits);
      await first!.hangup();
    });

  it('joins a conference again, and asks for its members', async () => {
    await leave('conference', CALL_TYPE.temporaryConference);
    const call = await resumes();
    await takesIn();
    await becomes(call, ({health}) => health === 'healthy');
    expect((await server.asked(API_HEADER.allMembers)).body).to.deep.equal({cid: 'c1'});
    await call.hangup();
  });

  it('joins an intercom again, silent, and gives back the floor of the earlier page', async () => {
    await leave('intercom', CALL_TYPE.intercom);
    const call = await resumes();
    await takesIn();
    const {body} = await server.asked(API_HEADER.applySpeak);
    expect(body).to.include({optype: 56, members: '1002'});
    expect(call.state).to.include({muted: true, floor: 'idle'});
    await call.hangup();
  });

  it('ends a call that still rang when the earlier page crashed', async () => {
    const far = await leave('single', CALL_TYPE.single, {answeredAt: 0});
    await client.register();
    expect((await reaches(far, 'terminated')).cause).to.include({by: 'remote', code: 'normal'});
    expect(client.state.calls).to.have.length(0);
    const {direction, outcome, cause} = client.history.entries[0]!;
    expect([direction, outcome, cause]).to.deep.equal(['outgoing', 'unanswered', 'call-lost']);
  });

  it('notes a call as one to end while it rings', async () => {
    server.reactions[API_HEADER.createCall] = (request) => server.reply(request, 0, {cid: 'c2'});
    const call = await client.call('1002');
    await reaches(await server.invite('c2.12'), 'confirmed');
    server.event('c2', CALL_STATE.ringing);
    await until(() => noted()?.answeredAt === 0);
    server.event('c2', CALL_STATE.connected);
    await until(() => Boolean(noted()?.answeredAt));
    expect(noted()!.answeredAt).to.equal(call.state.answeredAt);
    await call.hangup();
  });

  it('is written again when it changes, and not for the members of its conference', async () => {
    // Meanwhile it is not written only to note that the page is there.
    shorten({callNotes: 600_000});
    server.reactions[API_HEADER.createCall] = (request) =>
      server.reply(request, 0, {cid: 'c5', sessnum: '8807'});
    const conference = await client.createConference({members: '1002,1003'});
    const far = await server.invite('c5.5', {from: '1002'});
    await reaches(far, 'confirmed');
    server.event('c5', CALL_STATE.connected, {type: '5', othernum: '8807', othername: ''});
    await becomes(conference, ({phase}) => phase === 'answered');
    await Promise.all([hearsSound(conference), hears(far)]);
    const member = async (talking: number): Promise<void> => {
      const body = [{cid: 'c5', number: '1002', state: String(CALL_STATE.connected), talking}];
      server.send(JSON.stringify({header: API_EVENT.memberChange, body}));
      await becomes(conference, ({members}) => members[0]?.talking === (talking === 1));
    };
    await member(1);

    const disk = new CallsOnDisk();
    const key = Object.keys(sessionStorage).find((name) => name.startsWith('sip-elements.calls.'))!;
    const written = async () => [sessionStorage.getItem(key), (await disk.read(key))!.at];
    /** Another document of the tab hears what is written. */
    const frame = document.body.appendChild(document.createElement('iframe'));
    let writes = 0;
    frame.contentWindow!.addEventListener('storage', () => (writes += 1));
    const before = await written();
    for (const talking of [0, 1, 0]) await member(talking);
    expect(await written()).to.deep.equal(before);

    await conference.mute();
    await until(() => writes > 0);
    const [text, at] = await written();
    expect(JSON.parse(text as string)).to.deep.include({at});
    expect(JSON.parse(text as string).calls[0]).to.include({id: 'c5', muted: true});
    for (const talking of [1, 0]) await member(talking);
    expect(writes).to.equal(1);
    frame.remove();
    await conference.hangup();
  });

  for (const when of ['at once', 'after a moment'])
    it(`ends for both if the user signs out before it goes on: ${when}`, async () => {
      const far = await leave('single', CALL_TYPE.single);
      await client.register();
      if (when !== 'at once') await Promise.resolve();
      await client.disconnect();
      expect((await reaches(far, 'terminated')).cause).to.include({by: 'remote', code: 'normal'});
      expect(client.state.calls).to.have.length(0);
      expect(noted()).to.equal(undefined);
    });

  for (const [when, registers] of [
    ['before it registers', false],
    ['while its registration is on its way', true],
  ] as const)
    it(`ends for both, and is no longer stored, if the user of the next page signs out ${when}`, async () => {
      const far = await leave('single', CALL_TYPE.single);
      const key = Object.keys(sessionStorage).find((name) => name.startsWith('sip-elements.calls.'))!;
      const text = sessionStorage.getItem(key)!;
      await client.disconnect();
      sessionStorage.setItem(key, text);
      const {handle} = server.wire;
      server.wire.handle = (arrived) =>
        (arrived.request.method === 'REGISTER' && arrived.request.from.uri.user === '1001') ||
        (handle?.(arrived) ?? false);
      const next = new WireClient(server.wire, {user: '1001', resume: true, historyStorage: 'memory'});
      await next.connect();
      if (registers) {
        void next.register().catch(() => {});
        await until(() => next.state.registration === 'registering');
      }
      await next.disconnect();
      expect(noted()).to.equal(undefined);
      await until(async () => (await new CallsOnDisk().read(key))?.calls.length === 0);
      expect((await reaches(far, 'terminated')).cause).to.include({by: 'remote', code: 'normal'});
    });

  it('is not muted on the next page because it did not hear what the user said to groups', async () => {
    server.reactions[API_HEADER.createCall] = (request) => server.reply(request, 0, {cid: 'c2'});
    const call = await client.call('1002');
    await reaches(await server.invite('c2.12'), 'confirmed');
    server.event('c2', CALL_STATE.ringing);
    server.event('c2', CALL_STATE.connected);
    await until(() => Boolean(noted()?.answeredAt));
    const isOpen = (): boolean => call.localStream!.getAudioTracks()[0]!.enabled;
    call.setUnheard(true);
    expect(call.state).to.include({muted: false, unheard: true});
    expect(isOpen()).to.equal(false);
    expect(noted()!.muted).to.equal(false);
    await call.mute();
    call.setUnheard(false);
    expect(isOpen()).to.equal(false);
    call.setUnheard(true);
    await call.unmute();
    expect(isOpen()).to.equal(true);
    await call.hangup();
  });

  it('has lost the call if the server no longer knows it', async () => {
    await leave('single', CALL_TYPE.single);
    server.wire.handle = ({request, reply}) => {
      if (!request.hasHeader('replaces')) return false;
      reply(481);
      return true;
    };
    const call = await resumes();
    const {cause} = await becomes(call, ({phase}) => phase === 'released');
    expect(cause).to.include({code: 'call-lost'});
  });
});
