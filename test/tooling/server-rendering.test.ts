import assert from 'node:assert/strict';
import {render} from '@lit-labs/ssr';
import {collectResultSync} from '@lit-labs/ssr/lib/render-result.js';
import {html} from 'lit';
import {describe, it} from 'node:test';
import '../../src/define.js';
import '../../src/locales/zh-CN.js';
import {ELEMENTS} from '../../scripts/docs/element-reference.mjs';
import {renderOnServer} from '../support/page/server-rendered.js';

const SECRET = 'correct-horse';
const ACCOUNT = `server="wss://pbx.example/ws" user="1001" password="${SECRET}" ice-servers='[{"urls": "turn:x", "credential": "${SECRET}"}]'`;

/** The HTML without style sheets. */
const markup = (text: string): string => text.replace(/<style>[^]*?<\/style>/g, '');

describe('an element on a server', () => {
  for (const [tag, {attributes = []}] of ELEMENTS) {
    it(`<${tag}> renders alone, in a client, and with each of its attributes`, () => {
      assert.match(renderOnServer(`<${tag}></${tag}>`), /<template shadowroot="open" shadowrootmode="open"/);
      renderOnServer(`<sip-client ${ACCOUNT}><${tag}></${tag}></sip-client>`);
      for (const {name, type} of attributes) {
        const value = type?.text === 'boolean' ? '' : '1';
        const text = renderOnServer(`<${tag} ${name}="${value}"></${tag}>`);
        assert.match(text, /shadowrootmode/, name);
      }
    });
  }

  it('shows what a browser shows without a client', () => {
    const text = markup(renderOnServer('<sip-dialer number="1002"></sip-dialer>'));
    assert.match(text, /<input/);
    assert.match(text, /<button/);
  });

  it('has the language of its own attribute', () => {
    assert.match(markup(renderOnServer('<sip-keypad lang="zh-CN"></sip-keypad>')), /拨号键盘|按键|键盘/);
  });

  it('keeps no password and no ICE server in the HTML', () => {
    for (const tag of ['sip-client', 'sip-phone']) {
      const text = renderOnServer(`<${tag} ${ACCOUNT}></${tag}>`);
      assert.match(text, /user="1001"/);
      assert.ok(!text.includes(SECRET), text);
      assert.doesNotMatch(text, /password=|ice-servers=/);
    }
  });

  it('takes secrets and options as properties, which leave no trace either', () => {
    const options = {password: SECRET, credentials: () => ({password: SECRET})};
    const iceServers = [{urls: 'turn:x', credential: SECRET}];
    for (const template of [
      html`<sip-client
        user="1001"
        .password=${SECRET}
        .options=${options}
        .iceServers=${iceServers}
      ></sip-client>`,
      html`<sip-phone user="1001" .options=${options} .iceServers=${iceServers}></sip-phone>`,
    ]) {
      const text = collectResultSync(render(template));
      assert.match(text, /user="1001"/);
      assert.ok(!text.includes(SECRET), text);
    }
  });
});
