import {expect} from '@open-wc/testing';
import type {Member, Taker} from '../../../src/sip/sharing/routing.js';
import {ApiRoutes} from '../../../src/dispatch/sharing/api-routes.js';
import {SipText} from '../../../src/sip/sharing/sip-text.js';

const [ONE, OTHER] = [{instance: 'one'}, {instance: 'other'}];
/** Only that page gets it. */
const only = (page: Member): Taker => ({page, alone: true});

const sip = (method: string, headers: readonly string[], body: unknown = ''): SipText =>
  new SipText(
    `${[`${method} sip:me@x SIP/2.0`, ...headers].join('\r\n')}\r\n\r\n${typeof body === 'string' ? body : JSON.stringify(body)}`,
  );
const asks = (body: object): SipText => sip('MESSAGE', ['Content-Type: application/jsonapi'], body);
const says = (body: object, from = 'api'): SipText =>
  sip('MESSAGE', [`From: "<sip:api@x>" <sip:${from}@x>;tag=1`, 'Content-Type: application/resjsonapi'], body);
const invites = (ids: string): SipText => sip('INVITE', [`ids: ${ids}`]);

describe('ApiRoutes', () => {
  let routes: ApiRoutes;
  const taker = (request: SipText): ReturnType<ApiRoutes['taker']> => routes.taker(request, true);
  beforeEach(() => (routes = new ApiRoutes()));

  it('brings a reply to the page that has asked, over either carrier, and an event to all', () => {
    routes.sent(ONE, asks({msgid: '1', header: 'session.playfile'}));
    routes.sent(OTHER, asks({msgid: '2', header: 'session.playfile'}));
    routes.asked(OTHER, JSON.stringify({msgid: '3', header: 'data.get.allgroup'}), 'socket');
    expect(taker(says({msgid: '2', header: 'session.playfile.CB', code: 0}))).to.deep.equal(only(OTHER));
    // Without an id: the oldest request of the name over that carrier.
    expect(routes.answered(JSON.stringify({header: 'session.playfile.CB'}), 'socket')).to.equal(undefined);
    expect(taker(says({header: 'session.playfile.CB', code: 0}))).to.deep.equal(only(ONE));
    expect(taker(says({header: 'Session.State.Change', body: [{cid: 'c'}]}))).to.equal('all');
    expect(
      routes.answered(JSON.stringify({msgid: '3', header: 'data.get.allgroup.CB'}), 'socket'),
    ).to.deep.equal(only(OTHER));
    expect(taker(sip('MESSAGE', ['Content-Type: text/plain'], 'hello'))).to.equal(undefined);
  });

  it('believes nothing of a sender of another domain', () => {
    routes.sent(ONE, asks({msgid: '1', header: 'session.playfile'}));
    const reply = says({msgid: '1', header: 'session.playfile.CB', code: 0});
    expect(routes.taker(reply, false)).to.equal(undefined);
    expect(routes.taker(reply, true)).to.deep.equal(only(ONE));
  });

  it('brings the INVITE to the page that has asked, whichever is first', async () => {
    const reply = (msgid: string, cid: string): string =>
      JSON.stringify({header: 'session.createcall.CB', code: 0, body: [{msgid, cid}]});
    const ask = (page: {instance: string}, msgid: string): void =>
      routes.asked(page, JSON.stringify({msgid, header: 'session.createcall', body: {}}), 'socket');
    ask(ONE, '1');
    routes.answered(reply('1', 'c1'), 'socket');
    expect(taker(invites('c1.12'))).to.deep.equal(only(ONE));
    ask(ONE, '2');
    ask(OTHER, '3');
    const [early, foreign] = [taker(invites('c2.12')), taker(invites('c9.12'))];
    routes.answered(reply('3', 'c2'), 'socket');
    expect(await early).to.deep.equal(only(OTHER));
    routes.answered(reply('2', 'c3'), 'socket');
    expect(await foreign).to.equal(undefined);
    expect(taker(invites('c9.12'))).to.equal(undefined);
  });

  it('leaves a session to all pages that invites again: its asker was removed from it', () => {
    routes.asked(ONE, JSON.stringify({msgid: '1', header: 'session.createcall'}), 'socket');
    routes.answered(
      JSON.stringify({msgid: '1', header: 'session.createcall.CB', body: [{cid: 'c1'}]}),
      'socket',
    );
    const event = JSON.stringify({header: 'Session.State.Change', body: [{cid: 'c1', state: '6'}]});
    expect(taker(invites('c1.5'))).to.deep.equal(only(ONE));
    expect(routes.answered(event, 'socket')).to.deep.equal({page: ONE, alone: false});
    expect(taker(invites('c1.5'))).to.equal(undefined);
    expect(routes.answered(event, 'socket')).to.equal(undefined);
  });

  it('believes nobody but the server', () => {
    routes.sent(ONE, asks({msgid: '1', header: 'session.createcall'}));
    const reply = {header: 'session.createcall.CB', body: [{msgid: '1', cid: 'c1'}]};
    expect(taker(says(reply, 'mallory'))).to.equal(undefined);
    expect(taker(says(reply))).to.deep.equal(only(ONE));
  });

  it('takes a request that is sent again after a challenge for one', () => {
    for (const page of [ONE, ONE, OTHER])
      routes.sent(page, asks({msgid: page.instance, header: 'data.get.allgroup'}));
    for (const page of [ONE, OTHER])
      expect(taker(says({header: 'data.get.allgroup.CB'}))).to.deep.equal(only(page));
    expect(taker(says({header: 'data.get.allgroup.CB'}))).to.equal('all');
  });

  it('leaves a session to the page that had it first, until that is gone', () => {
    const join = (page: Member, msgid: string): unknown => {
      routes.asked(page, JSON.stringify({msgid, header: 'session.intercom.join'}), 'socket');
      return routes.answered(
        JSON.stringify({msgid, header: 'session.intercom.join.CB', body: [{cid: 'c1'}]}),
        'socket',
      );
    };
    join(ONE, '1');
    join(OTHER, '2');
    expect(taker(invites('c1.9'))).to.deep.equal(only(ONE));
    routes.left({instance: 'one'});
    const event = JSON.stringify({header: 'Session.State.Change', body: [{cid: 'c1', state: '6'}]});
    expect(routes.answered(event, 'socket')).to.deep.equal({page: ONE, alone: false});
    join(OTHER, '3');
    expect(taker(invites('c1.9'))).to.deep.equal(only(OTHER));
  });

  it('brings each INVITE to the page that has asked again, and notes nothing that invites nobody', () => {
    const asks = (page: Member, header: string, body: object, reply: object): void => {
      const msgid = `${page.instance} ${header}`;
      routes.asked(page, JSON.stringify({msgid, header, body}), 'socket');
      routes.answered(
        JSON.stringify({msgid, header: `${header}.CB`, body: [{cid: 'c1', ...reply}]}),
        'socket',
      );
    };
    // In the session already: the floor, and its state.
    asks(ONE, 'session.applyspeak', {optype: 55}, {});
    asks(ONE, 'session.intercom.join', {cid: 'c1'}, {});
    expect(taker(invites('c1.9'))).to.equal(undefined);
    for (const page of [OTHER, ONE, ONE]) {
      asks(page, 'session.intercom.join', {members: '9001'}, {});
      expect(taker(invites('c1.9'))).to.deep.equal(only(page));
    }
    asks(OTHER, 'session.applyspeak', {optype: 55}, {msgid: 'x'});
    expect(taker(invites('c1.9'))).to.deep.equal(only(OTHER));
  });

  it('does not wait for a request whose connection is lost, and for none that invites nobody', () => {
    routes.asked(ONE, JSON.stringify({msgid: '1', header: 'session.createcall'}), 'socket');
    routes.drop('socket');
    routes.asked(ONE, JSON.stringify({msgid: '2', header: 'reg.ws.heartbeat'}), 'socket');
    routes.asked(ONE, 'no JSON', 'socket');
    expect(taker(invites('c1.12'))).to.equal(undefined);
    expect(taker(sip('INVITE', []))).to.equal(undefined);
  });
});
