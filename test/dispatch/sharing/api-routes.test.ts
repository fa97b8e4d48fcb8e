import {expect} from '@open-wc/testing';
import type {PageIdentity, RequestTarget} from '../../../src/sip/sharing/request-routing.js';
import {parseText} from '../../../src/dispatch/envelope.js';
import {ApiRoutes} from '../../../src/dispatch/sharing/api-routes.js';
import {SipText} from '../../../src/sip/sharing/sip-text.js';

const [ONE, OTHER] = [{instance: 'one'}, {instance: 'other'}];
/** Only that page gets it. */
const only = (page: PageIdentity): RequestTarget => ({page, isExclusive: true});

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
  const target = (request: SipText): ReturnType<ApiRoutes['targetOf']> => routes.targetOf(request, true);
  /** Over the socket of the API. */
  const noteRequest = (page: PageIdentity, text: string): void =>
    routes.noteRequest(page, parseText(text).message, 'socket');
  const targetOfReply = (text: string): RequestTarget | undefined =>
    routes.targetOfReply(parseText(text).message, 'socket');
  beforeEach(() => (routes = new ApiRoutes()));

  it('brings a reply to the page that has asked, over either carrier, and an event to all', () => {
    routes.pageSent(ONE, asks({msgid: '1', header: 'session.playfile'}));
    routes.pageSent(OTHER, asks({msgid: '2', header: 'session.playfile'}));
    noteRequest(OTHER, JSON.stringify({msgid: '3', header: 'data.get.allgroup'}));
    expect(target(says({msgid: '2', header: 'session.playfile.CB', code: 0}))).to.deep.equal(only(OTHER));
    // Without an id: the oldest request of the name over that carrier.
    expect(targetOfReply(JSON.stringify({header: 'session.playfile.CB'}))).to.equal(undefined);
    expect(target(says({header: 'session.playfile.CB', code: 0}))).to.deep.equal(only(ONE));
    expect(target(says({header: 'Session.State.Change', body: [{cid: 'c'}]}))).to.equal('all');
    expect(targetOfReply(JSON.stringify({msgid: '3', header: 'data.get.allgroup.CB'}))).to.deep.equal(
      only(OTHER),
    );
    expect(target(sip('MESSAGE', ['Content-Type: text/plain'], 'hello'))).to.equal(undefined);
  });

  it('believes nothing of a sender of another domain', () => {
    routes.pageSent(ONE, asks({msgid: '1', header: 'session.playfile'}));
    const reply = says({msgid: '1', header: 'session.playfile.CB', code: 0});
    expect(routes.targetOf(reply, false)).to.equal(undefined);
    expect(routes.targetOf(reply, true)).to.deep.equal(only(ONE));
  });

  it('brings the INVITE to the page that has asked, whichever is first', async () => {
    const reply = (msgid: string, cid: string): string =>
      JSON.stringify({header: 'session.createcall.CB', code: 0, body: [{msgid, cid}]});
    const ask = (page: {instance: string}, msgid: string): void =>
      noteRequest(page, JSON.stringify({msgid, header: 'session.createcall', body: {}}));
    ask(ONE, '1');
    targetOfReply(reply('1', 'c1'));
    expect(target(invites('c1.12'))).to.deep.equal(only(ONE));
    ask(ONE, '2');
    ask(OTHER, '3');
    const [early, foreign] = [target(invites('c2.12')), target(invites('c9.12'))];
    targetOfReply(reply('3', 'c2'));
    expect(await early).to.deep.equal(only(OTHER));
    targetOfReply(reply('2', 'c3'));
    expect(await foreign).to.equal(undefined);
    expect(target(invites('c9.12'))).to.equal(undefined);
  });

  it('brings the server’s INVITE to the page that has asked, although a stranger was first', () => {
    noteRequest(ONE, JSON.stringify({msgid: '1', header: 'session.createcall'}));
    targetOfReply(JSON.stringify({msgid: '1', header: 'session.createcall.CB', body: [{cid: 'c1'}]}));
    void routes.targetOf(invites('c1.5'), false);
    expect(target(invites('c1.5'))).to.deep.equal(only(ONE));
  });

  it('leaves a session to all pages that invites again: its asker was removed from it', () => {
    noteRequest(ONE, JSON.stringify({msgid: '1', header: 'session.createcall'}));
    targetOfReply(JSON.stringify({msgid: '1', header: 'session.createcall.CB', body: [{cid: 'c1'}]}));
    const event = JSON.stringify({header: 'Session.State.Change', body: [{cid: 'c1', state: '6'}]});
    expect(target(invites('c1.5'))).to.deep.equal(only(ONE));
    expect(targetOfReply(event)).to.deep.equal({page: ONE, isExclusive: false});
    expect(target(invites('c1.5'))).to.equal(undefined);
    expect(targetOfReply(event)).to.equal(undefined);
  });

  it('believes nobody but the server', () => {
    routes.pageSent(ONE, asks({msgid: '1', header: 'session.createcall'}));
    const reply = {header: 'session.createcall.CB', body: [{msgid: '1', cid: 'c1'}]};
    expect(target(says(reply, 'mallory'))).to.equal(undefined);
    expect(target(says(reply))).to.deep.equal(only(ONE));
  });

  it('takes a request that is sent again after a challenge for one', () => {
    for (const page of [ONE, ONE, OTHER])
      routes.pageSent(page, asks({msgid: page.instance, header: 'data.get.allgroup'}));
    for (const page of [ONE, OTHER])
      expect(target(says({header: 'data.get.allgroup.CB'}))).to.deep.equal(only(page));
    expect(target(says({header: 'data.get.allgroup.CB'}))).to.equal('all');
  });

  it('leaves a session to the page that had it first, until that is gone', () => {
    const join = (page: PageIdentity, msgid: string): unknown => {
      noteRequest(page, JSON.stringify({msgid, header: 'session.intercom.join'}));
      return targetOfReply(JSON.stringify({msgid, header: 'session.intercom.join.CB', body: [{cid: 'c1'}]}));
    };
    join(ONE, '1');
    join(OTHER, '2');
    expect(target(invites('c1.9'))).to.deep.equal(only(ONE));
    routes.pageLeft({instance: 'one'});
    const event = JSON.stringify({header: 'Session.State.Change', body: [{cid: 'c1', state: '6'}]});
    expect(targetOfReply(event)).to.deep.equal({page: ONE, isExclusive: false});
    join(OTHER, '3');
    expect(target(invites('c1.9'))).to.deep.equal(only(OTHER));
  });

  it('brings each INVITE to the page that has asked again, and notes nothing that invites nobody', () => {
    const asks = (page: PageIdentity, header: string, body: object, reply: object): void => {
      const msgid = `${page.instance} ${header}`;
      noteRequest(page, JSON.stringify({msgid, header, body}));
      targetOfReply(JSON.stringify({msgid, header: `${header}.CB`, body: [{cid: 'c1', ...reply}]}));
    };
    // In the session already: the floor, and its state.
    asks(ONE, 'session.applyspeak', {optype: 55}, {});
    asks(ONE, 'session.intercom.join', {cid: 'c1'}, {});
    expect(target(invites('c1.9'))).to.equal(undefined);
    for (const page of [OTHER, ONE, ONE]) {
      asks(page, 'session.intercom.join', {members: '9001'}, {});
      expect(target(invites('c1.9'))).to.deep.equal(only(page));
    }
    asks(OTHER, 'session.applyspeak', {optype: 55}, {msgid: 'x'});
    expect(target(invites('c1.9'))).to.deep.equal(only(OTHER));
  });

  it('does not wait for a request whose connection is lost, and for none that invites nobody', () => {
    noteRequest(ONE, JSON.stringify({msgid: '1', header: 'session.createcall'}));
    routes.drop('socket');
    noteRequest(ONE, JSON.stringify({msgid: '2', header: 'reg.ws.heartbeat'}));
    noteRequest(ONE, 'no JSON');
    expect(target(invites('c1.12'))).to.equal(undefined);
    expect(target(sip('INVITE', []))).to.equal(undefined);
  });
});
