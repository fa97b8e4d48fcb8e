import {expect} from '@open-wc/testing';
import {API_CODE, API_HEADER} from '../../src/dispatch/protocol.js';
import {someFile, UploadForm} from '../support/servers/upload-form.js';
import {WireClient, WireDispatch} from '../support/wire/wire-dispatch.js';

describe('DispatchService: uploads', () => {
  let server: WireDispatch;
  let client: WireClient;
  const form = new UploadForm('', 'servlet');

  beforeEach(async () => {
    server = new WireDispatch();
    client = new WireClient(server.wire, {user: '1001', server: `ws://${location.hostname}:1/sip`});
    await client.connect();
    await client.register();
  });
  afterEach(() => client.disconnect());

  const questions = (): number =>
    server.requests.filter(({header}) => header === API_HEADER.loginInfo).length;
  const name = (): string => `${crypto.randomUUID()}.txt`;
  const arrived = async (): Promise<unknown[]> =>
    (await form.state()).forms.map(({parts}) => parts.find(([field]) => field === 'fileName')?.[1]);

  it('go to the server’s own host, at the port of the login information, which is asked for once', async () => {
    server.reactions[API_HEADER.loginInfo] = (request) =>
      server.reply(request, 0, {ServerWebHttpsPort: location.port});
    const names = [name(), name(), name(), name()];
    const results = await Promise.all(names.map((one) => client.upload(someFile(100, one))));
    expect(results.every(({ok}) => ok)).to.equal(true);
    expect(await arrived()).to.include.members(names);
    expect(questions()).to.equal(1);
    await client.disconnect();
    await client.connect();
    await client.register();
    await client.upload(someFile(100, name()));
    expect(questions()).to.equal(2);
  });

  it('go where the page says, and ask nothing', async () => {
    const own = new UploadForm();
    const another = new WireClient(server.wire, {user: '1001', uploadUrl: own.url});
    expect(await another.upload(someFile(100))).to.include({ok: true});
    expect((await own.state()).forms).to.have.length(1);
    expect(questions()).to.equal(0);
  });

  it('fail where the server does not tell, and ask again the next time', async () => {
    server.reactions[API_HEADER.loginInfo] = (request) => server.reply(request, API_CODE.notAllowed);
    const error: unknown = await client.upload(someFile(100)).catch((thrown: unknown) => thrown);
    expect(error).to.include({code: 'not-allowed'});
    server.reactions[API_HEADER.loginInfo] = (request) =>
      server.reply(request, 0, {ServerWebHttpsPort: location.port});
    expect(await client.upload(someFile(100, name()))).to.include({ok: true});
  });

  it('are listed up to a thousand, each once: strangers can upload any number', async () => {
    server.reactions[API_HEADER.allFiles] = ({header, msgid}) => {
      const body = [0, 0, ...Array.from({length: 2_000}, (_, id) => id)].map((id) => ({FileID: `${id}`}));
      server.send(JSON.stringify({header: `${header}.CB`, msgid, code: 0, body}));
    };
    const ids = (await client.listFiles()).map(({id}) => id);
    expect(ids).to.have.length(1_000);
    expect(new Set(ids)).to.have.property('size', 1_000);
  });
});
