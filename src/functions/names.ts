/**
 * The functions by the names of the documented client's ES module build: the first letter in lower case, nothing else. A
 * test compares the names with the others. Names that begin small are the same in both spellings.
 */
import {SipError} from '../errors.js';
import {Register} from './connection.js';
import {accountOf, promiseSuccess} from './run.js';

export {
  Answer as answer,
  Answerbycallid as answerbycallid,
  Hangup as hangup,
  SendDTMF as sendDTMF,
  Hold as hold,
  UnHold as unHold,
  Mute as mute,
  UnMute as unMute,
  IsMuted as isMuted,
  TakePhoto as takePhoto,
  MediaRecordStart as mediaRecordStart,
  MediaRecordStop as mediaRecordStop,
  PlayFile as playFile,
  PlayFileStop as playFileStop,
} from './calls.js';
export {
  UnRegister as unRegister,
  ConnWebSocket as connWebSocket,
  DisConnWebSocket as disConnWebSocket,
  SendAPI as sendAPI,
  GetEmployeeLoginInfo as getEmployeeLoginInfo,
} from './connection.js';
export {ClienthttpGet as clienthttpGet} from './files.js';
export {
  AddMember as addMember,
  DelMember as delMember,
  SetMemberSpeak as setMemberSpeak,
  SetMemberUnSpeak as setMemberUnSpeak,
  SetMemberHear as setMemberHear,
  SetMemberUnHear as setMemberUnHear,
  SetMemberPush as setMemberPush,
  SetMemberUnPush as setMemberUnPush,
  SetMemberSpeakType as setMemberSpeakType,
  SetMemberHearType as setMemberHearType,
  SetMemberPushType as setMemberPushType,
  GetCallAllMembers as getCallAllMembers,
  FoceEndConf as foceEndConf,
  ApplySpeak as applySpeak,
  ReleaseSpeak as releaseSpeak,
  ApplySpeakByType as applySpeakByType,
} from './members.js';
export {
  GetGroupTree as getGroupTree,
  GetGroupMember as getGroupMember,
  QueryEmps as queryEmps,
  QueryEmpsByType as queryEmpsByType,
  SetGisTrace as setGisTrace,
  SetGisUnTrace as setGisUnTrace,
  GetEmpsGisInfo as getEmpsGisInfo,
} from './people.js';
export {
  MakeCall as makeCall,
  MakeCallold as makeCallold,
  CreateConf as createConf,
  CreatePlayFileConf as createPlayFileConf,
  CreatePlayFileBroadcast as createPlayFileBroadcast,
  CreatePlayFileCall as createPlayFileCall,
  CreateTmpIntercom as createTmpIntercom,
  VideoBug as videoBug,
  SetGetCallMemberVideo as setGetCallMemberVideo,
} from './sessions.js';

/**
 * Registers like `Register`, but resolves as soon as the request is sent: `onRegisteredState` reports whether the server
 * accepts.
 *
 * @param timeexp - Seconds, 1–600; any other value means 60.
 */
export function register(timeexp?: number | string): Promise<true> {
  return promiseSuccess('register', async () => {
    const {state, options} = accountOf('register').client;
    if (state.connection !== 'connected') throw new SipError('not-connected', {subject: options.server});
    void Register(timeexp);
  });
}
