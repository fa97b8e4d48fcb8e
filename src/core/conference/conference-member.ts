import type {CallCause, CallPhase} from '../types.js';

/** How far a file is that is played. */
export interface PlayedFile {
  readonly id: string;
  /** In seconds; undefined where the server does not say, as with the rest. */
  readonly position?: number | undefined;
  readonly duration?: number | undefined;
  /** Which time it is played, from 1 on, and of how many. */
  readonly time?: number | undefined;
  readonly times?: number | undefined;
}

/** Somebody in a conference, as the server tells of them. Plain data that can be cloned. */
export interface ConferenceMember {
  readonly number: string;
  /** Empty where none is known. */
  readonly name: string;
  /** Whoever did not answer stays as `released`, and can be invited again. */
  readonly phase: CallPhase;
  /** The others may hear them. */
  readonly speaking: boolean;
  /** They hear the others. */
  readonly hearing: boolean;
  /** Their picture is shown to all. */
  readonly pushed: boolean;
  /** They say something at this moment. */
  readonly talking: boolean;
  /** What their picture is called among the `remotePictures`, where the server says so (RFC 4574). */
  readonly label?: string | undefined;
  /** Why they do not take part, or not any more. */
  readonly cause?: CallCause | undefined;
  /** It is nobody, but a file that the server plays: a member of its own, whose number is the file's id. */
  readonly file?: PlayedFile | undefined;
}

/** What the server says of a member; what it leaves out stays as it was. */
export interface MemberReport extends Partial<ConferenceMember> {
  readonly number: string;
  /** They belong to the conference no more. */
  readonly gone?: boolean;
}

/** The members of a conference at one moment, in the order in which they came. */
export type Members = readonly ConferenceMember[];

/** What became of the members, and those who are other than before: a member who is gone is told of with his last state. */
export interface MembersChange {
  readonly members: Members;
  readonly changed: Members;
}

const FRESH: Omit<ConferenceMember, 'number' | 'cause' | 'file' | 'label'> = {
  name: '',
  phase: 'answered',
  speaking: true,
  hearing: true,
  pushed: false,
  talking: false,
};

const GONE = {phase: 'released', pushed: false, talking: false} as const;

/** Takes a report of all members: whoever is not in it is gone. */
export function replaceMembers(before: Members, reports: readonly MemberReport[]): MembersChange {
  const reported = new Set(reports.map(({number}) => number));
  const missing = before.filter(({number}) => !reported.has(number));
  return changeMembers(before, [...reports, ...missing.map(({number}) => ({number, gone: true}))]);
}

/** Takes reports of some members. */
export function changeMembers(before: Members, reports: readonly MemberReport[]): MembersChange {
  const members = new Map(before.map((member) => [member.number, member]));
  const changed: ConferenceMember[] = [];
  for (const {gone, ...report} of reports) {
    const {number} = report;
    const known = members.get(number);
    if (gone && !known) continue;
    const member = Object.freeze(merged(known ?? {...FRESH, number}, gone ? {...report, ...GONE} : report));
    if (known && !gone && same(known, member)) continue;
    if (gone) members.delete(number);
    else members.set(number, member);
    changed.push(member);
  }
  return {members: changed.length ? Object.freeze([...members.values()]) : before, changed};
}

function merged(before: ConferenceMember, report: Omit<MemberReport, 'gone'>): ConferenceMember {
  const said = Object.entries(report).filter(([, value]) => value !== undefined);
  const member: ConferenceMember = {...before, ...(Object.fromEntries(said) as Partial<ConferenceMember>)};
  if (member.phase === 'released') return member;
  // Whoever is invited again has no reason any more.
  const {cause: _, ...rest} = member;
  return rest;
}

function same(one: ConferenceMember, other: ConferenceMember): boolean {
  const keys = Object.keys(FRESH) as (keyof typeof FRESH)[];
  return (
    keys.every((key) => one[key] === other[key]) &&
    one.label === other.label &&
    one.cause?.code === other.cause?.code &&
    JSON.stringify(one.file) === JSON.stringify(other.file)
  );
}
