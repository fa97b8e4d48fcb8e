import {expect, fixture, html} from '@open-wc/testing';
import {FUNCTIONS} from '../../scripts/docs/function-map.mjs';
import '../../src/define.js';
import type {SipClientElement} from '../../src/elements/sip-client/sip-client.js';

/** The functions of the documentation, and those that existing pages use beside them. */
const DOCUMENTED = [
  ...['init', 'connect', 'disconnect', 'Register', 'UnRegister', 'ConnWebSocket', 'DisConnWebSocket'],
  ...['SendAPI', 'MakeCall', 'Answer', 'Hangup', 'SendDTMF', 'Hold', 'UnHold', 'Mute', 'UnMute', 'IsMuted'],
  ...['TakePhoto', 'MediaRecordStart', 'MediaRecordStop', 'CreateConf', 'CreatePlayFileConf'],
  ...['CreatePlayFileBroadcast', 'PlayFile', 'PlayFileStop', 'VideoBug', 'SetGetCallMemberVideo'],
  ...['GetEmployeeLoginInfo', 'AddMember', 'DelMember', 'SetMemberSpeak', 'SetMemberUnSpeak'],
  ...['SetMemberHear', 'SetMemberUnHear', 'SetMemberPush', 'SetMemberUnPush', 'SetMemberSpeakType'],
  ...['SetMemberHearType', 'SetMemberPushType', 'FoceEndConf', 'froceOPCall', 'GetCallAllMembers'],
  ...['ApplySpeak', 'ReleaseSpeak', 'ApplySpeakByType', 'CreateTmpIntercom', 'CreatePlayFileCall'],
  ...['SetGisTrace', 'SetGisUnTrace', 'GetEmpsGisInfo', 'GetGroupTree', 'GetGroupMember', 'QueryEmps'],
  ...['QueryEmpsByType', 'httpUploadStart', 'httpUploadStop'],
];

/** The facts that functions ask for, which are in the `state` of an element. */
const FACTS = ['IsMuted', 'GetCallAllMembers'];

describe('every documented function', () => {
  let client: SipClientElement;

  beforeEach(async () => {
    client = await fixture(
      html`<sip-client server="wss://127.0.0.1:9/fswebrtc" user="1003" password="1234">
        <sip-call></sip-call>
        <sip-conference></sip-conference>
        <sip-intercom></sip-intercom>
      </sip-client>`,
    );
  });

  /** What has the members of a class: an element, or a property of one. */
  const owner = (name: string): object | null | undefined => {
    if (name === 'SipClient') return client;
    if (name === 'Directory') return client.directory;
    return client.querySelector(name.replace('Sip', 'sip-').toLowerCase());
  };

  for (const name of DOCUMENTED)
    it(`is a method of an element: ${name}`, () => {
      const {members = []} = FUNCTIONS.find((row) => row.name === name) ?? {};
      expect(members).not.to.deep.equal([]);
      for (const member of members) {
        const [type = '', method = ''] = member.split('.');
        const found = owner(type);
        if (FACTS.includes(name)) expect(found).to.have.property('state');
        else expect(found, member).to.respondTo(method);
      }
    });

  it('that begins a client is the attributes of an element', () => {
    expect(client.client!.options).to.include({user: '1003', server: 'wss://127.0.0.1:9/fswebrtc'});
  });
});
