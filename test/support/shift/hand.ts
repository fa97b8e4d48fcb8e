import type {Number} from './crew.js';

/** What a dispatcher does at a desk: one hand does it by the mouse, the other by keys alone. */
export interface Hand {
  readonly name: string;
  /** Joins the first two talk groups, and selects both. */
  joinsGroups(): Promise<void>;
  /** Selects people of the directory who are found by a text. */
  selectsPeople(text: string, numbers: readonly string[]): Promise<void>;
  /** Selects a group of the directory that is found by a text. */
  selectsGroup(text: string, number: string): Promise<void>;
  /** Does something with those who are selected. */
  acts(action: 'conference' | 'broadcast' | 'roll' | 'text' | 'watch'): Promise<void>;
  /** Writes a text in the conversation that is open, and sends it. */
  writes(text: string): Promise<void>;
  /** Shows the conference beside the wall. */
  divides(): Promise<void>;
  /** Calls a member of the conference again. */
  callsAgain(number: Number): Promise<void>;
  /** Invites a camera of the wall to the conference. */
  invitesCamera(number: string): Promise<void>;
  /** Begins to talk to the selected groups; the function that is returned ends it. */
  talks(): Promise<() => Promise<void>>;
  /** Answers the call that comes first. */
  answersFirst(): Promise<void>;
  acknowledges(): Promise<void>;
  /** Returns to the conference that the SOS has interrupted. */
  returns(): Promise<void>;
  /** Returns to the only call that is on hold. */
  resumes(): Promise<void>;
  hangsUp(number: Number): Promise<void>;
  declines(number: Number): Promise<void>;
  /** Plays a file of the server in the broadcast. */
  playsFile(id: string): Promise<void>;
  /** Ends the conference or broadcast for all. */
  endsForAll(): Promise<void>;
  /** Shows the map. */
  opensMap(): Promise<void>;
  /** Brings everyone on the map into view. */
  fitsMap(): Promise<void>;
  /** Chooses one person on the map: by a box, or in the list of those in view. */
  choosesOneOnMap(number: Number): Promise<void>;
  /** Chooses nobody on the map. */
  clearsMap(): Promise<void>;
  /** Chooses people on the map: by a lasso, or in the list of those in view. */
  choosesOnMap(numbers: readonly Number[]): Promise<void>;
  /** Starts a conference with those who are chosen on the map. */
  confersFromMap(): Promise<void>;
  /** Ends the present call of a roll call, and goes on with the next one. */
  goesOn(): Promise<void>;
  /** Repeats what was said last. */
  repeats(): Promise<void>;
  listensIn(number: Number): Promise<void>;
  bargesIn(): Promise<void>;
  /** Ends the call that is in view. */
  endsCall(): Promise<void>;
  /** Searches the journal. */
  searchesJournal(text: string): Promise<void>;
  /** Saves the journal as a file. */
  exportsJournal(format: 'json' | 'csv'): Promise<void>;
  /** Hands over with a comment. */
  handsOver(comment: string): Promise<void>;
  signsIn(user: string, password: string): Promise<void>;
  takesOver(): Promise<void>;
}

const CONSOLE = 'sip-console >>>';

/** Where the parts of a desk are. */
export const part = {
  queue: (name: string): string => `${CONSOLE} sip-queue >>> ${name}`,
  directory: (name: string): string => `${CONSOLE} sip-directory >>> ${name}`,
  row: (key: string): string => `${CONSOLE} sip-directory >>> [part=row][data-key*="${key}"]`,
  action: (name: string): string => `${CONSOLE} sip-directory >>> [data-action=${name}]`,
  rollCall: (name: string): string => `${CONSOLE} sip-directory >>> [data-kind=roll] ${name}`,
  conference: (name: string): string => `${CONSOLE} sip-conference >>> ${name}`,
  member: (number: string): string => `${CONSOLE} sip-conference >>> [part=member][data-number="${number}"]`,
  wall: (name: string): string => `${CONSOLE} sip-monitor >>> ${name}`,
  tile: (number: string, inside = ''): string =>
    `${CONSOLE} sip-monitor >>> [data-key="${number} 1"] ${inside}`,
  call: (name: string): string => `${CONSOLE} sip-call >>> ${name}`,
  map: (name: string): string => `${CONSOLE} sip-map >>> ${name}`,
  messages: (name: string): string => `${CONSOLE} sip-messages >>> ${name}`,
  journal: (name: string): string => `${CONSOLE} sip-journal >>> ${name}`,
  groups: (name: string): string => `sip-channels >>> ${name}`,
  group: (place: number, name: string): string =>
    `sip-channels >>> sip-channel-tile:nth-of-type(${place}) >>> ${name}`,
  desk: (name: string): string => `${CONSOLE} ${name}`,
  /** The line of a call in the queue. */
  line: (name: string, button: string): string =>
    `${CONSOLE} sip-queue >>> [part=line] [part~=${button}][aria-label*="${name}"]`,
} as const;

/** The names of those who call, by which a line of the queue is known. */
export const NAMES: Readonly<Partial<Record<Number, string>>> = {
  '1003': 'Anna Novak',
  '1004': '张伟',
  '1005': 'David Okafor',
  '1007': 'Elena Rossi',
  '1008': '陈静',
};
