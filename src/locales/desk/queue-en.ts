import {addEnglish} from '../add-terms.js';

/** The English texts of the queue, loaded with its panel. */
export const queueEn = {
  queue: 'Call queue',
  queueEmpty: 'Calls that wait, run or are on hold will appear here.',
  longestWait: (time: string) => `Longest wait ${time}`,
  waitsFor: (time: string) => `Waiting ${time}`,
  sosCount: (count: string) => `SOS ${count}`,
  noSos: 'No SOS',
  sosFrom: (name: string) => `SOS from ${name}`,
  sosRepeated: (count: string) => `${count} calls`,
  acknowledge: 'Acknowledge',
  acknowledged: (name: string) => `SOS from ${name} acknowledged`,
  notAcknowledged: 'Not acknowledged',
  liveSound: 'Live',
  returnToConference: 'Return to conference',
  returnToCall: 'Return to call',
  returnEnds: (name: string) => `Ends this call and resumes ${name}`,
  returnResumes: (name: string) => `Resumes ${name}`,
  resumesAfterSos: 'On hold until the SOS ends',
  queueChosen: (count: string) => `${count} chosen`,
  queueChoose: 'Choose for a conference',
  queueChooseHint: 'Choose calls for a conference',
  queueConfer: 'Conference',
};

addEnglish(queueEn);
