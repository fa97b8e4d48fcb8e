import {addEnglish} from '../add-terms.js';

/** The English texts of the map, loaded with its panel. */
export const mapEn = {
  map: 'Map',
  mapHelp:
    'Arrow keys move the map, plus and minus zoom, Home shows everyone. The people in view are in the list.',
  mapInView: (count: string) => `${count} in view`,
  mapPeopleInView: 'People in view',
  mapNobody: 'Nobody in this part of the map',
  mapWaits: 'The map will appear when you’re registered.',
  mapUnsupported: 'This server reports no positions.',
  mapEmpty: 'No positions yet',
  mapEmptyHint: 'People appear here once the server knows where they are.',
  mapFailed: 'The map cannot be loaded. People are shown on a grid.',
  mapZoomIn: 'Zoom in',
  mapZoomOut: 'Zoom out',
  mapBox: 'Select in a box',
  mapLasso: 'Select with a lasso',
  mapFit: 'Show everyone',
  mapTogether: (count: string) => `${count} people`,
  mapOld: (age: string) => `old position: ${age}`,
  mapAgeUnknown: 'age unknown',
  mapChoose: 'Press people to select them, or drag a box around them with Shift.',
  mapSelection: 'Selected people',
  mapChosen: (count: string) => `${count} selected`,
  mapClear: 'Clear selection',
  mapConference: (names: string) => `Conference with ${names}`,
  mapMessage: 'Message',
};

addEnglish(mapEn);
