/** The sixty documented functions. */
export const DOCUMENTED = (
  'init connect disconnect Register UnRegister ConnWebSocket DisConnWebSocket SendAPI GetEmployeeLoginInfo ' +
  'MakeCall MakeCallold Answer Answerbycallid Hangup SendDTMF Hold UnHold Mute UnMute IsMuted ' +
  'TakePhoto MediaRecordStart MediaRecordStop PlayFile PlayFileStop ' +
  'CreateConf CreatePlayFileConf CreatePlayFileBroadcast CreatePlayFileCall CreateTmpIntercom VideoBug ' +
  'SetGetCallMemberVideo AddMember DelMember SetMemberSpeak SetMemberUnSpeak SetMemberHear SetMemberUnHear ' +
  'SetMemberPush SetMemberUnPush SetMemberSpeakType SetMemberHearType SetMemberPushType GetCallAllMembers ' +
  'FoceEndConf froceOPCall ApplySpeak ReleaseSpeak ApplySpeakByType ' +
  'SetGisTrace SetGisUnTrace GetEmpsGisInfo GetGroupTree GetGroupMember QueryEmps QueryEmpsByType ' +
  'httpUploadStart httpUploadStop ClienthttpGet dataURLtoBlob'
).split(' ');

/** Their names in the ES module build: the first letter in lower case, nothing else. */
export const SMALL_NAMES = DOCUMENTED.map((name) => name.charAt(0).toLowerCase() + name.slice(1));
