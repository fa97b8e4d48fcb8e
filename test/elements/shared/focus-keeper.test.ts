import {expect, fixture} from '@open-wc/testing';
import {html, LitElement, nothing, type PropertyDeclarations, type TemplateResult} from 'lit';
import {FocusKeeper} from '../../../src/elements/shared/focus-keeper.js';
import {repeat} from '../../../src/elements/shared/repeat.js';

/** An element that renders what a test sets. */
class Drawn extends LitElement {
  static override properties: PropertyDeclarations = {content: {attribute: false}};
  declare content: unknown;

  find(selector: string): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>(selector)!;
  }

  async draw(content: unknown): Promise<void> {
    this.content = content;
    await this.updateComplete;
  }

  protected override render(): TemplateResult {
    return html`<div class="panel" tabindex="-1">${this.content}</div>`;
  }
}

/** Continues at its panel. */
class Panel extends Drawn {
  readonly keeper = new FocusKeeper(this, '.panel');
}

/** Continues at the row that takes the place of the one that is gone, otherwise in the element around it. */
class List extends Drawn {
  readonly keeper = new FocusKeeper(this, (focused) => {
    const place = this.#rows.indexOf(focused as HTMLElement);
    return place < 0 ? undefined : () => this.#rows[Math.min(place, this.#rows.length - 1)];
  });

  get #rows(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.row')];
  }
}

/** Always continues in the element around it. */
class Row extends Drawn {
  readonly keeper = new FocusKeeper(this);
}

customElements.define('test-panel', Panel);
customElements.define('test-list', List);
customElements.define('test-row', Row);

/** The element that has the focus, and its hosts, from the page inwards. */
function focused(): Element[] {
  const path: Element[] = [];
  for (let at = document.activeElement; at; at = at.shadowRoot?.activeElement ?? null) path.push(at);
  return path;
}

const rows = (...names: string[]): TemplateResult =>
  html`<div>
    ${repeat(
      names,
      (name) => name,
      (name) => html`<button class="row" id=${name}></button>`,
    )}
  </div>`;

const one = html`<button class="one"></button>`;

describe('FocusKeeper', () => {
  it('continues at its selector if the focused element is gone or hidden', async () => {
    const panel = await fixture<Panel>(html`<test-panel></test-panel>`);
    for (const content of [nothing, html`<p hidden>${one}</p>`]) {
      await panel.draw(one);
      panel.find('.one').focus();
      await panel.draw(content);
      expect(focused()).to.deep.equal([panel, panel.find('.panel')]);
    }
  });

  it('leaves the focus of an element that stays, and of a page that has it elsewhere', async () => {
    const panel = await fixture<Panel>(html`<test-panel .content=${one}></test-panel>`);
    panel.find('.one').focus();
    panel.requestUpdate();
    await panel.updateComplete;
    expect(focused()).to.deep.equal([panel, panel.find('.one')]);
    panel.find('.one').blur();
    await panel.draw(nothing);
    expect(focused()).to.deep.equal([document.body]);
  });

  it('continues where the focused element was before the update', async () => {
    const list = await fixture<List>(html`<test-list .content=${rows('a', 'b', 'c')}></test-list>`);
    list.find('#b').focus();
    await list.draw(rows('a', 'c'));
    expect(focused()).to.deep.equal([list, list.find('#c')]);
    await list.draw(rows('a'));
    expect(focused()).to.deep.equal([list, list.find('#a')]);
  });

  it('does not keep a focus that its fallback leaves out', async () => {
    const list = await fixture<List>(html`<test-list .content=${one}></test-list>`);
    list.find('.one').focus();
    await list.draw(rows('a'));
    expect(focused()).to.deep.equal([document.body]);
  });

  it('continues in the elements around an inner one that finds nothing', async () => {
    const panel = await fixture<Panel>(
      html`<test-panel .content=${html`<test-list></test-list>`}></test-panel>`,
    );
    const list = panel.find('test-list') as List;
    await list.draw(rows('a'));
    list.find('#a').focus();
    await list.draw(nothing);
    expect(focused()).to.deep.equal([panel, panel.find('.panel')]);
  });

  it('continues beside the inner element that has lost the focus', async () => {
    const row = (name: string): TemplateResult =>
      html`<test-row class="row" id=${name} tabindex="0" .content=${one}></test-row>`;
    const list = await fixture<List>(
      html`<test-list .content=${[row('a'), row('b'), row('c')]}></test-list>`,
    );
    const b = list.find('#b') as Row;
    await b.updateComplete;
    b.find('.one').focus();
    expect(focused()).to.deep.equal([list, b, b.find('.one')]);
    await b.draw(nothing);
    expect(focused()).to.deep.equal([list, b]);
  });
});
