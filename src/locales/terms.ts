import type {announcementEn} from './call/announcement-en.js';
import type {callEn} from './call/call-en.js';
import type {callSoundEn} from './call/call-sound-en.js';
import type {channelsEn} from './channels-en.js';
import type {conferenceEn} from './conference-en.js';
import type {checkEn} from './desk/check-en.js';
import type {consoleEn} from './desk/console-en.js';
import type {deskLinkEn} from './desk/desk-link-en.js';
import type {controlsEn} from './call/controls-en.js';
import type {devicesEn} from './call/devices-en.js';
import type {headsetsEn} from './call/headsets-en.js';
import type {captionsEn} from './call/captions-en.js';
import type {effectsEn} from './call/effects-en.js';
import type {flipEn} from './call/flip-en.js';
import type {pbxEn} from './call/pbx-en.js';
import type {directoryEn} from './directory-en.js';
import type {historyEn} from './history-en.js';
import type {uploadEn} from './upload-en.js';
import type {detailsEn} from './details-en.js';
import type {en} from './en.js';
import type {intercomEn} from './intercom-en.js';
import type {journalEn} from './desk/journal-en.js';
import type {keysEn} from './desk/keys-en.js';
import type {loginEn} from './login-en.js';
import type {mapEn} from './desk/map-en.js';
import type {messageGroupsEn} from './desk/message-groups-en.js';
import type {messagesEn} from './messages-en.js';
import type {monitorEn} from './monitor-en.js';
import type {pagesEn} from './desk/pages-en.js';
import type {patchEn} from './patch-en.js';
import type {encryptionEn} from './call/encryption-en.js';
import type {qualityEn} from './call/quality-en.js';
import type {queueEn} from './desk/queue-en.js';
import type {recallEn} from './desk/recall-en.js';
import type {recordingsEn} from './desk/recordings-en.js';
import type {roundsEn} from './desk/rounds-en.js';
import type {selectionEn} from './desk/selection-en.js';
import type {supervisionEn} from './supervision-en.js';
import type {talkDevicesEn} from './talk-devices-en.js';

/**
 * The terms of a language; those of histories, directories, devices, files, the controls of a call, conferences, desks, keys, intercoms, talk groups, pages of tiles, monitor walls, rounds of cameras,
 * messages, messages to groups, call quality, the queue of calls, selections, the map, the recall, recordings, the journal, the check of calls, links of desks, the sound of a call,
 * sounds that are played, patches,
 * captions, effects of devices, features of a PBX, supervision, pedals, headsets, error details and the form that signs in are loaded with their views.
 */
export type Terms = typeof en &
  typeof callEn &
  typeof channelsEn &
  typeof checkEn &
  typeof conferenceEn &
  typeof consoleEn &
  typeof deskLinkEn &
  typeof controlsEn &
  typeof devicesEn &
  typeof headsetsEn &
  typeof captionsEn &
  typeof effectsEn &
  typeof flipEn &
  typeof pbxEn &
  typeof directoryEn &
  typeof historyEn &
  typeof uploadEn &
  typeof detailsEn &
  typeof intercomEn &
  typeof journalEn &
  typeof keysEn &
  typeof loginEn &
  typeof mapEn &
  typeof messageGroupsEn &
  typeof messagesEn &
  typeof monitorEn &
  typeof pagesEn &
  typeof patchEn &
  typeof encryptionEn &
  typeof qualityEn &
  typeof queueEn &
  typeof recallEn &
  typeof recordingsEn &
  typeof roundsEn &
  typeof selectionEn &
  typeof announcementEn &
  typeof callSoundEn &
  typeof supervisionEn &
  typeof talkDevicesEn;
