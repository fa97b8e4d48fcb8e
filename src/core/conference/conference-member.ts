import type {ConferenceMember} from '../types.js';
import {given} from '../util/collections/given.js';

export type {ConferenceMember, PlayedFile} from '../types.js';

/** A server's report of a member; omitted properties stay unchanged. */
export interface MemberReport extends Partial<ConferenceMember> {
  readonly number: string;
  /** Whether they have left the conference. */
  readonly gone?: boolean;
}

/** The most members of one conference, and the most that are remembered. */
export const MOST_MEMBERS = 1_000;

/** The members of a conference, in the order in which they joined. */
export type Members = readonly ConferenceMember[];

/** Members after a change, and which of them changed; a member who left keeps their last state. */
export interface MembersChange {
  readonly members: Members;
  readonly changed: Members;
}

const FRESH: Omit<ConferenceMember, 'number' | 'cause' | 'file' | 'label' | 'pictured'> = {
  name: '',
  phase: 'answered',
  speaking: true,
  hearing: true,
  spotlighted: false,
  talking: false,
};

const GONE = {phase: 'released', spotlighted: false, talking: false} as const;

/** Applies a report of all members: a member who is missing from it has left. */
export function replaceMembers(before: Members, reports: readonly MemberReport[]): MembersChange {
  const reported = new Set(reports.map(({number}) => number));
  const missing = before.filter(({number}) => !reported.has(number));
  return changeMembers(before, [...missing.map(({number}) => ({number, gone: true})), ...reports]);
}

/** Applies reports of some members. */
export function changeMembers(before: Members, some: readonly MemberReport[]): MembersChange {
  // The video of one member takes the place of another one's.
  const shown = some.findLast(({pictured}) => pictured)?.number;
  const others = before.filter(({number, pictured}) => shown !== undefined && pictured && number !== shown);
  const reports: readonly MemberReport[] = [
    ...others.map(({number}) => ({number, pictured: false})),
    ...some,
  ];
  const members = new Map(before.map((member) => [member.number, member]));
  const changed: ConferenceMember[] = [];
  for (const {gone, ...report} of reports) {
    const {number} = report;
    const known = members.get(number);
    if (!known && (gone || members.size === MOST_MEMBERS)) continue;
    const member = Object.freeze(merged(known ?? {...FRESH, number}, gone ? {...report, ...GONE} : report));
    if (known && !gone && same(known, member)) continue;
    if (gone) members.delete(number);
    else members.set(number, member);
    changed.push(member);
  }
  return {members: changed.length ? Object.freeze([...members.values()]) : before, changed};
}

function merged(before: ConferenceMember, report: Omit<MemberReport, 'gone'>): ConferenceMember {
  const member: ConferenceMember = {...before, ...given(report)};
  if (member.phase === 'released') return member;
  // A member who is invited again has no cause.
  const {cause: _, ...rest} = member;
  return rest;
}

function same(one: ConferenceMember, other: ConferenceMember): boolean {
  const keys = Object.keys(FRESH) as (keyof typeof FRESH)[];
  return (
    keys.every((key) => one[key] === other[key]) &&
    one.label === other.label &&
    one.pictured === other.pictured &&
    one.cause?.code === other.cause?.code &&
    JSON.stringify(one.file) === JSON.stringify(other.file)
  );
}
