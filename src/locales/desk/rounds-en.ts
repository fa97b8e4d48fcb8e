import {addEnglish} from '../add-terms.js';

/** The English texts of rounds of cameras and of the menu of a camera, loaded with them. */
export const roundsEn = {
  noRounds: 'No rounds saved yet.',
  pageRound: 'Round of this page',
  newRound: 'New round',
  roundName: 'Name of the round',
  camerasChosen: (count: string, most: string) => `${count} of ${most} cameras`,
  roundTiles: 'At a time',
  roundSeconds: 'Seconds each',
  cameraCount: (count: string) => (count === '1' ? '1 camera' : `${count} cameras`),
  roundPace: (tiles: string, seconds: string) => `${tiles} at a time, ${seconds} s each`,
  saveRound: 'Save',
  startRound: (name: string) => `Start ${name}`,
  editRound: (name: string) => `Edit ${name}`,
  addWallCameras: 'Cameras of the wall',
  addAllCameras: 'All cameras',
  pauseRound: 'Pause the round',
  resumeRound: 'Resume the round',
  nextCameras: 'Next cameras',
  previousCameras: 'Previous cameras',
  roundPlace: (places: string, count: string) => `${places} of ${count}`,
  roundLeft: (seconds: string) => `${seconds} s`,
  roundHeld: 'Paused while a camera is in use',
  roundPassed: (names: string) => `Passed over, no video: ${names}`,
  inviteToConference: 'Invite to the conference',
  noConferenceRuns: 'No conference is running.',
  isInConference: 'Already in the conference',
  invitedToConference: (name: string) => `${name} was invited to the conference.`,
};

addEnglish(roundsEn);
