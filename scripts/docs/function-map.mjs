/**
 * What the documented functions and callbacks are called otherwise: the members of the client's classes that do the same
 * from a script, the elements that do it for a user, and the events that report it. A test checks every name.
 */

/**
 * @typedef {object} Counterpart
 * @property {string} name Of the function or callback.
 * @property {readonly string[]} members Such as `SipClient.call`.
 * @property {readonly string[]} elements Their tags.
 * @property {readonly string[]} events
 */

/**
 * @param {string} name
 * @param {string} members Separated by spaces, as the others.
 * @param {string} [elements]
 * @param {string} [events]
 * @returns {Counterpart}
 */
const row = (name, members, elements = '', events = '') => ({
  name,
  members: members.split(' ').filter(Boolean),
  elements: elements.split(' ').filter(Boolean),
  events: events.split(' ').filter(Boolean),
});

/** @type {readonly Counterpart[]} */
export const FUNCTIONS = [
  row('init', 'SipClient.constructor', 'sip-client'),
  row('connect', 'SipClient.connect', 'sip-client', 'sip-server-connect sip-connection'),
  row('disconnect', 'SipClient.disconnect', 'sip-client', 'sip-server-disconnect'),
  row('Register', 'SipClient.register', 'sip-client', 'sip-registration'),
  row('UnRegister', 'SipClient.unregister', 'sip-client', 'sip-registration'),
  row('GetEmployeeLoginInfo', 'SipClient.getLoginInfo', 'sip-client'),
  row('ConnWebSocket', 'SipClient.connectApi', 'sip-client', 'sip-api-connection'),
  row('DisConnWebSocket', 'SipClient.disconnectApi', 'sip-client', 'sip-api-connection'),
  row('SendAPI', 'SipClient.sendApi', '', 'sip-api-received'),
  row('MakeCall', 'SipClient.call', 'sip-dialer sip-directory sip-history', 'sip-call-created'),
  row('MakeCallold', 'SipClient.call', 'sip-dialer', 'sip-call-created'),
  row('Answer', 'SipCall.answer', 'sip-incoming sip-calls', 'sip-call-answered'),
  row('Answerbycallid', 'SipCall.answer', 'sip-incoming sip-calls', 'sip-call-answered'),
  row('Hangup', 'SipCall.hangup SipCall.decline', 'sip-hangup-button sip-call', 'sip-call-hangup'),
  row('SendDTMF', 'SipCall.sendDtmf', 'sip-keypad'),
  row('Hold', 'SipCall.hold', 'sip-hold-button sip-calls', 'sip-call-hold'),
  row('UnHold', 'SipCall.unhold', 'sip-hold-button sip-calls', 'sip-call-hold'),
  row('Mute', 'SipCall.mute', 'sip-mute-button'),
  row('UnMute', 'SipCall.unmute', 'sip-mute-button'),
  row('IsMuted', 'SipCall.state', 'sip-mute-button'),
  row('TakePhoto', 'SipCall.takePhoto', 'sip-photo-button', 'sip-photo'),
  row('MediaRecordStart', 'SipCall.startRecording', 'sip-record-button', 'sip-recording-request'),
  row('MediaRecordStop', 'SipCall.stopRecording', 'sip-record-button', 'sip-recording'),
  row('PlayFile', 'SipCall.playFile', 'sip-conference', 'sip-member-change'),
  row('PlayFileStop', 'SipCall.stopFile', 'sip-conference', 'sip-member-change'),
  row('CreateConf', 'SipClient.createConference', 'sip-conference', 'sip-call-created'),
  row('CreatePlayFileConf', 'SipClient.createConference', 'sip-conference', 'sip-call-created'),
  row('CreatePlayFileBroadcast', 'SipClient.createBroadcast', 'sip-conference', 'sip-call-created'),
  row('CreatePlayFileCall', 'SipClient.createConference SipClient.createBroadcast', 'sip-conference'),
  row('CreateTmpIntercom', 'SipClient.intercom', 'sip-intercom', 'sip-call-created'),
  row('VideoBug', 'SipClient.monitor', 'sip-monitor', 'sip-call-created'),
  row('SetGetCallMemberVideo', 'SipConference.watchMember SipCall.watchMember', 'sip-monitor'),
  row('AddMember', 'SipConference.addMember', 'sip-conference', 'sip-member-change'),
  row('DelMember', 'SipConference.removeMember', 'sip-conference', 'sip-member-change'),
  row('SetMemberSpeak', 'SipConference.setSpeaking', 'sip-conference', 'sip-member-change'),
  row('SetMemberUnSpeak', 'SipConference.setSpeaking', 'sip-conference', 'sip-member-change'),
  row('SetMemberSpeakType', 'SipConference.setSpeaking', 'sip-conference', 'sip-member-change'),
  row('SetMemberHear', 'SipConference.setHearing', 'sip-conference', 'sip-member-change'),
  row('SetMemberUnHear', 'SipConference.setHearing', 'sip-conference', 'sip-member-change'),
  row('SetMemberHearType', 'SipConference.setHearing', 'sip-conference', 'sip-member-change'),
  row('SetMemberPush', 'SipConference.setSpotlight', 'sip-conference', 'sip-member-change'),
  row('SetMemberUnPush', 'SipConference.setSpotlight', 'sip-conference', 'sip-member-change'),
  row('SetMemberPushType', 'SipConference.setSpotlight', 'sip-conference', 'sip-member-change'),
  row('GetCallAllMembers', 'SipConference.state', 'sip-conference', 'sip-member-change'),
  row('FoceEndConf', 'SipConference.end', 'sip-conference', 'sip-call-hangup'),
  row(
    'froceOPCall',
    'SipClient.bargeIn SipClient.listenIn SipClient.removeCall SipClient.removeOther',
    'sip-directory',
  ),
  row('ApplySpeak', 'SipIntercom.requestFloor', 'sip-intercom', 'sip-floor'),
  row('ReleaseSpeak', 'SipIntercom.releaseFloor', 'sip-intercom', 'sip-floor'),
  row('ApplySpeakByType', 'SipIntercom.requestFloor SipIntercom.releaseFloor', 'sip-intercom', 'sip-floor'),
  row('GetGroupTree', 'Directory.groups', 'sip-directory'),
  row('GetGroupMember', 'Directory.members', 'sip-directory', 'sip-person-state'),
  row('QueryEmps', 'Directory.search', 'sip-directory'),
  row('QueryEmpsByType', 'Directory.byType', 'sip-directory'),
  row('SetGisTrace', 'Directory.follow', 'sip-directory', 'sip-position'),
  row('SetGisUnTrace', 'Directory.unfollow', 'sip-directory', 'sip-position'),
  row('GetEmpsGisInfo', 'Directory.positions', 'sip-directory'),
  row('httpUploadStart', 'SipClient.upload', 'sip-upload sip-messages', 'sip-upload-progress sip-upload-end'),
  row('httpUploadStop', 'SipClient.upload', 'sip-upload sip-messages', 'sip-upload-end'),
  row('ClienthttpGet', ''),
  row('dataURLtoBlob', ''),
];

/** @type {readonly Counterpart[]} */
export const CALLBACKS = [
  row('onServerConnect', '', 'sip-client', 'sip-server-connect'),
  row('onServerDisconnect', '', 'sip-client', 'sip-server-disconnect'),
  row('onServerConnectState', 'SipClient.state', 'sip-client', 'sip-connection'),
  row('onRegisteredState', 'SipClient.state', 'sip-client sip-dialer', 'sip-registration'),
  row('onCallCreated', 'SipClient.calls', 'sip-call sip-calls', 'sip-call-created'),
  row('onCallReceived', 'SipClient.calls', 'sip-incoming', 'sip-call-received'),
  row('onCallAnswered', 'SipCall.state', 'sip-call', 'sip-call-answered'),
  row('onCallHangup', 'SipCall.state', 'sip-call sip-history', 'sip-call-hangup'),
  row('onCallHold', 'SipCall.state', 'sip-call', 'sip-call-hold sip-call-remote-hold'),
  row('onSessionStateChange', 'SipCall.state', 'sip-call', 'sip-call-state sip-floor sip-member-change'),
  row('onCallDTMFReceived', '', '', 'sip-dtmf'),
  row('onMessageReceived', 'SipClient.messages', 'sip-messages', 'sip-message-received'),
  row('onAPIReceived', '', '', 'sip-api-received'),
  row('onFileUploadprogress', '', 'sip-upload', 'sip-upload-progress'),
  row('onFileUploadResult', '', 'sip-upload', 'sip-upload-end'),
];
