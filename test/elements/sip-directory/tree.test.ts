import {expect} from '@open-wc/testing';
import {DirectoryTree} from '../../../src/elements/sip-directory/tree.js';
import {group, person} from '../../support/staged/staged-people.js';

describe('the tree of a directory that a server makes endless', () => {
  it('opens 100 groups at the top by itself', () => {
    const tree = new DirectoryTree();
    tree.setGroups(Array.from({length: 10_000}, (_, index) => group(`g${index}`, '')));
    expect(tree.unasked).to.have.length(100);
  });

  it('is full with 50,000 people: a search adds no others, and changes those whom it knows', () => {
    const tree = new DirectoryTree();
    tree.setGroups([group('8000', '')]);
    const people = (name: string, begin: number): Parameters<typeof tree.addPeople>[0] =>
      Array.from({length: 10_000}, (_, index) => person(`${begin + index}`, name, '8000'));
    for (let begin = 0; begin < 60_000; begin += 10_000) tree.addPeople(people('', begin));
    expect([tree.full, tree.people.length]).to.deep.equal([true, 50_000]);
    tree.addPeople([person('7', 'Anna', '8000'), person('70000', 'Anna', '8000')]);
    expect(tree.personOf('7')?.name).to.equal('Anna');
    expect(tree.personOf('70000')).to.equal(undefined);
    // A group that the user opens is loaded all the same.
    tree.setMembers('8000', {loading: false}, [person('70000', 'Anna', '8000')]);
    expect(tree.personOf('70000')?.name).to.equal('Anna');
  });
});
