import {expect} from '@open-wc/testing';
import {DeskUse, type UsedElements} from '../../../src/elements/sip-console/desk-use.js';
import {StagedClient} from '../../support/staged/staged-client.js';

/** The elements of a desk, as far as their use is continued. */
function desk(selected = ''): UsedElements & {readonly channels: readonly {selected: string}[]} {
  return {channels: [{selected}], walls: []} as unknown as ReturnType<typeof desk>;
}

describe('what is in use at a desk', () => {
  let client: StagedClient;
  let key: string;

  beforeEach(async () => {
    client = await StagedClient.ready({user: crypto.randomUUID(), resume: true});
    const {user, domain} = client.options;
    key = `sip-elements:desk-use:${user}@${domain}`;
  });
  afterEach(() => sessionStorage.clear());

  /** The groups that the next page selects. */
  function next(): string {
    const elements = desk();
    new DeskUse().follow(client, elements);
    return elements.channels[0]!.selected;
  }

  it('is begun anew by the next page if there was no room for a change', () => {
    const use = new DeskUse();
    use.follow(client, desk());
    use.follow(client, desk('9001'));
    expect(next()).to.equal('9001');
    const {setItem} = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('There is no room.', 'QuotaExceededError');
    };
    try {
      use.follow(client, desk('9002'));
    } finally {
      Storage.prototype.setItem = setItem;
    }
    expect(next()).to.equal('');
  });

  it('is read whatever other scripts have written', () => {
    const values = ['null', '5', '"x"', '[]', '{', '[null]', '{"__proto__": []}', '{"length": 9}', 'true'];
    for (const value of values)
      for (const text of [
        value,
        `{"groups": ${value}}`,
        `{"walls": ${value}}`,
        `{"walls": [${value}, {"numbers": ${value}}]}`,
      ]) {
        sessionStorage.setItem(key, text);
        expect(next(), text).to.be.oneOf(['', 'x']);
      }
  });
});
