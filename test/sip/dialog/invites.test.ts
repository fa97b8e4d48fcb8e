import {expect} from '@open-wc/testing';
import type {SipDialog} from '../../../src/sip/user-agent.js';
import {hears, reaches, until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

const AUDIO = {audio: true, video: false};
const CONTACT = 'Contact: <sip:other@wire.test>';

describe('SipUserAgent: INVITE', () => {
  let wire: Wire;
  let alice: WireUser;
  let bob: WireUser;

  beforeEach(async () => {
    wire = new Wire({alice: '', bob: ''});
    [alice, bob] = await Promise.all([
      new WireUser(wire, {user: 'alice'}).begin(),
      new WireUser(wire, {user: 'bob'}).begin(),
    ]);
  });

  afterEach(async () => {
    wire.handle = wire.edit = undefined;
    await Promise.all([alice.agent.disconnect(), bob.agent.disconnect()]);
  });

  const sent = (start: string): string[] => wire.messages.filter((message) => message.startsWith(start));
  const valueOf = (message: string, name: string): string =>
    new RegExp(`^${name}: *(.*?)\r$`, 'im').exec(message)?.[1] ?? '';
  const isAnswer = (message: string): boolean =>
    message.startsWith('SIP/2.0 200') && valueOf(message, 'CSeq').endsWith('INVITE');

  /** Passes the first 200 to an INVITE to the function instead of its receiver. */
  function catchAnswer(take: (answer: string) => void): void {
    wire.edit = (message) => {
      if (!isAnswer(message)) return message;
      wire.edit = undefined;
      take(message);
      return '';
    };
  }

  /** A request of the side that sent the response, within its dialog. */
  function requestOf(answer: string, method: string, ...headers: string[]): string {
    return [
      `${method} sip:alice@wire.test SIP/2.0`,
      'Via: SIP/2.0/WS wire.test;branch=z9hG4bKother',
      `From: ${valueOf(answer, 'To')}`,
      `To: ${valueOf(answer, 'From')}`,
      `Call-ID: ${valueOf(answer, 'Call-ID')}`,
      `CSeq: 1 ${method}`,
      ...headers,
      'Content-Length: 0\r\n\r\n',
    ].join('\r\n');
  }

  /** A request to Bob that begins a dialog. */
  function requestTo(method: string, ...headers: string[]): string {
    return [
      `${method} sip:bob@wire.test SIP/2.0`,
      'Via: SIP/2.0/WS wire.test;branch=z9hG4bKfirst',
      'From: <sip:carol@wire.test>;tag=carol',
      'To: <sip:bob@wire.test>',
      'Call-ID: of-carol',
      `CSeq: 1 ${method}`,
      ...headers,
      'Content-Length: 0\r\n\r\n',
    ].join('\r\n');
  }

  /** Sends a request to Bob; resolves with the status of his final response. */
  async function answerTo(request: string): Promise<number> {
    const before = wire.messages.length;
    wire.tell('bob', request);
    let status = 0;
    await until(() => {
      const answers = wire.messages.slice(before).map((message) => /^SIP\/2\.0 (\d+)/.exec(message)?.[1]);
      status = Number(answers.find((answer) => Number(answer) >= 200) ?? 0);
      return status > 0;
    });
    return status;
  }

  describe('of this side', () => {
    it('goes on with the first callee that accepts, and hangs up on another', async () => {
      catchAnswer((answer) => {
        const another = answer
          .replace(/^(To: .*;tag=)\S+/m, '$1another')
          .replace(/^Contact: .*\r$/m, `${CONTACT}\r`);
        wire.tell('alice', answer);
        wire.tell('alice', another);
      });
      const call = alice.agent.invite('bob', AUDIO);
      await (await bob.rings()).accept(AUDIO);
      await reaches(call, 'confirmed');
      await until(() => sent('BYE ').length > 0);
      const toAnother = wire.messages.filter((message) => valueOf(message, 'To').endsWith('tag=another'));
      expect(toAnother.map((message) => message.split(' ', 1)[0])).to.deep.equal(['ACK', 'BYE']);
      await hears(call);
    });

    it('ends a call that is answered while it is given up', async () => {
      let answer = '';
      catchAnswer((message) => (answer = message));
      wire.handle = ({request}) => {
        if (request.method !== 'CANCEL') return false;
        wire.tell('alice', answer);
        return true;
      };
      const call = alice.agent.invite('bob', AUDIO);
      const ringing = await bob.rings();
      await reaches(call, 'early');
      await ringing.accept(AUDIO);
      await call.hangup();
      const {cause} = await reaches(ringing, 'terminated');
      expect(cause).to.deep.equal({by: 'remote', code: 'normal'});
      expect(sent('ACK ')).to.have.length(1);
      expect(sent('BYE ')).to.have.length(1);
    });

    it('acknowledges an answer before a request that overtakes it', async () => {
      catchAnswer((answer) => {
        wire.tell('alice', answer);
        wire.tell('alice', requestOf(answer, 'BYE'));
      });
      const call = alice.agent.invite('bob', AUDIO);
      const phases = new Set<string>();
      call.addEventListener('statechange', () => phases.add(call.state.phase));
      await (await bob.rings()).accept(AUDIO);
      const {cause} = await reaches(call, 'terminated');
      expect(cause).to.deep.equal({by: 'remote', code: 'normal'});
      expect([...phases]).to.deep.equal(['early', 'confirmed', 'terminated']);
      const order = wire.messages.filter(
        (message) => message.startsWith('ACK ') || valueOf(message, 'CSeq') === '1 BYE',
      );
      expect(order.map((message) => message.split(' ', 2)[0])).to.deep.equal(['ACK', 'SIP/2.0']);
    });

    describe('that is refused because the browser hides the address', () => {
      const Connection = window.RTCPeerConnection;
      afterEach(() => (window.RTCPeerConnection = Connection));

      /** Calls without a microphone; resolves with the cause of the end. */
      async function refused(rollback: (call: SipDialog) => Promise<void>): Promise<unknown> {
        wire.handle = ({request, reply}) => {
          if (request.method === 'INVITE') reply(488);
          return request.method === 'INVITE';
        };
        window.RTCPeerConnection = class extends Connection {
          override get localDescription(): RTCSessionDescription | null {
            const description = super.localDescription;
            const sdp = description?.sdp.replace(/^(a=candidate:(?:\S+ ){4})\S+/gm, '$1hidden.local');
            return description && new RTCSessionDescription({type: description.type, sdp: sdp!});
          }
          override async setLocalDescription(description?: RTCLocalSessionDescriptionInit): Promise<void> {
            if (description?.type === 'rollback') await rollback(call);
            await super.setLocalDescription(description);
          }
        };
        const call = alice.agent.invite('bob', {...AUDIO, opens: {audio: false, video: false}});
        return (await reaches(call, 'terminated')).cause;
      }

      it('ends if it cannot be sent again', async () => {
        const failing = refused(async () => {
          throw new Error('refused by the test');
        });
        expect(await failing).to.deep.equal({by: 'server', code: 'address-hidden', status: 488});
      });

      it('is not sent again once it is hung up', async () => {
        const unhandled: unknown[] = [];
        const note = (event: PromiseRejectionEvent): void => {
          event.preventDefault();
          unhandled.push(event.reason);
        };
        window.addEventListener('unhandledrejection', note, true);
        expect(await refused((call) => call.hangup())).to.deep.equal({by: 'local', code: 'normal'});
        // The browser reports a rejection after all that was due before it.
        for (let task = 0; task < 2; task += 1) await new Promise((resolve) => setTimeout(resolve));
        window.removeEventListener('unhandledrejection', note, true);
        expect(unhandled).to.deep.equal([]);
        expect(sent('INVITE ')).to.have.length(1);
      });
    });

    it('ends with an answer that has no description', async () => {
      wire.handle = ({request, reply}) => {
        if (request.method === 'INVITE') reply(200, [CONTACT]);
        return request.method === 'INVITE';
      };
      const {cause} = await reaches(alice.agent.invite('bob', AUDIO), 'terminated');
      expect(cause).to.deep.equal({by: 'remote', code: 'no-answer'});
      expect(sent('ACK ')).to.have.length(1);
      expect(valueOf(sent('BYE ')[0]!, 'Reason')).to.contain('cause=400');
    });

    it('acknowledges a provisional response that is sent reliably', async () => {
      wire.handle = ({request, reply}) => {
        if (request.method === 'INVITE') reply(183, [CONTACT, 'Require: 100rel', 'RSeq: 7']);
        return request.method === 'INVITE';
      };
      const call = alice.agent.invite('bob', AUDIO);
      await until(() => sent('PRACK ').length > 0);
      expect(valueOf(sent('PRACK ')[0]!, 'RAck')).to.equal('7 1 INVITE');
      await call.hangup();
    });

    it('fails to hold if the other side redirects', async () => {
      const call = alice.agent.invite('bob', AUDIO);
      await (await bob.rings()).accept(AUDIO);
      await reaches(call, 'confirmed');
      wire.handle = ({request, reply}) => {
        if (request.method === 'INVITE') reply(302);
        return request.method === 'INVITE';
      };
      await rejects(call.setHeld(true), 'server-error');
      wire.handle = undefined;
      await call.setHeld(true);
      expect(call.state.held).to.equal(true);
    });
  });

  describe('of the other side', () => {
    it('is ended after its ACK', async () => {
      let acknowledge = (): void => {};
      wire.handle = ({request}) => {
        if (request.method === 'ACK') acknowledge = () => wire.tell('bob', sent('ACK ').at(-1)!);
        return request.method === 'ACK';
      };
      const call = alice.agent.invite('bob', AUDIO);
      const ringing = await bob.rings();
      await ringing.accept(AUDIO);
      await reaches(call, 'confirmed');
      await until(() => sent('ACK ').length > 0);
      await ringing.hangup();
      expect(sent('BYE ')).to.have.length(0);
      acknowledge();
      await reaches(call, 'terminated');
      expect(sent('BYE ')).to.have.length(1);
    });

    it('is ended if the ACK brings no answer to the offer of this side', async () => {
      let answer = '';
      catchAnswer((message) => (answer = message));
      wire.tell('bob', requestTo('INVITE', CONTACT));
      const ringing = await bob.rings();
      await ringing.accept(AUDIO);
      const ack = requestTo('ACK').replace('z9hG4bKfirst', 'z9hG4bKsecond');
      wire.tell('bob', ack.replace(/^To: .*\r$/m, `To: ${valueOf(answer, 'To')}\r`));
      await reaches(ringing, 'terminated');
      expect(valueOf(sent('BYE ')[0]!, 'Reason')).to.contain('cause=488');
    });

    it('is refused once it has expired', async () => {
      expect(await answerTo(requestTo('INVITE', CONTACT, 'Expires: 0'))).to.equal(487);
      const ringing = await bob.rings();
      expect(ringing.state.cause).to.deep.equal({by: 'remote', code: 'no-answer'});
    });

    it('has no header whose name a server would not have recognized, and removed', async () => {
      const headers = [
        'P_Asserted-Identity: <sip:boss@wire.test>',
        'P-Asserted-\u0131dentity: <sip:boss@wire.test>',
      ];
      wire.tell('bob', requestTo('INVITE', CONTACT, ...headers, 'Answer_Mode: Auto', '__proto__: x'));
      const ringing = await bob.rings();
      expect(ringing.remote.number).to.equal('carol');
      expect(ringing.answerAfter).to.equal(undefined);
      expect(ringing.header('P-Asserted-Identity')).to.equal(undefined);
      expect(ringing.header('Answer_Mode')).to.equal('Auto');
      await ringing.reject();
    });

    it('gets no 180 if that had to be reliable', async () => {
      wire.tell('bob', requestTo('INVITE', CONTACT, 'Require: 100rel'));
      const ringing = await bob.rings();
      await ringing.reject();
      expect(sent('SIP/2.0 1').map((message) => message.slice(8, 11))).to.deep.equal(['100']);
    });
  });

  for (const [method, status] of [
    ['SUBSCRIBE', 405],
    ['REFER', 405],
    ['REGISTER', 405],
    ['INFO', 405],
    ['NOTIFY', 481],
    ['BYE', 481],
    ['OPTIONS', 200],
  ] as const)
    it(`answers a ${method} outside a dialog with ${status}`, async () => {
      expect(await answerTo(requestTo(method, CONTACT, 'Event: presence'))).to.equal(status);
    });

  describe('that this side cannot understand', () => {
    const answers = (): string[] => wire.messages.filter((message) => /^SIP\/2\.0 [2-6]/.test(message));

    for (const header of ['From: <sip:eve@wire.test>;tag=eve', 'To: <sip:eve@wire.test>', 'Call-ID: of-eve'])
      it(`is refused with 400 if it has a second ${header.split(':', 1)[0]!}`, async () => {
        for (const line of [
          header,
          header.replace(
            /^(\w)[\w-]+:/,
            (_, letter: string) => `${letter === 'C' ? 'i' : letter.toLowerCase()}:`,
          ),
        ])
          expect(
            await answerTo(requestTo('INVITE', CONTACT, line).replace('z9hG4bKfirst', line.slice(0, 2))),
            line,
          ).to.equal(400);
        expect(bob.dialogs).to.have.length(0);
      });

    it('is refused with 400 if its CSeq is of another method, or its body is cut off', async () => {
      expect(await answerTo(requestTo('INVITE', CONTACT).replace('1 INVITE', '1 BYE'))).to.equal(400);
      expect(await answerTo(requestTo('INVITE', CONTACT).replace('Length: 0', 'Length: 9'))).to.equal(400);
    });

    it('is refused with 400 if its Request-URI cannot be read', async () => {
      for (const uri of ['sip:@wire.test', 'sip:bob@', 'bob'])
        expect(
          await answerTo(requestTo('INVITE', CONTACT).replace('sip:bob@wire.test SIP', `${uri} SIP`)),
          uri,
        ).to.equal(400);
    });

    for (const sender of [
      'sip:eve@evil.test;z=<sip:carol@wire.test>',
      'sip:eve@evil.test <sip:carol@wire.test>',
      'sips:eve@evil.test;<sip:carol@wire.test>',
      'sip:eve@evil.test?<sip:carol@wire.test>',
      '<sip:carol@wire.test> <sip:eve@evil.test>',
    ])
      it(`is refused with 400 if another reader finds another sender in ${sender}`, async () => {
        for (const method of ['INVITE', 'MESSAGE'])
          expect(
            await answerTo(
              requestTo(method, CONTACT)
                .replace('<sip:carol@wire.test>', sender)
                .replace('z9hG4bKfirst', `z9hG4bK${method}`),
            ),
          ).to.equal(400);
        expect(bob.dialogs).to.have.length(0);
      });

    it('gets no response if it is an ACK, since an ACK has none', async () => {
      const ack = requestTo('ACK', 'Call-ID: second');
      wire.tell('bob', ack);
      wire.tell('bob', ack.replace('Length: 0', 'Length: 9'));
      wire.tell('bob', ack.replace('1 ACK', '1 BYE'));
      const own = sent('REGISTER ').find((message) => valueOf(message, 'From').includes('bob'))!;
      wire.tell('bob', requestTo('ACK').replace('of-carol', valueOf(own, 'Call-ID')));
      expect(await answerTo(requestTo('OPTIONS', CONTACT).replace('z9hG4bKfirst', 'z9hG4bKlast'))).to.equal(
        200,
      );
      expect(answers()).to.have.length(1);
    });

    it('is refused with 400 if the address of its sender is longer than any list of calls can keep', async () => {
      for (const long of [`${'7'.repeat(1_000)}@wire.test`, `7@${'a'.repeat(1_000)}.test`])
        for (const method of ['INVITE', 'MESSAGE'])
          expect(
            await answerTo(
              requestTo(method, CONTACT)
                .replace('carol@wire.test', long)
                .replace('z9hG4bKfirst', `${method}${long.length}`),
            ),
          ).to.equal(400);
      expect(bob.dialogs).to.have.length(0);
      expect(bob.messages).to.have.length(0);
    });

    for (const [name, value] of [
      ['Record-Route', '<sip:a>,'.repeat(200)],
      ['Contact', '<sip:a>,'.repeat(200)],
      ['Via', 'SIP/2.0/WS a;branch=z9hG4bKa,'.repeat(200)],
    ] as const)
      it(`is refused with 400 if it has hundreds of values of ${name}, which take a parser long`, async () => {
        expect(await answerTo(requestTo('INVITE', CONTACT, `${name}: ${value}`))).to.equal(400);
        expect(bob.dialogs).to.have.length(0);
      });

    it('is refused with 400 if its Call-ID is longer than any list of calls can keep', async () => {
      const long = requestTo('INVITE', CONTACT).replace('of-carol', 'a'.repeat(1_001));
      expect(await answerTo(long)).to.equal(400);
      expect(bob.dialogs).to.have.length(0);
    });

    it('is refused with 400 if an address cannot be read', async () => {
      expect(await answerTo(requestTo('INVITE', CONTACT).replace('sip:carol@', 'sip:%@'))).to.equal(400);
      const [answer = ''] = answers();
      expect(valueOf(answer, 'via')).to.contain('z9hG4bKfirst');
      expect(valueOf(answer, 'to')).to.match(/;tag=/);
    });

    it('is not the only request of no call that is answered', async () => {
      const methods = ['PRACK', 'BYE', 'UPDATE', 'PUBLISH', 'REGISTER', '__proto__'];
      const statuses: number[] = [];
      for (const method of methods)
        statuses.push(await answerTo(requestTo(method).replace('z9hG4bKfirst', `z9hG4bK${method}`)));
      expect(statuses).to.deep.equal([481, 481, 405, 405, 405, 405]);
    });

    for (const method of ['INVITE', 'MESSAGE', 'OPTIONS'])
      it(`is refused with 420 if a ${method} requires an unknown extension`, async () => {
        expect(await answerTo(requestTo(method, CONTACT, 'Require: replaces, precondition, x'))).to.equal(
          420,
        );
        expect(valueOf(answers()[0]!, 'Unsupported')).to.equal('precondition, x');
      });

    /** An INVITE with a body. */
    const withBody = (type: string, body: string, ...headers: string[]): string =>
      requestTo('INVITE', CONTACT, `Content-Type: ${type}`, ...headers).replace(
        'Content-Length: 0\r\n\r\n',
        () => `Content-Length: ${body.length}\r\n\r\n${body}`,
      );

    it('is refused with 415 if its body is no description, and may not be ignored', async () => {
      expect(await answerTo(withBody('application/isup', 'x'))).to.equal(415);
      expect(valueOf(answers()[0]!, 'Accept')).to.equal('application/sdp');
      const gzip = withBody('application/sdp', 'x', 'Content-Encoding: gzip');
      expect(await answerTo(gzip.replace('z9hG4bKfirst', 'z9hG4bKzip'))).to.equal(415);
      wire.tell(
        'bob',
        withBody('x/y', 'x', 'Content-Disposition: signal;handling=optional').replace(
          'z9hG4bKfirst',
          'z9hG4bKno',
        ),
      );
      await (await bob.rings()).reject();
    });

    it('is refused with 513 if its description is too long', async () => {
      const body = `v=0\r\n${'a=x\r\n'.repeat(14_000)}`;
      expect(await answerTo(withBody('application/sdp', body))).to.equal(513);
    });

    it('is taken with its description, however that is named', async () => {
      const call = alice.agent.invite('bob', AUDIO);
      wire.edit = (message) =>
        message.replace('Content-Type: application/sdp', 'Content-Type: Application/SDP ;x=y');
      await (await bob.rings()).accept(AUDIO);
      await reaches(call, 'confirmed');
      await hears(call);
    });
  });

  it('reads a hundred candidates of a description, and leaves the others out', async () => {
    const extra = Array.from(
      {length: 500},
      (_, index) => `a=candidate:x${index} 1 udp 1 192.0.2.1 ${5_000 + index} typ host\r\n`,
    );
    wire.rewrite = (body) => body.replace(/^a=candidate:/m, () => `${extra.join('')}a=candidate:`);
    const call = alice.agent.invite('bob', AUDIO);
    const ringing = await bob.rings();
    await ringing.accept(AUDIO);
    await reaches(call, 'confirmed');
    for (const dialog of [call, ringing]) {
      let candidates = 0;
      (await dialog.statistics())!.forEach(
        ({type}: {type: string}) => (candidates += Number(type === 'remote-candidate')),
      );
      expect(candidates).to.be.within(90, 100);
    }
  });

  it('refuses a REFER without a target', async () => {
    const call = alice.agent.invite('bob', AUDIO);
    const ringing = await bob.rings();
    await ringing.accept(AUDIO);
    await reaches(call, 'confirmed');
    const answer = wire.messages.find(isAnswer)!;
    wire.tell('alice', requestOf(answer, 'REFER'));
    await until(() => wire.messages.some((message) => valueOf(message, 'CSeq') === '1 REFER'));
    const response = wire.messages.find((message) => valueOf(message, 'CSeq') === '1 REFER')!;
    expect(response).to.match(/^SIP\/2\.0 400 /);
  });
});
