import {addEnglish} from '../add-terms.js';

/** The English texts of recordings, loaded with their list or player. */
export const recordingsEn = {
  recordingCaptions: 'Captions',
  recordings: 'Recordings',
  recordingsTotal: (count: string, size: string) => `${count} · ${size}`,
  searchRecordings: 'Search recordings',
  noRecordings: 'No recordings yet',
  noRecordingsHint: 'Calls that you record appear here. They are kept in this browser.',
  noRecordingFound: 'No recording found.',
  recordingOf: (name: string, time: string) => `${name}, ${time}`,
  playRecording: (what: string) => `Play the recording: ${what}`,
  closeRecording: (what: string) => `Close the recording: ${what}`,
  renameRecording: (what: string) => `Rename the recording: ${what}`,
  downloadRecording: (what: string) => `Download the recording: ${what}`,
  deleteRecording: (what: string) => `Delete the recording: ${what}`,
  recordingTitle: 'Title of the recording',
  saveTitle: 'Save title',
  recordingSpeed: 'Speed',
  recordingRuns: 'Being recorded',
  recordingCut: 'Interrupted',
  recordingVideo: 'Video',
  recordingSound: 'Audio',
  recordingDeleted: (name: string) => `Recording deleted: ${name}`,
  recordingsDroppedForSpace: (count: string) =>
    count === '1'
      ? 'The oldest recording was deleted to make room.'
      : `The ${count} oldest recordings were deleted to make room.`,
  recordingsDroppedForAge: (count: string) =>
    count === '1'
      ? 'A recording was deleted because of its age.'
      : `${count} recordings were deleted because of their age.`,
  moreRecordings: (count: string) => `Show ${count} more`,
  recordingWaits: 'Waiting for upload',
  recordingSends: (percent: string) => `Uploading, ${percent}`,
  recordingUnsent: 'Upload failed, trying again',
  recordingSent: 'Uploaded',
};

addEnglish(recordingsEn);
