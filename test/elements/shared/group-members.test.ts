import {expect} from '@open-wc/testing';
import type {Person} from '../../../src/core/directory/people.js';
import {everyone, MOST_MEMBERS, peopleWith} from '../../../src/elements/shared/people/directory-people.js';
import {GroupMembers} from '../../../src/elements/shared/people/group-members.js';
import {selectedPeople} from '../../../src/elements/shared/selection/selected-people.js';
import {StagedClient} from '../../support/staged/staged-client.js';
import {group, person, StagedPeople} from '../../support/staged/staged-people.js';

/** How many groups there are, one inside the other, and how many members each of them has. */
const GROUPS = 100;
const EACH = 1_000;

/** A server that invents members for every group. */
class EndlessPeople extends StagedPeople {
  constructor() {
    super(
      Array.from({length: GROUPS}, (_, index) => group(`g${index}`, '', index ? `g${index - 1}` : '')),
      [],
    );
  }

  override async members(number: string): Promise<readonly Person[]> {
    this.asked.push(number);
    return Array.from({length: EACH}, (_, index) => person(`${number}-${index}`, '', number));
  }
}

describe('the members of groups', () => {
  let directory: EndlessPeople;
  let client: StagedClient;

  beforeEach(async () => {
    directory = new EndlessPeople();
    client = new StagedClient();
    client.directoryService = directory;
    await client.connect();
    await client.register();
  });

  it('are at most 10,000, those of the groups inside included, and no further group is requested', async () => {
    const groups = new GroupMembers(() => client);
    await groups.load();
    const members = await groups.membersOf('g0');
    expect(new Set(members.map(({number}) => number)).size).to.equal(MOST_MEMBERS);
    expect(directory.asked.length).to.be.below(15);
  });

  it('are as few for many groups at once', async () => {
    const groups = new GroupMembers(() => client);
    await groups.load();
    const all = Array.from({length: 50}, (_, index) => ({number: `g${2 * index}`, name: ''}));
    expect(await groups.expand(all)).to.have.length(MOST_MEMBERS);
    expect(
      await selectedPeople(
        all.map((each) => ({kind: 'group', ...each})),
        client,
      ),
    ).to.have.length(MOST_MEMBERS);
    expect(directory.asked.length).to.be.below(30);
  });

  it('are looked through for numbers until all of these are found', async () => {
    const {signal} = new AbortController();
    const wanted = Array.from({length: 30}, (_, index) => `g${index % 3}-${index}`);
    const found = await peopleWith(wanted, client, signal);
    expect(found.map(({number}) => number)).to.have.members(wanted);
    expect(directory.asked.length).to.be.below(8);
    expect((await everyone(client, signal, 2_000)).length).to.be.within(2_000, 6_000);
  });
});
