import {expect} from '@open-wc/testing';
import {followFront} from '../../../src/core/tabs/front-tab.js';

describe('followFront', () => {
  it('lets a frame with sandbox ring, where the browser has no locks', async () => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    // The frame is no part of this site: it cannot load the module itself.
    frame.srcdoc = `<script type="module">
      const {signal} = new AbortController();
      (${followFront.toString()})('1001@sip.test', (front) => parent.postMessage({front}, '*'), signal);
    </script>`;
    const told = new Promise((resolve) =>
      window.addEventListener('message', ({source, data}) => source === frame.contentWindow && resolve(data)),
    );
    document.body.append(frame);
    expect(await told).to.deep.equal({front: true});
    frame.remove();
  });
});
