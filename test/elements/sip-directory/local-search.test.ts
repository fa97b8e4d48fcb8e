import {expect} from '@open-wc/testing';
import type {Group, Person} from '../../../src/core/directory/people.js';
import {findLocally} from '../../../src/elements/sip-directory/local-search.js';
import {spells} from '../../../src/elements/sip-directory/pinyin.js';
import {DirectoryTree} from '../../../src/elements/sip-directory/tree.js';
import {GroupMembers} from '../../../src/elements/shared/people/group-members.js';
import {until} from '../../support/in-page/facts.js';
import {StagedClient} from '../../support/staged/staged-client.js';
import {group, person, StagedPeople} from '../../support/staged/staged-people.js';

/** Groups of which each is in the one before, with one person each. */
function chain(length: number): {readonly groups: readonly Group[]; readonly people: readonly Person[]} {
  const groups = Array.from({length}, (_, index) => group(`g${index}`, `Level ${index}`, `g${index - 1}`));
  return {groups, people: groups.map(({number}, index) => person(`${index}`, 'Anna', number))};
}

describe('the search in what is known of a directory', () => {
  it('finds people by all groups around them, whose number grows with the groups and not with their depth', async () => {
    const {groups, people} = chain(1_000);
    const tree = new DirectoryTree();
    tree.setGroups(groups);
    for (const each of people) tree.setMembers(each.group, {loading: false}, [each]);
    const groupsOf = tree.groupsOf();
    expect([...groupsOf.values()].flat()).to.have.length(1_000);
    const known = {
      ...{people, groups, groupsOf},
      identify: (each: Person) => each,
      wordsOf: () => '',
    };
    const found = await findLocally('level 998', known);
    expect(found.groups.map(({number}) => number)).to.deep.equal(['g998']);
    expect(found.people.map(({number}) => number)).to.deep.equal(['998', '999']);
  });

  it('goes on if groups are in each other', async () => {
    const groups = [group('1', 'Port', '2'), group('2', 'Patrol', '1')];
    const people = [person('7', 'Anna', '1')];
    const known = {
      ...{people, groups, groupsOf: new Map([['7', [groups[0]!]]])},
      identify: (each: Person) => each,
      wordsOf: () => '',
    };
    expect((await findLocally('patrol', known)).people).to.have.length(1);
  });

  it('reads letters as pinyin, but not more of them than a name has: they can be read in ever more ways', () => {
    expect(spells('liruizhangwei', '李瑞张伟')).to.equal(true);
    const began = performance.now();
    expect(spells('ao'.repeat(22), '李雷')).to.equal(false);
    expect(performance.now() - began).to.be.below(500);
  });
});

describe('the members of a group', () => {
  it('are asked for a few groups at a time, however many groups are in it', async () => {
    const {groups, people} = chain(500);
    const staged = new StagedPeople(groups, people);
    const client = new StagedClient();
    client.directoryService = staged;
    await client.connect();
    await client.register();
    const members = new GroupMembers(() => client);
    await members.load();
    let answer = (): void => {};
    staged.patience = new Promise((resolve) => (answer = resolve));
    const found = members.membersOf('g0');
    const asked = (): number => staged.asked.filter((each) => each.startsWith('members')).length;
    await until(() => asked() > 0);
    expect(asked()).to.be.at.most(8);
    answer();
    expect(await found).to.have.length(500);
    expect(asked()).to.equal(500);
    await client.disconnect();
  });
});
