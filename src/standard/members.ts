import type {MemberReport} from '../core/conference/conference-member.js';
import type {CallPhase} from '../core/types.js';
import {given} from '../core/util/collections/given.js';

const PHASES: readonly (CallPhase | undefined)[] = ['released', 'init', 'ringing', 'answered'];

/** Merges reports to one per number: a member may take part with several devices. */
export function byNumber(reports: readonly MemberReport[]): readonly MemberReport[] {
  const members = new Map<string, MemberReport>();
  for (const report of reports) {
    const other = members.get(report.number);
    members.set(report.number, other ? together(other, report) : report);
  }
  return [...members.values()];
}

function together(one: MemberReport, other: MemberReport): MemberReport {
  const [more, less] = PHASES.indexOf(other.phase) > PHASES.indexOf(one.phase) ? [other, one] : [one, other];
  if (more.phase !== less.phase) return more;
  const either = (what: 'speaking' | 'hearing' | 'talking'): boolean | undefined => one[what] || other[what];
  return {
    ...more,
    name: one.name || other.name || '',
    ...given({speaking: either('speaking'), hearing: either('hearing'), talking: either('talking')}),
    ...given({label: one.label ?? other.label}),
  };
}
